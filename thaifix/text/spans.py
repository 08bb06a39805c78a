"""Spans that are taken: nothing else may touch them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class TakenSpans:
    """Spans of one text, in code points, to which others are added as they are taken.

    Two spans touch if nothing lies between them; an empty one touches what it stands beside.

    Args:
        spans: In any order; they may touch.
    Time: O(n log n).
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether a span touches one that is taken. O(log n)."""
        at = bisect_right(self._starts, end)
        return at > 0 and self._ends[at - 1] >= start

    def take(self, start: int, end: int) -> bool:
        """Take a span, unless it touches another; tell whether it was taken."""
        if self.touches(start, end):
            return False
        at = bisect_right(self._starts, end)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True
