# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# Strings of symbols, found wherever a text has them.

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint64_t
from libcpp.vector cimport vector


@cython.final
cdef class Strings:
    cdef bytes symbols              # the strings, a line end between two
    cdef vector[int32_t] ends
    cdef vector[uint64_t] table     # hash table: a string's hash << 32 | 1 + its index; 0: free
    cdef vector[uint8_t] sieve      # which first symbols there are
    cdef int longest
