"""The oracle of the phrase index: every phrase, every gap in it, every span of a text.

It is the specification of `Phrases.find`, slow and plain; only tests use it. Atoms are compared by
their symbols, not by a hash of them. Keys with too many gaps are not left out here.

Atoms of a token (a word of the scan): its symbols, divided at its word's cuts. Tokens that begin
with a space or a line end are none, but for one that makes a blank line (two line ends, or one
after a line end that belongs to another token): it is an atom that is equal to no other. A token's
cost is spread evenly over its symbols.

A gap stands for `count` atoms of a phrase (at most `intended_atoms`, not all), and has `size` atoms
of the text (at most `observed_atoms`). It is found if

* one of the text's atoms in it, or the one after it, is dear: its word is unknown or costs at
  least `dear`; and all in it are Thai: they do not begin with a sign, a digit of ASCII, ๆ or ฯ;
* inside the phrase: the atoms on both sides of it are equal, and `size` or `count` is not 0;
* at an end of the phrase: neither is 0, and the two atoms beside it (or the only one that
  the phrase has besides it) are equal;
* if neither is 0, the first atoms of both are not equal, nor the last ones;
* if neither is 0, five times the difference of the lengths is at most 10 and twice the longer one;
  else the longer one has at most `word_symbols`;
* the symbols of the equal atoms beside it are `anchored` or more and half as many as the phrase's
  part has or more; `strong` or more, if these are not all other atoms of the phrase;
* it saves enough. What it saves is the cost of the text's atoms in it and of the one after it, less
  that of the phrase's atoms in it and of the one after them; at the end of a phrase the atom after
  it counts on neither side. It needs `least`, less `anchor` for each symbol of the equal atoms
  (`anchor_symbols` at most), plus `alike` for each symbol that the longer side has more than both
  have in common (`word_apart` at most, if `size` or `count` is 0).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from thaifix.kernel.symbols import BLANK, FIRST_WORD, KINDS, MAIYAMOK, NEWLINE, PAIYANNOI


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
        if self.symbols is None:
            return False
        return self.symbols[0] < NEWLINE and self.symbols[0] not in (PAIYANNOI, MAIYAMOK)


class Bounds(NamedTuple):
    """What `find` is told, and the index."""

    dear: float
    anchored: int
    strong: int
    least: float
    anchor: float
    alike: float
    intended_atoms: int = 5
    observed_atoms: int = 6
    anchor_symbols: int = 60
    word_apart: int = 3
    word_symbols: int = 10


def atoms(scan: Scan, cuts: Sequence[int], dear: float) -> list[Atom]:
    """Divide the words of a scan."""
    o = scan.symbols
    found = []
    ends = [*scan.starts[1:], len(o)] if o else []
    for start, end, word, cost in zip(scan.starts, ends, scan.words, scan.costs, strict=True):
        if KINDS[o[start]] & BLANK:
            breaks = o.count(NEWLINE, start, end)
            if breaks > 1 or (breaks and o[:start].endswith(bytes([NEWLINE]))):
                found.append(Atom(None, start, end, 0.0, False))
            continue
        mask = cuts[word - FIRST_WORD] if 0 <= word - FIRST_WORD < len(cuts) else 0
        inner = [at for at in range(start + 1, end) if at - start < 32 and mask >> (at - start) & 1]
        for a, b in pairwise([start, *inner, end]):
            share = cost / (end - start) * (b - a)
            found.append(Atom(o[a:b], a, b, share, not word or cost >= dear))
    return found


Found = tuple[int, int, int, int, int, int, int, bool, float, float]


def find(
    phrases: Scan, ends: Sequence[int], text: Scan, cuts: Sequence[int], bounds: Bounds
) -> set[Found]:
    """All gaps, as `Phrases.find` describes them."""
    observed = atoms(text, cuts, bounds.dear)
    everything = atoms(phrases, cuts, 1.0)
    spans = [
        (at, until)
        for at, until in _spans(len(observed), bounds.observed_atoms)
        if any(a.dear for a in observed[at : until + 1]) and all(a.thai for a in observed[at:until])
    ]
    found = set()
    begin = 0
    for phrase, end in enumerate(ends):
        intended = [a for a in everything if begin <= a.start and a.end <= end]
        begin = end + 1
        for first, last in _spans(len(intended), bounds.intended_atoms):
            if last - first == len(intended):
                continue
            for at, until in spans:
                gap = Gap(intended, first, last, observed, at, until)
                if gap.stands() and (result := gap.judged(phrases, text, bounds)):
                    found.add((phrase, *result))
    return found


def _spans(length: int, most: int) -> Iterator[tuple[int, int]]:
    return (
        (start, end)
        for start in range(length + 1)
        for end in range(start, min(start + most, length) + 1)
    )


class Gap(NamedTuple):
    """Atoms first .. last of a phrase, in whose place a text has its atoms at .. until."""

    p: list[Atom]
    first: int
    last: int
    t: list[Atom]
    at: int
    until: int

    def stands(self) -> bool:
        """Whether the atoms beside it are equal, and its own are not."""
        p, first, last, t, at, until = self
        size, count = until - at, last - first
        if size and count and (_equal(p[first], t[at]) or _equal(p[last - 1], t[until - 1])):
            return False
        if first > 0 and last < len(p):
            beside = at > 0 and until < len(t)
            return (
                bool(size or count)
                and beside
                and _equal(p[first - 1], t[at - 1])
                and _equal(p[last], t[until])
            )
        if last == len(p):
            needed, equal = first, _alike(p[:first][::-1], t[:at][::-1])
        else:
            needed, equal = len(p) - last, _alike(p[last:], t[until:])
        return size > 0 and count > 0 and equal >= min(2, needed)

    def judged(
        self, phrases: Scan, text: Scan, bounds: Bounds
    ) -> tuple[int, int, int, int, int, int, bool, float, float] | None:
        """What `find` says of it, if enough supports it."""
        p, first, last, t, at, until = self
        size, count = until - at, last - first
        before = _alike(p[:first][::-1], t[:at][::-1])
        after = _alike(p[last:], t[until:])
        left = sum(a.end - a.start for a in p[first - before : first])
        right = sum(a.end - a.start for a in p[last : last + after])
        whole = before == first and after == len(p) - last
        begin = p[first].start if first < len(p) else p[-1].end
        end = p[last - 1].end if count else begin
        start = t[at].start if size else t[at - 1].end
        stop = t[until - 1].end if size else start
        longer = max(end - begin, stop - start)
        if left + right < bounds.anchored or 2 * (left + right) < end - begin:
            return None
        if not whole and left + right < bounds.strong:
            return None
        if size and count:
            if 5 * abs((end - begin) - (stop - start)) > 10 + 2 * longer:
                return None
        elif longer > bounds.word_symbols:
            return None
        common = Counter(text.symbols[start:stop]) & Counter(phrases.symbols[begin:end])
        apart = longer - common.total()
        if not (size and count):
            apart = min(apart, bounds.word_apart)
        paid = sum(a.cost for a in p[first : last + 1])
        closed = last < len(p)  # what follows a phrase costs what it costs
        gain = sum(a.cost for a in t[at : until + closed]) - paid
        support = bounds.anchor * min(left + right, bounds.anchor_symbols)
        if gain + support < bounds.least + bounds.alike * apart:
            return None
        return begin, end, start, stop, left, right, whole, gain, paid


def _equal(a: Atom, b: Atom) -> bool:
    return a.symbols is not None and a.symbols == b.symbols


def _alike(one: list[Atom], other: list[Atom]) -> int:
    """How many atoms both begin with."""
    pairs = zip(one, other, strict=False)
    return next((i for i, pair in enumerate(pairs) if not _equal(*pair)), min(len(one), len(other)))
