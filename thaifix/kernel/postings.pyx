# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The gaps of phrases, found by the atoms that stand beside them."""

cimport cython
from libc.stdint cimport uint32_t, uint64_t
from libcpp.algorithm cimport sort
from libcpp.pair cimport pair
from libcpp.vector cimport vector

from thaifix.kernel.hashing cimport mark

cdef enum:
    SLOTS = 16          # of the smallest table


cdef bint _before(const Posting& a, const Posting& b) noexcept nogil:
    """The order of the postings of one key."""
    if a.gap != b.gap:
        return a.gap < b.gap
    if a.length != b.length:
        return a.length < b.length
    if a.phrase != b.phrase:
        return a.phrase < b.phrase
    if a.first != b.first:
        return a.first < b.first
    return a.count < b.count


@cython.final
cdef class Postings:
    cdef int index(self, int most) except -1 nogil:
        """Sort the postings and make the table.

        Of a key with more than `most`, the one of the shortest phrase stays for each gap; if those
        are still too many, the key says too little and has none.
        """
        cdef vector[Posting] unsorted
        cdef vector[pair[uint64_t, uint32_t]] order     # of keys: numbers are sorted soonest
        cdef size_t i, begin, size, slots = SLOTS
        cdef uint64_t key
        unsorted.swap(self.all)
        size = unsorted.size()
        while slots < 2 * size:
            slots *= 2
        self.table.resize(slots)
        self.sieve.resize(SIEVE >> 3)
        self.all.reserve(size)
        order.reserve(size)
        for i in range(size):
            order.push_back(pair[uint64_t, uint32_t](unsorted[i].key, <uint32_t>i))
        sort(order.begin(), order.end())
        i = 0
        while i < size:
            begin = self.all.size()
            key = order[i].first
            while i < size and order[i].first == key:
                self.all.push_back(unsorted[order[i].second])
                i += 1
            if self.all.size() - begin > 1:
                sort(self.all.begin() + begin, self.all.end(), _before)
            if _thin(self.all, begin, most):
                _enter(self, key, begin)
        return 0


cdef bint _thin(vector[Posting]& all, size_t begin, size_t most) except -1 nogil:
    """Keep at most so many of the last postings, from `begin` on; whether any stay."""
    cdef size_t i, end = begin + 1
    if all.size() - begin > most:
        for i in range(begin + 1, all.size()):
            if all[i].gap != all[end - 1].gap:
                all[end] = all[i]
                end += 1
        all.resize(begin if end - begin > most else end)
    return all.size() > begin


cdef void _enter(Postings postings, uint64_t key, size_t begin) noexcept nogil:
    """Put a key and its first posting into the table and the sieve."""
    cdef size_t last = postings.table.size() - 1, slot = key >> 8 & last
    while postings.table[slot]:
        slot = (slot + 1) & last
    postings.table[slot] = <uint32_t>begin + 1
    mark(postings.sieve.data(), key & (SIEVE - 1))
