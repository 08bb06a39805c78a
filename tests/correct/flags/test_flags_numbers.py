"""Numbers: a clean one is never flagged, a digit of the other script always."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.flags import find_flags
from thaifix.correct.flags.kinds import places
from thaifix.correct.flags.numbers import misread_number, mixed_digits
from thaifix.correct.flags.years import impossible_year
from thaifix.text.protect import protected_spans

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
BEFORE = ("", "ข้อ ", "จำนวน", "(", "ที่ นร ", "พ.ศ. ", "ม.", "\n", "ราคา ฿")
AFTER = ("", " บาท", "ราย", ")", ".", "กก.", " kg", "%", "/2", " น.", "ๆ", "อย่าง", "ก", "ทวิ")
numbers = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(0, 10**12).map("{:,}".format),
    st.decimals(0, 10**6, places=2).map("{:,}".format),
)


@given(st.sampled_from(BEFORE), numbers, st.booleans(), st.sampled_from(AFTER))
def test_a_clean_number_is_not_flagged(before: str, number: str, thai: bool, after: str) -> None:
    text = f"{before}{number.translate(THAI) if thai else number}{after}"
    assert list(mixed_digits(text)) == []
    assert list(misread_number(text)) == []


@given(st.sampled_from(("ข้อที่ ", "จำนวน", "ที่ (")), numbers, st.booleans(), st.data())
def test_a_number_with_a_digit_of_the_other_script_is_flagged_whole(
    before: str, number: str, thai: bool, data: st.DataObject
) -> None:
    whole = number.translate(THAI) if thai else number
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    mixed = whole[:at] + (number[at] if thai else number[at].translate(THAI)) + whole[at + 1 :]
    found = [(f.start, f.end) for f in mixed_digits(f"{before}{mixed} บาท")]
    digits = sum(c.isdigit() for c in number)
    assert found == ([(len(before), len(before) + len(mixed))] if digits > 1 else [])


@given(st.integers(100, 9999), st.booleans(), st.data())
def test_a_round_letter_in_a_number_is_flagged(
    number: int, thai: bool, data: st.DataObject
) -> None:
    digits = f"{number}".translate(THAI) if thai else f"{number}"
    at = data.draw(st.integers(1, len(digits) - 1))
    text = f"จำนวน {digits[:at]}O{digits[at + 1 :]} คน"
    assert [text[f.start : f.end] for f in misread_number(text)] == ["O"]


@pytest.mark.parametrize(
    "text",
    ["2O", "O19", "3l", "360o", "5b5", "OOO", "0O0", "a2O19", "2O19a", "x/2O19", "1" * 30 + "O"],
)
def test_what_only_looks_like_a_number_is_not_flagged(text: str) -> None:
    assert list(misread_number(f"ก {text} ข")) == []
    assert list(misread_number(f"ก 2O1{'1' * 27} ข")) != []  # 30 figures, at most


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("พ.ศ. 239", ""),
        ("พ.ศ. 240", "a digit of the year is lost"),
        ("พ.ศ. 259", "a digit of the year is lost"),
        ("พ.ศ. 260", ""),
        ("พ.ศ. 2699", ""),
        ("พ.ศ. 2700", ""),
        ("พ.ศ. 2701", "no such year in this era"),
        ("พ.ศ. 0999", "no such year in this era"),
        ("พ.ศ. 1000", ""),
        ("พ.ศ. 25670", "a digit too many"),
        ("พ.ศ. 2567,000", ""),
        ("พ.ศ. 256o", ""),
        ("พ.ศ. 256อ", ""),
        ("พ.ศ. 256อย่าง", "a digit of the year is lost"),
        ("ร.ศ. 256", ""),
        (".ศ. 256", ""),
        ("ค.ศ. 2450", ""),
        ("ค.ศ. 2451", "no such year in this era"),
        ("ค.ศ. 2649", "no such year in this era"),
        ("ค.ศ. 2500", ""),
        ("พุทธศักราช 256", "a digit of the year is lost"),
        ("ปีงบประมาณ 2434", "no such year in this era"),
        ("ปีงบประมาณ 2435", ""),
        ("ปีงบประมาณ 1899", "no such year in this era"),
        ("ปีงบประมาณ 1900", ""),
        ("ปีงบประมาณ 2100", ""),
        ("ปีงบประมาณ 2700", "no such year in this era"),
        ("ปีงบประมาณ 256", "a digit of the year is lost"),
        ("ปีงบประมาณ 25670", "a digit too many"),
        ("ปีงบประมาณ 240", ""),
        ("ปีงบประมาณ 256 ราย", ""),
    ],
)
def test_years(text: str, flagged: str) -> None:
    """From both sides of each bound."""
    for written in text, text.translate(THAI):
        notes = [f.note for f in impossible_year(f"ตาม{written} ")]
        assert notes == ([flagged] if flagged else [])


@given(
    st.integers(2440, 2699), st.booleans(), st.sampled_from(("พ.ศ. ", "พุทธศักราช ", "ปีงบประมาณ "))
)
def test_a_year_that_lost_a_digit_at_its_end_is_flagged(year: int, thai: bool, era: str) -> None:
    short = f"{year}"[:3]
    text = f"{era}{short.translate(THAI) if thai else short}"
    flagged = [(f.start, f.end) for f in impossible_year(text)]
    known = ("25",) if era.startswith("ปี") else ("24", "25")
    assert flagged == ([(0, len(text))] if short.startswith(known) else [])


def test_numbers_in_code_and_in_addresses_are_what_they_are() -> None:
    for text in (
        "`๒๕9๒` ก",
        "```\n๒๕9๒ ๒ก๖\n```\n",
        "ก https://a.example/๒๕9๒",
        "<a ๒๕9๒>ก</a>",
        "$๒ก๖ = ๑$",
    ):
        assert find_flags(text, [], protected_spans(text)) == []
    text = "<td>๒๕9๒</td><td>๒ก๖</td>"
    reasons = [f.reason for f in find_flags(text, [], protected_spans(text))]
    assert reasons == ["mixed_digits", "misread_number"]


def test_places_are_counted_in_code_points() -> None:
    """Also behind letters that Windows-874 does not have, and beyond the first plane."""
    import re

    assert places("\U0001f600é๑2 ก5", re.compile(b"TA"), re.compile(b"CA")) == [(2, 4), (5, 7)]
