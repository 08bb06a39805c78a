# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The gaps of phrases, found by the atoms that stand beside them."""

cimport cython
from libc.stdint cimport uint32_t, uint64_t
from libcpp.algorithm cimport sort
from libcpp.vector cimport vector

from thaifix.kernel.hashing cimport mark

cdef enum:
    SLOTS = 16          # of the smallest table
    BUCKET_BITS = 16    # upper bits of a key by which postings are divided before they are sorted.
                        # Measured: with it the phrases of thaifix are sorted in half the time


cdef bint _before(const Posting& a, const Posting& b) noexcept nogil:
    """The order of postings."""
    if a.key != b.key:
        return a.key < b.key
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
        cdef size_t i = 0, begin, end = 0, size = self.all.size(), slots = SLOTS
        cdef uint64_t key
        _sort(self.all)
        while slots < 2 * size:
            slots *= 2
        self.table.resize(slots)
        self.sieve.resize(SIEVE >> 3)
        while i < size:
            begin = end
            key = self.all[i].key
            while i < size and self.all[i].key == key:
                self.all[end] = self.all[i]
                end += 1
                i += 1
            end = _thin(self.all, begin, end, most)
            if end > begin:
                _enter(self, key, begin)
        self.all.resize(end)
        return 0


cdef int _sort(vector[Posting]& all) except -1 nogil:
    """Sort postings; many of them go into buckets first, by the upper bits of their keys."""
    cdef vector[Posting] unsorted
    cdef vector[size_t] ends        # of each bucket; where it begins until it is filled
    cdef size_t i, bucket, begin = 0
    if all.size() < 1 << BUCKET_BITS:
        sort(all.begin(), all.end(), _before)
        return 0
    unsorted.swap(all)
    all.resize(unsorted.size())
    ends.resize((1 << BUCKET_BITS) + 1)
    for i in range(unsorted.size()):
        ends[(unsorted[i].key >> (64 - BUCKET_BITS)) + 1] += 1
    for bucket in range(1 << BUCKET_BITS):
        ends[bucket + 1] += ends[bucket]
    for i in range(unsorted.size()):
        bucket = unsorted[i].key >> (64 - BUCKET_BITS)
        all[ends[bucket]] = unsorted[i]
        ends[bucket] += 1
    for bucket in range(1 << BUCKET_BITS):
        if ends[bucket] - begin > 1:
            sort(all.begin() + begin, all.begin() + ends[bucket], _before)
        begin = ends[bucket]
    return 0


cdef size_t _thin(vector[Posting]& all, size_t begin, size_t end, size_t most) noexcept nogil:
    """Keep at most so many of a key's postings; where those end that stay."""
    cdef size_t i, kept = begin + 1
    if end - begin <= most:
        return end
    for i in range(begin + 1, end):
        if all[i].gap != all[kept - 1].gap:
            all[kept] = all[i]
            kept += 1
    return begin if kept - begin > most else kept


cdef void _enter(Postings postings, uint64_t key, size_t begin) noexcept nogil:
    """Put a key and its first posting into the table and the sieve."""
    cdef size_t last = postings.table.size() - 1, slot = key >> 8 & last
    while postings.table[slot]:
        slot = (slot + 1) & last
    postings.table[slot] = <uint32_t>begin + 1
    mark(postings.sieve.data(), key & (SIEVE - 1))
