"""Letters set apart: where an engine prints a space between letters of a word.

Tesseract does it to Thai unless `preserve_interword_spaces` is set; letters that it seldom parts
from what follows are called tight here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from thaifix.noise.places import GAP_KINDS, Slip
from thaifix.text.script import (
    CONSONANTS,
    DIGITS,
    FOLLOWING_VOWELS,
    LEADING_VOWELS,
    LETTERS,
    MAIYAMOK,
    MARKS,
    PAIYANNOI,
    SARA_AM,
)

TIGHT = "ขฉชซฌฎฏฐฑฒณถธผฝฟภศษฤ"
"""Letters behind which Tesseract's models tha and script/Thai (Debian, 4.1.0) print no space in
most places. Measured on 14 pages of corpora/official-letters, split train, in six fonts: a fifth to
two thirds have one, of other consonants more than 98 in 100. Of ฌ and ฒ too few stood there; by
judgement they are as the others of rare shapes."""

_SIGNS = ".,:;/()\"'-\u2013\u201c\u201d" + PAIYANNOI + MAIYAMOK
PAIRS_KNOWN = 16_384
"""Pairs of code points whose gap is remembered; a text of Thai letters has a tenth of these."""

_GAP = {kind: ((kind, " "),) for kind in GAP_KINDS}
_LONE_SPACE = re.compile("(?<=\\S) (?=\\S)")


def gaps(text: str) -> Iterator[Slip]:
    """Find where a space can come between two letters, and single spaces that can become two.

    Digits and letters that are not Thai stay together.

    Time: linear.
    """
    for at, (before, after) in enumerate(pairwise(text), 1):
        if kind := _kind(before, after):
            yield Slip(at, at, _GAP[kind])
    for match in _LONE_SPACE.finditer(text):
        yield Slip(match.start(), match.end(), (("double_space", "  "),))


@lru_cache(PAIRS_KNOWN)
def _kind(before: str, after: str) -> str | None:
    """Name the kind of a gap between two code points; None if no space comes in."""
    first, second = before in LETTERS, after in LETTERS
    if first and second:
        return _kind_between(before, after)
    if (before in DIGITS and (after in DIGITS or second or after in _SIGNS)) or (
        after in DIGITS and (first or before in _SIGNS)
    ):
        return "gap_at_digit"
    if (first and after in _SIGNS) or (before in _SIGNS and second):
        return "gap_at_sign"
    return None


def _kind_between(before: str, after: str) -> str:
    """Name the kind of a gap between two Thai letters."""
    if before in LEADING_VOWELS and after in CONSONANTS:
        return "gap_behind_leading_vowel"
    inside = after in MARKS or after in FOLLOWING_VOWELS
    if before in TIGHT:
        return "gap_in_tight" if inside else "gap_behind_tight"
    if after in MARKS or after == SARA_AM:
        return "gap_before_mark"
    return "gap_before_vowel" if inside else "gap"
