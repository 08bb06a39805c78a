"""Where the spaces of a page are, if a file has a "word" for every letter.

Tesseract's Thai output is such: it writes spaces between nearly all letters, and only their boxes
tell which spaces are real. The unit is the pitch, which is how far the middles of neighbours lie
apart in a line: typefaces and sizes differ, and Tesseract cuts some boxes too narrow and draws
others too wide, but seldom moves their middles. A gap is a space if a sum of what is known of it is
above zero. The weights of that sum are those of a logistic regression.

They were fitted on 38,009 gaps of 74 readings by Tesseract 5.3, with the models tha and
script/Thai: 52 of pages set in thirteen typefaces (the eight of `corpora/official-letters`, Loma,
Garuda, Kinnari, Purisa, Sawasdee), clean and as scans, and the layouts of the split train. The
figures beside the weights are those of as many readings of other texts in the same typefaces: of
gaps that are no spaces 0.15 % are read as such ("false"), of spaces 6.2 % are lost.
`python benchmarks spaces` counts both.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from thaifix.formats.layout.tree import PageText, TextLine, WordBox
from thaifix.text.script import LEADING_VOWELS, LETTERS, MARKS, SARA_A, SARA_AA, SARA_AM

_BIAS = -11.9
"""The sum of two touching boxes of no width, neither Thai nor a digit."""
_MIDDLES = 8.5
"""For each pitch between the middles; without it 0.27 % are false, and 8.6 % lost."""
_WIDTH = 4.0
"""For each pitch between the edges; without it 7.4 % are lost."""
_USUAL_WIDTH = -4.7
"""For each pitch that the page's usual gap is wide; without it up to 0.44 % of a face are false."""
_TALL_BEFORE, _TALL_AFTER = 2.0, 1.5
"""Where Tesseract drew a box as tall as the line, for want of a better one: such boxes reach into
the gaps. Without the first 8.2 %, without the second 6.9 % are lost.
"""
_THAI_BEFORE, _THAI_AFTER = -1.2, -1.8
"""Beside a Thai letter; without one of them 6.8 to 7.0 % are lost."""
_DIGIT_BEFORE, _DIGIT_AFTER, _DIGITS = 3.7, 2.3, -8.4
"""Beside a digit, and between two; without the last 7.6 % are lost."""
_STOP_AFTER = -4.6
"""Before a full stop or comma, whose boxes stand far from what is before them; without it 7.0 %
are lost.
"""
_TALL = 1.15
"""Line heights from which on a box is tall; Tesseract's own lie above 1.2, letters below 1.1."""
_LINE_WEIGHT = 20
"""Gaps of a line from which on its own pitch counts more than the page's; 5 to infinity count the
same within 0.03 %, and pages have headings.
"""
_USUAL_PITCH = 0.35
"""The pitch in line heights: the median of the 74 readings; counts as `_LINE_WEIGHT` gaps do."""
_USUAL_GAP = 0.23
"""The usual gap in pitches: the median of the 74 readings; counts as `_LINE_WEIGHT` gaps do."""
_IN_CLUSTER = 2.0
"""Pitches of a gap that is a space inside a Thai cluster, too; the widest that was none had 1.2."""
_THAI = re.compile(f"[{LETTERS}]")
_LETTERS = frozenset(LETTERS) | {""}  # also where a correction left none
_STOPS = frozenset(".,")
_NEVER_AFTER = frozenset(LEADING_VOWELS)
_NEVER_BEFORE = frozenset(MARKS + SARA_A + SARA_AA + SARA_AM)


