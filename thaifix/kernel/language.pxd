# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# What a text is read with: words, entries, n-grams, and the prices of what is no word.

cimport cython
from libc.stdint cimport uint8_t, uint32_t
from libcpp.vector cimport vector

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
    cdef object held_least
    cdef const uint8_t* least       # by word: its n-gram costs no less, whatever is before it; steps
    cdef vector[uint8_t] beyond     # by node of `trie`: what the words below it cost, beyond `rate`
                                    # a symbol, at least; in steps
    cdef float rate                 # what words cost a symbol, at least; nats
    # Nats:
    cdef float unknown_cost         # of an unknown word, besides its letters
    cdef float foreign_cost         # of a foreign letter in one
    cdef float abbreviation_cost    # of a letter of an abbreviation
    cdef float line_nothing, line_space, line_boundary     # of a line end, by what it stands for
    cdef float line_inside          # of a line end inside a word

    cdef int find_beyond(self) except -1

    cdef inline float lowest(self, uint32_t word) noexcept nogil:
        """What a word costs at least, whatever stands before it; nats."""
        if self.least == NULL:
            return 0
        return self.least[word] * self.ngram.step if word < <uint32_t>self.ngram.words else 0

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
