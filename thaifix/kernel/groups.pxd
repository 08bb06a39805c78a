# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# The changes on the cheapest path, and what is lost without them.

from thaifix.kernel.search cimport Search

cdef list find_groups(Search search, float budget, float slack, float insertion, float deletion,
                      float tolerance, int rivals)
