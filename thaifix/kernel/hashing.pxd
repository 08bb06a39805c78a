# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# Hashes of strings of symbols, and sieves: bits that tell which hashes there are.

from libc.stdint cimport uint8_t, uint32_t, uint64_t


cdef inline uint32_t hash_start() noexcept nogil:
    """The hash of no symbols (FNV-1a: Fowler, Noll and Vo, public domain)."""
    return <uint32_t>2166136261


cdef inline uint32_t hash_on(uint32_t h, uint8_t symbol) noexcept nogil:
    """The hash with another symbol."""
    return (h ^ symbol) * <uint32_t>16777619


cdef inline uint32_t hash_of(const uint8_t* o, int start, int end) noexcept nogil:
    """The hash of o[start:end], never 0: the lowest bit is always set."""
    cdef uint32_t h = hash_start()
    cdef int i
    for i in range(start, end):
        h = hash_on(h, o[i])
    return h | 1


cdef inline void mark(uint8_t* sieve, uint64_t bit) noexcept nogil:
    """Put a hash, cut to the size of a sieve in bits, into it."""
    sieve[bit >> 3] |= 1 << (bit & 7)


cdef inline bint marked(const uint8_t* sieve, uint64_t bit) noexcept nogil:
    """Whether such a hash may be in a sieve; surely right only if it says no."""
    return sieve[bit >> 3] >> (bit & 7) & 1
