# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Phrases, found where a text has them but for one gap.

The contracts stand in `phrases.pyi`, the specification in `tests/kernel/reference_phrases.py`.
"""

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset
from libcpp.vector cimport vector

from thaifix.kernel.strings import Strings  # part of what this module offers

from thaifix.kernel.atoms cimport Atom, Scanned, divide
from thaifix.kernel.hashing cimport mark, marked
from thaifix.kernel.postings cimport AT_END, AT_START, INNER, Posting, Postings, Where, anchor_key
from thaifix.kernel.symbols cimport checked
Gap = tuple[int, int, int, int, int, int, int, bool, float, float]

cdef enum:
    KNOWN = 1 << 16         # bits of the sieve of atoms. By judgement: an eighth of a first-level
                            # cache
    MOST_SYMBOLS = 0xFFFF   # of a phrase: what a posting can count

# A gap and its part of the phrase are alike in length if they differ by two fifths of the longer
# one and two symbols, at most. By judgement.
cdef inline bint _alike_in_length(int apart, int longer) noexcept nogil:
    return 5 * apart <= 2 * longer + 10


cdef struct Bounds:         # what `find` is told; see `phrases.pyi`
    int anchored, strong
    float least, anchor, alike
    int observed_atoms, anchor_symbols, word_apart, word_symbols


cdef struct Text:           # where phrases are looked for
    const uint8_t* o
    const Atom* atoms
    int size                # atoms; one more tells the cost of all


cdef struct Found:          # a gap
    int phrase
    int start               # of its part, in the phrases' symbols
    int end
    int at                  # in the text
    int until
    int left                # symbols of the phrase that stand before it, and after it
    int right
    bint whole              # the phrase has no others
    float gain              # what the phrase's words cost less than the text's, about
    float paid              # what the phrase's words cost in the gap and right after it


@cython.final
cdef class Phrases:
    def __init__(self, bytes symbols not None, const int32_t[::1] ends not None,
                 const int32_t[::1] starts not None, const uint32_t[::1] words not None,
                 const float[::1] costs not None, const uint32_t[::1] cuts not None, int most, *,
                 int intended_atoms=5):
        cdef Scanned scan = _scanned(symbols, starts, words, costs, cuts)
        cdef Py_ssize_t i
        cdef int k, size, start = 0
        if not 0 <= intended_atoms <= MOST_SYMBOLS:
            raise ValueError(f"{intended_atoms} atoms in a gap")
        for i in range(ends.shape[0]):
            if not start < ends[i] <= scan.n:
                raise ValueError(f"phrase {i} ends at {ends[i]}, before it begins or too late")
            if ends[i] - start > MOST_SYMBOLS:
                raise ValueError(f"phrase {i} has more than {MOST_SYMBOLS} symbols")
            start = ends[i] + 1
        self.symbols, self.o, self.cuts = symbols, scan.o, cuts
        self.phrases = <int>ends.shape[0]
        self.intended_atoms = intended_atoms
        self.postings = Postings()
        self.known.resize(KNOWN >> 3)
        with nogil:
            divide(&scan, 1.0, &self.atoms)
            size = <int>self.atoms.size() - 1
            for k in range(size):
                mark(self.known.data(), self.atoms[k].key >> 1 & (KNOWN - 1))
            # A phrase's atoms lie within its symbols; a line end stands between two phrases.
            k = 0
            for i in range(self.phrases):
                self.begin.push_back(k)
                while k < size and self.atoms[k].end <= ends[i]:
                    k += 1
            self.begin.push_back(k)
            self.postings.all.reserve(_most_postings(self))
            for k in range(self.phrases):
                _post(self, k)
            self.postings.index(most)

    def find(self, bytes symbols not None, const int32_t[::1] starts not None,
             const uint32_t[::1] words not None, const float[::1] costs not None, float dear,
             int anchored, int strong, float least, float anchor, float alike, *,
             int observed_atoms=6, int anchor_symbols=60, int word_apart=3, int word_symbols=10):
        cdef Scanned scan = _scanned(symbols, starts, words, costs, self.cuts)
        cdef Bounds bounds = Bounds(anchored, strong, least, anchor, alike, observed_atoms,
                                    anchor_symbols, word_apart, word_symbols)
        cdef vector[Atom] atoms
        cdef vector[Found] found
        cdef Found f
        cdef size_t i
        if not self.phrases or not symbols:
            return []
        with nogil:
            divide(&scan, dear, &atoms)
            for i in range(atoms.size() - 1):
                atoms[i].known = marked(self.known.data(), atoms[i].key >> 1 & (KNOWN - 1))
            _find(self, Text(scan.o, atoms.data(), <int>atoms.size() - 1), &bounds, &found)
        return [(f.phrase, f.start, f.end, f.at, f.until, f.left, f.right, bool(f.whole), f.gain,
                 f.paid) for f in found]


cdef Scanned _scanned(bytes symbols, const int32_t[::1] starts, const uint32_t[::1] words,
                      const float[::1] costs, const uint32_t[::1] cuts) except *:
    """What a scan gave for a text, as C has it."""
    cdef Scanned scan
    memset(&scan, 0, sizeof(scan))
    scan.o, scan.n = symbols, checked(symbols)
    scan.tokens, scan.n_cuts = starts.shape[0], cuts.shape[0]
    if words.shape[0] != scan.tokens or costs.shape[0] != scan.tokens:
        raise ValueError("a scan whose arrays have unequal lengths")
    if scan.tokens:
        scan.starts, scan.words, scan.costs = &starts[0], &words[0], &costs[0]
    if scan.n_cuts:
        scan.cuts = &cuts[0]
    return scan


cdef inline uint32_t _key(Phrases phrases, int phrase, int atom) noexcept nogil:
    """The key of a phrase's atom, 0 if it has no such atom."""
    cdef int at = phrases.begin[phrase] + atom
    if atom < 0 or at >= phrases.begin[phrase + 1]:
        return 0
    return phrases.atoms[at].key


