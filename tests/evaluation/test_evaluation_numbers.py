"""Numbers as units."""

from __future__ import annotations

import pytest

from thaifix import Correction, Edit, Flag, apply
from thaifix.evaluation.corpus import evaluate
from thaifix.evaluation.document import DocumentTexts
from thaifix.evaluation.json_report import as_dict
from thaifix.evaluation.numbers import (
    NumberCounts,
    ProvedCounts,
    count_numbers,
    pool_numbers,
    pool_proved,
)
from thaifix.evaluation.text_report import render
from thaifix.text.align import matches


@pytest.mark.parametrize(
    ("reference", "hypothesis", "counts"),
    [
        ("เลขที่ ๑๒/๒๕๖๗ ลงวันที่ 5", "เลขที่ ๑๒/๒๕๖๗ ลงวันที่ 5", (2, 2)),
        ("เลขที่ ๑๒/๒๕๖๗ ลงวันที่ 5", "เลขที่ ๑๒/๒๕๒๗ ลงวันที่ 5", (2, 1)),
        ("ยอด ๑,๐๐๐.๕๐ บาท", "ยอด ๑.๐๐๐.๕๐ บาท", (1, 0)),
        ("หน้า ๓ จบ", "หน้า ๓๐ จบ", (1, 0)),
        ("หน้า ๓ จบ", "หน้า ๐๓ จบ", (1, 0)),
        ("ก. 1, 2 และ 3.", "ก. 1, 2 และ 3.", (3, 3)),
        ("ไม่มี", "12", (0, 0)),
    ],
)
def test_numbers_are_exact_or_not(reference: str, hypothesis: str, counts: tuple[int, int]) -> None:
    assert count_numbers(reference, hypothesis, matches(reference, hypothesis)) == counts


def test_pooling() -> None:
    assert pool_numbers([NumberCounts(3, 1), NumberCounts(2, 2)]) == (5, 3)
    assert pool_proved([ProvedCounts(1, 0, 2), ProvedCounts(1, 1, 0)]) == (2, 1, 2)
    assert pool_proved([ProvedCounts(1, 0, 2), None]) is None


def test_reports_say_what_was_proved() -> None:
    """Edits with a proof, right and wrong; one without is neither."""
    observed, intended = "ปี ๒๕๒๑ เดอน ๕ ที ๙", "ปี ๒๕๖๑ เดือน ๕ ที่ ๙"
    edits = (
        Edit(3, 7, "๒๕๖๑", 3.0, 0.9, "year", observed="๒๕๒๑", proof=(17, 18)),
        Edit(10, 10, "ื", 3.0, 0.9, "respell"),
        Edit(13, 14, "๔", 3.0, 0.9, "list", observed="๕", proof=(3, 7)),
    )
    flags = (Flag(15, 17, "letters"), Flag(18, 19, "number"))
    correction = Correction(observed, apply(observed, edits), edits, flags)
    texts = DocumentTexts("p", intended, observed, (correction.text,), (correction,))
    found = evaluate([texts], ["mine"], resamples=2)
    result = as_dict(found)
    assert result["numbers"] == {"wanted": 3, "exact": 2}
    assert result["corrected"]["numbers"] == {"wanted": 3, "exact": 2}
    assert result["corrected"]["proved"] == {"right": 1, "wrong": 1, "flagged": 1}
    assert "numbers proved right 1, proved wrong 1, flagged 1" in render(found)
    assert "numbers exact (3)" in render(found)
