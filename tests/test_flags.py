"""What looks wrong is said, and left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.edit import Edit, Flag
from thaifix.flags import RULES, find_flags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("กา\u0915กา", [Flag(2, 3, "foreign_letter", "\u0915")]),
        ("คำว่ากา\u4e2dกาม", [Flag(7, 8, "foreign_letter", "\u4e2d")]),
        ("กา\u0eaa\u0eb0กา", [Flag(2, 4, "foreign_letter", "\u0eaa\u0eb0")]),
        ("- . , '\nข้อความ", [Flag(0, 7, "margin_noise", "- . , '")]),
        ("ข้อความ\n  = ~ |  \nข้อความ", [Flag(8, 17, "margin_noise", "= ~ |")]),
        ("อ่าน \u00ab^\u00bb แล้ว", [Flag(5, 8, "latin_misread", "\u00ab^\u00bb")]),
        ("พ.ศ. ๒ก๖๔", [Flag(6, 7, "misread_number", "ก")]),
    ],
)
def test_flagged(text: str, expected: list[Flag]) -> None:
    assert find_flags(text, [], []) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ข้อความธรรมดา ๑๒๓ abc",
        "คำว่า \u0eaa\u0eb0\u0e9a\u0eb2\u0e8d\u0e94\u0eb5 เป็นภาษาลาว",
        "ข้อ ๑ ก ๒",
        "- . , ' (no Thai)",
    ],
)
def test_not_flagged(text: str) -> None:
    assert find_flags(text, [], []) == []


def test_what_is_edited_or_protected_is_not_flagged() -> None:
    text = "กา\u0915กา คำ\u4e2dคำ"
    edit = Edit(2, 3, "ร", observed="\u0915")
    assert [f.start for f in find_flags(text, [], [])] == [2, 8]
    assert [f.start for f in find_flags(text, [edit], [])] == [8]
    assert [f.start for f in find_flags(text, [], [(7, 9)])] == [2]


def test_a_misread_number_is_flagged_although_it_is_protected() -> None:
    assert find_flags("ก ๒ก๖", [], [(2, 5)]) == [Flag(3, 4, "misread_number", "ก")]


@given(st.text(alphabet="กาค ๑๒\n\t.,-^\u00ab\u0915\u4e2d\u0eaaaA|~", max_size=30))
def test_flags_are_in_order_and_in_the_text(text: str) -> None:
    flags = find_flags(text, [], [])
    assert flags == sorted(flags)
    names = {rule.__name__ for rule in RULES} | {"misread_number"}
    for flag in flags:
        assert 0 <= flag.start < flag.end <= len(text)
        assert flag.reason in names
        assert flag.note in text[flag.start : flag.end]