class _Gap(NamedTuple):
    """What is between two words of a line; lengths are in the file's units.

    Attributes:
        word: The word behind it.
        width: From the right edge of the word before; may be negative.
        beside: The widths of the boxes beside it, each as that of one letter.
        before, after: The letters beside it; "" if a correction left none.
        tall: Whether the box before and that behind are as tall as a line.
    """

    word: WordBox
    width: float
    beside: tuple[float, float]
    before: str
    after: str
    tall: tuple[bool, bool]

    @property
    def possible(self) -> bool:
        """Whether a space can stand there in Thai: no cluster has both letters."""
        return self.before not in _NEVER_AFTER and self.after not in _NEVER_BEFORE

    @property
    def thai(self) -> bool:
        """Whether both letters are Thai."""
        return self.before in _LETTERS and self.after in _LETTERS

    def middles(self, pitch: float) -> float:
        """How far the middles of both letters lie apart; none is wider than the pitch."""
        return self.width + sum(min(width, pitch) for width in self.beside) / 2

    def is_space(self, pitch: float, usual: float) -> bool:
        """Decide.

        Args:
            pitch: Of the line.
            usual: The page's usual gap, in pitches.
        """
        if not self.possible:
            return self.width > _IN_CLUSTER * pitch
        digits = self.before.isdigit(), self.after.isdigit()
        known = (
            _BIAS
            + _MIDDLES * self.middles(pitch) / pitch
            + _WIDTH * self.width / pitch
            + _USUAL_WIDTH * usual
            + _TALL_BEFORE * self.tall[0]
            + _TALL_AFTER * self.tall[1]
            + _THAI_BEFORE * (self.before in _LETTERS)
            + _THAI_AFTER * (self.after in _LETTERS)
            + _DIGIT_BEFORE * digits[0]
            + _DIGIT_AFTER * digits[1]
            + _DIGITS * all(digits)
            + _STOP_AFTER * (self.after in _STOPS)
        )
        return known > 0


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
    if not heights or not (force or any(_unknown(line) for line in page.lines)):
        return
    height = median(heights)
    seen = [_seen(line, height) for line in page.lines]
    own = _pitch(array("d", (one for apart, _ in seen for one in apart)), _USUAL_PITCH * height)
    pitches = [_pitch(apart, own) for apart, _ in seen]
    shares = (
        width / pitch for pitch, (_, widths) in zip(pitches, seen, strict=True) for width in widths
    )
    usual = _balanced(array("d", shares), _USUAL_GAP)
    for line, pitch in zip(page.lines, pitches, strict=True):
        for gap in _gaps(line, height):
            if force or (gap.word.spaced is None and gap.thai):
                gap.word.spaced = gap.is_space(pitch, usual)


def _seen(line: TextLine, height: float) -> tuple[array[float], array[float]]:
    """Measure how far single letters of a line lie apart, and the gaps that may be spaces."""
    apart, widths = array("d"), array("d")
    for gap in _gaps(line, height):
        if gap.possible:
            widths.append(gap.width)
            if len(gap.word.seen) == 1:
                apart.append(gap.width + sum(gap.beside) / 2)
    return apart, widths


def _unknown(line: TextLine) -> bool:
    """Tell whether the file does not say of each word whether a space stands before it."""
    return any(word.spaced is None for word in line.words)


def _gaps(line: TextLine, height: float) -> Iterator[_Gap]:
    """Find the gaps of a line, given the page's line height."""
    before: WordBox | None = None
    for word in line.words:
        if word.left is None or word.right is None:
            before = None
            continue
        if before is not None and before.right is not None:
            yield _Gap(
                word,
                word.left - before.right,
                (_letter_width(before), _letter_width(word)),
                before.seen[-1:],
                word.seen[:1],
                (_is_tall(before, height), _is_tall(word, height)),
            )
        before = word


def _letter_width(word: WordBox) -> float:
    return ((word.right or 0.0) - (word.left or 0.0)) / max(1, len(word.seen))


def _is_tall(word: WordBox, height: float) -> bool:
    return word.height is not None and word.height > _TALL * height


def _pitch(apart: Sequence[float], usual: float) -> float:
    """Find the pitch of a line or page.

    Args:
        apart: How far the middles of its single letters lie apart.
        usual: What to take where there are none; few are balanced against it.
    """
    if apart and median(apart) <= 0:  # boxes in disorder
        return usual
    return _balanced(apart, usual)


def _balanced(values: Sequence[float], usual: float) -> float:
    """Give the median of values, balanced against what is usual if there are few."""
    if not values:
        return usual
    return (len(values) * median(values) + _LINE_WEIGHT * usual) / (len(values) + _LINE_WEIGHT)
