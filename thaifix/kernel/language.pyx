# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What a text is read with. The contracts stand in `language.pyi`."""

cimport cython
from libc.stdint cimport uint8_t

from thaifix.kernel.ngram cimport Ngram
from thaifix.kernel.symbols cimport LETTERS
from thaifix.kernel.trie cimport Trie


@cython.final
cdef class Language:
    def __init__(self, Trie trie not None, Ngram ngram not None,
                 const uint8_t[::1] letters not None, Trie entries, *, float unknown_cost,
                 float foreign_cost, float abbreviation_cost, float line_nothing,
                 float line_space, float line_boundary, float line_inside):
        if letters.shape[0] != LETTERS * LETTERS * LETTERS:
            raise ValueError(f"{letters.shape[0]} letter costs; {LETTERS}**3 expected")
        self.trie, self.ngram, self.entries = trie, ngram, entries
        self.held, self.letters = letters, &letters[0]
        self.unknown_cost, self.foreign_cost = unknown_cost, foreign_cost
        self.abbreviation_cost = abbreviation_cost
        self.line_nothing, self.line_space = line_nothing, line_space
        self.line_boundary, self.line_inside = line_boundary, line_inside
