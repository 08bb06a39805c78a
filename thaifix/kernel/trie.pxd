# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# A trie over words. Its nodes are numbered by depth; node 0 is the root and nobody's child.

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t

from thaifix.kernel.symbols cimport NEWLINE

cdef enum:
    WORD_BIT = 31       # of a node's `first`: a word ends there; the bits below are a node
    THIRDS = (NEWLINE * NEWLINE * NEWLINE + 7) >> 3     # bytes for a bit of three Thai symbols each


@cython.final
cdef class Trie:
    cdef tuple held                     # the buffers that the pointers look into
    cdef const uint32_t* first          # each node's first child; one more than there are nodes
    cdef const uint8_t* label           # the symbol that leads to each node
    cdef const int32_t* word            # the word that ends at each node, or -1
    cdef readonly Py_ssize_t nodes
    # What is asked most is answered by tables:
    cdef uint32_t root[256]             # the root's child by each symbol, 0 if there is none
    cdef uint32_t second[256][256]      # the node of two symbols, 0 if there is none
    cdef uint32_t short                 # nodes below this one are the root and its children
    cdef uint8_t third[THIRDS]          # a bit for three symbols with which a word begins

    cdef void look_ahead(self) noexcept

    cdef inline uint32_t begin(self, uint32_t node) noexcept nogil:
        """The node's first child; that of the next node is the end of the children."""
        return self.first[node] & ((<uint32_t>1 << WORD_BIT) - 1)

    cdef inline bint ends(self, uint32_t node) noexcept nogil:
        """Whether a word ends at the node."""
        return self.first[node] >> WORD_BIT

    cdef inline uint32_t child(self, uint32_t node, uint8_t symbol) noexcept nogil:
        """The child by a symbol, 0 if there is none."""
        cdef uint32_t c, end
        if node == 0:
            return self.root[symbol]
        if node < self.short:
            return self.second[self.label[node]][symbol]
        c = self.begin(node)
        end = self.begin(node + 1)
        while c < end:
            if self.label[c] >= symbol:
                return c if self.label[c] == symbol else 0
            c += 1
        return 0

    cdef inline bint begins(self, uint8_t x, uint8_t y, uint8_t z) noexcept nogil:
        """Whether a word may begin with three symbols; surely right only if it says no."""
        cdef uint32_t bit
        if x >= NEWLINE or y >= NEWLINE or z >= NEWLINE:
            return True
        bit = (x * NEWLINE + y) * NEWLINE + z
        return (self.third[bit >> 3] >> (bit & 7)) & 1