cdef size_t _most_postings(Phrases phrases) noexcept nogil:
    """At least as many postings as the phrases have."""
    cdef size_t most = 0
    cdef int k, length
    for k in range(phrases.phrases):
        length = phrases.begin[k + 1] - phrases.begin[k]
        most += (<size_t>length + 1) * (min(phrases.intended_atoms, length) + 1)
    return most


cdef int _post(Phrases phrases, int phrase) except -1 nogil:
    """Add the postings of a phrase: one for each gap that it can have."""
    cdef const Atom* a = phrases.atoms.data() + phrases.begin[phrase]
    cdef int length = phrases.begin[phrase + 1] - phrases.begin[phrase]
    cdef int first, count, k, total = 0, letters, span
    cdef uint32_t gap
    cdef uint64_t key
    for k in range(length):
        total += a[k].end - a[k].start
    for first in range(length + 1):
        for count in range(min(phrases.intended_atoms, length - first) + 1):
            if count == length or (count == 0 and (first == 0 or first == length)):
                continue        # nothing stands beside the gap, or nothing is missing
            if first == 0:
                key = anchor_key(AT_START, _key(phrases, phrase, count),
                                 _key(phrases, phrase, count + 1))
            elif first + count == length:
                key = anchor_key(AT_END, _key(phrases, phrase, first - 2),
                                 _key(phrases, phrase, first - 1))
            else:
                key = anchor_key(INNER, _key(phrases, phrase, first - 1),
                                 _key(phrases, phrase, first + count))
            gap = letters = 0
            for k in range(first, first + count):
                gap = gap * 31 + a[k].key
                letters += a[k].end - a[k].start
            span = a[first + count - 1].end - a[first].start if count else 0
            k = min(first + count + 1, length)
            phrases.postings.all.push_back(Posting(
                key, gap, phrase, a[k].before - a[first].before, <uint16_t>length,
                <uint16_t>first, <uint16_t>count, <uint16_t>span, <uint16_t>(total - letters)))
    return 0


cdef int _find(Phrases phrases, Text text, const Bounds* bounds,
               vector[Found]* found) except -1 nogil:
    """Look for phrases around every span of a text's atoms that has, or ends before, a dear one."""
    cdef int at, size, end, dear = -1       # the next dear atom
    for at in range(text.size + 1):
        if dear < at:
            dear = at
            while dear < text.size and not text.atoms[dear].dear:
                dear += 1
        if dear == text.size:
            break
        if dear > at + bounds.observed_atoms:
            continue
        for size in range(min(bounds.observed_atoms, text.size - at) + 1):
            end = at + size
            if size and not text.atoms[end - 1].thai:
                break
            if end >= dear:
                _find_around(phrases, text, bounds, at, size, found)
    return 0


cdef int _find_around(Phrases phrases, Text text, const Bounds* bounds, int at, int size,
                      vector[Found]* found) except -1 nogil:
    """Look for phrases that have a gap where a text has atoms at .. at + size."""
    cdef const Atom* before = text.atoms + at - 1
    cdef const Atom* after = text.atoms + at + size
    cdef bint preceded = at > 0 and before.known, followed = at + size < text.size and after.known
    if preceded and followed:
        _match(phrases, text, bounds, at, size, INNER, before.key, after.key, found)
    if size and followed:
        if after.end - after.start >= bounds.anchored:
            _match(phrases, text, bounds, at, size, AT_START, after.key, 0, found)
        if at + size + 1 < text.size and after[1].key:
            _match(phrases, text, bounds, at, size, AT_START, after.key, after[1].key, found)
    if size and preceded:
        if before.end - before.start >= bounds.anchored:
            _match(phrases, text, bounds, at, size, AT_END, 0, before.key, found)
        if at > 1 and (before - 1).key:
            _match(phrases, text, bounds, at, size, AT_END, (before - 1).key, before.key, found)
    return 0


