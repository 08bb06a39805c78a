"""Numbers in digits of both scripts."""

from __future__ import annotations

import pytest

from thaifix.text.numerals import grouped, is_mixed, is_thai, like, to_arabic, value_of


@pytest.mark.parametrize(
    ("digit", "value"),
    [("๐", 0), ("๙", 9), ("0", 0), ("7", 7), ("", None), ("ก", None), ("²", None)],
)
def test_value_of(digit: str, value: int | None) -> None:
    assert value_of(digit) == value


@pytest.mark.parametrize(
    ("written", "thai"), [("๑,๒", True), ("1,2", False), ("๒๕6๗", True), ("2๕", True), ("ก", False)]
)
def test_is_thai(written: str, thai: bool) -> None:
    assert is_thai(written) == thai


def test_is_mixed() -> None:
    assert [is_mixed(written) for written in ("๒๕6๗", "๒๕๖๗", "2567", "")] == [True, *[False] * 3]


def test_like() -> None:
    assert like("๒๕6๗", 2567) == "๒๕๖๗"
    assert like("1,000", "1,250.50") == "1,250.50"
    assert like("๑", "1,250.50") == "๑,๒๕๐.๕๐"


def test_ways() -> None:
    assert (grouped(1234567), to_arabic("๑,๒ก3")) == ("1,234,567", "1,2ก3")
