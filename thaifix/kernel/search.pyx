# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The cheapest path through a lattice: a beam over word trigrams."""

cimport cython
from libc.limits cimport INT_MAX
from libc.math cimport INFINITY
from libc.stdint cimport uint8_t, uint32_t
from libcpp.algorithm cimport reverse

from thaifix.kernel.lattice cimport JUNK, LINE_END, LOST_SPACE, PLAIN, UNSPELLED, Edge, Lattice
from thaifix.kernel.readings cimport Account
from thaifix.kernel.symbols cimport SPACE, UNKNOWN


@cython.final
cdef class Search:
    def __cinit__(self, Lattice lattice not None, tuple left not None, tuple right not None,
                  float beam, int width, int recalled):
        cdef int k
        if width < 1 or lattice.n >= INT_MAX // width:
            raise ValueError(f"a beam of {width} paths over {lattice.n} symbols")
        if recalled < 1 or recalled & (recalled - 1):
            raise ValueError(f"{recalled} pairs to recall; a power of two is needed")
        self.lattice, self.beam, self.width = lattice, beam, width
        self.left[0], self.left[1] = left
        self.n_right = min(len(right), 2)
        for k in range(self.n_right):
            self.right[k] = right[k]
        self.nodes.resize((<size_t>lattice.n + 1) * width)
        self.count.resize(<size_t>lattice.n + 1)
        self.low.resize(<size_t>lattice.n + 1)
        self.mask = recalled - 1
        self.recalled.resize(recalled, Recalled(-1, -1, 0))     # of no word ids

    cdef float first(self, float budget, float insertion, float deletion,
                     int* last) except? -1 nogil:
        """Build the lattice; cost of the cheapest path; `last`: its node or -1.

        With a budget below 0, the observed readings alone.
        """
        cdef int at
        self.lattice.clear()
        _clear(self, 0)
        for at in range(self.lattice.n):
            self.lattice.add_edges(at, budget, insertion, deletion, self.low[at])
            if self.count[at]:
                _expand(self, at, 0)
        return _finish(self, last)

    cdef float cheapest(self, int since, int* last) noexcept nogil:
        """Cost of the cheapest path over the edges that are not banned; `last`: its node or -1.

        What reaches positions before `since` is taken from the search before.
        """
        cdef int at
        _clear(self, since)
        for at in range(self.lattice.n):
            if self.count[at]:
                _expand(self, at, since)
        return _finish(self, last)

    cdef int path(self, int last, vector[int]* edges) except -1 nogil:
        """The edges of the path that ends with a node; none if there is no path."""
        edges.clear()
        while last >= 0 and self.nodes[last].edge >= 0:
            edges.push_back(self.nodes[last].edge)
            last = self.nodes[last].previous
        reverse(edges.begin(), edges.end())
        return 0

    cdef void pay(self, int last) noexcept nogil:
        """Fill the lattice's accounts from the path that ends with a node."""
        cdef int n = self.lattice.n, p, end = n, start
        cdef float low, high = self.nodes[last].cost, rate = self.lattice.language.rate
        cdef Account* accounts = self.lattice.accounts.data()
        accounts[n].paid = high
        while self.nodes[last].previous >= 0:
            start = self.lattice.edges[self.nodes[last].edge].start
            last = self.nodes[last].previous
            low = self.nodes[last].cost
            for p in range(start, end):
                accounts[p].paid = low + (high - low) * (p - start) / (end - start)
                accounts[p + 1].through = high
            end, high = start, low
        accounts[0].through = 0
        for p in range(n + 1):
            accounts[p].paid -= rate * p
            accounts[p].through -= rate * p
        accounts[n].ahead, accounts[n].tail = accounts[n].paid, accounts[n].through
        for p in range(n - 1, -1, -1):
            accounts[p].ahead = max(accounts[p].paid, accounts[p + 1].ahead)
            accounts[p].tail = max(accounts[p].through, accounts[p + 1].tail)


cdef inline Node* _row(Search search, int at) noexcept nogil:
    """The paths that end at a position."""
    return search.nodes.data() + <size_t>at * search.width


cdef void _clear(Search search, int since) noexcept nogil:
    """Forget the paths that reach a position or those behind it."""
    cdef int at
    for at in range(since, search.lattice.n + 1):
        search.count[at] = 0
        search.low[at] = INFINITY
    if since == 0:
        search.nodes[0] = Node(
            0, search.left[0], search.left[1], -1, -1,
            _cell(search, search.left[0], search.left[1]), search.left[1] == UNKNOWN)
        search.count[0] = 1
        search.low[0] = 0


