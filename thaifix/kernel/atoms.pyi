"""Atoms: the parts of words by which phrases are found. Python asks `Phrases`."""
