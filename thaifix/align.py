"""Alignment of two texts: which part of one stands for which part of the other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_WINDOW = 1 << 14  # code points aligned at a time; a page is shorter
_ANCHOR = 32  # code points that must agree for a cut to be safe


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


def align(reference: str, hypothesis: str) -> list[Segment]:
    """Align two texts with the fewest edits of code points.

    Segments that agree and segments that differ take turns, none is empty on both sides, and their
    parts joined give the two texts again. The errors of all segments add up to the Levenshtein
    distance; only in texts longer than 16,384 code points may they exceed it, where one side lacks
    a passage of thousands of code points.

    Args:
        reference: The true text, as stored; not normalised here.
        hypothesis: The text being judged.
    Returns:
        The segments in the order of the text.
    Time: O(n * d / 64) up to 16,384 code points, n code points with d errors; beyond that linear
        in n as long as the texts agree in 32 code points here and there. Memory: O(n).
    Source: Levenshtein (1966), as computed by RapidFuzz (Hyyrö 2003).
    """
    segments: list[Segment] = []
    at = to = 0
    while len(reference) - at > _WINDOW or len(hypothesis) - to > _WINDOW:
        window = _align(reference[at : at + _WINDOW], hypothesis[to : to + _WINDOW])
        if not (window := window[: _cut(window)]):
            break
        segments += window
        at += sum(len(segment.reference) for segment in window)
        to += sum(len(segment.hypothesis) for segment in window)
    segments += _align(reference[at:], hypothesis[to:])
    return _merge(segments)


def _cut(window: list[Segment]) -> int:
    """Count the segments up to the last long agreement in the first half of a window.

    The second half is only there to see what follows: near its end, where the two windows may show
    different places of the text, agreements are chance.
    """
    cut = at = to = 0
    for count, segment in enumerate(window, start=1):
        at += len(segment.reference)
        to += len(segment.hypothesis)
        if cut and max(at, to) > _WINDOW // 2:
            break
        if not segment.errors and len(segment.reference) >= _ANCHOR:
            cut = count
    return cut


def _align(reference: str, hypothesis: str) -> list[Segment]:
    return _merge(
        Segment(
            reference[block.src_start : block.src_end],
            hypothesis[block.dest_start : block.dest_end],
        )
        for block in Levenshtein.opcodes(reference, hypothesis)
    )


def _merge(segments: Iterable[Segment]) -> list[Segment]:
    """Join neighbours of one kind."""
    return [
        Segment(*map("".join, zip(*run, strict=True)))
        for _, run in groupby(segments, key=lambda segment: segment.errors > 0)
    ]
