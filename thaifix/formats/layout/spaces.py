"""Where the spaces of a page are, if a file has a "word" for every letter.

Tesseract's Thai output is such: it writes spaces between nearly all letters, and only the gaps
between their boxes tell which spaces are real. A gap is a space if it is wider than a limit. The
limit is counted in the page's usual line height, and is the mean of `_USUAL_LIMIT` and of the limit
that parts the page's own gaps best in two (Otsu, 1979), since typefaces and engines differ.

The constants were measured on eight pages of government news, typeset, degraded and read by
Tesseract 5.3, with 14,055 gaps: `benchmarks/layout.py FOLDER` counts the gaps that are read
otherwise than in Tesseract's own text of the same pages. With the values below it counts 126. The
pages are not in the repository. What each constant does to that count stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from thaifix.formats.layout.tree import PageText, TextLine, WordBox
from thaifix.text.script import LEADING_VOWELS, LETTERS, MARKS, SARA_A, SARA_AA, SARA_AM

_USUAL_LIMIT = 0.24
"""Line heights of a gap between Thai letters that is a space; 0.20 counts 156 gaps, 0.28 143."""
_SHARE_BESIDE_OTHERS = 0.8
"""Share of the limit where a letter is not Thai; 0.6 counts 130 gaps, 1.0 136."""
_LIMIT_IN_CLUSTER = 1.0
"""Line heights of a gap that is a space inside a Thai cluster, too; 0.5 to 2 count the same within
one gap, no such limit 144.
"""
_MIN_GAPS = 30
"""Gaps of a page that have a limit of their own; by judgement, any value counts 126 gaps."""
_MIN_GAP, _MAX_GAP = 0.05, 0.8
"""Line heights between which gaps are compared, others being clear; with 0 for the lower it counts
131 gaps, the upper counts the same from 0.6 to 2.
"""
_THAI = re.compile(f"[{LETTERS}]")
_LETTERS = frozenset(LETTERS) | {""}  # also where a correction left none
_NEVER_AFTER = frozenset(LEADING_VOWELS)
_NEVER_BEFORE = frozenset(MARKS + SARA_A + SARA_AA + SARA_AM)


class _Gap(NamedTuple):
    """What is before a word.

    Attributes:
        word: The word.
        width: From the right edge of the word before, in the file's units; may be negative.
        thai: Whether both letters beside it are Thai.
        possible: Whether a space can stand there in Thai: no cluster has both letters.
    """

    word: WordBox
    width: float
    thai: bool
    possible: bool


def single_letters(pages: Iterable[PageText]) -> bool:
    """Tell whether most words with Thai letters are single letters."""
    words = [word.seen for page in pages for line in page.lines for word in line.words]
    thai = [word for word in words if _THAI.search(word)]
    return 2 * sum(len(word) == 1 for word in thai) > len(thai)


def measure(page: PageText, *, force: bool) -> None:
    """Decide by the boxes before which words of a page a space stands.

    Args:
        page: A page; sets `spaced` of its words.
        force: Decide everywhere; else only between Thai letters, where the file does not say.
    """
    heights = [line.height for line in page.lines if line.height]
    if not heights:
        return
    height = median(heights)
    gaps = [gap for line in page.lines for gap in _gaps(line)]
    limit = _limit(gap.width / height for gap in gaps if gap.possible)
    for word, width, thai, possible in gaps:
        if force or (word.spaced is None and thai):
            share = width / height
            word.spaced = share > (limit if thai else limit * _SHARE_BESIDE_OTHERS) and (
                share > _LIMIT_IN_CLUSTER or possible
            )


def _gaps(line: TextLine) -> Iterator[_Gap]:
    right, last = None, ""
    for word in line.words:
        seen = word.seen
        if right is not None and word.left is not None:
            first = seen[:1]
            yield _Gap(
                word,
                word.left - right,
                last in _LETTERS and first in _LETTERS,
                last not in _NEVER_AFTER and first not in _NEVER_BEFORE,
            )
        right, last = word.right, seen[-1:]


def _limit(gaps: Iterable[float]) -> float:
    """Find the limit between the narrow and the wide gaps, in line heights.

    Source: Otsu (1979), a threshold selection method from gray-level histograms.
    """
    near = sorted(gap for gap in gaps if _MIN_GAP < gap < _MAX_GAP)
    if len(near) < _MIN_GAPS:
        return _USUAL_LIMIT
    total, below = sum(near), 0.0
    best, own = 0.0, _USUAL_LIMIT
    for count, (gap, after) in enumerate(pairwise(near), 1):
        below += gap
        above = len(near) - count
        apart = count * above * (below / count - (total - below) / above) ** 2
        if apart > best:
            best, own = apart, (gap + after) / 2
    return (own + _USUAL_LIMIT) / 2
