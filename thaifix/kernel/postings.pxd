# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# The gaps of phrases, found by the atoms that stand beside them.

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libcpp.vector cimport vector

from thaifix.kernel.hashing cimport marked

cdef enum:
    SIEVE = 1 << 21     # bits that tell which keys there are. By judgement: they fit into a
                        # processor's cache, and few of them are set by the phrases of thaifix

cdef enum Where:        # where a gap is
    INNER = 1           # between two atoms of its phrase
    AT_START = 2
    AT_END = 3


cdef struct Posting:    # a gap: atoms first .. first + count of a phrase
    uint64_t key        # of the anchors: see `anchor_key`
    uint32_t gap        # hash of what is between them
    int32_t phrase
    float paid          # cost of the gap and of the atom that closes it, nats
    uint16_t length     # atoms of the phrase
    uint16_t first
    uint16_t count
    uint16_t letters    # symbols from the gap's first to its last, spaces included
    uint16_t rest       # symbols of the phrase's other atoms


cdef inline uint64_t anchor_key(Where where, uint32_t a, uint32_t b) noexcept nogil:
    """The key of two atoms' keys: those on both sides of a gap, or two that follow it, or two
    that it follows. 0 stands for no atom."""
    cdef uint64_t k = (<uint64_t>a << 32 | b) * <uint64_t>0x9E3779B97F4A7C15 + where
    k = (k ^ (k >> 31)) * <uint64_t>0xBF58476D1CE4E5B9      # a step of SplitMix64 (Vigna, CC0)
    return (k ^ (k >> 29)) | 1


@cython.final
cdef class Postings:
    cdef vector[Posting] all        # by key; of a key by gap, then by the length of their phrase
    cdef vector[uint32_t] table     # hash table: 1 + a key's first posting; 0: free
    cdef vector[uint8_t] sieve

    cdef int index(self, int most) except -1 nogil

    cdef inline size_t first(self, uint64_t key) noexcept nogil:
        """The first posting of a key; `all.size()` if there is none."""
        cdef size_t last = self.table.size() - 1, slot = key >> 8 & last
        if marked(self.sieve.data(), key & (SIEVE - 1)):
            while self.table[slot]:
                if self.all[self.table[slot] - 1].key == key:
                    return self.table[slot] - 1
                slot = (slot + 1) & last
        return self.all.size()
