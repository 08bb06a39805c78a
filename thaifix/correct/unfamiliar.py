"""Unfamiliar text: dialect, Pali, foreign names, whatever else the language model does not know.

Where a page is damaged, its words are known once it is corrected. Where most of what stands around
a correction is still unknown, the model has nothing to judge by: the correction is a guess. So it
is in a short stretch of letters, as a foreign name is, if another part of it stays unknown, or if
it looks foreign and would become several words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from thaifix.kernel.symbols import UNKNOWN
from thaifix.model.decoder import Scan
from thaifix.text.edit import Edit
from thaifix.text.lazy import pattern
from thaifix.text.script import LETTERS, THANTHAKHAT

AROUND = 48
"""Code points to each side of an edit, in its line, that are looked at. Of 24 and 48 the one that
keeps more repairs on 218 pages of ours at the same harm."""

MOST_UNKNOWN = 0.35
"""Share of the letters there, the edit's own words left out, that may be part of unknown words.
Measured on the same pages: it gives up 0.3 % of the repairs."""

LONGEST_NAME = 16
"""Letters of a stretch that may be a foreign name, at most. Of 16, 24 and 40 the one that gives up
least: 0.4 % of the repairs on the same pages, for two thirds of the changes in foreign names."""

RAREST = 18.0
"""Cost in nats of the rarest word that an unknown one is changed into, unless the document is a bad
scan: of a word met once or twice another spelling is as likely as a misreading. Measured on 218
pages with every 14th line as read, which keep all but 1 % of the repairs, and on a tariff of
chemicals, where eleven of thirteen such changes were wrong."""

_FOREIGN = pattern(f"[รลซดตสกฟทบป]{THANTHAKHAT}")  # with which foreign syllables end
_FEWEST = 4  # letters there from which the share says something; by judgement
_LETTERS = frozenset(LETTERS)


def familiar(edits: Sequence[Edit], after: str, scan: Scan, *, bad: bool) -> Iterator[Edit]:
    """Yield the edits whose surroundings the language model knows, and whose words it has met.

    Args:
        edits: Of a block, sorted, apart.
        after: The block as they make it.
        scan: Of `after`.
        bad: Whether the document is a bad scan, in which rare words are misread like others.
    Time: O(edits).
    """
    grown = 0
    for edit in edits:
        start = edit.start + grown
        grown += len(edit.replacement) - (edit.end - edit.start)
        end = edit.end + grown
        if _share_unknown(start, end, after, scan) > MOST_UNKNOWN:
            continue
        respelt = edit.reason == "respell"
        if _in_foreign_name(start, end, after, scan, letters_change=respelt):
            continue
        if respelt and edit.entry is None and not bad and _is_rare(start, end, scan):
            continue
        yield edit


def _in_foreign_name(start: int, end: int, text: str, scan: Scan, *, letters_change: bool) -> bool:
    """Whether a corrected span is part of a short stretch of letters that is no Thai."""
    lo, hi = start, end
    while lo > 0 and text[lo - 1] in _LETTERS and hi - lo <= LONGEST_NAME:
        lo -= 1
    while hi < len(text) and text[hi] in _LETTERS and hi - lo <= LONGEST_NAME:
        hi += 1
    if hi - lo > LONGEST_NAME:
        return False
    words = list(_words(lo, hi, text, scan))
    if any(word == UNKNOWN and (at >= end or stop <= start) for at, stop, word in words):
        return True
    return letters_change and len(words) > 1 and _FOREIGN.search(text, lo, hi) is not None


def _is_rare(start: int, end: int, scan: Scan) -> bool:
    """Whether a span has letters of a word that the language model has hardly met."""
    first = max(0, bisect_right(scan.starts, start) - 1)
    last = max(first + 1, bisect_left(scan.starts, end))
    return max(scan.costs[first:last]) > RAREST


def _any_unknown(lo: int, hi: int, scan: Scan) -> bool:
    first = max(0, bisect_right(scan.starts, lo) - 1)
    return UNKNOWN in scan.words[first : bisect_left(scan.starts, hi)]


def _words(lo: int, hi: int, text: str, scan: Scan) -> Iterator[tuple[int, int, int]]:
    """Yield the words that a span has letters of: start, end, id."""
    for i in range(max(0, bisect_right(scan.starts, lo) - 1), len(scan.starts)):
        begin = scan.starts[i]
        if begin >= hi:
            break
        stop = scan.starts[i + 1] if i + 1 < len(scan.starts) else len(text)
        yield begin, stop, scan.words[i]


def _share_unknown(start: int, end: int, text: str, scan: Scan) -> float:
    """The share of letters of unknown words around a span; 0 if there are too few letters."""
    lo = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = text.find("\n", end)
    hi = min(len(text) if line_end < 0 else line_end, end + AROUND)
    if not _any_unknown(lo, hi, scan):
        return 0.0
    letters = unknown = 0
    for begin, stop, word in _words(lo, hi, text, scan):
        if begin >= end or stop <= start:
            size = stop - begin if text[begin] in _LETTERS else 0
            letters += size
            unknown += size * (word == UNKNOWN)
    return unknown / letters if letters >= _FEWEST else 0.0
