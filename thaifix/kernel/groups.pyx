# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The changes on the cheapest path, in groups of neighbours, and what is lost without each."""

cimport cython
from libc.math cimport INFINITY
from libcpp.vector cimport vector

from thaifix.kernel.lattice cimport ENTRY, JUNK, LOST_SPACE, Edge, Lattice
from thaifix.kernel.search cimport Search
from thaifix.kernel.symbols cimport ASCII


cdef list find_groups(Search search, float budget, float slack, float insertion, float deletion,
                      float tolerance, int rivals):
    """Search twice: with the observed readings alone, and with misreadings. Give the groups."""
    cdef int last
    cdef float keep, best
    cdef Lattice lattice = search.lattice
    if rivals < 1:
        raise ValueError(f"a rival is looked for at least once, not {rivals} times")
    with nogil:
        lattice.reader.limits.tolerance = 0
        keep = search.first(-1, INFINITY, INFINITY, &last)
        if last >= 0:
            search.pay(last)
    if last < 0:
        raise ValueError("no reading has a finite cost")
    budget = min(budget, keep - slack)
    if budget <= 0:
        return []
    with nogil:
        lattice.reader.limits.tolerance = tolerance
        best = search.first(budget, insertion, deletion, &last)
    if best >= keep:
        return []
    return _Groups(search, rivals).judge(last, keep, best)


@cython.final
cdef class _Groups:
    """The groups of a path."""
    cdef Lattice lattice
    cdef Search search
    cdef int rivals             # how often another text is looked for, at most
    cdef int clean              # positions before this one are as the last search left them
    cdef vector[int] path

    def __cinit__(self, Search search, int rivals):
        self.search, self.lattice, self.rivals = search, search.lattice, rivals

    cdef list judge(self, int last, float keep, float best):
        """Give each group with its margin and its rival."""
        cdef vector[vector[int]] groups
        cdef vector[int] group
        cdef list out = []
        cdef bytes intended
        cdef size_t i
        cdef int k
        cdef float without, rival
        self.search.path(last, &self.path)
        intended = self.text(self.path)
        for k in self.path:
            if self.lattice.edges[k].operations:
                group.push_back(k)
            elif group.size():
                groups.push_back(group)
                group.clear()
        if group.size():
            groups.push_back(group)
        # The last group first: what its searches spoil is behind the groups before it.
        self.clean = self.lattice.n + 1
        for i in range(groups.size(), 0, -1):
            without = keep if groups.size() == 1 else self.without(groups[i - 1])
            rival = self.rival(groups[i - 1], intended)
            out.append(self.described(groups[i - 1], without - best, rival - best))
        out.reverse()
        return out

    cdef float without(self, vector[int]& group):
        """Cost of the cheapest path without a change that touches the group's span."""
        cdef Edge* edge
        cdef size_t e
        cdef int last, start = self.lattice.edges[group.front()].start
        cdef int end = max(self.lattice.edges[group.back()].end, start + 1)
        cdef float cost
        with nogil:
            for e in range(self.lattice.edges.size()):
                edge = &self.lattice.edges[e]
                edge.banned = (edge.operations > 0 and edge.start < end
                               and max(edge.end, edge.start + 1) > start)
                if edge.banned:
                    self.clean = min(self.clean, edge.start)
            cost = self.search.cheapest(self.clean, &last)
            self.allow_all()
        return cost

    cdef float rival(self, vector[int]& group, bytes intended):
        """Cost of the cheapest path with another text and without the group's edges.

        The same text in other words is no rival: its changes are left out, too, and the search
        goes on. After so many tries, what was found last is taken.
        """
        cdef vector[int] others = group
        cdef int k, last
        cdef float cost = INFINITY
        for _ in range(self.rivals):
            with nogil:
                for k in others:
                    if self.lattice.edges[k].operations:
                        self.lattice.edges[k].banned = True
                        self.clean = min(self.clean, self.lattice.edges[k].start)
                cost = self.search.cheapest(self.clean, &last)
                self.search.path(last, &others)
            if self.text(others) != intended:
                break
        return cost

    cdef void allow_all(self) noexcept nogil:
        cdef size_t e
        for e in range(self.lattice.edges.size()):
            self.lattice.edges[e].banned = False

    cdef tuple described(self, vector[int]& group, float margin, float rival):
        """A group as Python reads it."""
        cdef list parts = []
        cdef double channel = 0
        cdef int k, operations = 0
        cdef Edge* edge
        for k in group:
            edge = &self.lattice.edges[k]
            channel += edge.cost
            operations += edge.operations
            parts.append((edge.start, edge.end, self.spelling(edge), edge.broken, edge.word))
        return (self.lattice.edges[group.front()].start, self.lattice.edges[group.back()].end,
                margin, rival, channel, operations, parts)

    cdef bytes spelling(self, const Edge* edge):
        """The symbols that a change stands for."""
        if edge.kind == LOST_SPACE:
            return bytes([ASCII])
        if edge.kind == JUNK:
            return b""
        if edge.kind == ENTRY:
            return self.lattice.language.entries.key(edge.node)
        return self.lattice.language.trie.key(edge.node)

    cdef bytes text(self, vector[int]& path):
        """The symbols that a path stands for."""
        cdef list out = []
        cdef Edge* edge
        cdef int k
        for k in path:
            edge = &self.lattice.edges[k]
            out.append(self.spelling(edge) if edge.operations
                       else self.lattice.symbols[edge.start:edge.end])
        return b"".join(out)
