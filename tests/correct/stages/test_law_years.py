"""Years of laws: which may be new, which no law has, each bound from both sides."""

from __future__ import annotations

import pytest

from thaifix.correct.stages.law_years import LawYears
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import Edit

TITLE = "พระราชบัญญัติการเดินเรือ"


def edits(known: int, stated: int) -> list[Edit]:
    """What becomes of a stated year of a law whose only year is known."""
    law = Entry(TITLE, "la-1", "act", since=known)
    return list(LawYears([law]).edits(f"ตาม{TITLE} พ.ศ. {stated} นี้"))


@pytest.mark.parametrize(
    ("stated", "known", "why", "corrected"),
    [
        (2576, 2506, "no law is so late", True),
        (2575, 2505, "it may be the lexicon that is old", False),
        (2554, 2534, "it may be the lexicon that is old", False),
        (2553, 2533, "all laws of that time are known", True),
        (2454, 2554, "no law is so early", True),
        (2455, 2555, "4 and 5 do not look alike", False),
    ],
)
def test_what_a_year_may_be(stated: int, known: int, why: str, corrected: bool) -> None:
    assert [e.replacement for e in edits(known, stated)] == [str(known)] * corrected, why


def test_a_year_that_cannot_be_is_surer_wrong_than_one_that_can() -> None:
    """And both are rather wrong than right."""
    ((impossible,), (possible,)) = edits(2506, 2576), edits(2533, 2553)
    assert impossible.confidence > possible.confidence > 0.5
    assert impossible.margin > possible.margin > 0
