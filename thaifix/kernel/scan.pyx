# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The likeliest words of a text as it stands: Viterbi over word bigrams, in one pass.

At every position the cheapest ways to reach it are kept, each with another last word.
"""

cimport cython
from cpython cimport array
from libc.math cimport INFINITY
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libcpp.vector cimport vector

from array import array as new_array

from thaifix.kernel.language cimport Language
from thaifix.kernel.symbols cimport (
    ABBREVIATION, BLANK, BOUNDARY, FIRST_WORD, FOREIGN, KIND, NEWLINE, NO_WORD, SPACE, THAI,
    UNKNOWN, abbreviation_end, blank_end, checked, cluster_end_at, inside, plain_end,
)
from thaifix.kernel.trie cimport Trie


cdef array.array INTS = new_array("i")      # templates of what `scan` gives
cdef array.array UNSIGNED = new_array("I")
cdef array.array FLOATS = new_array("f")


cdef struct State:          # a way to reach a position
    float cost              # of all words so far, nats
    uint32_t word           # the last one, or the one before a line end that counts as nothing
    int32_t start           # where the last word, or such a line end, begins
    int32_t previous        # which of the ways that reach `start` it goes on from
    bint nothing            # whether such a line end comes last


@cython.final
cdef class _Scan:
    """One text's ways."""
    cdef Language language
    cdef const uint8_t* o
    cdef int n
    cdef int width              # ways that are kept at a position, at most
    cdef vector[State] states   # `width` places for every position
    cdef vector[int] count      # how many of them are taken

    def __cinit__(self, Language language, bytes symbols, int width):
        self.language, self.o, self.n, self.width = language, symbols, checked(symbols), width
        if width < 1:
            raise ValueError(f"a scan keeps at least one word a position, not {width}")
        self.states.resize((<size_t>self.n + 1) * width)
        self.count.resize(<size_t>self.n + 1, 0)

    cdef inline State* row(self, int at) noexcept nogil:
        """The ways that reach a position."""
        return self.states.data() + <size_t>at * self.width

    cdef inline void reach(self, int end, float cost, uint32_t word, int start, int previous,
                           bint nothing) noexcept nogil:
        """Keep a way, if it is cheaper than another with its last word or than the dearest."""
        cdef State* row = self.row(end)
        cdef int k, worst = 0, n = self.count[end]
        for k in range(n):
            if row[k].word == word:
                if row[k].cost > cost:
                    row[k] = State(cost, word, start, previous, nothing)
                return
            if row[k].cost > row[worst].cost:
                worst = k
        if n < self.width:
            worst = n
            self.count[end] = n + 1
        elif row[worst].cost <= cost:
            return
        row[worst] = State(cost, word, start, previous, nothing)

    cdef inline void arrive(self, int at, int end, uint32_t word, float extra) noexcept nogil:
        """Read a word, whose cost beside the n-gram is `extra`, by the cheapest way to it."""
        cdef State* row = self.row(at)
        cdef int k, best = 0
        cdef float cost, low = INFINITY
        for k in range(self.count[at]):
            cost = row[k].cost + self.language.ngram.two(row[k].word, word)
            if cost < low:
                low, best = cost, k
        self.reach(end, low + extra, word, at, best, False)

    cdef void walk(self, Trie trie, uint32_t base, int at) noexcept nogil:
        """Read all words of a trie that begin at a position; `base` is the id of its word 0."""
        cdef uint32_t node = 0
        cdef int end = at
        cdef float extra = 0
        cdef bint line_end, broken = False
        while end < self.n:
            if self.o[end] == NEWLINE and end > at and not broken:
                end = blank_end(self.o, end, self.n, &line_end)
                extra, broken = self.language.line_inside, True
                continue
            node = trie.child(node, self.o[end])
            if node == 0:
                return
            end += 1
            if trie.ends(node) and not inside(self.o, end, self.n):
                self.arrive(at, end, base + trie.word[node], extra)

    cdef inline void blanks(self, int at) noexcept nogil:
        """Read the blanks at a position."""
        cdef bint line_end
        cdef int k, end = blank_end(self.o, at, self.n, &line_end)
        cdef State* row = self.row(at)
        if not line_end:
            self.arrive(at, end, SPACE, 0)
            return
        self.arrive(at, end, SPACE, self.language.line_space)
        self.arrive(at, end, BOUNDARY, self.language.line_boundary)
        for k in range(self.count[at]):
            self.reach(end, row[k].cost + self.language.line_nothing, row[k].word, at, k, True)

    cdef inline void unknown(self, int at) noexcept nogil:
        """Read the cluster at a position as a word that nobody knows, or as its next one."""
        cdef int k, end = cluster_end_at(self.o, at, self.n)
        cdef float fresh = (self.language.unknown_cost
                            + self.language.spell(self.o, at, at, end))
        cdef float on = self.language.spell(self.o, at - 2 if at > 2 else 0, at, end)
        cdef State* row = self.row(at)
        for k in range(self.count[at]):
            if row[k].word == UNKNOWN and not row[k].nothing:
                self.reach(end, row[k].cost + on, UNKNOWN, at, k, False)
            else:
                self.reach(end, row[k].cost + fresh + self.language.ngram.two(
                    row[k].word, UNKNOWN), UNKNOWN, at, k, False)

    cdef void read(self) noexcept nogil:
        """Reach every position that can be reached."""
        cdef int at, end
        cdef uint32_t word
        self.states[0] = State(0, BOUNDARY, 0, 0, False)
        self.count[0] = 1
        for at in range(self.n):
            if self.count[at] == 0:
                continue
            if KIND[self.o[at]] & BLANK:
                self.blanks(at)
            elif KIND[self.o[at]] & THAI or self.o[at] == FOREIGN:
                self.walk(self.language.trie, FIRST_WORD, at)
                if self.language.entries is not None:
                    self.walk(self.language.entries, <uint32_t>self.language.ngram.words, at)
                end = abbreviation_end(self.o, at, self.n)
                if end:
                    self.arrive(at, end, ABBREVIATION,
                                self.language.abbreviation_cost * (end - at))
                self.unknown(at)
            else:
                end = plain_end(self.o, at, self.n, &word)
                self.arrive(at, end, word, 0)

    cdef int cheapest(self) noexcept nogil:
        """Which of the ways that reach the end costs least."""
        cdef State* row = self.row(self.n)
        cdef int k, best = 0
        for k in range(1, self.count[self.n]):
            if row[k].cost < row[best].cost:
                best = k
        return best

    cdef tuple words(self, int last):
        """The words on the way that ends with state `last`."""
        cdef int at, k, size = 0
        cdef State* s
        at, k = self.n, last
        while at > 0:
            s = self.row(at) + k
            at, k = s.start, s.previous
            size += 1
        cdef array.array starts = array.clone(INTS, size, False)
        cdef array.array words = array.clone(UNSIGNED, size, False)
        cdef array.array costs = array.clone(FLOATS, size, False)
        at, k = self.n, last
        while at > 0:
            s = self.row(at) + k
            size -= 1
            starts.data.as_ints[size] = s.start
            words.data.as_uints[size] = <uint32_t>NO_WORD if s.nothing else s.word
            costs.data.as_floats[size] = s.cost - (self.row(s.start) + s.previous).cost
            at, k = s.start, s.previous
        return starts, words, costs


cdef tuple scan(Language language, bytes symbols, int width):
    """Start, word and cost of each token, `width` words kept a position at most."""
    cdef _Scan way = _Scan(language, symbols, width)
    cdef int last
    with nogil:
        way.read()
        last = way.cheapest()
    return way.words(last)
