# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What a text is read with. The contracts stand in `language.pyi`."""

cimport cython
from libc.stdint cimport uint8_t, uint32_t
from libcpp.vector cimport vector

from thaifix.kernel.ngram cimport Ngram
from thaifix.kernel.symbols cimport FIRST_WORD, LETTERS
from thaifix.kernel.trie cimport Trie


@cython.final
cdef class Language:
    def __init__(self, Trie trie not None, Ngram ngram not None,
                 const uint8_t[::1] letters not None, Trie entries, *, float unknown_cost,
                 float foreign_cost, float abbreviation_cost, float line_nothing,
                 float line_space, float line_boundary, float line_inside,
                 float rate, const uint8_t[::1] least):
        if letters.shape[0] != LETTERS * LETTERS * LETTERS:
            raise ValueError(f"{letters.shape[0]} letter costs; {LETTERS}**3 expected")
        if not rate >= 0:
            raise ValueError(f"words cannot cost {rate} nats a symbol")
        if least is not None and least.shape[0] != ngram.words:
            raise ValueError(f"{least.shape[0]} least costs of {ngram.words} words")
        self.trie, self.ngram, self.entries = trie, ngram, entries
        self.rate, self.held_least = rate, least
        self.least = NULL
        if least is not None:
            self.least = &least[0]
        self.find_beyond()
        self.held, self.letters = letters, &letters[0]
        self.unknown_cost, self.foreign_cost = unknown_cost, foreign_cost
        self.abbreviation_cost = abbreviation_cost
        self.line_nothing, self.line_space = line_nothing, line_space
        self.line_boundary, self.line_inside = line_boundary, line_inside

    cdef int find_beyond(self) except -1:
        """Fill `beyond`: from the leaves, which have the highest numbers, to the root."""
        cdef Py_ssize_t node, child, nodes = self.trie.nodes
        cdef vector[int] depth
        cdef float steps
        self.beyond.assign(nodes, 0)
        if self.least == NULL:
            return 0
        depth.assign(nodes, 0)
        for node in range(nodes):
            for child in range(self.trie.begin(node), self.trie.begin(node + 1)):
                depth[child] = depth[node] + 1
        for node in range(nodes - 1, -1, -1):
            self.beyond[node] = 255
            if self.trie.ends(node):
                steps = (self.lowest(FIRST_WORD + <uint32_t>self.trie.word[node])
                         - self.rate * depth[node]) / self.ngram.step
                self.beyond[node] = <uint8_t>max(steps, <float>0)
            for child in range(self.trie.begin(node), self.trie.begin(node + 1)):
                self.beyond[node] = min(self.beyond[node], self.beyond[child])
        return 0
