# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# What a text is read with: words, entries, n-grams, and the prices of what is no word.

cimport cython
from libc.stdint cimport uint8_t

from thaifix.kernel.ngram cimport Ngram
from thaifix.kernel.symbols cimport LETTERS, NEWLINE
from thaifix.kernel.trie cimport Trie


@cython.final
cdef class Language:
    cdef Trie trie                  # the model's words
    cdef Trie entries               # the user's, or None
    cdef Ngram ngram
    cdef object held                # the buffer that `letters` looks into
    cdef const uint8_t* letters     # by two letters and the one after them, in steps
    # Nats:
    cdef float unknown_cost         # of an unknown word, besides its letters
    cdef float foreign_cost         # of a foreign letter in one
    cdef float abbreviation_cost    # of a letter of an abbreviation
    cdef float line_nothing, line_space, line_boundary     # of a line end, by what it stands for
    cdef float line_inside          # of a line end inside a word

    cdef inline float spell(self, const uint8_t* o, int begin, int start, int end) noexcept nogil:
        """What o[start:end] costs as letters of an unknown word that begins at `begin`."""
        cdef float cost = 0
        cdef int k
        cdef uint8_t a, b
        for k in range(start, end):
            if o[k] >= NEWLINE:
                cost += self.foreign_cost
                continue
            a = o[k - 2] if k - 2 >= begin and o[k - 2] < NEWLINE else 0
            b = o[k - 1] if k - 1 >= begin and o[k - 1] < NEWLINE else 0
            cost += self.letters[(a * LETTERS + b) * LETTERS + o[k]] * self.ngram.step
        return cost
