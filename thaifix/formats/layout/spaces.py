"""Where the spaces of a page are, if a file has a "word" for every letter.

Tesseract's Thai output is such: spaces are written between nearly all letters, and only the gaps
between their boxes tell which are real. A gap is one if it is wider than a share of the page's
usual line height: the mean of `_USUAL` and of the limit that parts the page's own gaps best in two
(Otsu, 1979), since typefaces and engines differ. Counted on eight pages with 14,055 gaps and 781
spaces: 125 to 129 gaps are read otherwise than Tesseract's own text output has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

from thaifix.formats.layout.document import Line, Page, Word
from thaifix.text.script import LEADING_VOWELS, LETTERS, MARKS, SARA_A, SARA_AA, SARA_AM

_USUAL = 0.24  # line heights
_MIXED = 0.8  # of that, where Thai letters meet others
_CERTAIN = 1.0  # line heights; a space whatever the letters are
_FEW = 30  # gaps that say nothing about the page
_LOW, _HIGH = 0.05, 0.8  # line heights; gaps beyond are clear
_THAI = re.compile(f"[{LETTERS}]")
_LETTERS = frozenset(LETTERS) | {""}  # also where a correction left none
_NEVER_AFTER = frozenset(LEADING_VOWELS)
_NEVER_BEFORE = frozenset(MARKS + SARA_A + SARA_AA + SARA_AM)


def single_letters(pages: Iterable[Page]) -> bool:
    """Tell whether most words with Thai letters are single letters."""
    words = [word.seen for page in pages for line in page.lines for word in line.words]
    thai = [word for word in words if _THAI.search(word)]
    return 2 * sum(len(word) == 1 for word in thai) > len(thai)


def measure(page: Page, *, force: bool) -> None:
    """Decide by the boxes which words of a page a space is before.

    Args:
        page: Its words' `spaced` are set.
        force: Everywhere; else only between Thai letters, where the file does not say.
    """
    heights = [line.height for line in page.lines if line.height]
    if not heights:
        return
    height = median(heights)
    gaps = [gap for line in page.lines for gap in _gaps(line)]
    limit = _limit(width / height for _, width, _, possible in gaps if possible)
    for word, width, thai, possible in gaps:
        if force or (word.spaced is None and thai):
            share = width / height
            word.spaced = share > (limit if thai else limit * _MIXED) and (
                share > _CERTAIN or possible
            )


def _gaps(line: Line) -> Iterator[tuple[Word, float, bool, bool]]:
    """What is before a word: how wide, and whether the letters there are all Thai, and part."""
    right, last = None, ""
    for word in line.words:
        seen = word.seen
        if right is not None and word.left is not None:
            first = seen[:1]
            yield (
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
    near = sorted(gap for gap in gaps if _LOW < gap < _HIGH)
    if len(near) < _FEW:
        return _USUAL
    total, below = sum(near), 0.0
    best, own = 0.0, _USUAL
    for count, (gap, after) in enumerate(pairwise(near), 1):
        below += gap
        above = len(near) - count
        apart = count * above * (below / count - (total - below) / above) ** 2
        if apart > best:
            best, own = apart, (gap + after) / 2
    return (own + _USUAL) / 2
