# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# The cheapest path through a lattice.

cimport cython
from libc.stdint cimport int32_t, uint32_t
from libcpp.vector cimport vector

from thaifix.kernel.lattice cimport Edge, Lattice


cdef struct Node:           # a path that ends at a position
    float cost
    uint32_t before         # the last two words
    uint32_t word
    int32_t previous        # the node that it goes on from; -1: none
    int32_t edge            # by which it came here; -1: by none
    uint32_t cell           # the n-gram model's, of the last two words
    bint unfinished         # the last word is unknown and may go on


cdef struct Recalled:       # the n-gram model's cell of a pair
    uint32_t a, b
    uint32_t cell


@cython.final
cdef class Search:
    cdef Lattice lattice
    cdef uint32_t left[2]           # the words before the window
    cdef uint32_t right[2]          # those after it
    cdef int n_right
    cdef int width                  # paths that are kept at a position, at most
    cdef float beam                 # dearer by more than this than the best: given up, nats
    cdef vector[Node] nodes         # `width` places for every position
    cdef vector[int] count          # how many of them are taken
    cdef vector[float] low          # the cheapest cost to reach each position so far
    cdef vector[Recalled] recalled  # hash table without chains: the last pair stays
    cdef uint32_t mask              # of a hash: its place there

    cdef float first(self, float budget, float insertion, float deletion, int* last) except? -1 nogil
    cdef float cheapest(self, int since, int* last) noexcept nogil
    cdef int path(self, int last, vector[int]* edges) except -1 nogil
    cdef void pay(self, int last) noexcept nogil
