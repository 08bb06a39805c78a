# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A trie over words. The contracts stand in `trie.pyi`."""

from array import array

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memset

from thaifix.kernel.symbols cimport NEWLINE


def build_trie(list keys not None):
    cdef uint32_t nodes = 1
    cdef Py_ssize_t lo, hi, k, depth = 0
    first, label, word = array("I"), array("B", [0]), array("i")
    for k in range(1, len(keys)):
        if keys[k - 1] >= keys[k]:
            raise ValueError(f"keys {k - 1} and {k} are not sorted or not distinct")
    if keys and not keys[0]:
        raise ValueError("an empty key")
    level = [(0, len(keys))]        # for each node of a depth: the keys that begin as it does
    while level:
        below = []
        for lo, hi in level:
            if lo < hi and len(keys[lo]) == depth:
                first.append(nodes | <uint32_t>1 << WORD_BIT)
                word.append(lo)
                lo += 1
            else:
                first.append(nodes)
                word.append(-1)
            while lo < hi:
                symbol = keys[lo][depth]
                k = lo + 1
                while k < hi and keys[k][depth] == symbol:
                    k += 1
                below.append((lo, k))
                label.append(symbol)
                nodes += 1
                lo = k
        level = below
        depth += 1
    first.append(nodes)
    return first, label, word


@cython.final
cdef class Trie:
    def __init__(self, const uint32_t[::1] first not None, const uint8_t[::1] label not None,
                 const int32_t[::1] word not None):
        cdef uint32_t c
        self.nodes = label.shape[0]
        if self.nodes == 0 or word.shape[0] != self.nodes or first.shape[0] != self.nodes + 1:
            raise ValueError("trie arrays of unequal length")
        self.held = (first, label, word)
        self.first, self.label, self.word = &first[0], &label[0], &word[0]
        memset(self.root, 0, sizeof(self.root))
        for c in range(self.begin(0), self.begin(1)):
            self.root[self.label[c]] = c
        self.short = self.begin(1)
        self.look_ahead()

    cdef void look_ahead(self) noexcept:
        """Fill `second` and `third`."""
        cdef uint32_t a, b, c, bit
        cdef uint8_t x, y, z
        memset(self.second, 0, sizeof(self.second))
        memset(self.third, 0, sizeof(self.third))
        for a in range(self.begin(0), self.begin(1)):
            x = self.label[a]
            for b in range(self.begin(a), self.begin(a + 1)):
                y = self.label[b]
                self.second[x][y] = b
                for c in range(self.begin(b), self.begin(b + 1)):
                    z = self.label[c]
                    if x < NEWLINE and y < NEWLINE and z < NEWLINE:
                        bit = (x * NEWLINE + y) * NEWLINE + z
                        self.third[bit >> 3] |= 1 << (bit & 7)

    def find(self, bytes key not None):
        cdef uint32_t node = 0
        cdef uint8_t symbol
        for symbol in key:
            node = self.child(node, symbol)
            if node == 0:
                return -1
        return self.word[node] if key else -1

    def key(self, Py_ssize_t node):
        cdef bytearray out = bytearray()
        cdef Py_ssize_t lo, hi, middle
        if not 0 <= node < self.nodes:
            raise IndexError(f"node {node} of {self.nodes}")
        while node:
            out.append(self.label[node])
            lo, hi = 0, node        # the last node whose children begin at or before `node`
            while hi - lo > 1:
                middle = (lo + hi) >> 1
                if <Py_ssize_t>self.begin(middle) <= node:
                    lo = middle
                else:
                    hi = middle
            node = lo
        out.reverse()
        return bytes(out)

    def keys(self):
        cdef Py_ssize_t node
        cdef dict found = {}
        for node in range(1, self.nodes):
            if self.ends(node):
                found[self.word[node]] = self.key(node)
        return [found[word] for word in range(len(found))]
