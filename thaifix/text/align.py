"""Alignment of two texts: which part of one stands for which part of the other.

A text here is a string of units: of code points as it is, of clusters or words through `spell`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_LARGEST_EXACT = 1 << 28  # product of two lengths, up to which the fewest edits are found
# All by judgement:
_UNITS_BETWEEN_CUTS = 1 << 12  # at least, where longer texts are cut
_UNITS_AT_A_CUT = 32, 12  # that agree there, and stand once in each text; the long ones come first
_MOST_DRIFT = 0.8  # share of the shorter text that cuts may put elsewhere
_FIRST_SYMBOL = 0x10000  # code points below it stand for themselves


class Match(NamedTuple):
    """A part that agrees: `reference[r : r + length] == hypothesis[h : h + length]`.

    Attributes:
        reference: Where it begins in the reference, in units.
        hypothesis: Where it begins in the hypothesis.
        length: How many units agree, at least 1.
    """

    reference: int
    hypothesis: int
    length: int


class Gap(NamedTuple):
    """A part that does not agree: half-open spans, one of which may be empty, in units."""

    start: int
    end: int
    hypothesis_start: int
    hypothesis_end: int

    @property
    def errors(self) -> int:
        """Insertions, deletions and substitutions."""
        return max(self.end - self.start, self.hypothesis_end - self.hypothesis_start)


class Segment(NamedTuple):
    """A part of the reference and the part of the hypothesis that stands for it.

    Attributes:
        reference: Part of the reference; "" where the hypothesis has too much.
        hypothesis: Part of the hypothesis; "" where it lacks something.
    """

    reference: str
    hypothesis: str

    @property
    def errors(self) -> int:
        """Insertions, deletions and substitutions, in code points."""
        return 0 if self.reference == self.hypothesis else max(map(len, self))


def matches(reference: str, hypothesis: str) -> list[Match]:
    """Align two texts with the fewest edits, and tell what agrees.

    If the product of the lengths is above 2**28 (a text of 16,384 units), the texts are first cut
    where 32 or 12 units agree that occur once in each; then the edits may be more than the fewest,
    where parts have changed places or where next to nothing agrees.

    Args:
        reference: The true text, as stored; not normalised here.
        hypothesis: The text being judged.
    Returns:
        What agrees, in the order of both texts; neighbours do not touch on both sides.
    Time: O(n * d / 64) up to that size, n units with d errors; beyond it linear in n, but for
        sorting what agrees. Memory: O(n).
    Source: Levenshtein (1966), as computed by RapidFuzz (Hyyrö 2003).
    """
    found: list[Match] = []
    for at, end, to, stop in _pieces(reference, hypothesis, 0, 0, _UNITS_AT_A_CUT):
        steps = Levenshtein.opcodes(reference[at:end], hypothesis[to:stop])
        for block in steps.as_matching_blocks():
            if block.size:
                _add(found, Match(at + block.a, to + block.b, block.size))
    return found


def gaps(found: Sequence[Match], reference: int, hypothesis: int) -> Iterator[Gap]:
    """Tell what does not agree between the matches of texts of the given lengths."""
    at = to = 0
    for match in (*found, Match(reference, hypothesis, 0)):
        if at < match.reference or to < match.hypothesis:
            yield Gap(at, match.reference, to, match.hypothesis)
        at, to = match.reference + match.length, match.hypothesis + match.length


def distance(reference: str, hypothesis: str) -> int:
    """Count the edits of the alignment that `matches` finds."""
    if len(reference) * len(hypothesis) <= _LARGEST_EXACT:
        return Levenshtein.distance(reference, hypothesis)
    found = matches(reference, hypothesis)
    return sum(gap.errors for gap in gaps(found, len(reference), len(hypothesis)))


def align(reference: str, hypothesis: str) -> list[Segment]:
    """Align two texts, as `matches` does, and give the parts themselves.

    Segments that agree and segments that differ take turns, none is empty on both sides, and their
    parts joined give the two texts again. The errors of all segments add up to `distance`.
    """
    segments: list[Segment] = []
    at = to = 0
    for match in (*matches(reference, hypothesis), Match(len(reference), len(hypothesis), 0)):
        segments += (
            Segment(reference[at : match.reference], hypothesis[to : match.hypothesis]),
            Segment(*[reference[match.reference : match.reference + match.length]] * 2),
        )
        at, to = match.reference + match.length, match.hypothesis + match.length
    return [segment for segment in segments if any(segment)]


def spell(*texts: Sequence[str]) -> list[str]:
    """Write sequences of clusters or words as strings, one code point for each different one.

    Raises:
        ValueError: If there are more than 1,048,576 different ones of several code points.
    """
    symbols: dict[str, str] = {}
    for text in texts:
        for unit in text:
            if unit not in symbols:
                alone = len(unit) == 1 and ord(unit) < _FIRST_SYMBOL
                symbols[unit] = unit if alone else chr(_FIRST_SYMBOL + len(symbols))
    return ["".join(map(symbols.__getitem__, text)) for text in texts]


def _add(found: list[Match], match: Match) -> None:
    if found and _end(found[-1]) == match[:2]:
        found[-1] = found[-1]._replace(length=found[-1].length + match.length)
    else:
        found.append(match)


def _end(match: Match) -> tuple[int, int]:
    return match.reference + match.length, match.hypothesis + match.length


def _pieces(
    reference: str, hypothesis: str, at: int, to: int, grams: Sequence[int]
) -> Iterator[tuple[int, int, int, int]]:
    """Cut two texts, which stand at `at` and `to` of longer ones, into parts short enough."""
    n, m = len(reference), len(hypothesis)
    if n * m <= _LARGEST_EXACT:
        yield at, at + n, to, to + m
        return
    if grams:
        cuts = [(0, 0), *_agreeing(reference, hypothesis, grams[0]), (n, m)]
        # What must be inserted and deleted between the cuts. If that is much, the parts of the
        # text are in another order, and what agrees by chance is as good.
        drift = sum(abs((i - a) - (k - b)) for (a, b), (i, k) in pairwise(cuts))
        if drift - abs(n - m) > _MOST_DRIFT * min(n, m):
            cuts = [(0, 0), (n, m)]
    else:  # in proportion: as good as any other place where nothing agrees
        parts = -(-max(n, m) // int(_LARGEST_EXACT**0.5))
        cuts = [(n * k // parts, m * k // parts) for k in range(parts + 1)]
    for (i, k), (end, stop) in pairwise(cuts):
        yield from _pieces(reference[i:end], hypothesis[k:stop], at + i, to + k, grams[1:])


def _agreeing(reference: str, hypothesis: str, gram: int) -> Iterator[tuple[int, int]]:
    """Find places, far enough apart, from which on both texts agree in so many units."""
    sample = {reference[i : i + gram] for i in range(0, len(reference) - gram + 1, gram // 2)}
    in_reference, in_hypothesis = (_once(text, sample, gram) for text in (reference, hypothesis))
    pairs = sorted(
        (at, in_hypothesis[key]) for key, at in in_reference.items() if key in in_hypothesis
    )
    chain = _increasing(pairs)
    # A chance agreement stands alone; a true one has a neighbour at the same distance.
    sure = [one for one, next_ in pairwise(chain) if next_[0] - one[0] == next_[1] - one[1]]
    last = 0
    for i, k in sure or chain:
        if i - last >= _UNITS_BETWEEN_CUTS:
            last = i
            yield i, k


def _once(text: str, sample: set[str], gram: int) -> dict[str, int]:
    """Find where those strings of the sample stand that occur once in a text."""
    found: dict[str, int] = {}
    for i in range(len(text) - gram + 1):
        if (key := text[i : i + gram]) in sample:
            found[key] = -1 if key in found else i
    return {key: i for key, i in found.items() if i >= 0}


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Choose the most pairs whose second numbers increase as the first do (patience sorting)."""
    tops: list[int] = []  # smallest last number of a chain of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, number) in enumerate(pairs):
        length = bisect_left(tops, number)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
