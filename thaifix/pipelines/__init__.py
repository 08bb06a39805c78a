"""thaifix inside other programs: one module for each.

A module here knows the interface of its program and calls the library; it is imported by that
program, and by no module of thaifix but those of `cli` and `formats.pdf`. Begin with `ocrmypdf`.
"""
