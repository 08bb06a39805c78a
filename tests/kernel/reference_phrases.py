"""The oracle of the phrase index: every phrase, every gap in it, every span of a text.

It is the specification of `_phrases.Phrases.find`, slow and plain; only tests use it. Atoms are
compared by their symbols, not by a hash of them.

Atoms of a token (a word of the scan): its symbols, divided at its word's cuts. Tokens that begin
with a space or a line end are none, but for one that makes a blank line: it is an atom that is
equal to no other. A token's cost is spread evenly over its symbols.

A gap is `count` atoms of a phrase (at most 5, not all) and `size` atoms of the text (at most 6).
It is found if

* one of the text's atoms in it, or the one that closes it, is dear: its word is unknown or costs
  at least `dear`; and all in it are Thai (no signs, no ๆ, no ฯ);
* inside the phrase: the atoms on both sides are equal, and one of the sides is not empty;
* at an end of the phrase: neither side is empty, and the two atoms beside it (or the only one that
  the phrase has besides it) are equal;
* the sides do not begin or end with equal atoms;
* their lengths are alike: five times the difference is at most 10 and twice the longer one; of a
  word too many or too few: it has at most 10 symbols;
* enough of the phrase stands beside the gap, and it saves enough: see `_phrases.pyi`. What it
  saves is the cost of the gap and of the atom that closes it, if that is one of the phrase, less
  the cost of the same atoms of the phrase.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

WORDS, NEWLINE, BLANK, SIGNS = 102, 95, 96, {0x2F, 0x46}
INTENDED, OBSERVED, WIDE, APART, LENGTHIEST = 5, 6, 60, 3, 10


class Scan(NamedTuple):
    """Symbols and what `Decoder.scan` gives for them."""

    symbols: bytes
    starts: array[int]
    words: array[int]
    costs: array[float]


class Atom(NamedTuple):
    """A part of a word."""

    symbols: bytes | None  # None is equal to nothing
    start: int
    end: int
    cost: float
    dear: bool

    @property
    def thai(self) -> bool:
        return self.symbols is not None and self.symbols[0] not in SIGNS | {*range(NEWLINE, 256)}


class Bounds(NamedTuple):
    """What `find` is told."""

    dear: float
    anchored: int
    strong: int
    least: float
    anchor: float
    alike: float


def atoms(scan: Scan, cuts: Sequence[int], dear: float) -> list[Atom]:
    """Divide the words of a scan."""
    o = scan.symbols
    found = []
    ends = [*scan.starts[1:], len(o)] if o else []
    for start, end, word, cost in zip(scan.starts, ends, scan.words, scan.costs, strict=True):
        if o[start] in (NEWLINE, BLANK):
            breaks = o.count(NEWLINE, start, end)
            if breaks > 1 or (breaks and o[:start].endswith(bytes([NEWLINE]))):
                found.append(Atom(None, start, end, 0.0, False))
            continue
        mask = cuts[word - WORDS] if 0 <= word - WORDS < len(cuts) else 0
        inner = [at for at in range(start + 1, end) if at - start < 32 and mask >> (at - start) & 1]
        for a, b in pairwise([start, *inner, end]):
            share = cost / (end - start) * (b - a)
            found.append(Atom(o[a:b], a, b, share, not word or cost >= dear))
    return found


def find(
    phrases: Scan, ends: Sequence[int], text: Scan, cuts: Sequence[int], bounds: Bounds
) -> set[tuple[int, int, int, int, int, int, int, bool, float, float]]:
    """All gaps, as `Phrases.find` describes them."""
    observed = atoms(text, cuts, bounds.dear)
    everything = atoms(phrases, cuts, 1.0)
    found = set()
    begin = 0
    for phrase, end in enumerate(ends):
        intended = [a for a in everything if begin <= a.start and a.end <= end]
        begin = end + 1
        for first, last in _spans(len(intended), INTENDED):
            if last - first < len(intended):
                for at, until in _spans(len(observed), OBSERVED):
                    gap = _gap(phrases, text, intended, first, last, observed, at, until, bounds)
                    if gap:
                        found.add((phrase, *gap))
    return found


def _spans(length: int, most: int) -> Iterator[tuple[int, int]]:
    return (
        (start, end)
        for start in range(length + 1)
        for end in range(start, min(start + most, length) + 1)
    )


def _gap(
    phrases: Scan, text: Scan, p: list[Atom], first: int, last: int, t: list[Atom], at: int,
    until: int, bounds: Bounds,
) -> tuple[int, int, int, int, int, int, bool, float, float] | None:  # fmt: skip
    size, count = until - at, last - first
    inner = first > 0 and last < len(p)
    if not (any(a.dear for a in t[at : until + 1]) and all(a.thai for a in t[at:until])):
        return None
    if not (size or count) if inner else not (size and count):
        return None
    if size and count and (_equal(p[first], t[at]) or _equal(p[last - 1], t[until - 1])):
        return None
    before = _alike(p[:first][::-1], t[:at][::-1])
    after = _alike(p[last:], t[until:])
    needed = [(before, first)] if last == len(p) else [(after, len(p) - last)]
    if inner:
        if not (before and after):
            return None
    elif any(equal < min(2, there) for equal, there in needed):
        return None
    left = sum(a.end - a.start for a in p[first - before : first])
    right = sum(a.end - a.start for a in p[last : last + after])
    whole = before == first and after == len(p) - last
    begin = p[first].start if first < len(p) else p[-1].end
    end = p[last - 1].end if count else begin
    start = t[at].start if size else t[at - 1].end
    stop = t[until - 1].end if size else start
    if left + right < bounds.anchored or 2 * (left + right) < end - begin:
        return None
    if not whole and left + right < bounds.strong:
        return None
    longer = max(end - begin, stop - start)
    if size and count:
        if 5 * abs((end - begin) - (stop - start)) > 10 + 2 * longer:
            return None
    elif longer > LENGTHIEST:
        return None
    common = Counter(text.symbols[start:stop]) & Counter(phrases.symbols[begin:end])
    apart = longer - common.total()
    if not (size and count):
        apart = min(apart, APART)
    paid = sum(a.cost for a in p[first : last + 1])
    closed = last < len(p)  # what follows a phrase costs what it costs
    gain = sum(a.cost for a in t[at : until + closed]) - paid
    if gain + bounds.anchor * min(left + right, WIDE) < bounds.least + bounds.alike * apart:
        return None
    return begin, end, start, stop, left, right, whole, gain, paid


def _equal(a: Atom, b: Atom) -> bool:
    return a.symbols is not None and a.symbols == b.symbols


def _alike(one: list[Atom], other: list[Atom]) -> int:
    """How many atoms both begin with."""
    pairs = zip(one, other, strict=False)
    return next((i for i, pair in enumerate(pairs) if not _equal(*pair)), min(len(one), len(other)))
