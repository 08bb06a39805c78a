"""Lexicons: the terms, names and titles that thaifix knows, and those that a user brings.

`entries` reads and writes them, `search`, `neighbours` and `merge` are for people who keep one, and
`titles` is what stands before a person's name. The tables themselves lie in the folder `lexicons`.
May import: stream, text, kernel, errors. Begin with `entries`.
"""
