"""Dialect: lines in the speech of the north, the north-east or the south stay as they are.

Their words look like misreadings of Bangkok's (`ฮู้` of `รู้`, `กิ๋น` of `กิน`). The table
`lexicons/dialects.tsv` has words that only they have.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, cached_property

from thaifix.kernel.symbols import UNKNOWN
from thaifix.lexicon.entries import shipped
from thaifix.model.decoder import Scan
from thaifix.text.matching import StringFinder
from thaifix.text.script import starts_cluster

LEAST_WEIGHT = 1.0
"""Different words of dialect that must stand there; those of fewer than `SHORT` code points count
half, as a misreading may look like them. By judgement, so that none of 7,407 lines of OCR pages has
so much."""

SHORT = 4

AROUND = 60
"""Code points to each side of a change, in its line, that are looked at. By judgement."""


@cache
def _finder() -> StringFinder:
    return StringFinder(entry.term for entry in shipped(("dialects",)))


class DialectWords:
    """The words of dialect in a text. They are looked for when the first question comes."""

    def __init__(self, text: str, scan: Scan) -> None:
        """Take a block and its scan: a word of dialect is no part of a known word."""
        self._text = text
        self._scan = scan

    @cached_property
    def _found(self) -> list[tuple[int, int]]:
        text, scan = self._text, self._scan
        return [
            (start, end)
            for start, end in _finder().find(text)
            if _stands_alone(text, start, scan) and _stands_alone(text, end, scan)
        ]

    def are_around(self, start: int, end: int) -> bool:
        """Whether a span, in code points of the text, stands among words of dialect, in its line.

        Time: O(words of dialect in the text), and O(n) once.
        """
        if not self._found:
            return False
        text = self._text
        lo = max(0, start - AROUND, text.rfind("\n", 0, start) + 1)
        line_end = text.find("\n", end)
        hi = min(end + AROUND, len(text) if line_end < 0 else line_end)
        words = {text[a:b] for a, b in self._found if lo <= a and b <= hi}
        return sum(0.5 if len(word) < SHORT else 1.0 for word in words) >= LEAST_WEIGHT


def _stands_alone(text: str, at: int, scan: Scan) -> bool:
    """Whether no cluster, and no known word, goes on over a place."""
    if at == len(text):
        return True
    token = bisect_right(scan.starts, at) - 1
    within = token >= 0 and scan.starts[token] < at
    return starts_cluster(text, at) and not (within and scan.words[token] != UNKNOWN)
