# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled kernel: trie, n-gram tables, scan, lattice, decode.

C data only. No I/O, no defaults, no policy; costs are nats. The contracts of the
public classes stand in `_kernel.pyi`, the slow specification in `tests/reference.py`.
"""

cimport cython
from cpython.unicode cimport PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR
from libc.stdint cimport int16_t, int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.math cimport INFINITY
from libc.string cimport memset

# ---------------------------------------------------------------- symbols
# One byte a code point. Thai letters keep their offset in the Thai block (1..91).
cdef enum:
    NEWLINE = 95
    ASCII = 96          # 0x20..0x7e -> 96..190
    FOREIGN = 191       # a letter of another script that may be a misread Thai letter
    OTHER = 192         # any other code point
    OPAQUE = 193        # undecodable or control: never part of a word
    SYMBOLS = 194

# Word ids below FIRST_WORD are classes.
cdef enum:
    UNKNOWN = 0
    BOUNDARY = 1
    SPACE = 2
    NUMBER = 3
    LATIN = 4
    MISC = 5
    ABBREVIATION = 6
    PUNCTUATION = 7     # + ASCII code - 0x20, 95 of them
    FIRST_WORD = 102

# Symbol classes, bits.
cdef enum:
    THAI = 1            # letter or mark that can stand in a word
    ATTACHED = 2        # never begins a cluster
    LEADING = 4         # vowel that never ends a cluster
    DIGIT = 8
    BLANK = 16
    ROMAN = 32
    CONSONANT = 64
    JOINER = 128        # stands inside numbers

cdef uint8_t KIND[SYMBOLS]

cdef void _classify() noexcept:
    cdef int s
    memset(KIND, 0, sizeof(KIND))
    for s in range(0x01, 0x2F):
        KIND[s] = THAI | CONSONANT
    for s in range(0x30, 0x3B):
        KIND[s] = THAI | ATTACHED
    for s in range(0x40, 0x45):
        KIND[s] = THAI | LEADING
    for s in range(0x45, 0x46):
        KIND[s] = THAI | ATTACHED
    for s in range(0x47, 0x4F):
        KIND[s] = THAI | ATTACHED
    KIND[0x2F] = THAI                       # paiyannoi
    KIND[0x46] = THAI                       # mai yamok
    for s in range(0x50, 0x5A):
        KIND[s] = DIGIT
    for s in range(10):
        KIND[ASCII + 0x10 + s] = DIGIT
    KIND[ASCII] = BLANK
    KIND[NEWLINE] = BLANK
    for s in range(26):
        KIND[ASCII + 0x21 + s] = ROMAN
        KIND[ASCII + 0x41 + s] = ROMAN
    for s in (0x2C, 0x2E, 0x2F, 0x3A, 0x2D):   # , . / : -
        KIND[ASCII + s - 0x20] = JOINER

_classify()


cdef inline uint8_t _symbol(uint32_t c) noexcept nogil:
    if 0x0E01 <= c <= 0x0E5B:
        return <uint8_t>(c - 0x0E00)
    if 0x20 <= c <= 0x7E:
        return <uint8_t>(ASCII + c - 0x20)
    if c == 0x0A or c == 0x0D:
        return NEWLINE
    if c == 0x09 or c == 0xA0:
        return ASCII
    if 0x201C <= c <= 0x201F:
        return ASCII + 2
    if 0x2018 <= c <= 0x201B:
        return ASCII + 7
    if 0x2010 <= c <= 0x2015:
        return ASCII + 13
    if c < 0x20 or c == 0x7F or 0xD800 <= c <= 0xDFFF:
        return OPAQUE
    if (0x0E80 <= c <= 0x0EFF or 0x0980 <= c <= 0x0A7F or 0x3040 <= c <= 0x30FF
            or 0x4E00 <= c <= 0x9FFF or 0xAC00 <= c <= 0xD7A3 or 0x0400 <= c <= 0x04FF
            or 0x0900 <= c <= 0x097F or 0x1780 <= c <= 0x17FF or 0x1000 <= c <= 0x109F):
        return FOREIGN
    return OTHER


def encode(str text not None):
    """Map each code point to its symbol."""
    cdef Py_ssize_t i, n = PyUnicode_GET_LENGTH(text)
    cdef bytearray out = bytearray(n)
    cdef uint8_t* p = out
    for i in range(n):
        p[i] = _symbol(PyUnicode_READ_CHAR(text, i))
    return bytes(out)


# ---------------------------------------------------------------- trie
def build_trie(list keys not None):
    """Arrays of a trie over sorted, distinct symbol strings; key k gets word k."""
    cdef list level = [(0, len(keys))], below
    cdef list first = [], label = [0], word = []
    cdef Py_ssize_t lo, hi, k, depth = 0, nodes = 1
    for k in range(1, len(keys)):
        if keys[k - 1] >= keys[k]:
            raise ValueError(f"keys {k - 1} and {k} are not sorted or not distinct")
    if keys and not keys[0]:
        raise ValueError("an empty key")
    while level:
        below = []
        for lo, hi in level:
            if lo < hi and len(keys[lo]) == depth:
                first.append(nodes | 0x80000000)     # the high bit: a word ends here
                word.append(lo)
                lo += 1
            else:
                first.append(nodes)
                word.append(-1)
            while lo < hi:
                letter = keys[lo][depth]
                k = lo + 1
                while k < hi and keys[k][depth] == letter:
                    k += 1
                below.append((lo, k))
                label.append(letter)
                nodes += 1
                lo = k
        level = below
        depth += 1
    first.append(nodes)
    from array import array
    return array("I", first), array("B", label), array("i", word)


@cython.final
cdef class Trie:
    cdef const uint32_t[::1] _first
    cdef const uint8_t[::1] _label
    cdef const int32_t[::1] _word
    cdef const uint32_t* first
    cdef const uint8_t* label
    cdef const int32_t* word
    cdef readonly Py_ssize_t nodes
    cdef uint32_t root[256]
    cdef uint32_t second[256][256]  # the node of two symbols, 0 if there is none
    cdef uint32_t short             # nodes below this one are the root and its children
    cdef uint8_t third[107172]     # 95**3 bits: some word begins so

    def __init__(self, first, label, word):
        self._first = first
        self._label = label
        self._word = word
        self.nodes = self._label.shape[0]
        if self.nodes == 0 or self._word.shape[0] != self.nodes or self._first.shape[0] != self.nodes + 1:
            raise ValueError("trie arrays of unequal length")
        self.first = &self._first[0]
        self.label = &self._label[0]
        self.word = &self._word[0]
        memset(self.root, 0, sizeof(self.root))
        cdef uint32_t c
        for c in range(self.begin(0), self.begin(1)):
            self.root[self.label[c]] = c
        self.short = self.begin(1)      # nodes are numbered by depth
        self._look_ahead()

    cdef void _look_ahead(self) noexcept:
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

    cdef inline bint begins(self, uint8_t x, uint8_t y, uint8_t z) noexcept nogil:
        """Whether a word may begin with three symbols; surely right only if it says no."""
        cdef uint32_t bit
        if x >= NEWLINE or y >= NEWLINE or z >= NEWLINE:
            return True
        bit = (x * NEWLINE + y) * NEWLINE + z
        return (self.third[bit >> 3] >> (bit & 7)) & 1

    cdef inline uint32_t begin(self, uint32_t node) noexcept nogil:
        """The node's first child; the next node's is the end of its children."""
        return self.first[node] & <uint32_t>0x7FFFFFFF

    cdef inline bint ends(self, uint32_t node) noexcept nogil:
        """Whether a word ends at the node."""
        return self.first[node] >> 31

    cdef inline uint32_t child(self, uint32_t node, uint8_t s) noexcept nogil:
        """The child by symbol `s`, 0 if there is none."""
        cdef uint32_t c, end
        if node == 0:
            return self.root[s]
        if node < self.short:
            return self.second[self.label[node]][s]
        c = self.begin(node)
        end = self.begin(node + 1)
        while c < end:
            if self.label[c] >= s:
                return c if self.label[c] == s else 0
            c += 1
        return 0

    def find(self, bytes key not None):
        """The word of `key`, -1 if it is none."""
        cdef uint32_t node = 0
        cdef uint8_t s
        for s in key:
            node = self.child(node, s)
            if node == 0:
                return -1
        return self.word[node] if key else -1

    def key(self, uint32_t node):
        """The symbols that lead to a node. O(depth * log nodes)."""
        cdef bytearray out = bytearray()
        cdef uint32_t lo, hi, mid
        if node >= self.nodes:
            raise IndexError("no such node")
        while node:
            out.append(self.label[node])
            lo, hi = 0, node        # the last node whose children begin at or before `node`
            while hi - lo > 1:
                mid = (lo + hi) // 2
                if self.begin(mid) <= node:
                    lo = mid
                else:
                    hi = mid
            node = lo
        out.reverse()
        return bytes(out)


# ---------------------------------------------------------------- n-grams
cdef inline uint64_t _mix(uint64_t k) noexcept nogil:
    """Finaliser of MurmurHash3 (Appleby, public domain)."""
    k ^= k >> 33
    k *= <uint64_t>0xff51afd7ed558ccd
    k ^= k >> 33
    k *= <uint64_t>0xc4ceb9fe1a85ec53
    k ^= k >> 33
    return k


cdef inline uint64_t _pair(uint32_t a, uint32_t b) noexcept nogil:
    return _mix(((<uint64_t>a) << 20) | b)


cdef inline uint64_t _triple(uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
    return _mix((((<uint64_t>a) << 40) | ((<uint64_t>b) << 20) | c) ^ <uint64_t>0x9e3779b97f4a7c15)


def fill_table(const uint32_t[:, ::1] grams, const uint8_t[::1] cost, const uint8_t[::1] backoff,
               uint32_t[::1] table):
    """Fill an open-addressing hash table of 2- or 3-grams, in row order."""
    cdef Py_ssize_t r, i, size = table.shape[0]
    cdef uint64_t h
    cdef uint32_t check
    if grams.shape[1] not in (2, 3):
        raise ValueError("only 2- and 3-grams are stored")
    if cost.shape[0] != grams.shape[0] or backoff.shape[0] != grams.shape[0]:
        raise ValueError("costs of another length")
    if grams.shape[0] >= size:
        raise ValueError("the table is too small")
    for r in range(grams.shape[0]):
        if grams.shape[1] == 2:
            h = _pair(grams[r, 0], grams[r, 1])
            check = ((<uint32_t>(h & 0xFFFF)) or 1) << 16 | (<uint32_t>cost[r]) << 8 | backoff[r]
        else:
            h = _triple(grams[r, 0], grams[r, 1], grams[r, 2])
            check = ((<uint32_t>(h & 0xFFFFFF)) or 1) << 8 | cost[r]
        i = <Py_ssize_t>(((h >> 32) * <uint64_t>size) >> 32)
        while table[i]:
            i = i + 1 if i + 1 < size else 0
        table[i] = check


@cython.final
cdef class Ngram:
    """Back-off trigram costs. Tables hold fingerprints, not words (Talbot and Brants 2008)."""
    cdef const uint8_t[::1] _cost
    cdef const uint8_t[::1] _backoff
    cdef const uint32_t[::1] _pairs
    cdef const uint32_t[::1] _triples
    cdef const uint8_t* unigram
    cdef const uint8_t* backoff
    cdef const uint32_t* pairs
    cdef const uint32_t* triples
    cdef uint64_t n_pairs, n_triples
    cdef readonly Py_ssize_t words
    cdef readonly float step, entry_cost

    def __init__(self, cost, backoff, pairs, triples, float step, float entry_cost):
        self._cost, self._backoff, self._pairs, self._triples = cost, backoff, pairs, triples
        self.words = self._cost.shape[0]
        if self._backoff.shape[0] != self.words or self.words < FIRST_WORD:
            raise ValueError("unigram arrays of unequal length or without the classes")
        if self._pairs.shape[0] == 0 or self._triples.shape[0] == 0:
            raise ValueError("an empty table")
        self.unigram, self.backoff = &self._cost[0], &self._backoff[0]
        self.pairs, self.triples = &self._pairs[0], &self._triples[0]
        self.n_pairs, self.n_triples = self._pairs.shape[0], self._triples.shape[0]
        self.step = step
        self.entry_cost = entry_cost

    cdef inline uint32_t pair(self, uint32_t a, uint32_t b) noexcept nogil:
        """The pair's cell, 0 if it is not stored."""
        cdef uint64_t h = _pair(a, b)
        cdef uint64_t i = ((h >> 32) * self.n_pairs) >> 32
        cdef uint32_t check = (<uint32_t>(h & 0xFFFF)) or 1
        cdef uint32_t cell = self.pairs[i]
        while cell:
            if cell >> 16 == check:
                return cell
            i += 1
            if i == self.n_pairs:
                i = 0
            cell = self.pairs[i]
        return 0

    cdef inline int triple(self, uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
        """The triple's quantised cost, -1 if it is not stored."""
        cdef uint64_t h = _triple(a, b, c)
        cdef uint64_t i = ((h >> 32) * self.n_triples) >> 32
        cdef uint32_t check = (<uint32_t>(h & 0xFFFFFF)) or 1
        cdef uint32_t cell = self.triples[i]
        while cell:
            if cell >> 8 == check:
                return cell & 0xFF
            i += 1
            if i == self.n_triples:
                i = 0
            cell = self.triples[i]
        return -1

    cdef inline float one(self, uint32_t w) noexcept nogil:
        return self.unigram[w] * self.step if w < <uint32_t>self.words else self.entry_cost

    cdef inline float two(self, uint32_t a, uint32_t b) noexcept nogil:
        cdef uint32_t cell
        if a >= <uint32_t>self.words or b >= <uint32_t>self.words:
            return self.one(b)
        cell = self.pair(a, b)
        if cell:
            return ((cell >> 8) & 0xFF) * self.step
        return (<int>self.backoff[a] + self.unigram[b]) * self.step

    cdef inline float three(self, uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
        cdef int cost
        cdef uint32_t cell
        if a >= <uint32_t>self.words or b >= <uint32_t>self.words or c >= <uint32_t>self.words:
            return self.two(b, c)
        cost = self.triple(a, b, c)
        if cost >= 0:
            return cost * self.step
        cell = self.pair(a, b)
        return (cell & 0xFF) * self.step + self.two(b, c)

    def cost(self, uint32_t a, uint32_t b, uint32_t c):
        """-log P(c | a, b), nats."""
        return self.three(a, b, c)

    def cost2(self, uint32_t a, uint32_t b):
        """-log P(b | a), nats."""
        return self.two(a, b)


# ---------------------------------------------------------------- channel
cdef struct Rule:
    uint8_t observed[2]
    uint8_t intended[3]
    uint8_t n_observed, n_intended
    float cost


@cython.final
cdef class Channel:
    """Costs of reading intended letters as observed ones, beyond reading them right."""
    cdef float sub[SYMBOLS][SYMBOLS]
    cdef float ins[SYMBOLS]
    cdef float dele[SYMBOLS]
    cdef float any_one, any_two, least_ins
    cdef float least[SYMBOLS]       # the cheapest operation at an observed symbol
    cdef Rule* rules
    cdef int rule_at[SYMBOLS + 1]

    def __cinit__(self):
        self.rules = NULL

    def __init__(self, list entries not None, float any_one, float any_two):
        cdef int i, j, n
        cdef bytes o, t
        cdef float cost
        for i in range(SYMBOLS):
            self.ins[i] = self.dele[i] = INFINITY
            for j in range(SYMBOLS):
                self.sub[i][j] = INFINITY
        self.any_one, self.any_two = any_one, any_two
        longer = []
        if not (any_one >= 0 and any_two >= 0):
            raise ValueError("a cost is negative or not a number")
        for o, t, cost in entries:
            if not cost >= 0:
                raise ValueError("a cost is negative or not a number")
            if max(o + t, default=0) >= SYMBOLS:
                raise ValueError("not a symbol")
            if len(o) == 1 and len(t) == 1:
                self.sub[o[0]][t[0]] = cost
            elif len(o) == 0 and len(t) == 1:
                self.ins[t[0]] = cost
            elif len(o) == 1 and len(t) == 0:
                self.dele[o[0]] = cost
            elif 1 <= len(o) <= 2 and 1 <= len(t) <= 3:
                longer.append((o, t, cost))
            else:
                raise ValueError("an entry is too long")
        longer.sort()
        n = len(longer)
        self.rules = <Rule*>calloc(n + 1, sizeof(Rule))
        if self.rules == NULL:
            raise MemoryError
        memset(self.rule_at, 0, sizeof(self.rule_at))
        for i in range(n):
            o, t, cost = longer[i]
            self.rules[i].n_observed, self.rules[i].n_intended = len(o), len(t)
            for j in range(len(o)):
                self.rules[i].observed[j] = o[j]
            for j in range(len(t)):
                self.rules[i].intended[j] = t[j]
            self.rules[i].cost = cost
            self.rule_at[o[0] + 1] += 1
        for i in range(SYMBOLS):
            self.rule_at[i + 1] += self.rule_at[i]
        self.least_ins = INFINITY
        for i in range(SYMBOLS):
            self.least_ins = min(self.least_ins, self.ins[i])
        for i in range(SYMBOLS):
            self.least[i] = min(self.least_ins, self.dele[i])
            for j in range(SYMBOLS):
                self.least[i] = min(self.least[i], self.sub[i][j])
            for j in range(self.rule_at[i], self.rule_at[i + 1]):
                self.least[i] = min(self.least[i], self.rules[j].cost)
        self.least[FOREIGN] = min(self.least[FOREIGN], any_one, any_two)

    def __dealloc__(self):
        free(self.rules)


# ---------------------------------------------------------------- lattice
cdef struct State:              # scan: the best ways to reach a position, by last word
    float cost
    uint32_t word
    int32_t start, prev
    uint8_t skip                # a line end that counts as nothing

cdef struct Edge:
    int32_t start, end
    uint32_t word, node
    float cost                  # channel and spelling, without the n-gram
    int16_t broken              # letters of the word before a line end inside it
    uint8_t ops                 # channel operations; 0: the observed text stays
    uint8_t kind

cdef enum:                      # Edge.kind
    PLAIN = 0
    UNSPELLED = 1               # one cluster of an unknown word
    LINE_END = 2                # counts as nothing
    JUNK = 3                    # an observed symbol that stands for nothing
    LOST_SPACE = 4
    ENTRY = 5                   # a word of the user's lexicons

cdef struct Node:               # decode
    float cost
    uint32_t before, word
    int32_t prev, edge
    uint8_t unfinished          # the word is unknown and may go on

cdef enum:
    SCAN_WIDTH = 6
    BEAM_WIDTH = 12
    STACK = 4096
    MARKED = 2048
    RECALLED = 2048             # a power of two
    OPERATIONS = 3              # at most, in one word
    RIVALS = 8                  # searches for the next best text


cdef struct Recall:             # one n-gram cost, remembered
    uint32_t a, b, c
    float cost

cdef struct Step:
    uint32_t node
    int32_t at
    float cost
    int16_t depth, broken
    uint8_t ops, last

cdef inline bint _inner(const uint8_t* o, int j, int n) noexcept nogil:
    """Whether position j lies inside a cluster."""
    return j < n and (KIND[o[j]] & ATTACHED) != 0


cdef inline int _cluster_end(const uint8_t* o, int p, int n) noexcept nogil:
    cdef int j = p + 1
    if KIND[o[p]] & LEADING and j < n and KIND[o[j]] & CONSONANT:
        j += 1
    while _inner(o, j, n):
        j += 1
    return j


cdef inline int _blank_end(const uint8_t* o, int p, int n, bint* line_end) noexcept nogil:
    line_end[0] = False
    while p < n and KIND[o[p]] & BLANK:
        if o[p] == NEWLINE:
            line_end[0] = True
        p += 1
    return p


cdef inline int _plain_end(const uint8_t* o, int p, int n, uint32_t* word) noexcept nogil:
    """End and class of the number, Latin word or sign at p (not Thai, not blank)."""
    cdef int j = p + 1
    cdef uint8_t kind = KIND[o[p]]
    if kind & DIGIT:
        word[0] = NUMBER
        while j < n and (KIND[o[j]] & DIGIT or
                         (KIND[o[j]] & JOINER and j + 1 < n and KIND[o[j + 1]] & DIGIT)):
            j += 1
    elif kind & ROMAN:
        word[0] = LATIN
        while j < n and KIND[o[j]] & ROMAN:
            j += 1
    elif ASCII <= o[p] < FOREIGN:
        word[0] = PUNCTUATION + o[p] - ASCII
    else:
        word[0] = MISC
    return j


cdef inline int _abbreviation_end(const uint8_t* o, int p, int n) noexcept nogil:
    """End of 1 to 5 Thai letters and a full stop at p, 0 if there is none."""
    cdef int j = p
    if p > 0 and KIND[o[p - 1]] & THAI:
        return 0
    while j < n and j < p + 6 and KIND[o[j]] & THAI:
        j += 1
    if j == p or j == p + 6 or j == n or o[j] != ASCII + 14:
        return 0
    return j + 1


@cython.final
cdef class Decoder:
    """Scans and decodes texts under one model."""
    cdef Trie trie, entries
    cdef Ngram ngram
    cdef Channel channel
    cdef const uint8_t[::1] _letters
    cdef float unknown_cost, foreign_cost, abbreviation_cost
    cdef float line_nothing, line_space, line_boundary, line_inside

    def __init__(self, Trie trie not None, Ngram ngram not None, Channel channel not None,
                 letters, Trie entries, *, float unknown_cost, float foreign_cost,
                 float abbreviation_cost, float line_nothing, float line_space,
                 float line_boundary, float line_inside):
        self.trie, self.ngram, self.channel, self.entries = trie, ngram, channel, entries
        self._letters = letters
        if self._letters.shape[0] != 96 * 96 * 96:
            raise ValueError("letter costs: 96 * 96 * 96 expected")
        self.unknown_cost = unknown_cost
        self.foreign_cost = foreign_cost
        self.abbreviation_cost = abbreviation_cost
        self.line_nothing, self.line_space = line_nothing, line_space
        self.line_boundary, self.line_inside = line_boundary, line_inside

    cdef float spell(self, const uint8_t* o, int lo, int p, int end) noexcept nogil:
        """Letter cost of o[p:end] in an unknown word that began at lo (<= p)."""
        cdef float cost = 0
        cdef int k
        cdef uint8_t a, b
        for k in range(p, end):
            if o[k] >= NEWLINE:
                cost += self.foreign_cost
                continue
            a = o[k - 2] if k - 2 >= lo and o[k - 2] < NEWLINE else 0
            b = o[k - 1] if k - 1 >= lo and o[k - 1] < NEWLINE else 0
            cost += self._letters[(a * 96 + b) * 96 + o[k]] * self.ngram.step
        return cost

    # ------------------------------------------------------------ scan
    cdef inline void reach(self, State* states, uint8_t* count, int end, float cost, uint32_t word,
                    int start, int prev, uint8_t skip) noexcept nogil:
        cdef State* row = states + <Py_ssize_t>end * SCAN_WIDTH
        cdef int k, worst = 0, n = count[end]
        for k in range(n):
            if row[k].word == word:
                if row[k].cost <= cost:
                    return
                row[k] = State(cost, word, start, prev, skip)
                return
            if row[k].cost > row[worst].cost:
                worst = k
        if n < SCAN_WIDTH:
            worst = n
            count[end] = n + 1
        elif row[worst].cost <= cost:
            return
        row[worst] = State(cost, word, start, prev, skip)

    cdef inline void arrive(self, State* states, uint8_t* count, int p, int end, uint32_t word,
                     float extra) noexcept nogil:
        cdef State* row = states + <Py_ssize_t>p * SCAN_WIDTH
        cdef int k, best = 0
        cdef float cost, low = INFINITY
        for k in range(count[p]):
            cost = row[k].cost + self.ngram.two(row[k].word, word)
            if cost < low:
                low, best = cost, k
        self.reach(states, count, end, low + extra, word, p, best, 0)

    cdef void walk(self, Trie trie, uint32_t base, const uint8_t* o, int p, int n,
                   State* states, uint8_t* count) noexcept nogil:
        cdef uint32_t node = 0
        cdef int j = p
        cdef float extra = 0
        cdef bint line_end
        while j < n:
            if o[j] == NEWLINE and j > p and extra == 0:
                j = _blank_end(o, j, n, &line_end)
                extra = self.line_inside
                continue
            node = trie.child(node, o[j])
            if node == 0:
                return
            j += 1
            if trie.ends(node) and not _inner(o, j, n):
                self.arrive(states, count, p, j, base + trie.word[node], extra)

    cdef void scan_block(self, const uint8_t* o, int n, State* states, uint8_t* count) noexcept nogil:
        cdef int p, j, k
        cdef uint32_t word
        cdef bint line_end
        cdef State* row
        cdef float fresh, on
        memset(count, 0, n + 1)
        states[0] = State(0, BOUNDARY, 0, 0, 0)
        count[0] = 1
        for p in range(n):
            if count[p] == 0:
                continue
            row = states + <Py_ssize_t>p * SCAN_WIDTH
            if KIND[o[p]] & BLANK:
                j = _blank_end(o, p, n, &line_end)
                if not line_end:
                    self.arrive(states, count, p, j, SPACE, 0)
                    continue
                self.arrive(states, count, p, j, SPACE, self.line_space)
                self.arrive(states, count, p, j, BOUNDARY, self.line_boundary)
                for k in range(count[p]):
                    self.reach(states, count, j, row[k].cost + self.line_nothing, row[k].word, p, k, 1)
            elif KIND[o[p]] & THAI or o[p] == FOREIGN:
                self.walk(self.trie, FIRST_WORD, o, p, n, states, count)
                if self.entries is not None:
                    self.walk(self.entries, <uint32_t>self.ngram.words, o, p, n, states, count)
                j = _abbreviation_end(o, p, n)
                if j:
                    self.arrive(states, count, p, j, ABBREVIATION, self.abbreviation_cost * (j - p))
                j = _cluster_end(o, p, n)
                fresh = self.unknown_cost + self.spell(o, p, p, j)
                on = self.spell(o, p - 2 if p > 2 else 0, p, j)
                for k in range(count[p]):
                    if row[k].word == UNKNOWN and not row[k].skip:
                        self.reach(states, count, j, row[k].cost + on, UNKNOWN, p, k, 0)
                    else:
                        self.reach(states, count, j, row[k].cost + fresh
                                   + self.ngram.two(row[k].word, UNKNOWN), UNKNOWN, p, k, 0)
            else:
                j = _plain_end(o, p, n, &word)
                self.arrive(states, count, p, j, word, 0)

    @property
    def words(self):
        """How many word ids the n-gram model has; entries come after them."""
        return self.ngram.words

    def scan(self, bytes symbols not None):
        """The likeliest words of a text: (start, word, cost) arrays, one item a token."""
        from array import array
        cdef const uint8_t* o = symbols
        cdef int n = len(symbols), p, k, j, size = 0
        cdef State* states = <State*>malloc((<size_t>n + 1) * SCAN_WIDTH * sizeof(State))
        cdef uint8_t* count = <uint8_t*>malloc(n + 1)
        cdef State* s
        if states == NULL or count == NULL:
            free(states)
            free(count)
            raise MemoryError
        with nogil:
            self.scan_block(o, n, states, count)
            k = 0
            for j in range(1, count[n]):
                if states[<Py_ssize_t>n * SCAN_WIDTH + j].cost < states[<Py_ssize_t>n * SCAN_WIDTH + k].cost:
                    k = j
            p = n
            j = k
            while p > 0:
                s = &states[<Py_ssize_t>p * SCAN_WIDTH + j]
                p, j = s.start, s.prev
                size += 1
        starts, words, costs = (array("i", bytes(4 * size)), array("I", bytes(4 * size)),
                                array("f", bytes(4 * size)))
        cdef int[::1] a = starts if size else None
        cdef unsigned int[::1] b = words if size else None
        cdef float[::1] c = costs if size else None
        p, j = n, k
        while p > 0:
            s = &states[<Py_ssize_t>p * SCAN_WIDTH + j]
            size -= 1
            a[size] = s.start
            b[size] = <uint32_t>0xFFFFFFFF if s.skip else s.word
            c[size] = s.cost - states[<Py_ssize_t>s.start * SCAN_WIDTH + s.prev].cost
            p, j = s.start, s.prev
        free(states)
        free(count)
        return starts, words, costs

    # ------------------------------------------------------------ decode
    def decode(self, bytes symbols not None, bytes fixed not None, tuple left, tuple right, *, float budget, float slack, float insertion, float deletion,
               float tolerance, float rate, float adjacent, float inside, float beam):
        """The cheapest reading of a window and what keeping each part would cost.

        See `_kernel.pyi`.
        """
        if not symbols or len(fixed) != len(symbols):
            raise ValueError("an empty window, or a mask of another length")
        cdef Window w = Window(self, symbols, fixed, 0, len(symbols), left, right)
        return w.run(budget, slack, insertion, deletion, tolerance, rate, adjacent, inside, beam)


@cython.final
cdef class Window:
    """One window's lattice and the beams over it."""
    cdef Decoder d
    cdef bytes symbols, fixed
    cdef const uint8_t* o
    cdef const uint8_t* keep
    cdef int lo, hi, n_right
    cdef uint32_t left0, left1
    cdef uint32_t right[2]
    cdef Edge* edges
    cdef uint8_t* banned
    cdef int n_edges, room
    cdef int* at                # first edge of each position, hi - lo + 2
    cdef uint8_t* reached
    cdef Node* nodes
    cdef uint8_t* width
    cdef Step* stack
    cdef int32_t* marks         # (end, word) -> edge of the present start
    cdef int32_t* marked
    cdef int n_marked
    cdef float tolerance, adjacent, inside, start_at, beam
    cdef Recall* recall
    cdef float* paid            # cost of the kept reading up to each position, net
    cdef float* ahead
    cdef float* through
    cdef float* tail            # the highest `through` from each position on
    cdef float* low             # search: the cheapest cost to reach each position so far

    def __cinit__(self, Decoder d, bytes symbols, bytes fixed, int lo, int hi, tuple left,
                  tuple right):
        cdef int k, n = hi - lo
        self.d, self.symbols, self.fixed = d, symbols, fixed
        self.o, self.keep = symbols, fixed
        self.lo, self.hi = lo, hi
        self.left0, self.left1 = left
        self.n_right = min(len(right), 2)
        for k in range(self.n_right):
            self.right[k] = right[k]
        self.room = 256
        self.edges = <Edge*>malloc(self.room * sizeof(Edge))
        self.banned = <uint8_t*>malloc(self.room)
        self.at = <int*>malloc((n + 2) * sizeof(int))
        self.reached = <uint8_t*>malloc(n + 1)
        self.nodes = <Node*>malloc((<size_t>n + 1) * BEAM_WIDTH * sizeof(Node))
        self.width = <uint8_t*>malloc(n + 1)
        self.stack = <Step*>malloc(STACK * sizeof(Step))
        self.marks = <int32_t*>malloc(MARKED * sizeof(int32_t))
        self.marked = <int32_t*>malloc(MARKED * sizeof(int32_t))
        self.paid = <float*>calloc(n + 1, sizeof(float))
        self.ahead = <float*>calloc(n + 1, sizeof(float))
        self.through = <float*>calloc(n + 1, sizeof(float))
        self.tail = <float*>calloc(n + 1, sizeof(float))
        self.low = <float*>calloc(n + 1, sizeof(float))
        self.recall = <Recall*>malloc(RECALLED * sizeof(Recall))
        if (self.recall == NULL or self.paid == NULL or self.ahead == NULL or self.through == NULL
                or self.tail == NULL or self.low == NULL or self.edges == NULL
                or self.banned == NULL or self.at == NULL or self.reached == NULL
                or self.nodes == NULL or self.width == NULL or self.stack == NULL
                or self.marks == NULL or self.marked == NULL):
            raise MemoryError
        memset(self.recall, 0xFF, RECALLED * sizeof(Recall))
        for k in range(MARKED):
            self.marks[k] = -1
        self.n_marked = 0

    def __dealloc__(self):
        free(self.edges)
        free(self.banned)
        free(self.at)
        free(self.reached)
        free(self.nodes)
        free(self.width)
        free(self.stack)
        free(self.marks)
        free(self.marked)
        free(self.paid)
        free(self.recall)
        free(self.ahead)
        free(self.through)
        free(self.tail)
        free(self.low)

    # -- edges
    cdef int add(self, int start, int end, uint32_t word, uint32_t node, float cost, int broken,
                 int ops, int kind) noexcept nogil:
        cdef Edge* more
        cdef uint8_t* mask
        if self.n_edges == self.room:
            if self.room >= 1 << 20:
                return -1
            more = <Edge*>realloc(self.edges, 2 * self.room * sizeof(Edge))
            if more == NULL:
                return -1
            self.edges = more
            mask = <uint8_t*>realloc(self.banned, 2 * self.room)
            if mask == NULL:
                return -1
            self.banned = mask
            self.room *= 2
        self.edges[self.n_edges] = Edge(start, end, word, node, cost, broken, ops, kind)
        self.banned[self.n_edges] = 0
        if kind != UNSPELLED:
            self.reached[end - self.lo] = 2
        elif self.reached[end - self.lo] == 0:
            self.reached[end - self.lo] = 1
        self.n_edges += 1
        return self.n_edges - 1

    cdef void spelled(self, int start, Step* s, uint32_t word, uint8_t kind) noexcept nogil:
        """Add a word edge, or make an equal one cheaper."""
        cdef uint32_t h = (word * <uint32_t>2654435761 ^ <uint32_t>s.at * <uint32_t>40503) % MARKED
        cdef int e
        if s.ops and s.cost > self.through[s.at - self.lo] - self.paid[start - self.lo] + self.tolerance:
            return
        while self.marks[h] >= 0:
            e = self.marks[h]
            if self.edges[e].end == s.at and self.edges[e].word == word:
                if s.cost < self.edges[e].cost:
                    self.edges[e].cost, self.edges[e].ops = s.cost, s.ops
                    self.edges[e].broken = s.broken
                return
            h = (h + 1) % MARKED
        if self.n_marked >= MARKED // 2:
            return
        e = self.add(start, s.at, word, s.node, s.cost, s.broken, s.ops, kind)
        if e >= 0:
            self.marks[h] = e
            self.marked[self.n_marked] = h
            self.n_marked += 1

    cdef inline void try_step(self, Trie trie, Channel ch, int* top, Step* s, uint32_t node, int at,
                       float cost, int letters, int last, float limit) noexcept nogil:
        """Put a step on the stack if anything can follow it within the limit at its end."""
        cdef bint stuck         # no operation may follow at once
        cdef uint8_t x, y, z
        if cost > limit or top[0] == STACK:
            return
        if at < self.hi and self.o[at] < NEWLINE:
            y = self.o[at]
            stuck = cost > self.adjacent or cost + ch.least[y] > limit
            if stuck and s.depth + letters == 1 and not trie.ends(node):
                x = trie.label[node]
                if not trie.second[x][y]:
                    return
                if at + 1 < self.hi and self.o[at + 1] < NEWLINE:
                    z = self.o[at + 1]
                    if cost + ch.least[z] > limit and not trie.begins(x, y, z) and (
                            not trie.ends(trie.second[x][y]) or _inner(self.o, at + 1, self.hi)):
                        return
            elif stuck and trie.child(node, y) == 0 and (
                    not trie.ends(node) or _inner(self.o, at, self.hi)):
                return
        elif at == self.hi and not trie.ends(node) and cost + ch.least_ins > limit:
            return
        self.stack[top[0]] = Step(node, at, cost, s.depth + letters, s.broken, s.ops + 1, last)
        top[0] += 1

    cdef inline float limit(self, int at, float budget) noexcept nogil:
        """Dearest misreading up to a position that a word edge may still come of."""
        return min(budget, self.tail[at - self.lo] + self.start_at)

    cdef void words(self, Trie trie, Channel ch, uint32_t base, uint8_t kind, int start,
                    float budget) noexcept nogil:
        """Word edges from a position: the trie walked with a cost (budget 0: exact words)."""
        cdef const uint8_t* o = self.o
        cdef Step s
        cdef Rule* r
        cdef uint32_t c, g, end
        cdef int top = 1, k, j, n = self.hi, rule
        cdef uint8_t x = 0, y
        cdef bint line_end, changeable, insertable, pinned
        cdef float limit
        for k in range(self.n_marked):
            self.marks[self.marked[k]] = -1
        self.n_marked = 0
        self.start_at = self.tolerance - self.paid[start - self.lo]
        self.stack[0] = Step(0, start, 0, 0, 0, 0, 0)
        while top:
            top -= 1
            s = self.stack[top]
            while True:         # follows the observed letters; operations go on the stack
                if trie.ends(s.node) and s.at > start and not _inner(o, s.at, n):
                    self.spelled(start, &s, base + trie.word[s.node], kind)
                changeable = s.at < n and not self.keep[s.at]
                pinned = s.at > self.lo and self.keep[s.at - 1] != 0  # bears no other mark
                if s.at < n:
                    x = o[s.at]
                    if x == NEWLINE or (x == ASCII and s.at > start and s.at + 1 < n
                                        and o[s.at + 1] == NEWLINE):
                        if not s.depth or s.broken:
                            break
                        j = _blank_end(o, s.at, n, &line_end)
                        if not line_end or j == n:
                            break
                        s.at, s.broken, s.cost = j, s.depth, s.cost + self.d.line_inside
                        continue
                if s.ops < OPERATIONS and (s.last == 0 or s.cost <= self.adjacent) and (
                        s.cost + (ch.least[x] if s.at < n else ch.least_ins)
                        <= self.limit(s.at, budget)):
                    limit = self.limit(s.at + 1 if s.at < n else n, budget)
                    if changeable:
                        if s.depth and s.last != 1:
                            self.try_step(trie, ch, &top, &s, s.node, s.at + 1,
                                          s.cost + ch.dele[x], 0, 2, limit)
                        for rule in range(ch.rule_at[x], ch.rule_at[x + 1]):
                            r = &ch.rules[rule]
                            if s.cost + r.cost > limit or s.at + r.n_observed > n:
                                continue
                            if pinned and KIND[r.intended[0]] & ATTACHED:
                                continue
                            if r.n_observed == 2 and (o[s.at + 1] != r.observed[1]
                                                      or self.keep[s.at + 1]):
                                continue
                            c = s.node
                            for k in range(r.n_intended):
                                c = trie.child(c, r.intended[k])
                                if c == 0:
                                    break
                            if c:
                                self.try_step(trie, ch, &top, &s, c, s.at + r.n_observed,
                                              s.cost + r.cost, r.n_intended, 3,
                                              self.limit(s.at + r.n_observed, budget))
                    c = trie.begin(s.node)
                    end = trie.begin(s.node + 1)
                    insertable = s.last != 2 and (s.at > start or s.depth == 0) and (
                        changeable or (s.at > self.lo and not self.keep[s.at - 1]))
                    if changeable and x == FOREIGN:
                        for k in range(c, end):
                            if pinned and KIND[trie.label[k]] & ATTACHED:
                                continue
                            self.try_step(trie, ch, &top, &s, k, s.at + 1, s.cost + ch.any_one,
                                          1, 3, limit)
                            if s.cost + ch.any_two <= limit:
                                for g in range(trie.begin(k), trie.begin(k + 1)):
                                    self.try_step(trie, ch, &top, &s, g, s.at + 1,
                                                  s.cost + ch.any_two, 2, 3, limit)
                    elif changeable:
                        for g in range(c, end):
                            y = trie.label[g]
                            if y != x and s.cost + ch.sub[x][y] <= limit and not (
                                    pinned and KIND[y] & ATTACHED):
                                self.try_step(trie, ch, &top, &s, g, s.at + 1,
                                              s.cost + ch.sub[x][y], 1, 3, limit)
                    if insertable:
                        limit = self.limit(s.at, budget)
                        for g in range(c, end):
                            y = trie.label[g]
                            if s.cost + ch.ins[y] <= limit and not (
                                    pinned and KIND[y] & ATTACHED):
                                self.try_step(trie, ch, &top, &s, g, s.at, s.cost + ch.ins[y], 1, 1,
                                              limit)
                if s.at >= n:
                    break
                s.node = trie.child(s.node, x)
                if s.node == 0:
                    break
                s.at += 1
                s.depth += 1
                s.last = 0

    cdef inline bint free(self, int p, int end) noexcept nogil:
        """Whether everything in a span may change."""
        for p in range(p, end):
            if self.keep[p]:
                return False
        return True

    cdef void build(self, float budget, float insertion, float deletion, float tolerance) noexcept nogil:
        """All edges of the window, by start; `paid` tells what the kept reading costs so far."""
        cdef const uint8_t* o = self.o
        cdef int p, j, n = self.hi
        cdef uint32_t word
        cdef bint line_end
        cdef float most = budget
        self.tolerance = tolerance
        memset(self.reached, 0, n - self.lo + 1)
        self.reached[0] = 2
        self.n_edges = 0
        for p in range(self.lo, n):
            self.at[p - self.lo] = self.n_edges
            if not self.reached[p - self.lo]:
                continue
            if most > 0:
                budget = min(most, self.ahead[p - self.lo] - self.paid[p - self.lo] + tolerance)
                if self.reached[p - self.lo] == 1:
                    budget = min(budget, self.inside)
            if KIND[o[p]] & BLANK:
                j = _blank_end(o, p, n, &line_end)
                if line_end:
                    self.add(p, j, SPACE, 0, self.d.line_space, 0, 0, PLAIN)
                    self.add(p, j, BOUNDARY, 0, self.d.line_boundary, 0, 0, PLAIN)
                    self.add(p, j, 0, 0, self.d.line_nothing, 0, 0, LINE_END)
                else:
                    self.add(p, j, SPACE, 0, 0, 0, 0, PLAIN)
                    if deletion < INFINITY and self.free(p, j):
                        self.add(p, j, 0, 0, deletion, 0, 1, JUNK)
                continue
            if budget > 0 and p > self.lo and insertion < INFINITY and not self.keep[p]:
                self.add(p, p, SPACE, 0, insertion, 0, 1, LOST_SPACE)
            self.words(self.d.trie, self.d.channel, FIRST_WORD, PLAIN, p, budget)
            if self.d.entries is not None:
                self.words(self.d.entries, self.d.channel, <uint32_t>self.d.ngram.words, ENTRY, p,
                           budget)
            if KIND[o[p]] & THAI or o[p] == FOREIGN:
                j = _abbreviation_end(o, p, n)
                if j:
                    self.add(p, j, ABBREVIATION, 0, self.d.abbreviation_cost * (j - p), 0, 0, PLAIN)
                j = _cluster_end(o, p, n)
                self.add(p, j, UNKNOWN, 0, 0, 0, 0, UNSPELLED)
            else:
                j = _plain_end(o, p, n, &word)
                self.add(p, j, word, 0, 0, 0, 0, PLAIN)
            if budget > 0 and not self.keep[p] and self.d.channel.dele[o[p]] <= budget:
                self.add(p, p + 1, 0, 0, self.d.channel.dele[o[p]], 0, 1, JUNK)
        self.at[n - self.lo] = self.n_edges
        self.at[n - self.lo + 1] = self.n_edges

    # -- beam
    cdef inline void extend(self, int end, float cost, uint32_t before, uint32_t word, int prev,
                     int edge, uint8_t unfinished) noexcept nogil:
        cdef Node* row = self.nodes + <Py_ssize_t>(end - self.lo) * BEAM_WIDTH
        cdef int k, worst = 0, n = self.width[end - self.lo]
        if cost > self.low[end - self.lo] + self.beam and end < self.hi:
            return              # would not be followed
        self.low[end - self.lo] = min(self.low[end - self.lo], cost)
        for k in range(n):
            if (row[k].before == before and row[k].word == word
                    and row[k].unfinished == unfinished):
                if cost < row[k].cost:
                    row[k] = Node(cost, before, word, prev, edge, unfinished)
                return
            if row[k].cost > row[worst].cost:
                worst = k
        if n < BEAM_WIDTH:
            worst = n
            self.width[end - self.lo] = n + 1
        elif row[worst].cost <= cost:
            return
        row[worst] = Node(cost, before, word, prev, edge, unfinished)

    cdef inline float three(self, uint32_t a, uint32_t b, uint32_t c) noexcept nogil:
        """The n-gram model's cost; a window asks for the same ones again and again."""
        cdef uint32_t h = a * <uint32_t>0x9E3779B1 ^ b * <uint32_t>0x85EBCA6B ^ c * <uint32_t>0xC2B2AE35
        cdef Recall* r = &self.recall[(h >> 15) % RECALLED]
        if r.a != a or r.b != b or r.c != c:
            r[0] = Recall(a, b, c, self.d.ngram.three(a, b, c))
        return r.cost

    cdef float search(self, float beam, int* last, int since=0) noexcept nogil:
        """Cost of the cheapest path over the edges not banned; its last node.

        What reaches positions before `since` is taken from the search before.
        """
        cdef const uint8_t* o = self.o
        cdef int p, q, k, e, i, n = self.hi - self.lo
        cdef float best, cost, spell, fresh
        cdef uint32_t a, b
        cdef Node* row
        cdef Edge* edge
        self.beam = beam
        memset(self.width + since, 0, n + 1 - since)
        for p in range(since, n + 1):
            self.low[p] = INFINITY
        if since == 0:
            self.nodes[0] = Node(0, self.left0, self.left1, -1, -1, self.left1 == UNKNOWN)
            self.width[0] = 1
        for p in range(n):
            if self.width[p] == 0:
                continue
            row = self.nodes + <Py_ssize_t>p * BEAM_WIDTH
            best = INFINITY
            for k in range(self.width[p]):
                best = min(best, row[k].cost)
            best += beam
            for e in range(self.at[p], self.at[p + 1]):
                edge = &self.edges[e]
                if self.banned[e] or edge.end - self.lo < since:
                    continue
                if edge.kind == UNSPELLED:
                    spell = self.d.spell(o, self.lo if edge.start - self.lo < 2 else edge.start - 2,
                                         edge.start, edge.end)
                    fresh = self.d.unknown_cost + self.d.spell(o, edge.start, edge.start, edge.end)
                q = self.width[p]
                for k in range(q):
                    if row[k].cost > best or (edge.end < self.hi and row[k].cost + edge.cost
                                              > self.low[edge.end - self.lo] + beam):
                        continue
                    i = p * BEAM_WIDTH + k
                    if edge.kind == JUNK or edge.kind == LINE_END:
                        self.extend(edge.end, row[k].cost + edge.cost, row[k].before, row[k].word, i, e,
                                    0)
                    elif edge.kind == UNSPELLED and row[k].unfinished:
                        self.extend(edge.end, row[k].cost + spell, row[k].before, UNKNOWN, i, e, 1)
                    elif edge.kind == UNSPELLED:
                        self.extend(edge.end, row[k].cost + fresh + self.three(
                            row[k].before, row[k].word, UNKNOWN), row[k].word, UNKNOWN, i, e, 1)
                    elif edge.kind == LOST_SPACE:
                        if row[k].word != SPACE:
                            self.extend(edge.end, row[k].cost + edge.cost + self.three(
                                row[k].before, row[k].word, SPACE), row[k].word, SPACE, i, e, 0)
                    else:
                        self.extend(edge.end, row[k].cost + edge.cost + self.three(
                            row[k].before, row[k].word, edge.word), row[k].word, edge.word, i, e, 0)
        row = self.nodes + <Py_ssize_t>n * BEAM_WIDTH
        best = INFINITY
        last[0] = -1
        for k in range(self.width[n]):
            cost = row[k].cost
            a, b = row[k].before, row[k].word
            for e in range(self.n_right):
                if not (e == 0 and self.right[0] == UNKNOWN and b == UNKNOWN):
                    cost += self.three(a, b, self.right[e])
                a, b = b, self.right[e]
            if cost < best:
                best, last[0] = cost, n * BEAM_WIDTH + k
        return best

    cdef void pay(self, int last, float rate) noexcept nogil:
        """Fill `paid` along a path: its cost at each position, spread evenly over each edge,
        less `rate` a symbol; `through`, the same to the end of the edge; and `ahead`, the
        highest `paid` from each position on."""
        cdef int p, q, at
        cdef float high, low
        q, high = self.hi - self.lo, self.nodes[last].cost
        self.paid[q] = high
        while self.nodes[last].prev >= 0:
            at = self.edges[self.nodes[last].edge].start - self.lo
            last = self.nodes[last].prev
            low = self.nodes[last].cost
            for p in range(at, q):
                self.paid[p] = low + (high - low) * (p - at) / (q - at)
                self.through[p + 1] = high
            q, high = at, low
        self.through[0] = 0
        for p in range(self.hi - self.lo + 1):
            self.paid[p] -= rate * p
            self.through[p] -= rate * p
        self.ahead[self.hi - self.lo] = self.paid[self.hi - self.lo]
        self.tail[self.hi - self.lo] = self.through[self.hi - self.lo]
        for p in range(self.hi - self.lo - 1, -1, -1):
            self.ahead[p] = max(self.paid[p], self.ahead[p + 1])
            self.tail[p] = max(self.through[p], self.tail[p + 1])

    cdef list path(self, int last):
        cdef list out = []
        while last >= 0 and self.nodes[last].edge >= 0:
            out.append(self.nodes[last].edge)
            last = self.nodes[last].prev
        out.reverse()
        return out

    cdef bytes spelling(self, Edge* edge):
        """The symbols an edge with operations stands for."""
        if edge.kind == LOST_SPACE:
            return b"\x60"
        if edge.kind == JUNK:
            return b""
        return (self.d.entries if edge.kind == ENTRY else self.d.trie).key(edge.node)

    cdef bytes text(self, list path):
        """The symbols a path stands for."""
        cdef list out = []
        cdef Edge* edge
        for e in path:
            edge = &self.edges[<int>e]
            out.append(self.spelling(edge) if edge.ops else self.symbols[edge.start:edge.end])
        return b"".join(out)

    cdef list run(self, float budget, float slack, float insertion, float deletion,
                  float tolerance, float rate, float adjacent, float inside, float beam):
        cdef int last, e, k, start, end, clean
        cdef float keep, best, without, rival
        cdef list groups = [], out = [], best_path, parts
        cdef Edge* edge
        self.adjacent, self.inside = adjacent, inside
        with nogil:
            self.build(-1, INFINITY, INFINITY, 0)
            keep = self.search(beam, &last)
            if last >= 0:
                self.pay(last, rate)
        if last < 0:
            raise ValueError("no reading has a finite cost")
        budget = min(budget, keep - slack)
        if budget <= 0:
            return out
        with nogil:
            self.build(budget, insertion, deletion, tolerance)
            best = self.search(beam, &last)
        if best >= keep:
            return out
        best_path = self.path(last)
        intended = self.text(best_path)
        group = []
        for k in best_path:
            if self.edges[k].ops:
                group.append(k)
            elif group:
                groups.append(group)
                group = []
        if group:
            groups.append(group)
        # The last group first: what its searches spoil is behind the groups before it.
        clean = self.hi - self.lo + 1
        for group in reversed(groups):
            start = self.edges[<int>group[0]].start
            end = self.edges[<int>group[len(group) - 1]].end
            if len(groups) == 1:
                without = keep
            else:
                for e in range(self.n_edges):
                    edge = &self.edges[e]
                    self.banned[e] = edge.ops > 0 and edge.start < max(end, start + 1) and max(
                        edge.end, edge.start + 1) > start
                    if self.banned[e] and edge.start - self.lo < clean:
                        clean = edge.start - self.lo
                without = self.search(beam, &last, clean)
            for e in range(self.n_edges):
                self.banned[e] = 0
            others = group
            for _ in range(RIVALS):     # the same text in other words is no rival
                for k in others:
                    self.banned[k] = 1
                    clean = min(clean, self.edges[<int>k].start - self.lo)
                rival = self.search(beam, &last, clean)
                others = self.path(last)
                if self.text(others) != intended:
                    break
                others = [k for k in others if self.edges[<int>k].ops]
            parts = []
            channel = 0.0
            ops = 0
            for k in group:
                edge = &self.edges[k]
                channel += edge.cost
                ops += edge.ops
                parts.append((edge.start, edge.end, self.spelling(edge), edge.broken, edge.word))
            out.append((start, end, without - best, rival - best, channel, ops, parts))
        out.reverse()
        return out
