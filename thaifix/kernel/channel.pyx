# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Costs of misreadings. The contracts stand in `channel.pyi`."""

cimport cython
from libc.math cimport INFINITY
from libc.string cimport memset

from thaifix.kernel.symbols cimport FOREIGN, SYMBOLS


@cython.final
cdef class Channel:
    def __init__(self, list entries not None, float any_one, float any_two):
        cdef int i, j
        cdef bytes o, t
        cdef float cost
        cdef list rules = []
        for i in range(SYMBOLS):
            self.inserted[i] = self.deleted[i] = INFINITY
            for j in range(SYMBOLS):
                self.replaced[i][j] = INFINITY
        if not (any_one >= 0 and any_two >= 0):
            raise ValueError("a cost is negative or not a number")
        self.any_one, self.any_two = any_one, any_two
        for o, t, cost in entries:
            if not cost >= 0:
                raise ValueError("a cost is negative or not a number")
            if max(o + t, default=0) >= SYMBOLS:
                raise ValueError(f"{max(o + t)} is no symbol")
            if len(o) == 1 and len(t) == 1:
                self.replaced[o[0]][t[0]] = cost
            elif len(o) == 0 and len(t) == 1:
                self.inserted[t[0]] = cost
            elif len(o) == 1 and len(t) == 0:
                self.deleted[o[0]] = cost
            elif 1 <= len(o) <= MOST_OBSERVED and 1 <= len(t) <= MOST_INTENDED:
                rules.append((o, t, cost))
            else:
                raise ValueError(
                    f"an entry of {len(o)} observed and {len(t)} intended symbols is empty or too "
                    f"long: it has up to {MOST_OBSERVED} and up to {MOST_INTENDED}"
                )
        rules.sort(key=lambda rule: (rule[0][0], rule[2], rule[0], rule[1]))
        self.take_rules(rules)
        self.find_least()
        self.find_near()

    cdef int take_rules(self, list rules) except -1:
        """Take entries with more than one symbol on a side, by their first observed one."""
        cdef Rule rule
        cdef bytes o, t
        cdef float cost
        cdef int i
        memset(self.rule_at, 0, sizeof(self.rule_at))
        self.rules.clear()
        for o, t, cost in rules:
            memset(&rule, 0, sizeof(rule))
            rule.n_observed, rule.n_intended, rule.cost = len(o), len(t), cost
            for i in range(len(o)):
                rule.observed[i] = o[i]
            for i in range(len(t)):
                rule.intended[i] = t[i]
            self.rules.push_back(rule)
            self.rule_at[<int>o[0] + 1] += 1
        for i in range(SYMBOLS):
            self.rule_at[i + 1] += self.rule_at[i]
        return 0

    cdef void find_least(self) noexcept:
        """Fill `least` and `least_inserted`."""
        cdef int i, j
        self.least_inserted = INFINITY
        for i in range(SYMBOLS):
            self.least_inserted = min(self.least_inserted, self.inserted[i])
        for i in range(SYMBOLS):
            self.least[i] = min(self.least_inserted, self.deleted[i])
            for j in range(SYMBOLS):
                self.least[i] = min(self.least[i], self.replaced[i][j])
            for j in range(self.rule_at[i], self.rule_at[i + 1]):
                self.least[i] = min(self.least[i], self.rules[j].cost)
        self.least[FOREIGN] = min(self.least[FOREIGN], self.any_one, self.any_two)

    cdef void find_near(self):
        """Fill `near` and `near_nothing`."""
        cdef int i, j, k
        cdef list order
        for i in range(SYMBOLS):
            order = sorted((self.replaced[i][j], j) for j in range(SYMBOLS)
                           if j != i and self.replaced[i][j] < INFINITY)
            self.n_near[i] = len(order)
            for k in range(len(order)):
                self.near[i][k] = order[k][1]
        order = sorted((self.inserted[j], j) for j in range(SYMBOLS)
                       if self.inserted[j] < INFINITY)
        self.n_near_nothing = len(order)
        for k in range(len(order)):
            self.near_nothing[k] = order[k][1]
