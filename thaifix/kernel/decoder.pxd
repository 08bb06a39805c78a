# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# What Python asks: the words of a text, and what a window should read.

cimport cython

from thaifix.kernel.channel cimport Channel
from thaifix.kernel.language cimport Language


@cython.final
cdef class Decoder:
    cdef Language language
    cdef Channel channel
    cdef int scan_width
