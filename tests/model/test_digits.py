"""What engines read for digits."""

from __future__ import annotations

import pytest

from thaifix.model.digits import OTHER_SCRIPT, UNSEEN, digit_confusions
from thaifix.model.families import FAMILIES
from thaifix.text.numerals import ARABIC, value_of
from thaifix.text.script import DIGITS


@pytest.mark.parametrize("family", FAMILIES)
def test_all_are_probabilities_of_misreadings(family: str) -> None:
    found = digit_confusions(family)
    assert all(0 < p <= 1 and observed != digit for (observed, digit), p in found.items())
    assert {digit for _, digit in found} == {*DIGITS, *ARABIC}
    for digit in DIGITS + ARABIC:
        script = DIGITS if digit in DIGITS else ARABIC
        assert all(found[other, digit] >= UNSEEN for other in script if other != digit)


def test_scans_read_what_was_counted() -> None:
    found = digit_confusions("scan")
    assert found["๕", "๔"] > 0.5
    assert found["๒", "๖"] > found["๓", "๖"]
    assert found["๔", "๐"] == UNSEEN


def test_same_digit_in_the_other_script() -> None:
    found = digit_confusions("scan")
    for digit, other in zip(DIGITS, ARABIC, strict=True):
        assert value_of(digit) == value_of(other)
        assert min(found[digit, other], found[other, digit]) >= OTHER_SCRIPT
