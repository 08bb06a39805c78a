# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Pairs of neighbouring symbols, found in one pass. The contracts stand in `pairs.pyi`."""

from libc.stdint cimport uint8_t

cdef enum:
    CLASSES = 16


def find_pairs(const uint8_t[::1] symbols not None, const uint8_t[::1] classes not None,
               const uint8_t[::1] wanted not None):
    cdef Py_ssize_t i, n = symbols.shape[0]
    cdef uint8_t before, here
    cdef list found = []
    if classes.shape[0] != 256 or wanted.shape[0] != CLASSES * CLASSES:
        raise ValueError(f"{classes.shape[0]} classes and {wanted.shape[0]} pairs; give 256 of both")
    for i in range(256):
        if classes[i] >= CLASSES:
            raise ValueError(f"class {classes[i]} of symbol {i}: there are {CLASSES}")
    if not n:
        return found
    before = classes[symbols[0]]
    for i in range(1, n):
        here = classes[symbols[i]]
        if wanted[before * CLASSES + here]:
            found.append(i - 1)
        before = here
    return found


def find_doubled(const uint8_t[::1] symbols not None, const uint8_t[::1] wanted not None):
    cdef Py_ssize_t i, n = symbols.shape[0]
    cdef list found = []
    if wanted.shape[0] != 256:
        raise ValueError(f"{wanted.shape[0]} symbols; say of 256 whether they are wanted")
    for i in range(1, n):
        if symbols[i] == symbols[i - 1] and wanted[symbols[i]]:
            found.append(i - 1)
    return found
