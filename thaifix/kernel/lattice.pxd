# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# The lattice of a window: what can be read at every position, as edges to later ones.

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libcpp.vector cimport vector

from thaifix.kernel.channel cimport Channel
from thaifix.kernel.language cimport Language
from thaifix.kernel.readings cimport Account, Limits, Reader
from thaifix.kernel.trie cimport Trie

cdef enum:              # Edge.kind
    PLAIN = 0           # a word of the model or a class
    ENTRY = 1           # a word of the user's
    UNSPELLED = 2       # one cluster of an unknown word
    LINE_END = 3        # stands for nothing
    JUNK = 4            # an observed symbol or blanks that stand for nothing
    LOST_SPACE = 5      # a space that was not observed


cdef struct Edge:
    int32_t start
    int32_t end
    uint32_t word
    uint32_t node       # the trie's, of a word
    float cost          # without the n-gram, and without the letters of an unknown word
    int32_t broken      # letters of the word before a line end inside it; 0: there is none
    int32_t operations  # 0: the observed text stays
    uint8_t kind
    bint banned         # left out by the search


@cython.final
cdef class Lattice:
    cdef Language language
    cdef Channel channel
    cdef Reader reader
    cdef bytes symbols
    cdef bytes fixed
    cdef const uint8_t* o           # the symbols
    cdef const uint8_t* pinned      # `fixed`: not 0 where nothing may change
    cdef bytes deep
    cdef const uint8_t* depth       # `deep`: 0 where the budget is `shallow` at most, or NULL
    cdef float shallow
    cdef int n                      # symbols
    cdef vector[Edge] edges         # by start
    cdef vector[int] first          # of each position, and of two after the last
    cdef vector[uint8_t] reached    # whether something ends at a position: NOT, CLUSTER or WORD
    cdef vector[Account] accounts   # what the observed reading costs up to each position

    cdef void clear(self) noexcept nogil
    cdef int add_edges(self, int at, float budget, float insertion, float deletion,
                       float low) except -1 nogil
