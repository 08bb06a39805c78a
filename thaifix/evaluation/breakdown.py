"""What the errors of a text are: their classes, and what was read for what."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from thaifix.text.align import Gap
from thaifix.text.script import (
    CONSONANTS,
    DIGITS,
    FOLLOWING_VOWELS,
    LEADING_VOWELS,
    MARKS,
    TONE_MARKS,
)

CLASSES = (
    "consonant", "vowel", "tone", "mark", "digit", "latin", "punctuation", "space", "other",
)  # fmt: skip
"""Classes of code points: Thai consonants; vowels that stand beside their consonant, sara am among
them; tone marks; all other marks above and below; Thai and Arabic digits; Latin letters;
punctuation, symbols, paiyannoi and maiyamok; white space and line ends; everything else."""

LONGEST_CONFUSION = 2
"""Code points on either side of a confusion that is listed, at most. By judgement: longer ones
seldom occur twice."""

_CLASS_OF_THAI = (
    dict.fromkeys(CONSONANTS, "consonant")
    | dict.fromkeys(LEADING_VOWELS + FOLLOWING_VOWELS, "vowel")
    | dict.fromkeys(MARKS, "mark")
    | dict.fromkeys(TONE_MARKS, "tone")
    | dict.fromkeys(DIGITS, "digit")
    | dict.fromkeys("\N{THAI CHARACTER PAIYANNOI}\N{THAI CHARACTER MAIYAMOK}", "punctuation")
)


class Confusion(NamedTuple):
    """What was read for what: 1 or 2 code points on each side, or "" on one of them.

    If `observed` is "", something was lost; if `intended` is "", something came in.
    """

    observed: str
    intended: str


def classify(letter: str) -> str:
    """Tell the class of a code point: a name in `CLASSES`."""
    if letter in _CLASS_OF_THAI:
        return _CLASS_OF_THAI[letter]
    if letter.isspace():
        return "space"
    if "0" <= letter <= "9":
        return "digit"
    if unicodedata.category(letter)[0] in "PS":
        return "punctuation"
    return "latin" if unicodedata.name(letter, "").startswith("LATIN ") else "other"


def classes(reference: str, hypothesis: str, wrong: Iterable[Gap]) -> Counter[str]:
    """Count errors by class.

    A substitution or deletion has the class of the intended code point, an insertion the class of
    the one inserted. Where the hypothesis has more code points in a gap than the reference, the
    last ones count as inserted.

    Args:
        reference, hypothesis: Two texts.
        wrong: The gaps between them, see `align.gaps`.
    Returns:
        Counts that add up to the errors of the gaps.
    """
    found = Counter[str]()
    for gap in wrong:
        length = gap.end - gap.start
        found.update(map(classify, reference[gap.start : gap.end]))
        inserted = hypothesis[gap.hypothesis_start + length : gap.hypothesis_end]
        found.update(map(classify, inserted))
    return found


def confusions(
    reference: str, hypothesis: str, wrong: Iterable[Gap]
) -> tuple[Counter[Confusion], int]:
    """Count what was read for what.

    Args:
        reference, hypothesis: Two texts.
        wrong: The gaps between them, see `align.gaps`.
    Returns:
        How often each confusion occurs, of gaps of at most `LONGEST_CONFUSION` on each side; and
        how many gaps are longer.
    """
    found = Counter[Confusion]()
    longer = 0
    for gap in wrong:
        observed = hypothesis[gap.hypothesis_start : gap.hypothesis_end]
        intended = reference[gap.start : gap.end]
        if max(len(observed), len(intended)) <= LONGEST_CONFUSION:
            found[Confusion(observed, intended)] += 1
        else:
            longer += 1
    return found, longer


def line_errors(reference: str, wrong: Iterable[Gap]) -> list[int]:
    """Count the errors of each line of the reference.

    An error at a line end belongs to the line that it ends, and insertions belong to the line in
    which their gap begins.

    Args:
        reference: The true text.
        wrong: The gaps between it and another text, see `align.gaps`.
    Returns:
        As many counts as the reference has lines, which add up to the errors of the gaps.
    """
    counts = [0] * (reference.count("\n") + 1)
    line = at = 0
    for gap in wrong:
        line += reference.count("\n", at, gap.start)
        at = gap.start
        counts[line] += gap.errors - (gap.end - gap.start)
        for letter in reference[gap.start : gap.end]:
            counts[line] += 1
            line += letter == "\n"
        at = gap.end
    return counts
