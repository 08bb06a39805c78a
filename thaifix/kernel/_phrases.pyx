# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled index of phrases: where a text says a known phrase, but for one gap.

C data only. No I/O, no defaults, no policy. The contracts of the public classes stand in
`_phrases.pyi`, the slow specification in `tests/reference.py`.
"""

from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc, qsort
from libc.string cimport memcmp, memcpy, memset

cdef enum:
    FIRST_WORD = 102    # word ids below it are classes
    SPACE = 2
    PAIYANNOI = 0x2F    # stands for something longer, so that its gap is meant
    MAIYAMOK = 0x46
    NEWLINE = 95
    BLANK = 96
    INTENDED = 5        # most atoms of a phrase that a gap may stand for
    OBSERVED = 6        # most atoms of a text in a gap
    WIDE = 60           # letters of anchors beyond which more say nothing more
    APART = 3           # letters that a word too many or too few counts as
    LENGTHIEST = 10     # letters of a word too many or too few, at most
    LEADING = 8         # symbols of a string that are looked for first
    SIEVE = 21          # log2 of the bits that tell which anchors exist
    ATOMS = 16          # log2 of the bits that tell which atoms exist
    BUCKETS = 16        # log2 of the parts into which postings are divided before they are sorted

cdef enum:              # where a gap is
    INNER = 1
    AT_START = 2
    AT_END = 3


cdef struct Atom:       # a part of a word that serves as anchor
    uint32_t key        # hash of its symbols; 0: nothing matches it
    int start
    int end
    float before        # cost of the words up to it; a word's cost is spread over its symbols
    bint dear           # its word is
    bint thai           # it may be part of a gap
    bint known          # phrases may have it


cdef struct Posting:
    uint64_t key        # of the anchors
    uint32_t gap        # hash of what is between them
    uint32_t phrase
    uint8_t length      # atoms of the phrase
    uint8_t first       # the gap: atoms first .. first + count of the phrase
    uint8_t count
    uint8_t letters     # of the gap
    uint8_t rest        # of the phrase's other atoms
    float paid          # cost of the gap and of the atom that closes it


cdef struct Search:     # a text
    const uint8_t* o
    Atom* atoms
    int size
    int anchored
    int strong
    float least
    float anchor
    float alike


cdef struct Match:
    int phrase
    int start           # the gap in the phrases' symbols
    int end
    int at              # the gap in the text
    int until
    int left            # symbols of the phrase that stand before the gap, and after it
    int right
    bint whole          # the phrase has no others
    float gain          # what its words cost less than the text's, about
    float paid          # what its words cost in the gap and right after it
    int common          # symbols that both sides of the gap have


cdef inline uint32_t _hash(const uint8_t* o, int start, int end) noexcept nogil:
    cdef uint32_t h = 2166136261
    cdef int i
    for i in range(start, end):
        h = (h ^ o[i]) * 16777619
    return h | 1


cdef inline uint64_t _mix(uint32_t where, uint32_t a, uint32_t b) noexcept nogil:
    cdef uint64_t k = (<uint64_t>a << 32 | b) * <uint64_t>0x9E3779B97F4A7C15 + where
    k = (k ^ (k >> 31)) * <uint64_t>0xBF58476D1CE4E5B9
    return (k ^ (k >> 29)) | 1


cdef int _compare(const void* x, const void* y) noexcept nogil:
    cdef const Posting* a = <const Posting*>x
    cdef const Posting* b = <const Posting*>y
    if a.key != b.key:
        return -1 if a.key < b.key else 1
    if a.gap != b.gap:
        return -1 if a.gap < b.gap else 1
    if a.length != b.length:
        return <int>a.length - <int>b.length
    if a.phrase != b.phrase:
        return -1 if a.phrase < b.phrase else 1
    if a.first != b.first:
        return -1 if a.first < b.first else 1
    return <int>a.count - <int>b.count


cdef bint _sort(Posting* postings, Py_ssize_t size) noexcept nogil:
    """Sort postings: first into buckets by the upper bits of their keys. False: no memory."""
    cdef Py_ssize_t i, bucket, begin
    cdef Posting* divided = <Posting*>malloc((size + 1) * sizeof(Posting))
    cdef Py_ssize_t* ends = <Py_ssize_t*>calloc((1 << BUCKETS) + 1, sizeof(Py_ssize_t))
    if divided == NULL or ends == NULL:
        free(divided)
        free(ends)
        return False
    for i in range(size):
        ends[(postings[i].key >> (64 - BUCKETS)) + 1] += 1
    for bucket in range(1 << BUCKETS):
        ends[bucket + 1] += ends[bucket]
    for i in range(size):               # ends[b] is where bucket b begins until it is filled
        bucket = postings[i].key >> (64 - BUCKETS)
        divided[ends[bucket]] = postings[i]
        ends[bucket] += 1
    begin = 0
    for bucket in range(1 << BUCKETS):
        if ends[bucket] - begin > 1:
            qsort(divided + begin, ends[bucket] - begin, sizeof(Posting), _compare)
        begin = ends[bucket]
    memcpy(postings, divided, size * sizeof(Posting))
    free(divided)
    free(ends)
    return True


cdef int _atoms(const uint8_t* o, int n, const int[::1] starts, const unsigned int[::1] words,
                const float[::1] costs, const unsigned int[::1] cuts, float dear,
                Atom* out) noexcept nogil:
    """Divide words at their cuts; spaces and line ends fall out, a blank line stays as key 0."""
    cdef int i, j, start, end, tokens = <int>starts.shape[0], size = 0, breaks
    cdef uint32_t mask
    cdef bint expensive
    cdef float sum = 0, cost
    for i in range(tokens):
        start = starts[i]
        end = starts[i + 1] if i + 1 < tokens else n
        if o[start] == BLANK or o[start] == NEWLINE:
            breaks = 0
            for j in range(start, end):
                breaks += o[j] == NEWLINE
            if breaks > 1 or (i > 0 and o[starts[i] - 1] == NEWLINE and breaks):
                out[size] = Atom(0, start, end, sum, False, False, False)
                size += 1
            continue
        expensive = words[i] == 0 or costs[i] >= dear
        mask = cuts[words[i] - FIRST_WORD] if words[i] >= FIRST_WORD and \
            words[i] - FIRST_WORD < <unsigned int>cuts.shape[0] else 0
        cost = costs[i] / (end - start)
        j = start + 1
        while j <= end:
            if j == end or (j - starts[i] < 32 and mask >> (j - starts[i]) & 1):
                out[size] = Atom(_hash(o, start, j), start, j, sum, expensive,
                                 o[start] < NEWLINE and o[start] != PAIYANNOI and o[start] != MAIYAMOK,
                                 False)
                sum += cost * (j - start)
                size += 1
                start = j
            j += 1
    out[size].before = sum
    return size


cdef class Phrases:
    cdef Atom* atoms            # of all phrases
    cdef int* begin             # first atom of each phrase, and one past the last
    cdef int phrases
    cdef Posting* postings
    cdef Py_ssize_t n_postings
    cdef uint32_t* table        # open addressing: 1 + first posting of a key
    cdef Py_ssize_t slots
    cdef uint8_t* sieve
    cdef uint8_t* known
    cdef object cuts
    cdef bytes held
    cdef const uint8_t* symbols

    def __cinit__(self):
        self.atoms = NULL
        self.begin = NULL
        self.postings = NULL
        self.table = NULL
        self.sieve = NULL
        self.known = NULL

    def __dealloc__(self):
        free(self.atoms)
        free(self.begin)
        free(self.postings)
        free(self.known)
        free(self.table)
        free(self.sieve)

    def __init__(self, bytes symbols not None, const int[::1] ends, const int[::1] starts,
                 const unsigned int[::1] words, const float[::1] costs, cuts, int most):
        cdef const uint8_t* o = symbols
        cdef int n = len(symbols), i, j, size, longest
        cdef const unsigned int[::1] cut = cuts
        self.cuts = cuts
        self.held = symbols
        self.symbols = o
        self.phrases = <int>ends.shape[0]
        self.atoms = <Atom*>malloc((<size_t>n + 1) * sizeof(Atom))
        self.begin = <int*>malloc((<size_t>self.phrases + 1) * sizeof(int))
        self.sieve = <uint8_t*>calloc(1 << (SIEVE - 3), 1)
        self.known = <uint8_t*>calloc(1 << (ATOMS - 3), 1)
        if self.atoms == NULL or self.begin == NULL or self.sieve == NULL or self.known == NULL:
            raise MemoryError
        size = _atoms(o, n, starts, words, costs, cut, 1.0, self.atoms)
        for i in range(size):
            j = self.atoms[i].key >> 1 & ((1 << ATOMS) - 1)
            self.known[j >> 3] |= 1 << (j & 7)
        # A phrase's atoms lie within its symbols; a line end stands between two phrases.
        j = 0
        for i in range(self.phrases):
            self.begin[i] = j
            while j < size and self.atoms[j].end <= ends[i]:
                j += 1
        self.begin[self.phrases] = j
        self.n_postings = 0
        for i in range(self.phrases):
            longest = self.begin[i + 1] - self.begin[i]
            self.n_postings += (<Py_ssize_t>longest + 1) * (INTENDED + 1)
        self.postings = <Posting*>malloc((self.n_postings + 1) * sizeof(Posting))
        if self.postings == NULL:
            raise MemoryError
        with nogil:
            if self._post():
                self._index(most)
        if self.table == NULL:
            raise MemoryError

    cdef inline uint32_t key(self, int phrase, int atom) noexcept nogil:
        cdef int at = self.begin[phrase] + atom
        if atom < 0 or at >= self.begin[phrase + 1]:
            return 0
        return self.atoms[at].key

    cdef bint _post(self) noexcept nogil:
        cdef int i, j, first, count, length, letters, total, span
        cdef Py_ssize_t size = 0
        cdef uint64_t key
        cdef uint32_t gap
        cdef const Atom* a
        for i in range(self.phrases):
            length = self.begin[i + 1] - self.begin[i]
            a = self.atoms + self.begin[i]
            total = 0
            for j in range(length):
                total += a[j].end - a[j].start
            if length and a[length - 1].end - a[0].start > 250:
                continue
            for first in range(length + 1):
                for count in range(INTENDED + 1):
                    if first + count > length or count == length:
                        break
                    if first == 0:
                        if count == 0:
                            continue    # nothing is missing
                        key = _mix(AT_START, self.key(i, count), self.key(i, count + 1))
                    elif first + count == length:
                        if count == 0:
                            continue
                        key = _mix(AT_END, self.key(i, first - 2), self.key(i, first - 1))
                    else:
                        key = _mix(INNER, self.key(i, first - 1), self.key(i, first + count))
                    gap = letters = 0
                    for j in range(first, first + count):
                        gap = gap * 31 + a[j].key
                        letters += a[j].end - a[j].start
                    # As long as the text's gaps are measured: with the spaces in it.
                    span = a[first + count - 1].end - a[first].start if count else 0
                    j = min(first + count + 1, length)
                    self.postings[size] = Posting(
                        key, gap, i, <uint8_t>length, <uint8_t>first, <uint8_t>count,
                        <uint8_t>span, <uint8_t>(total - letters), a[j].before - a[first].before)
                    size += 1
        self.n_postings = size
        return _sort(self.postings, size)

    cdef void _index(self, int most) noexcept nogil:
        """Find each key's first posting.

        Of a key with more than `most`, the shortest phrase stays for each gap; if those are still
        too many, the key says too little.
        """
        cdef Py_ssize_t i = 0, j, k, size = 0, begin, slot
        cdef uint64_t key
        self.slots = 16
        while self.slots < 2 * self.n_postings:
            self.slots *= 2
        self.table = <uint32_t*>calloc(self.slots, sizeof(uint32_t))
        if self.table == NULL:
            return
        while i < self.n_postings:
            j = i
            begin = size
            key = self.postings[i].key
            while j < self.n_postings and self.postings[j].key == key:
                j += 1
            for k in range(i, j):
                if j - i <= most or k == i or self.postings[k].gap != self.postings[k - 1].gap:
                    self.postings[size] = self.postings[k]
                    size += 1
            i = j
            if size - begin > most:
                size = begin
                continue
            slot = key >> 8 & (self.slots - 1)
            while self.table[slot]:
                slot = (slot + 1) & (self.slots - 1)
            self.table[slot] = <uint32_t>begin + 1
            self.sieve[(key & ((1 << SIEVE) - 1)) >> 3] |= 1 << (key & 7)
        self.n_postings = size

    cdef inline Py_ssize_t lookup(self, uint64_t key) noexcept nogil:
        """The first posting of a key, or -1."""
        cdef Py_ssize_t slot
        if not self.sieve[(key & ((1 << SIEVE) - 1)) >> 3] >> (key & 7) & 1:
            return -1
        slot = key >> 8 & (self.slots - 1)
        while self.table[slot]:
            if self.postings[self.table[slot] - 1].key == key:
                return self.table[slot] - 1
            slot = (slot + 1) & (self.slots - 1)
        return -1

    def find(self, bytes symbols not None, const int[::1] starts, const unsigned int[::1] words,
             const float[::1] costs, float dear, int anchored, int strong, float least, float anchor,
             float alike):
        cdef const uint8_t* o = symbols
        cdef int n = len(symbols), at, m, i, last, next = -1
        cdef const unsigned int[::1] cut = self.cuts
        cdef list found = []
        cdef Search s
        if not self.phrases or not n:
            return found
        s.o = o
        s.anchored, s.strong = anchored, strong
        s.least, s.anchor, s.alike = least, anchor, alike
        s.atoms = <Atom*>malloc((<size_t>n + 1) * sizeof(Atom))
        if s.atoms == NULL:
            raise MemoryError
        try:
            with nogil:
                s.size = _atoms(o, n, starts, words, costs, cut, dear, s.atoms)
                for i in range(s.size):
                    at = s.atoms[i].key >> 1 & ((1 << ATOMS) - 1)
                    s.atoms[i].known = self.known[at >> 3] >> (at & 7) & 1
            for at in range(s.size + 1):
                # A gap is atoms at .. at + m; with the atom that closes it, one must be dear.
                last = -1
                if next < at:
                    next = at
                    while next < s.size and not s.atoms[next].dear:
                        next += 1
                if next > at + OBSERVED:
                    continue
                for m in range(min(OBSERVED, s.size - at) + 1):
                    i = at + m
                    if m and not s.atoms[i - 1].thai:
                        break
                    if i < s.size and s.atoms[i].dear:
                        last = i
                    if last < 0:
                        continue
                    if at > 0 and i < s.size and s.atoms[at - 1].known and s.atoms[i].known:
                        self.match(found, &s, at, m, INNER, s.atoms[at - 1].key, s.atoms[i].key)
                    if m and i < s.size and s.atoms[i].known:
                        if s.atoms[i].end - s.atoms[i].start >= anchored:
                            self.match(found, &s, at, m, AT_START, s.atoms[i].key, 0)
                        if i + 1 < s.size:
                            self.match(found, &s, at, m, AT_START, s.atoms[i].key,
                                       s.atoms[i + 1].key)
                    if m and at > 0 and s.atoms[at - 1].known:
                        if s.atoms[at - 1].end - s.atoms[at - 1].start >= anchored:
                            self.match(found, &s, at, m, AT_END, 0, s.atoms[at - 1].key)
                        if at > 1:
                            self.match(found, &s, at, m, AT_END, s.atoms[at - 2].key,
                                       s.atoms[at - 1].key)
        finally:
            free(s.atoms)
        return found

    cdef int match(self, list found, const Search* s, int at, int m, int where, uint32_t x,
                   uint32_t y) except -1:
        """Add the phrases that have a gap between these anchors."""
        cdef Py_ssize_t i
        cdef uint64_t key = _mix(where, x, y)
        cdef const Atom* a = s.atoms
        cdef const Posting* p
        cdef int observed = a[at + m - 1].end - a[at].start if m else 0, apart, most
        # What follows a phrase costs something, whatever stands before it.
        cdef float cost = a[min(at + m + (where != AT_END), s.size)].before - a[at].before - s.least
        cdef Match t
        if not (x or y):
            return 0
        i = self.lookup(key)
        if i < 0:
            return 0
        while i < self.n_postings and self.postings[i].key == key:
            p = &self.postings[i]
            most = observed if observed > p.letters else p.letters
            apart = 2 * most - observed - p.letters
            if m and p.count:
                if 5 * apart > 2 * most + 10:
                    i += 1
                    continue                # of another length
            elif most > LENGTHIEST:
                i += 1
                continue
            elif apart > APART:
                apart = APART
            # Not even if all of the phrase's other atoms were there:
            if cost - p.paid + s.anchor * (p.rest if p.rest < WIDE else WIDE) < s.alike * apart:
                i += 1
                continue
            if self.fits(s, p, at, m, &t):
                found.append((t.phrase, t.start, t.end, t.at, t.until, t.left, t.right,
                              bool(t.whole), t.gain, t.paid))
            i += 1
        return 0

    cdef bint fits(self, const Search* s, const Posting* posting, int at, int m, Match* t) noexcept nogil:
        """Whether the phrase's other parts support a gap, and how far they reach."""
        cdef int p = posting.phrase, first = posting.first, count = posting.count
        cdef int base = self.begin[p], length = self.begin[p + 1] - base
        cdef int left = 0, right = 0, i, end = first + count, observed, intended, most
        cdef const Atom* a = s.atoms
        cdef uint8_t letters[256]
        cdef float anchors, apart
        if not (m or count):
            return False
        if m and count and (a[at].key == self.key(p, first)
                            or a[at + m - 1].key == self.key(p, end - 1)):
            return False                    # a smaller gap says the same
        if not m and at == 0:
            return False
        t.phrase = p
        t.at = a[at].start if m else a[at - 1].end
        t.until = a[at + m - 1].end if m else t.at
        t.start = self.atoms[base + first].start if first < length else self.atoms[base + first - 1].end
        t.end = self.atoms[base + end - 1].end if count else t.start
        observed = t.until - t.at
        intended = t.end - t.start
        most = observed if observed > intended else intended
        t.paid = posting.paid
        t.gain = a[min(at + m + (end < length), s.size)].before - a[at].before - t.paid
        t.left = t.right = 0
        while left < first and left < at and a[at - left - 1].key == self.key(p, first - left - 1):
            left += 1
            t.left += a[at - left].end - a[at - left].start
        while end + right < length and at + m + right < s.size and \
                a[at + m + right].key == self.key(p, end + right):
            t.right += a[at + m + right].end - a[at + m + right].start
            right += 1
        t.whole = left == first and end + right == length
        if t.left + t.right < s.anchored or 2 * (t.left + t.right) < intended:
            return False
        if not t.whole and t.left + t.right < s.strong:
            return False
        t.common = 0
        memset(letters, 0, sizeof(letters))
        for i in range(t.at, t.until):
            letters[s.o[i]] += 1
        for i in range(t.start, t.end):
            if letters[self.symbols[i]]:
                letters[self.symbols[i]] -= 1
                t.common += 1
        apart = most - t.common
        if apart > APART and not (m and count):
            apart = APART                   # a word too many or too few
        anchors = t.left + t.right
        return t.gain + s.anchor * (anchors if anchors < WIDE else WIDE) >= \
            s.least + s.alike * apart


