"""Terms of the lexicons in a text: whether they are read, restored, damaged.

A term is looked for in the default view without white space, from left to right, the longest first
and without overlap. It is read right if the alignment of the whole text has no gap within it.

Unfair in favour: short names of places are also found where the same letters mean something else.
Unfair against: a term into which the OCR put something counts as broken, even where a reader would
still recognise it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from thaifix.lexicon.entries import PHRASES, shipped
from thaifix.text import views
from thaifix.text.align import Match, matches
from thaifix.text.matching import StringFinder
from thaifix.text.script import MARKS, SARA_AM

SHORTEST_TERM = 4
"""Code points of a term that is looked for, at least. By judgement: shorter terms are also parts of
other words."""

_ATTACHED = frozenset(MARKS + SARA_AM)  # what belongs to the letter before it

Outcomes = Counter[tuple[str, str]]
"""How often each pair of a term's type and an outcome occurs: restored, lost, kept or damaged."""


class TermCounts(NamedTuple):
    """Terms of one type in a text and in its reference; pooled by adding.

    Attributes:
        wanted: Terms in the reference.
        read: Of these, how many the text has there, letter by letter.
        given: Terms in the text.
        right: Of these, how many the reference has there.
    """

    wanted: int = 0
    read: int = 0
    given: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        """Share of the reference's terms that the text has; None if there are none."""
        return self.read / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """Share of the text's terms that the reference has; None if there are none."""
        return self.right / self.given if self.given else None


def plain(text: str) -> str:
    """Give the text that terms are looked for in: the default view without white space."""
    return "".join(views.default(text).split())


def count_terms(reference: str, hypothesis: str) -> dict[str, TermCounts]:
    """Count the terms of two texts, both `plain`, by type.

    Time: as `align.matches`.
    """
    agreed = matches(reference, hypothesis)
    starts = [match.reference for match in agreed], [match.hypothesis for match in agreed]
    counts = defaultdict[str, list[int]](lambda: [0, 0, 0, 0])
    for side, text in enumerate((reference, hypothesis)):
        for start, end, kind in mentions(text):
            counts[kind][2 * side] += 1
            counts[kind][2 * side + 1] += _agrees(starts[side], agreed, start, end)
    return {kind: TermCounts(*numbers) for kind, numbers in counts.items()}


def pool(counts: Iterable[dict[str, TermCounts]]) -> dict[str, TermCounts]:
    """Add up the terms of several texts; the types that the references have most come first."""
    pooled = defaultdict[str, TermCounts](TermCounts)
    for text in counts:
        for kind, numbers in text.items():
            pooled[kind] = TermCounts(*map(sum, zip(pooled[kind], numbers, strict=True)))
    return dict(sorted(pooled.items(), key=lambda item: (-item[1].wanted, item[0])))


def outcomes(intended: str, observed: str, corrected: str) -> Outcomes:
    """Count what became of the terms of the intended text.

    A term that was read right is kept or damaged; one that was not is restored or lost.

    Time: as `align.matches`.
    """
    intended, observed, corrected = map(plain, (intended, observed, corrected))
    before, after = matches(intended, observed), matches(intended, corrected)
    starts = [match.reference for match in before], [match.reference for match in after]
    counts = Outcomes()
    for start, end, kind in mentions(intended):
        intact = _agrees(starts[0], before, start, end)
        right = _agrees(starts[1], after, start, end)
        if intact:
            counts[kind, "kept" if right else "damaged"] += 1
        else:
            counts[kind, "restored" if right else "lost"] += 1
    return counts


@lru_cache(maxsize=8)  # a reference is compared with several texts in a row
def mentions(text: str) -> tuple[tuple[int, int, str], ...]:
    """Find the terms of a `plain` text: spans in code points, with the types of the terms.

    Time: linear.
    """
    kinds, finder = _terms()
    spans = list[tuple[int, int, str]]()
    done = 0
    for start, end in finder.find(text):
        if start >= done and text[end : end + 1] not in _ATTACHED:
            spans.append((start, end, kinds[text[start:end]]))
            done = end
    return tuple(spans)


def _agrees(starts: Sequence[int], agreed: Sequence[Match], start: int, end: int) -> bool:
    """Tell whether a span lies within one match; `starts` are where matches begin on its side."""
    index = bisect_right(starts, start) - 1
    return index >= 0 and end <= starts[index] + agreed[index].length


@cache
def _terms() -> tuple[dict[str, str], StringFinder]:
    """Terms with their types, and what finds them."""
    kinds = dict[str, str]()
    for entry in shipped((*PHRASES, "places")):
        term = plain(entry.term)
        if len(term) >= SHORTEST_TERM and entry.type:
            kinds.setdefault(term, entry.type)
    return kinds, StringFinder(kinds)
