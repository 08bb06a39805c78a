# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# Atoms: the words of a text, and the parts into which the longer ones are divided.

from libc.stdint cimport int32_t, uint8_t, uint32_t
from libcpp.vector cimport vector


cdef struct Atom:
    uint32_t key        # hash of its symbols; 0, a blank line: nothing matches it
    int32_t start
    int32_t end
    float before        # cost of all atoms before it, nats; a word's is spread over its symbols
    bint dear           # its word is unknown or dear
    bint thai           # it may be part of a gap
    bint known          # phrases may have it


cdef struct Scanned:    # a text and what `Decoder.scan` gave for it
    const uint8_t* o
    int n
    const int32_t* starts
    const uint32_t* words
    const float* costs
    Py_ssize_t tokens
    const uint32_t* cuts    # masks by word: bit k: it is divided before its symbol k
    Py_ssize_t n_cuts


cdef int divide(const Scanned* scan, float dear, vector[Atom]* atoms) except -1 nogil