cdef void _expand(Search search, int at, int since) noexcept nogil:
    """Extend the paths that end at a position by all its edges."""
    cdef Node* row = _row(search, at)
    cdef const Edge* edge = search.lattice.edges.data() + search.lattice.first[at]
    cdef const float* low = search.low.data()
    cdef int e, k, n = search.lattice.n
    cdef float best = INFINITY, spell = 0, fresh = 0, lowest
    for k in range(search.count[at]):
        best = min(best, row[k].cost)
    best += search.beam
    for e in range(search.lattice.first[at], search.lattice.first[at + 1]):
        if not edge.banned and edge.end >= since:
            lowest = edge.cost
            if edge.kind == UNSPELLED:
                _spell(search, edge, &spell, &fresh)
            elif edge.kind == PLAIN:
                lowest += search.lattice.language.lowest(edge.word)
            for k in range(search.count[at]):   # before this edge: a lost space adds to them
                if row[k].cost <= best and (edge.end == n or row[k].cost + lowest
                                            <= low[edge.end] + search.beam):
                    _follow(search, edge, e, &row[k], at * search.width + k, spell, fresh)
        edge += 1


cdef inline void _spell(Search search, const Edge* edge, float* spell, float* fresh) noexcept nogil:
    """What a cluster costs if it continues an unknown word, and if it begins one."""
    cdef const uint8_t* o = search.lattice.o
    cdef int at = edge.start
    spell[0] = search.lattice.language.spell(o, max(at - 2, 0), at, edge.end)
    fresh[0] = (search.lattice.language.unknown_cost
                + search.lattice.language.spell(o, at, at, edge.end))


cdef inline void _follow(Search search, const Edge* edge, int e, const Node* node, int i, float spell,
                        float fresh) noexcept nogil:
    """Extend a path, node i, by edge e.

    A cluster costs `spell` if it continues the path's last word, else `fresh`.
    """
    cdef uint32_t a = node.before, b = node.word
    cdef float price = fresh if edge.kind == UNSPELLED else edge.cost
    cdef uint32_t cell = node.cell
    if edge.kind == JUNK or edge.kind == LINE_END:
        _extend(search, edge.end, node.cost + price, a, b, i, e, cell, False)
    elif edge.kind == UNSPELLED and node.unfinished:
        _extend(search, edge.end, node.cost + spell, a, b, i, e, cell, True)
    elif edge.kind != LOST_SPACE or b != SPACE:
        price += _three(search, a, b, edge.word, &cell)
        _extend(search, edge.end, node.cost + price, b, edge.word, i, e, cell,
                edge.kind == UNSPELLED)


cdef inline void _extend(Search search, int end, float cost, uint32_t before, uint32_t word,
                         int previous, int edge, uint32_t cell, bint unfinished) noexcept nogil:
    """Keep a path, if it is cheaper than another with its words or than the dearest."""
    cdef Node* row = _row(search, end)
    cdef int k, worst = 0, n = search.count[end]
    if cost > search.low[end] + search.beam and end < search.lattice.n:
        return              # would not be followed
    search.low[end] = min(search.low[end], cost)
    for k in range(n):
        if (row[k].before == before and row[k].word == word
                and row[k].unfinished == unfinished):
            if cost < row[k].cost:
                row[k] = Node(cost, before, word, previous, edge, cell, unfinished)
            return
        if row[k].cost > row[worst].cost:
            worst = k
    if n < search.width:
        worst = n
        search.count[end] = n + 1
    elif row[worst].cost <= cost:
        return
    row[worst] = Node(cost, before, word, previous, edge, cell, unfinished)


cdef inline uint32_t _cell(Search search, uint32_t a, uint32_t b) noexcept nogil:
    """The n-gram model's cell of a pair; a window asks for the same ones again and again."""
    cdef uint32_t h = a * <uint32_t>0x9E3779B1 ^ b * <uint32_t>0x85EBCA6B
    cdef Recalled* r = &search.recalled[(h >> 15) & search.mask]
    if r.a != a or r.b != b:
        r[0] = Recalled(a, b, search.lattice.language.ngram.known_pair(a, b))
    return r.cell


cdef inline float _three(Search search, uint32_t a, uint32_t b, uint32_t c,
                         uint32_t* cell) noexcept nogil:
    """What c costs after a and b; `cell`: that of a and b, and then that of b and c."""
    cdef uint32_t before = cell[0]
    cell[0] = _cell(search, b, c)
    return search.lattice.language.ngram.three_of(a, b, c, before, cell[0])


cdef inline float _finish(Search search, int* last) noexcept nogil:
    """Add what the words after the window cost; the cheapest path and its last node."""
    cdef Node* row = _row(search, search.lattice.n)
    cdef int k, i
    cdef float cost, best = INFINITY
    cdef uint32_t a, b, cell
    last[0] = -1
    for k in range(search.count[search.lattice.n]):
        cost = row[k].cost
        a, b, cell = row[k].before, row[k].word, row[k].cell
        for i in range(search.n_right):
            if not (i == 0 and search.right[0] == UNKNOWN and b == UNKNOWN):
                cost += _three(search, a, b, search.right[i], &cell)
            else:
                cell = _cell(search, b, search.right[i])
            a, b = b, search.right[i]
        if cost < best:
            best, last[0] = cost, search.lattice.n * search.width + k
    return best
