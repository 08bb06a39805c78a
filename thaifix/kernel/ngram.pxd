# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# Back-off trigram costs. Tables hold fingerprints, not words (Talbot and Brants 2008).

cimport cython
from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef enum:
    WORD_BITS = 20      # of a word's id: three of them fit into a hash's 64 bits


cdef inline uint64_t mixed(uint64_t k) noexcept nogil:
    """The finaliser of MurmurHash3 (Appleby, public domain)."""
    k ^= k >> 33
    k *= <uint64_t>0xff51afd7ed558ccd
    k ^= k >> 33
    k *= <uint64_t>0xc4ceb9fe1a85ec53
    k ^= k >> 33
    return k


cdef inline uint64_t pair_hash(uint32_t a, uint32_t b) noexcept nogil:
    return mixed(((<uint64_t>a) << WORD_BITS) | b)


cdef inline uint64_t triple_hash(uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
    return mixed((((<uint64_t>a) << (2 * WORD_BITS)) | ((<uint64_t>b) << WORD_BITS) | c)
                 ^ <uint64_t>0x9e3779b97f4a7c15)


cdef inline uint64_t slot_of(uint64_t h, uint64_t size) noexcept nogil:
    """Where a hash is looked for first: its upper half, scaled to the table."""
    return ((h >> 32) * size) >> 32


cdef inline uint32_t pair_print(uint64_t h) noexcept nogil:
    """The fingerprint of a pair: 16 bits, not 0."""
    return (<uint32_t>(h & 0xFFFF)) or 1


cdef inline uint32_t triple_print(uint64_t h) noexcept nogil:
    """The fingerprint of a triple: 24 bits, not 0."""
    return (<uint32_t>(h & 0xFFFFFF)) or 1


@cython.final
cdef class Ngram:
    cdef tuple held                     # the buffers that the pointers look into
    cdef const uint8_t* unigram         # costs, here and below, are in steps
    cdef const uint8_t* backoff
    cdef const uint32_t* pairs          # print << 16 | cost << 8 | back-off; 0: free
    cdef const uint32_t* triples        # print << 8 | cost; 0: free
    cdef uint64_t n_pairs, n_triples
    cdef readonly Py_ssize_t words
    cdef readonly float step, entry_cost

    cdef inline uint32_t pair(self, uint32_t a, uint32_t b) noexcept nogil:
        """The pair's cell, 0 if it is not stored."""
        cdef uint64_t h = pair_hash(a, b)
        cdef uint64_t i = slot_of(h, self.n_pairs)
        cdef uint32_t check = pair_print(h)
        cdef uint32_t cell = self.pairs[i]
        while cell:
            if cell >> 16 == check:
                return cell
            i += 1
            if i == self.n_pairs:
                i = 0
            cell = self.pairs[i]
        return 0

    cdef inline int triple(self, uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
        """The triple's cost in steps, -1 if it is not stored."""
        cdef uint64_t h = triple_hash(a, b, c)
        cdef uint64_t i = slot_of(h, self.n_triples)
        cdef uint32_t check = triple_print(h)
        cdef uint32_t cell = self.triples[i]
        while cell:
            if cell >> 8 == check:
                return cell & 0xFF
            i += 1
            if i == self.n_triples:
                i = 0
            cell = self.triples[i]
        return -1

    cdef inline float one(self, uint32_t w) noexcept nogil:
        """-log P(w), nats."""
        return self.unigram[w] * self.step if w < <uint32_t>self.words else self.entry_cost

    cdef inline uint32_t known_pair(self, uint32_t a, uint32_t b) noexcept nogil:
        """The pair's cell, 0 if it is not stored or one of the two is an entry."""
        if a >= <uint32_t>self.words or b >= <uint32_t>self.words:
            return 0
        return self.pair(a, b)

    cdef inline float two_of(self, uint32_t a, uint32_t b, uint32_t cell) noexcept nogil:
        """-log P(b | a), nats; `cell`: what `known_pair` gives for the two."""
        if cell:
            return ((cell >> 8) & 0xFF) * self.step
        if a >= <uint32_t>self.words or b >= <uint32_t>self.words:
            return self.one(b)
        return (<int>self.backoff[a] + self.unigram[b]) * self.step

    cdef inline float two(self, uint32_t a, uint32_t b) noexcept nogil:
        """-log P(b | a), nats."""
        return self.two_of(a, b, self.known_pair(a, b))

    cdef inline float three_of(self, uint32_t a, uint32_t b, uint32_t c, uint32_t ab,
                               uint32_t bc) noexcept nogil:
        """-log P(c | a, b), nats; `ab`, `bc`: what `known_pair` gives.

        Triples are stored only of pairs that are.
        """
        cdef int cost
        if ab and c < <uint32_t>self.words:
            cost = self.triple(a, b, c)
            if cost >= 0:
                return cost * self.step
            return (ab & 0xFF) * self.step + self.two_of(b, c, bc)
        return self.two_of(b, c, bc)

    cdef inline float three(self, uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
        """-log P(c | a, b), nats."""
        return self.three_of(a, b, c, self.known_pair(a, b), self.known_pair(b, c))
