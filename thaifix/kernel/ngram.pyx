# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Back-off trigram costs. The contracts stand in `ngram.pyi`."""

cimport cython
from libc.stdint cimport uint8_t, uint32_t, uint64_t

from thaifix.kernel.symbols cimport FIRST_WORD


def fill_table(const uint32_t[:, ::1] grams not None, const uint8_t[::1] cost not None,
               const uint8_t[::1] backoff not None, uint32_t[::1] table not None):
    cdef Py_ssize_t r, i, size = table.shape[0]
    cdef uint64_t h
    cdef uint32_t cell
    if grams.shape[1] not in (2, 3):
        raise ValueError("only 2- and 3-grams are stored")
    if cost.shape[0] != grams.shape[0] or backoff.shape[0] != grams.shape[0]:
        raise ValueError("costs of another length")
    if grams.shape[0] >= size:
        raise ValueError("the table is too small: one cell must stay free")
    for r in range(grams.shape[0]):
        if grams.shape[1] == 2:
            h = pair_hash(grams[r, 0], grams[r, 1])
            cell = pair_print(h) << 16 | (<uint32_t>cost[r]) << 8 | backoff[r]
        else:
            h = triple_hash(grams[r, 0], grams[r, 1], grams[r, 2])
            cell = triple_print(h) << 8 | cost[r]
        i = <Py_ssize_t>slot_of(h, <uint64_t>size)
        while table[i]:
            i = i + 1 if i + 1 < size else 0
        table[i] = cell


cdef bint _has_room(const uint32_t[::1] table) noexcept nogil:
    """Whether a cell is free, so that what is not stored is looked for in vain, not for ever."""
    cdef Py_ssize_t i
    for i in range(table.shape[0]):
        if table[i] == 0:
            return True
    return False


@cython.final
cdef class Ngram:
    def __init__(self, const uint8_t[::1] cost not None, const uint8_t[::1] backoff not None,
                 const uint32_t[::1] pairs not None, const uint32_t[::1] triples not None,
                 float step, float entry_cost):
        self.words = cost.shape[0]
        if backoff.shape[0] != self.words or self.words < FIRST_WORD:
            raise ValueError("unigram arrays of unequal length or without the classes")
        if self.words > 1 << WORD_BITS:
            raise ValueError(f"{self.words} words; an id has {WORD_BITS} bits")
        if not (_has_room(pairs) and _has_room(triples)):
            raise ValueError("a table without a free cell")
        self.held = (cost, backoff, pairs, triples)
        self.unigram, self.backoff = &cost[0], &backoff[0]
        self.pairs, self.triples = &pairs[0], &triples[0]
        self.n_pairs, self.n_triples = pairs.shape[0], triples.shape[0]
        self.step = step
        self.entry_cost = entry_cost

    def cost(self, uint32_t a, uint32_t b, uint32_t c):
        return self.three(a, b, c)

    def cost2(self, uint32_t a, uint32_t b):
        return self.two(a, b)
