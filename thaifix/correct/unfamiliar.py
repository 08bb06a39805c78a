"""Unfamiliar text: dialect, Pali, foreign names, whatever else the language model does not know.

Where a page is damaged, its words are known once it is corrected. Where most of what stands around
a correction is still unknown, the model has nothing to judge by: the correction is a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from thaifix.kernel.symbols import UNKNOWN
from thaifix.model.decoder import Scan
from thaifix.text.edit import Edit
from thaifix.text.script import LETTERS

AROUND = 48
"""Code points to each side of an edit, in its line, that are looked at. Of 24 and 48 the one that
keeps more repairs on 218 pages of ours at the same harm."""

MOST_UNKNOWN = 0.35
"""Share of the letters there, the edit's own words left out, that may be part of unknown words.
Measured on the same pages: it gives up 0.3 % of the repairs."""

_FEWEST = 4  # letters there from which the share says something; by judgement
_LETTERS = frozenset(LETTERS)


def familiar(edits: Sequence[Edit], after: str, scan: Scan) -> Iterator[Edit]:
    """Yield the edits whose surroundings the language model knows.

    Args:
        edits: Of a block, sorted, apart.
        after: The block as they make it.
        scan: Of `after`.
    Time: O(edits).
    """
    grown = 0
    for edit in edits:
        start = edit.start + grown
        grown += len(edit.replacement) - (edit.end - edit.start)
        if _share_unknown(start, edit.end + grown, after, scan) <= MOST_UNKNOWN:
            yield edit


def _share_unknown(start: int, end: int, text: str, scan: Scan) -> float:
    """The share of letters of unknown words around a span; 0 if there are too few letters."""
    lo = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = text.find("\n", end)
    hi = min(len(text) if line_end < 0 else line_end, end + AROUND)
    letters = unknown = 0
    for i in range(max(0, bisect_right(scan.starts, lo) - 1), len(scan.starts)):
        begin = scan.starts[i]
        if begin >= hi:
            break
        stop = scan.starts[i + 1] if i + 1 < len(scan.starts) else len(text)
        if begin >= end or stop <= start:
            size = sum(letter in _LETTERS for letter in text[begin:stop])
            letters += size
            unknown += size * (scan.words[i] == UNKNOWN)
    return unknown / letters if letters >= _FEWEST else 0.0
