# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# Phrases, found where a text has them but for one gap.

cimport cython
from libc.stdint cimport uint8_t
from libcpp.vector cimport vector

from thaifix.kernel.atoms cimport Atom
from thaifix.kernel.postings cimport Postings


@cython.final
cdef class Phrases:
    cdef bytes symbols              # the phrases, a line end between two
    cdef const uint8_t* o           # the same
    cdef object cuts
    cdef vector[Atom] atoms         # of all phrases
    cdef vector[int] begin          # first atom of each phrase, and one past the last
    cdef int phrases
    cdef int intended_atoms         # of a gap, at most
    cdef Postings postings
    cdef vector[uint8_t] known      # a sieve: which atoms phrases have
