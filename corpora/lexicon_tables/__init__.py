"""How the tables of `lexicons/` come from candidate facts and from the lists of `wordlists/`."""
