# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# The likeliest words of a text as it stands.

from thaifix.kernel.language cimport Language

cdef tuple scan(Language language, bytes symbols, int width)