cdef int _match(Phrases phrases, Text text, const Bounds* bounds, int at, int size, Where where,
                uint32_t x, uint32_t y, vector[Found]* found) except -1 nogil:
    """Find the phrases that have a gap between these anchors."""
    cdef const Atom* a = text.atoms
    cdef const Posting* p
    cdef uint64_t key = anchor_key(where, x, y)
    cdef size_t i = phrases.postings.first(key)
    cdef int observed, longer, apart
    cdef float cost
    cdef Found f
    if i == phrases.postings.all.size():
        return 0
    observed = a[at + size - 1].end - a[at].start if size else 0
    # What follows a phrase costs something, whatever stands before it.
    cost = a[min(at + size + (where != AT_END), text.size)].before - a[at].before - bounds.least
    while i < phrases.postings.all.size() and phrases.postings.all[i].key == key:
        p = &phrases.postings.all[i]
        i += 1
        longer = max(observed, p.letters)
        apart = 2 * longer - observed - p.letters
        if size and p.count:
            if not _alike_in_length(apart, longer):
                continue
        elif longer > bounds.word_symbols:
            continue
        else:
            apart = min(apart, bounds.word_apart)
        # Not even if all of the phrase's other atoms were there:
        if cost - p.paid + bounds.anchor * min(p.rest, bounds.anchor_symbols) < (
                bounds.alike * apart):
            continue
        if _fits(phrases, text, bounds, p, at, size, &f):
            found.push_back(f)
    return 0


cdef bint _fits(Phrases phrases, Text text, const Bounds* bounds, const Posting* posting, int at,
                int size, Found* f) noexcept nogil:
    """Whether the phrase's other atoms support a gap, and how far they reach."""
    cdef int phrase = posting.phrase, first = posting.first, count = posting.count
    cdef int length = posting.length, end = first + count, intended, anchors, apart
    cdef const Atom* a = text.atoms
    cdef const Atom* b = phrases.atoms.data() + phrases.begin[phrase]
    if not (size or count) or (size == 0 and at == 0):
        return False
    if size and count and (a[at].key == b[first].key or a[at + size - 1].key == b[end - 1].key):
        return False                    # a smaller gap says the same
    f.phrase = phrase
    f.at = a[at].start if size else a[at - 1].end
    f.until = a[at + size - 1].end if size else f.at
    f.start = b[first].start if first < length else b[first - 1].end
    f.end = b[end - 1].end if count else f.start
    f.paid = posting.paid
    f.gain = a[min(at + size + (end < length), text.size)].before - a[at].before - f.paid
    _reach(phrases, text, posting, at, size, f)
    intended = f.end - f.start
    anchors = f.left + f.right
    if anchors < bounds.anchored or 2 * anchors < intended:
        return False
    if not f.whole and anchors < bounds.strong:
        return False
    apart = max(f.until - f.at, intended) - _common(phrases, text, f)
    if not (size and count):
        apart = min(apart, bounds.word_apart)       # a word too many or too few
    return f.gain + bounds.anchor * min(anchors, bounds.anchor_symbols) >= (
        bounds.least + bounds.alike * apart)


cdef void _reach(Phrases phrases, Text text, const Posting* posting, int at, int size,
                 Found* f) noexcept nogil:
    """Fill `left`, `right` and `whole`: how far the phrase goes on beside a gap."""
    cdef const Atom* a = text.atoms
    cdef int phrase = posting.phrase, first = posting.first, end = first + posting.count
    cdef int length = posting.length, left = 0, right = 0
    f.left = f.right = 0
    while left < first and left < at and (
            a[at - left - 1].key == _key(phrases, phrase, first - left - 1)):
        left += 1
        f.left += a[at - left].end - a[at - left].start
    while end + right < length and at + size + right < text.size and (
            a[at + size + right].key == _key(phrases, phrase, end + right)):
        f.right += a[at + size + right].end - a[at + size + right].start
        right += 1
    f.whole = left == first and end + right == length


cdef int _common(Phrases phrases, Text text, const Found* f) noexcept nogil:
    """How many symbols both sides of a gap have."""
    cdef int letters[256]
    cdef int i, common = 0
    memset(letters, 0, sizeof(letters))
    for i in range(f.at, f.until):
        letters[text.o[i]] += 1
    for i in range(f.start, f.end):
        if letters[phrases.o[i]]:
            letters[phrases.o[i]] -= 1
            common += 1
    return common
