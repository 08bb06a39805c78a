# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The lattice of a window: what can be read at every position, as edges to later ones.

Its specification is `tests/kernel/reference.py`.
"""

cimport cython
from libc.math cimport INFINITY
from libc.stdint cimport uint8_t, uint32_t

from thaifix.kernel.channel cimport Channel
from thaifix.kernel.language cimport Language
from thaifix.kernel.readings cimport Limits, Reader, Reading
from thaifix.kernel.symbols cimport (
    ABBREVIATION, BLANK, BOUNDARY, FIRST_WORD, FOREIGN, KIND, SPACE, THAI, UNKNOWN,
    abbreviation_end, blank_end, checked, cluster_end_at, plain_end,
)
from thaifix.kernel.trie cimport Trie

cdef enum:              # Lattice.reached
    NOT = 0
    CLUSTER = 1         # only clusters of unknown words end there
    WORD = 2


@cython.final
cdef class Lattice:
    def __cinit__(self, Language language not None, Channel channel not None,
                  bytes symbols not None, bytes fixed not None, bytes deep, float shallow):
        self.n = checked(symbols)
        if not symbols or len(fixed) != len(symbols):
            raise ValueError("an empty window, or a mask of another length")
        if deep is not None and len(deep) != len(symbols):
            raise ValueError("a mask of depth of another length")
        self.deep, self.shallow = deep, shallow
        self.depth = NULL
        if deep is not None:
            self.depth = deep
        self.language, self.channel = language, channel
        self.symbols, self.fixed = symbols, fixed
        self.o, self.pinned = symbols, fixed
        self.first.resize(<size_t>self.n + 2)
        self.reached.resize(<size_t>self.n + 1)
        self.accounts.resize(<size_t>self.n + 1)
        self.reader = Reader(language, channel)
        self.reader.o, self.reader.fixed, self.reader.n = self.o, self.pinned, self.n
        self.reader.accounts = self.accounts.data()

    cdef void clear(self) noexcept nogil:
        """Begin anew: without edges."""
        cdef int at
        self.edges.clear()
        for at in range(self.n + 1):
            self.reached[at] = NOT
            self.first[at] = 0
        self.first[self.n + 1] = 0
        self.reached[0] = WORD

    cdef int add_edges(self, int at, float budget, float insertion, float deletion,
                       float low) except -1 nogil:
        """Make the edges that begin at a position, after those of all positions before.

        With a budget below 0, those of the observed text alone. `low`: as in `Reader.read`.
        """
        cdef float most = budget, paid = self.accounts[at].paid, tolerance
        cdef const Limits* limits = &self.reader.limits
        if self.reached[at] != NOT:
            if most > 0:
                tolerance = limits.tolerance
                budget = min(most, self.accounts[at].ahead + min(
                    tolerance - paid,
                    max(tolerance, <float>0) - max(paid, low - self.language.rate * at)))
                if self.depth != NULL and not self.depth[at]:
                    budget = min(budget, self.shallow)
                if self.reached[at] == CLUSTER:
                    budget = min(budget, limits.inside)
            if KIND[self.o[at]] & BLANK:
                _add_blanks(self, at, deletion)
            else:
                _add_readings(self, at, budget, insertion, low)
        self.first[at + 1] = <int>self.edges.size()
        return 0


cdef inline int _add_readings(Lattice lattice, int at, float budget, float insertion,
                              float low) except -1 nogil:
    """Add what no blank begins."""
    cdef bint changeable = budget > 0 and not lattice.pinned[at]
    if changeable and at > 0 and insertion < INFINITY:
        _add(lattice, at, at, SPACE, insertion, 1, LOST_SPACE)
    _add_words(lattice, lattice.language.trie, FIRST_WORD, PLAIN, at, budget, low,
               lattice.language.beyond.data())
    if lattice.language.entries is not None:
        _add_words(lattice, lattice.language.entries, <uint32_t>lattice.language.ngram.words,
                   ENTRY, at, budget, low, NULL)
    _add_rest(lattice, at)
    if changeable and lattice.channel.deleted[lattice.o[at]] <= budget:
        _add(lattice, at, at + 1, 0, lattice.channel.deleted[lattice.o[at]], 1, JUNK)
    return 0


cdef inline int _add(Lattice lattice, int start, int end, uint32_t word, float cost, int operations,
             uint8_t kind) except -1 nogil:
    """Add an edge that is no word of a trie."""
    lattice.edges.push_back(Edge(start, end, word, 0, cost, 0, operations, kind, False))
    if kind != UNSPELLED:
        lattice.reached[end] = WORD
    elif lattice.reached[end] == NOT:
        lattice.reached[end] = CLUSTER
    return 0


cdef inline int _add_words(Lattice lattice, Trie trie, uint32_t base, uint8_t kind, int start,
                           float budget, float low, const uint8_t* beyond) except -1 nogil:
    """Add the words of a trie that can be read from a position on."""
    cdef const Reading* r
    cdef size_t k
    lattice.reader.read(trie, base, start, budget, low, beyond)
    for k in range(lattice.reader.found.size()):
        r = &lattice.reader.found[k]
        lattice.edges.push_back(Edge(start, r.end, r.word, r.node, r.cost, r.broken,
                                  r.operations, kind, False))
        lattice.reached[r.end] = WORD
    return 0


cdef inline int _add_blanks(Lattice lattice, int at, float deletion) except -1 nogil:
    """Add what the blanks at a position may stand for."""
    cdef bint line_end
    cdef int end = blank_end(lattice.o, at, lattice.n, &line_end)
    if line_end:
        _add(lattice, at, end, SPACE, lattice.language.line_space, 0, PLAIN)
        _add(lattice, at, end, BOUNDARY, lattice.language.line_boundary, 0, PLAIN)
        _add(lattice, at, end, 0, lattice.language.line_nothing, 0, LINE_END)
    else:
        _add(lattice, at, end, SPACE, 0, 0, PLAIN)
        if deletion < INFINITY and _free(lattice, at, end):
            _add(lattice, at, end, 0, deletion, 1, JUNK)
    return 0


cdef inline int _add_rest(Lattice lattice, int at) except -1 nogil:
    """Add what stands at a position beside words: a cluster, an abbreviation, a class."""
    cdef int end
    cdef uint32_t word
    if KIND[lattice.o[at]] & THAI or lattice.o[at] == FOREIGN:
        end = abbreviation_end(lattice.o, at, lattice.n)
        if end:
            _add(lattice, at, end, ABBREVIATION, lattice.language.abbreviation_cost * (end - at), 0,
                     PLAIN)
        _add(lattice, at, cluster_end_at(lattice.o, at, lattice.n), UNKNOWN, 0, 0, UNSPELLED)
    else:
        end = plain_end(lattice.o, at, lattice.n, &word)
        _add(lattice, at, end, word, 0, 0, PLAIN)
    return 0


cdef inline bint _free(Lattice lattice, int start, int end) noexcept nogil:
    """Whether everything in a span may change."""
    cdef int at
    for at in range(start, end):
        if lattice.pinned[at]:
            return False
    return True
