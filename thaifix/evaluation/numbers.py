"""Numbers as units: how many a text has exactly, and what proved edits of them are worth.

A number is what stands between other signs and has a digit, Thai or Arabic: with the full stops,
commas, slashes, colons and hyphens between its digits it is one. One wrong digit makes it another
number, so that it is exact or it is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from thaifix.evaluation.risk import Verdict
from thaifix.text.align import Match
from thaifix.text.edit import Correction
from thaifix.text.script import DIGITS

_DIGIT = f"[0-9{DIGITS}]"
_NUMBER = re.compile(f"{_DIGIT}+(?:[.,/:-]{_DIGIT}+)*")
_DIGITS = frozenset(f"0123456789{DIGITS}")


class NumberCounts(NamedTuple):
    """Numbers of a reference; pooled by adding.

    Attributes:
        wanted: Numbers in the reference.
        exact: Of these, how many the text has there, with no digit more.
    """

    wanted: int = 0
    exact: int = 0


class ProvedCounts(NamedTuple):
    """What a corrector did with numbers; pooled by adding.

    Attributes:
        right: Edits with a proof that leave fewer errors.
        wrong: Edits with a proof that do not.
        flagged: Flags of a span that has a digit.
    """

    right: int = 0
    wrong: int = 0
    flagged: int = 0


def number_spans(text: str) -> list[tuple[int, int]]:
    """The numbers of a text, as spans in code points. Time: linear."""
    return [match.span() for match in _NUMBER.finditer(text)]


def count_numbers(reference: str, hypothesis: str, agreed: Sequence[Match]) -> NumberCounts:
    """Count the numbers of a reference that a text has exactly.

    Args:
        reference, hypothesis: Two texts in one view.
        agreed: `align.matches` of them.
    Time: linear, and the logarithm of the matches for each number.
    """
    starts = [match.reference for match in agreed]
    wanted = exact = 0
    for start, end in number_spans(reference):
        wanted += 1
        index = bisect_right(starts, start) - 1
        if index < 0 or end > starts[index] + agreed[index].length:
            continue
        offset = agreed[index].hypothesis - starts[index]
        before, after = start + offset - 1, end + offset
        beside = hypothesis[max(0, before) : before + 1] + hypothesis[after : after + 1]
        exact += not _DIGITS & {*beside}
    return NumberCounts(wanted, exact)


def count_proved(correction: Correction, verdicts: Iterable[Verdict]) -> ProvedCounts:
    """Count what the edits with a proof are worth, and the numbers that are flagged.

    Args:
        correction: Of the hypothesis.
        verdicts: On its edits, in their order, see `risk.judge`.
    """
    worth = [
        verdict.worth
        for edit, verdict in zip(correction.edits, verdicts, strict=True)
        if edit.proof is not None
    ]
    flagged = sum(
        not _DIGITS.isdisjoint(correction.source[flag.start : flag.end])
        for flag in correction.flags
    )
    right = worth.count("good")
    return ProvedCounts(right, len(worth) - right, flagged)


def pool_numbers(counts: Iterable[NumberCounts]) -> NumberCounts:
    """Add up the numbers of several texts."""
    return NumberCounts(*map(sum, zip(*counts, strict=True)))


def pool_proved(counts: Sequence[ProvedCounts | None]) -> ProvedCounts | None:
    """Add up what was proved in several texts; None if it is not known of all."""
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None
    return ProvedCounts(*map(sum, zip(*known, strict=True)))
