# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# The words that can be read from a position of a window on, as observed or misread.

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libcpp.vector cimport vector

from thaifix.kernel.channel cimport Channel
from thaifix.kernel.language cimport Language
from thaifix.kernel.trie cimport Trie


cdef struct Account:    # what the observed reading costs up to a position, less a rate a symbol
    float paid          # a word's cost is spread evenly over its symbols
    float ahead         # the highest `paid` from here on
    float through       # to the end of the word here
    float tail          # the highest `through` from here on


cdef struct Limits:     # what a misreading may cost, nats
    float tolerance     # beyond what the observed reading of the same symbols costs
    float adjacent      # so far, if the next letter is to be misread too
    float inside        # of a word, where only a cluster of an unknown word ends
    int operations      # how many there may be in a word


cdef struct Reading:    # a word, read from the position on
    int32_t end
    uint32_t word
    uint32_t node       # the trie's
    float cost          # of operations and a line end inside
    int32_t broken      # letters before that line end; 0: there is none
    int32_t operations


cdef struct Step:       # the trie walked so far
    uint32_t node
    int32_t at          # symbols read up to here
    float cost
    int32_t depth       # letters of the word
    int32_t broken      # as of a reading
    uint8_t operations
    uint8_t last        # which operation came last: NONE, ...


@cython.final
cdef class Reader:
    cdef Language language
    cdef Channel channel
    cdef const uint8_t* o           # the window's symbols
    cdef const uint8_t* fixed       # not 0 where nothing may change
    cdef int n
    cdef const Account* accounts    # one a position, and one for the end
    cdef Limits limits
    cdef vector[Reading] found      # what `read` found: a word with an end once
    # The walk from the present position:
    cdef int start
    cdef float budget
    cdef float surplus              # what a misreading may cost beyond `tail` at its end, ...
    cdef float profit               # ... with what its word costs beyond the rate
    cdef const uint8_t* beyond      # by node: what the words below it cost at least, see Language;
                                    # NULL: nothing is known of them
    cdef float step                 # its unit, nats
    cdef vector[Step] stack
    cdef int top                    # steps on the stack
    cdef vector[int32_t] marks      # hash table of (end, word): which one of `found`, or -1
    cdef vector[int32_t] marked     # which of its places are taken

    cdef int read(self, Trie trie, uint32_t base, int start, float budget, float low,
                  const uint8_t* beyond) except -1 nogil