cdef class Strings:
    """Strings of symbols, found wherever a text has them."""
    cdef bytes symbols
    cdef const int[::1] ends
    cdef uint64_t* table        # open addressing: a string's hash, 1 + its index
    cdef Py_ssize_t slots
    cdef uint8_t* sieve         # which leading symbols there are
    cdef int longest

    def __cinit__(self):
        self.table = NULL
        self.sieve = NULL

    def __dealloc__(self):
        free(self.table)
        free(self.sieve)

    def __init__(self, bytes symbols not None, const int[::1] ends):
        cdef const uint8_t* o = symbols
        cdef uint32_t h
        cdef Py_ssize_t slot, i
        cdef int start = 0, n
        self.symbols = symbols
        self.ends = ends
        self.slots = 16
        while self.slots < 2 * ends.shape[0]:
            self.slots *= 2
        self.table = <uint64_t*>calloc(self.slots, sizeof(uint64_t))
        self.sieve = <uint8_t*>calloc(1 << (SIEVE - 3), 1)
        if self.table == NULL or self.sieve == NULL:
            raise MemoryError
        self.longest = 0
        for i in range(ends.shape[0]):
            n = ends[i] - start
            if n < LEADING:
                raise ValueError(f"a string has at least {LEADING} symbols, this one {n}")
            self.longest = max(self.longest, n)
            h = _hash(o, start, start + LEADING) >> 1
            self.sieve[(h & ((1 << SIEVE) - 1)) >> 3] |= 1 << (h & 7)
            h = _hash(o, start, ends[i])
            slot = h >> 1 & (self.slots - 1)
            while self.table[slot]:
                slot = (slot + 1) & (self.slots - 1)
            self.table[slot] = <uint64_t>h << 32 | <uint32_t>i + 1
            start = ends[i] + 1

    def find(self, bytes symbols not None):
        cdef const uint8_t* o = symbols
        cdef const uint8_t* t = self.symbols
        cdef int p, q, n = len(symbols), end, start
        cdef uint32_t h
        cdef Py_ssize_t slot, i
        cdef list found = []
        for p in range(n - LEADING + 1):
            h = _hash(o, p, p + LEADING) >> 1
            if not self.sieve[(h & ((1 << SIEVE) - 1)) >> 3] >> (h & 7) & 1:
                continue
            h = 2166136261
            end = min(n, p + self.longest)
            for q in range(p, end):
                h = (h ^ o[q]) * 16777619
                if q - p + 1 < LEADING:
                    continue
                slot = (h | 1) >> 1 & (self.slots - 1)
                while self.table[slot]:
                    i = <uint32_t>self.table[slot] - 1
                    if self.table[slot] >> 32 == h | 1:
                        start = self.ends[i - 1] + 1 if i else 0
                        if self.ends[i] - start == q - p + 1 and \
                                memcmp(t + start, o + p, q - p + 1) == 0:
                            found.append((p, q + 1, i))
                    slot = (slot + 1) & (self.slots - 1)
        return found
