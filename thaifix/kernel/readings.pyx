# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The words that can be read from a position of a window on, as observed or misread.

The trie is walked along the observed symbols, depth first. Where an operation is allowed and not
too dear, what it leads to goes on a stack: another way to walk on from there.
"""

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t

from thaifix.kernel.channel cimport Channel, Rule
from thaifix.kernel.language cimport Language
from thaifix.kernel.symbols cimport ASCII, ATTACHED, FOREIGN, KIND, NEWLINE, blank_end, inside
from thaifix.kernel.trie cimport Trie

cdef enum:              # Step.last: the operation that came last, unless a letter was read since
    NONE = 0
    INSERTED = 1
    DELETED = 2
    REPLACED = 3

cdef enum:              # where the buffers begin; they grow
    STEPS = 256
    MARKS = 256         # a power of two


@cython.final
cdef class Reader:
    def __cinit__(self, Language language not None, Channel channel not None):
        self.language, self.channel = language, channel
        self.stack.resize(STEPS)
        self.marks.resize(MARKS, -1)

    cdef int read(self, Trie trie, uint32_t base, int start, float budget, float low,
                  const uint8_t* beyond) except -1 nogil:
        """Find the readings of a trie's words; `base` is the id of its word 0.

        `low`: what the cheapest path costs up to there. A reading has to win back what that is
        dearer than the observed one.
        """
        cdef Step s
        cdef int32_t place
        for place in self.marked:
            self.marks[place] = -1
        self.marked.clear()
        self.found.clear()
        self.start, self.budget, self.beyond = start, budget, beyond
        self.step = self.language.ngram.step
        self.profit = (max(self.limits.tolerance, <float>0)
                       - max(self.accounts[start].paid, low - self.language.rate * start))
        self.surplus = min(self.limits.tolerance - self.accounts[start].paid, self.profit)
        self.stack[0] = Step(0, start, 0, 0, 0, 0, NONE)
        self.top = 1
        while self.top:
            self.top -= 1
            s = self.stack[self.top]
            while True:         # along the observed symbols
                if trie.ends(s.node) and s.at > start and not inside(self.o, s.at, self.n):
                    _take(self, &s, base + trie.word[s.node])
                if s.at < self.n and _at_line_end(self, s.at):
                    if not _cross(self, &s):
                        break
                    continue
                if _may_change(self, &s):
                    _change(self, trie, &s)
                if s.at >= self.n:
                    break
                s.node = trie.child(s.node, self.o[s.at])
                if s.node == 0:
                    break
                if s.operations and s.cost > _gain(self, s.node, s.at + 1):
                    break
                s.at += 1
                s.depth += 1
                s.last = NONE
        return 0


cdef inline float _limit(Reader reader, int at) noexcept nogil:
    """The dearest misreading up to a position of which a reading may still come."""
    return min(reader.budget, reader.accounts[at].tail + reader.surplus)


cdef inline float _gain(Reader reader, uint32_t node, int at) noexcept nogil:
    """The dearest misreading up to a position and a node that can gain anything."""
    cdef float most = reader.surplus
    if reader.beyond != NULL:
        most = min(most, reader.profit - reader.beyond[node] * reader.step)
    return reader.accounts[at].tail + most


cdef inline uint32_t _place(Reader reader, int end, uint32_t word) noexcept nogil:
    """Where `marks` has a reading, or has room for it."""
    cdef uint32_t last = <uint32_t>reader.marks.size() - 1
    cdef uint32_t h = (word * <uint32_t>2654435761 ^ <uint32_t>end * <uint32_t>40503) & last
    cdef int32_t k
    while True:
        k = reader.marks[h]
        if k < 0 or (reader.found[k].end == end and reader.found[k].word == word):
            return h
        h = (h + 1) & last


cdef inline int _take(Reader reader, const Step* s, uint32_t word) except -1 nogil:
    """Keep a reading, or make the one cheaper that has its word and end."""
    cdef uint32_t place
    cdef Reading* known
    cdef float most = reader.surplus
    if s.operations:
        if reader.beyond != NULL:
            most = min(most, reader.profit + reader.language.rate * s.depth
                       - reader.language.lowest(word))
        if s.cost > reader.accounts[s.at].through + most:
            return 0
    place = _place(reader, s.at, word)
    if reader.marks[place] >= 0:
        known = &reader.found[reader.marks[place]]
        if s.cost < known.cost:
            known.cost, known.operations, known.broken = s.cost, s.operations, s.broken
        return 0
    if 2 * reader.marked.size() >= reader.marks.size():
        _widen_marks(reader)
        place = _place(reader, s.at, word)
    reader.marks[place] = <int32_t>reader.found.size()
    reader.marked.push_back(place)
    reader.found.push_back(Reading(s.at, word, s.node, s.cost, s.broken, s.operations))
    return 0


cdef inline int _widen_marks(Reader reader) except -1 nogil:
    """Make twice the room in `marks`."""
    cdef int32_t k
    cdef uint32_t place
    for place in reader.marked:
        reader.marks[place] = -1
    reader.marks.resize(2 * reader.marks.size(), -1)
    for k in range(<int32_t>reader.found.size()):
        place = _place(reader, reader.found[k].end, reader.found[k].word)
        reader.marks[place] = k
        reader.marked[k] = place
    return 0


cdef inline bint _at_line_end(Reader reader, int at) noexcept nogil:
    """Whether a line end stands at a position, or a blank before one."""
    return reader.o[at] == NEWLINE or (
        reader.o[at] == ASCII and at > reader.start and at + 1 < reader.n
        and reader.o[at + 1] == NEWLINE)


cdef inline bint _cross(Reader reader, Step* s) noexcept nogil:
    """Go on behind a line end inside a word: only one, and not before the first letter."""
    cdef bint line_end
    cdef int end
    if not s.depth or s.broken:
        return False
    end = blank_end(reader.o, s.at, reader.n, &line_end)
    if not line_end or end == reader.n:
        return False
    s.at, s.broken, s.cost = end, s.depth, s.cost + reader.language.line_inside
    return True


cdef inline bint _may_change(Reader reader, const Step* s) noexcept nogil:
    """Whether the cheapest operation may come next."""
    return s.operations < reader.limits.operations and (
        s.last == NONE or s.cost <= reader.limits.adjacent) and (
        s.cost + (reader.channel.least[reader.o[s.at]] if s.at < reader.n
                  else reader.channel.least_inserted)
        <= min(reader.budget, _gain(reader, s.node, s.at)))


cdef int _change(Reader reader, Trie trie, const Step* s) except -1 nogil:
    """Put all that an operation leads to on the stack."""
    cdef bint changeable = s.at < reader.n and not reader.fixed[s.at]
    cdef bint pinned = s.at > 0 and reader.fixed[s.at - 1] != 0     # bears no other mark
    cdef float limit = _limit(reader, s.at + 1 if s.at < reader.n else reader.n)
    cdef uint8_t x
    _make_room(reader, trie, s)
    if changeable:
        x = reader.o[s.at]
        if s.depth and s.last != INSERTED:
            _push(reader, trie, s, s.node, s.at + 1, s.cost + reader.channel.deleted[x], 0,
                  DELETED, limit)
        _push_listed(reader, trie, s, x, pinned, limit)
        if x == FOREIGN:
            _push_any(reader, trie, s, pinned, limit)
        else:
            _push_each(reader, trie, s, reader.channel.replaced[x], reader.channel.near[x],
                       reader.channel.n_near[x], x, s.at + 1, REPLACED, pinned, limit)
    if s.last != DELETED and (s.at > reader.start or s.depth == 0) and (
            changeable or (s.at > 0 and not reader.fixed[s.at - 1])):
        _push_each(reader, trie, s, reader.channel.inserted, reader.channel.near_nothing,
                   reader.channel.n_near_nothing, -1, s.at, INSERTED, pinned,
                   _limit(reader, s.at))
    return 0


cdef inline int _make_room(Reader reader, Trie trie, const Step* s) except -1 nogil:
    """Make the stack so large that all operations at a step have room."""
    cdef uint32_t begin = trie.begin(s.node), end = trie.begin(s.node + 1)
    cdef size_t steps = 1 + 2 * (end - begin) + reader.top
    cdef uint8_t x
    if s.at < reader.n:
        x = reader.o[s.at]
        steps += reader.channel.rule_at[x + 1] - reader.channel.rule_at[x]
        if x == FOREIGN:
            steps += trie.begin(end) - trie.begin(begin)    # for any two letters
    if steps > reader.stack.size():
        reader.stack.resize(max(steps, 2 * reader.stack.size()))
    return 0


cdef void _push_listed(Reader reader, Trie trie, const Step* s, uint8_t x, bint pinned,
                       float limit) noexcept nogil:
    """Replace by the rules of the channel: with more than one symbol on a side."""
    cdef const Rule* rule
    cdef uint32_t node
    cdef int i, k, end
    for i in range(reader.channel.rule_at[x], reader.channel.rule_at[x + 1]):
        rule = &reader.channel.rules[i]
        end = s.at + rule.n_observed
        if s.cost + rule.cost > limit:
            break               # the others are dearer
        if end > reader.n:
            continue
        if pinned and KIND[rule.intended[0]] & ATTACHED:
            continue
        if rule.n_observed == 2 and (reader.o[s.at + 1] != rule.observed[1]
                                     or reader.fixed[s.at + 1]):
            continue
        node = s.node
        for k in range(rule.n_intended):
            node = trie.child(node, rule.intended[k])
            if node == 0:
                break
        if node:
            _push(reader, trie, s, node, end, s.cost + rule.cost, rule.n_intended, REPLACED,
                  _limit(reader, end))


cdef void _push_any(Reader reader, Trie trie, const Step* s, bint pinned,
                    float limit) noexcept nogil:
    """Replace a foreign letter by any one letter or any two."""
    cdef uint32_t one, two
    for one in range(trie.begin(s.node), trie.begin(s.node + 1)):
        if pinned and KIND[trie.label[one]] & ATTACHED:
            continue
        _push(reader, trie, s, one, s.at + 1, s.cost + reader.channel.any_one, 1, REPLACED, limit)
        if s.cost + reader.channel.any_two <= limit:
            for two in range(trie.begin(one), trie.begin(one + 1)):
                _push(reader, trie, s, two, s.at + 1, s.cost + reader.channel.any_two, 2, REPLACED,
                      limit)


cdef void _push_each(Reader reader, Trie trie, const Step* s, const float* costs,
                     const uint8_t* near, int n_near, int but, int at, uint8_t last, bint pinned,
                     float limit) noexcept nogil:
    """Read every letter that may come next, but one, at its cost; `near`: the cheapest first."""
    cdef const uint8_t* label = trie.label
    cdef uint32_t node
    cdef uint8_t y
    cdef int k
    if s.node < trie.short:     # many children, and a table of them
        for k in range(n_near):
            y = near[k]
            if s.cost + costs[y] > limit:
                return
            node = trie.child(s.node, y)
            if node and not (pinned and KIND[y] & ATTACHED):
                _push(reader, trie, s, node, at, s.cost + costs[y], 1, last, limit)
        return
    for node in range(trie.begin(s.node), trie.begin(s.node + 1)):
        y = label[node]
        if s.cost + costs[y] <= limit and y != but and not (pinned and KIND[y] & ATTACHED):
            _push(reader, trie, s, node, at, s.cost + costs[y], 1, last, limit)


cdef inline void _push(Reader reader, Trie trie, const Step* s, uint32_t node, int at, float cost,
                       int letters, uint8_t last, float limit) noexcept nogil:
    """Put a step on the stack if anything can follow it within the limit at its end."""
    if cost <= limit and cost <= _gain(reader, node, at) and _leads_on(
            reader, trie, s, s.depth + letters, node, at, cost, limit):
        reader.stack[reader.top] = Step(node, at, cost, s.depth + letters, s.broken,
                                        s.operations + 1, last)
        reader.top += 1


cdef inline bint _leads_on(Reader reader, Trie trie, const Step* s, int depth, uint32_t node,
                           int at, float cost, float limit) noexcept nogil:
    """Whether a reading may come of an operation at a step: surely right only if it says no."""
    cdef bint spent = s.operations + 1 >= reader.limits.operations
    cdef bint stuck         # no operation may follow at once
    cdef uint8_t x, y, z
    if at == reader.n:
        return trie.ends(node) or (not spent and cost + reader.channel.least_inserted <= limit)
    if reader.o[at] >= NEWLINE:
        return True
    y = reader.o[at]
    stuck = spent or cost > reader.limits.adjacent or cost + reader.channel.least[y] > limit
    if not stuck:
        return True
    if depth > 1 or trie.ends(node):
        return trie.child(node, y) != 0 or (
            trie.ends(node) and not inside(reader.o, at, reader.n))
    x = trie.label[node]
    if not trie.second[x][y]:
        return False
    if at + 1 < reader.n and reader.o[at + 1] < NEWLINE:
        z = reader.o[at + 1]
        return ((not spent and cost + reader.channel.least[z] <= limit) or trie.begins(x, y, z)
                or (trie.ends(trie.second[x][y]) and not inside(reader.o, at + 1, reader.n)))
    return True
