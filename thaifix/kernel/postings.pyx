# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The gaps of phrases, found by the atoms that stand beside them."""

cimport cython
from libc.stdint cimport uint32_t, uint64_t
from libcpp.algorithm cimport sort

from thaifix.kernel.hashing cimport mark

cdef enum:
    SIEVE = 1 << 18     # bytes of the sieve. By judgement: 40 bits a key of the phrases that come
                        # with thaifix, and it fits into a processor's cache
    SLOTS = 16          # of the smallest table


cdef bint _before(const Posting& a, const Posting& b) noexcept nogil:
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
        cdef size_t i = 0, j, k, begin, size = 0, slots = SLOTS, slot
        cdef uint64_t key
        sort(self.all.begin(), self.all.end(), _before)
        while slots < 2 * self.all.size():
            slots *= 2
        self.table.resize(slots)
        self.sieve.resize(SIEVE)
        while i < self.all.size():
            j = i
            begin = size
            key = self.all[i].key
            while j < self.all.size() and self.all[j].key == key:
                j += 1
            for k in range(i, j):
                if <int>(j - i) <= most or k == i or self.all[k].gap != self.all[k - 1].gap:
                    self.all[size] = self.all[k]
                    size += 1
            i = j
            if <int>(size - begin) > most:
                size = begin
                continue
            slot = key >> 8 & (slots - 1)
            while self.table[slot]:
                slot = (slot + 1) & (slots - 1)
            self.table[slot] = <uint32_t>begin + 1
            mark(self.sieve, key)
        self.all.resize(size)
        return 0
