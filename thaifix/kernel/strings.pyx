# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Strings of symbols, found wherever a text has them. The contracts stand in `strings.pyi`."""

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcmp

from thaifix.kernel.hashing cimport hash_of, hash_on, hash_start, mark, marked
from thaifix.kernel.symbols cimport checked

cdef enum:
    FIRST = 8           # symbols of a string that are looked for first
    SIEVE = 1 << 21     # bits of the sieve. By judgement: it fits into a processor's cache
    SLOTS = 16          # of the smallest table


@cython.final
cdef class Strings:
    def __init__(self, bytes symbols not None, const int32_t[::1] ends not None):
        cdef const uint8_t* o = symbols
        cdef uint32_t h
        cdef size_t slot, slots = SLOTS
        cdef int start = 0, size, n = checked(symbols)
        cdef Py_ssize_t i
        self.symbols = symbols
        while slots < 2 * <size_t>ends.shape[0]:
            slots *= 2
        self.table.resize(slots)
        self.sieve.resize(SIEVE >> 3)
        self.longest = 0
        for i in range(ends.shape[0]):
            size = ends[i] - start
            if size < FIRST:
                raise ValueError(f"a string has at least {FIRST} symbols, this one {size}")
            if ends[i] > n:
                raise ValueError(f"string {i} ends at {ends[i]} of {n} symbols")
            self.longest = max(self.longest, size)
            self.ends.push_back(ends[i])
            mark(self.sieve.data(), _first(o, start))
            h = hash_of(o, start, ends[i])
            slot = h >> 1 & (slots - 1)
            while self.table[slot]:
                slot = (slot + 1) & (slots - 1)
            self.table[slot] = <uint64_t>h << 32 | <uint32_t>(i + 1)
            start = ends[i] + 1

    def find(self, bytes symbols not None):
        cdef const uint8_t* o = symbols
        cdef const uint8_t* sieve = self.sieve.data()
        cdef int at, end, n = checked(symbols)
        cdef uint32_t h
        cdef list found = []
        for at in range(n - FIRST + 1):
            if not marked(sieve, _first(o, at)):
                continue
            h = hash_start()
            for end in range(at, min(n, at + self.longest)):
                h = hash_on(h, o[end])
                if end - at + 1 >= FIRST:
                    _add(self, found, o, at, end + 1, h | 1)
        return found


cdef inline uint32_t _first(const uint8_t* o, int at) noexcept nogil:
    """Which bit of the sieve stands for the first symbols of a string."""
    return hash_of(o, at, at + FIRST) >> 1 & (SIEVE - 1)


cdef int _add(Strings strings, list found, const uint8_t* o, int start, int end,
              uint32_t h) except -1:
    """Add the strings that o[start:end], which has this hash, is."""
    cdef const uint8_t* t = strings.symbols
    cdef size_t last = strings.table.size() - 1, slot = h >> 1 & last
    cdef int i, begin
    while strings.table[slot]:
        if strings.table[slot] >> 32 == h:
            i = <int>(<uint32_t>strings.table[slot] - 1)
            begin = strings.ends[i - 1] + 1 if i else 0
            if strings.ends[i] - begin == end - start and (
                    memcmp(t + begin, o + start, end - start) == 0):
                found.append((start, end, i))
        slot = (slot + 1) & last
    return 0
