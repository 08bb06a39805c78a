"""Dialect: lines in the speech of the north, the north-east or the south stay as they are.

Their words look like misreadings of Bangkok's (`ฮู้` of `รู้`, `กิ๋น` of `กิน`). The table
`lexicons/dialects.tsv` has words that only they have.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

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


def is_dialect(text: str, start: int, end: int, scan: Scan) -> bool:
    """Whether a span of a text stands among words of dialect.

    Args:
        text: A block.
        start: Where the span begins, in code points.
        end: Where it ends.
        scan: Of `text`: a word of dialect is no part of a word that the model knows.
    Time: O(length of the span).
    """
    begin = max(0, start - AROUND, text.rfind("\n", 0, start) + 1)
    around = text[begin : end + AROUND]
    line_end = around.find("\n", end - begin)
    if line_end >= 0:
        around = around[:line_end]
    found = {
        around[lo:hi]
        for lo, hi in _finder().find(around)
        if _stands_alone(text, begin + lo, scan) and _stands_alone(text, begin + hi, scan)
    }
    return sum(0.5 if len(word) < SHORT else 1.0 for word in found) >= LEAST_WEIGHT


def _stands_alone(text: str, at: int, scan: Scan) -> bool:
    """Whether no cluster, and no known word, goes on over a place."""
    if at == len(text):
        return True
    token = bisect_right(scan.starts, at) - 1
    within = token >= 0 and scan.starts[token] < at
    return starts_cluster(text, at) and not (within and scan.words[token] != UNKNOWN)
