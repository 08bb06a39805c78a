"""Curation: what a person decides about texts and lexicons, and what is prepared for it.

`series` lists suspected errors of a collection (begin there), made of `places` and written by
`series_table`; `decisions` carries out what a person decided in that table, `learn` makes it a
lexicon. `mine` proposes terms for a lexicon, from a `collection` by `recurrence` and
`damaged_terms`; `check` finds what is wrong in lexicons. May import all but `archive`, `training`
and `cli`; only `cli` imports it.
"""
