"""Risk and coverage: what the edits of a correction are worth, by their confidence.

Each edit is judged alone, without the others, by the errors around it in the default view. It is
good if there are fewer errors with it than without it, harmful if there are more, and idle if there
are as many. It is hidden if the view does not show it (another way to store the same signs).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import floor
from typing import NamedTuple

from thaifix.text.align import Match, distance, matches
from thaifix.text.edit import Correction
from thaifix.text.views import default

CODE_POINTS_AROUND = 16
"""Code points that are compared on each side of an edit. By judgement: wide enough that
the parts align as the whole texts do, small enough to be fast."""

_ROUNDING = 1e-9  # lets 0.29 * 100, which is below 29 in binary, count as 29


class Verdict(NamedTuple):
    """What one edit is worth.

    Attributes:
        confidence: That of the edit, 0 to 1.
        worth: "good", "idle", "harmful" or "hidden".
    """

    confidence: float
    worth: str


class Point(NamedTuple):
    """What happens if only edits of at least some confidence are applied; hidden ones do not count.

    Attributes:
        threshold: The least confidence, 0 to 1, a multiple of 0.01.
        coverage: Share of all edits that are applied, above 0 and up to 1.
        applied, good, idle, harmful: How many edits; the last three add up to `applied`.
    """

    threshold: float
    coverage: float
    applied: int
    good: int
    idle: int
    harmful: int

    @property
    def precision(self) -> float:
        """Share of the applied edits that are good."""
        return self.good / self.applied

    @property
    def risk(self) -> float:
        """Share of the applied edits that are harmful."""
        return self.harmful / self.applied


def judge(correction: Correction, intended: str) -> Iterator[Verdict]:
    """Judge the edits of a correction one by one.

    Args:
        correction: The correction of the observed text.
        intended: The true text, as stored.
    Yields:
        A verdict on each edit, in the order of the edits.
    Time: as `align.matches`; linear in the edits.
    """
    source = correction.source
    if not correction.edits:
        return
    agreed = matches(intended, source)
    starts = [match.hypothesis for match in agreed]
    for edit in correction.edits:
        start, begin = _before(agreed, starts, edit.start - CODE_POINTS_AROUND)
        end, stop = _after(
            agreed, starts, edit.end + CODE_POINTS_AROUND, len(source), len(intended)
        )
        changed = source[start : edit.start] + edit.replacement + source[edit.end : end]
        true, without, with_it = map(default, (intended[begin:stop], source[start:end], changed))
        if without == with_it:
            worth = "hidden"
        else:
            gain = distance(true, without) - distance(true, with_it)
            worth = "good" if gain > 0 else "harmful" if gain < 0 else "idle"
        yield Verdict(edit.confidence, worth)


def curve(verdicts: Iterable[Verdict]) -> list[Point]:
    """Compute risk and coverage for each confidence that could be the threshold.

    Returns:
        At most 101 points; thresholds rise, coverage falls from 1. No points if there are no edits.
    """
    counts: dict[int, Counter[str]] = {}
    for confidence, worth in verdicts:
        if worth != "hidden":
            counts.setdefault(floor(confidence * 100 + _ROUNDING), Counter())[worth] += 1
    everything = sum(count.total() for count in counts.values())
    points = []
    known = Counter[str]()
    for step in sorted(counts, reverse=True):
        known.update(counts[step])
        applied = known.total()
        points.append(
            Point(
                step / 100, applied / everything, applied,
                known["good"], known["idle"], known["harmful"],
            )
        )  # fmt: skip
    return points[::-1]


def _before(agreed: Sequence[Match], starts: Sequence[int], at: int) -> tuple[int, int]:
    """Find the last place up to `at` in the source that stands for one in the reference.

    Args:
        agreed: What agrees; `starts` are where that begins in the source.
        at: A place in the source, in code points.
    Returns:
        That place in the source, and in the reference.
    """
    index = bisect_right(starts, at) - 1
    if index < 0:
        return 0, 0
    match = agreed[index]
    length = min(at - match.hypothesis, match.length)
    return match.hypothesis + length, match.reference + length


def _after(
    agreed: Sequence[Match], starts: Sequence[int], at: int, length: int, reference: int
) -> tuple[int, int]:
    """Find the first place from `at` on in the source that stands for one in the reference.

    Args and returns: as `_before`; `length` and `reference` are the lengths of the two texts.
    """
    index = bisect_right(starts, at) - 1
    if index >= 0 and at <= starts[index] + agreed[index].length:
        return at, agreed[index].reference + at - starts[index]
    if index + 1 < len(agreed):
        return agreed[index + 1].hypothesis, agreed[index + 1].reference
    return length, reference
