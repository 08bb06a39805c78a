"""What looks wrong is said, and left as it is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.flags import RULES, find_flags
from thaifix.correct.flags.dates import impossible_date, impossible_time
from thaifix.text.edit import Edit, Flag
from thaifix.text.protect import KeepList, protected_spans

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "flags.json").read_text(encoding="utf-8")
)
CLEAN = Path(__file__).parents[3] / "corpora" / "clean"
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
MONTHS = {
    "มกราคม": "ม.ค.",
    "กุมภาพันธ์": "ก.พ.",
    "มีนาคม": "มี.ค.",
    "เมษายน": "เม.ย.",
    "พฤษภาคม": "พ.ค.",
    "มิถุนายน": "มิ.ย.",
    "กรกฎาคม": "ก.ค.",
    "สิงหาคม": "ส.ค.",
    "กันยายน": "ก.ย.",
    "ตุลาคม": "ต.ค.",
    "พฤศจิกายน": "พ.ย.",
    "ธันวาคม": "ธ.ค.",
}
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
days = st.dates(date(1941, 1, 1), date(2150, 12, 31))


def flagged(text: str) -> list[list[str]]:
    """The reason and the text of each flag."""
    return [[f.reason, text[f.start : f.end]] for f in find_flags(text, [], protected_spans(text))]


def written(day: date, *, thai: bool, weekday: str = "") -> str:
    """A date as Thai documents write it."""
    month = list(MONTHS)[day.month - 1]
    text = f"วัน{weekday}ที่ {day.day} {month} {day.year + 543}"
    return text.translate(THAI_DIGITS) if thai else text


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert flagged(case["text"]) == case["flags"]


def test_every_rule_has_cases_that_are_flagged() -> None:
    reasons = {reason for case in CASES for reason, _ in case["flags"]}
    assert reasons == {rule.__name__ for rule in RULES}
    assert max(len(case["flags"]) for case in CASES if case["why"].startswith("right: ")) == 0
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("file", sorted(CLEAN.glob("*.txt")), ids=lambda file: file.stem)
def test_nothing_is_flagged_in_what_is_right(file: Path) -> None:
    assert flagged(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("month", MONTHS)
def test_each_month_ends(month: str, short: bool) -> None:
    """The last day is right, the day after it is not, in every spelling of the month."""
    number = list(MONTHS).index(month) + 1
    last = (date(2024 + number // 12, number % 12 + 1, 1) - timedelta(days=1)).day
    name = MONTHS[month] if short else month
    assert flagged(f"ภายในวันที่ {last} {name} 2567 นี้") == []
    assert flagged(f"ภายในวันที่ {last + 1} {name} 2567 นี้") == [
        ["impossible_date", f"{last + 1} {name} 2567"]
    ]


def test_what_is_edited_is_not_flagged() -> None:
    text = "กา\u0915กา คำ\u4e2dคำ"
    edit = Edit(2, 3, "ร", observed="\u0915")
    assert [f.start for f in find_flags(text, [], [])] == [2, 8]
    assert [f.start for f in find_flags(text, [edit], [])] == [8]


def test_a_part_of_what_is_protected_is_not_flagged() -> None:
    """A foreign letter in a user's word is part of it; a protected number is a number."""
    text = "กา\u0915กา เวลา 25.10 น."
    assert [f.start for f in find_flags(text, [], [(0, 5)])] == [11]
    assert [f.start for f in find_flags(text, [], protected_spans(text))] == [2, 11]
    keep = protected_spans(text, KeepList(["กา\u0915กา", "เวลา 25.10 น."]))
    assert find_flags(text, [], keep) == []


def test_a_misread_number_is_flagged_although_it_is_protected() -> None:
    assert [f[:3] for f in find_flags("ก ๒ก๖", [], [(2, 5)])] == [(3, 4, "misread_number")]


def test_a_repeated_clause_may_be_edited_inside() -> None:
    clause = "ให้ทุกหน่วยงานจัดทำแผนรับมือน้ำท่วมและซักซ้อมกับชุมชนใกล้เคียง"
    edit = Edit(len(clause) + 3, len(clause) + 4, "", observed="้")
    found = find_flags(f"{clause} {clause}", [edit], [])
    assert [f[:3] for f in found] == [(len(clause) + 1, 2 * len(clause) + 1, "repeated_clause")]


def test_a_bracket_may_be_closed_in_the_next_block() -> None:
    """Where a block is cut from a longer text, its first and last lines say nothing of partners."""
    lines = "".join(f"เจ้าหน้าที่คนที่ {i} ตรวจสอบเอกสารแล้วบันทึกผล\n" for i in range(100))
    assert flagged(f"ต่อจากหน้าก่อน) {lines}กลุ่มงานแผน (ยังไม่จบ\n") == []
    assert flagged(f"{lines}กลุ่มงานแผน (ไม่ปิด\n{lines}") == [["lost_text", "("]]


@given(days, st.booleans(), st.booleans())
def test_a_date_that_exists_is_not_flagged(day: date, thai: bool, named: bool) -> None:
    text = written(day, thai=thai, weekday=WEEKDAYS[day.weekday()] if named else "")
    assert list(impossible_date(text)) == []


@given(days, st.booleans(), st.integers(1, 6))
def test_another_weekday_is_flagged(day: date, thai: bool, later: int) -> None:
    text = written(day, thai=thai, weekday=WEEKDAYS[(day.weekday() + later) % 7])
    assert [f.note for f in impossible_date(text)] == ["another day of the week"]


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(".:"), st.booleans())
def test_a_time_is_flagged_if_it_does_not_exist(
    hour: int, minute: int, sign: str, thai: bool
) -> None:
    time = f"{hour:02}{sign}{minute:02}"
    time = time.translate(THAI_DIGITS) if thai else time
    exists = minute < 60 and hour <= 24
    for text in f"เวลา {time}", f"เริ่ม {time} น.", f"เวลา {time} - {time} น.":
        found = {text[f.start : f.end] for f in impossible_time(text)}
        assert found == (set() if exists else {time})


PIECES = """
    เวลา 25.70 น. 31 ก.พ. 60 ( ) ๑. ๓. เพื่อ translate \u0915 \u0e40 \u0e49 \u00ab^\u00bb กา ๒ก๖
    - ' มนุษยชน http://a.b/
"""
pieces = st.sampled_from([*PIECES.split(), " ", "\n"])


@given(st.lists(pieces, max_size=25).map("".join), st.data())
def test_flags_are_in_order_and_apart_from_edits(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [
        Edit(a, b, "", observed=text[a:b]) for a, b in zip(ends[::2], ends[1::2], strict=False)
    ]
    protected = protected_spans(text)
    flags = find_flags(text, edits, protected)
    assert flags == sorted(flags)
    assert set(flags) <= set(find_flags(text, [], []))
    names = {rule.__name__ for rule in RULES}
    for flag in flags:
        assert 0 <= flag.start < flag.end <= len(text)
        assert flag.reason in names
        assert flag.note
        if flag.reason not in {"mojibake", "repeated_clause", "repeated_loop"}:
            assert not any(e.start < flag.end and flag.start < e.end for e in edits)
        if flag.reason not in {"misread_number", "mixed_digits", "mojibake", "repeated_loop"}:
            assert not any(
                a <= flag.start and flag.end <= b and (a, b) != (flag.start, flag.end)
                for a, b in protected
            )


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for flag in find_flags(text, [], []):
        assert 0 <= flag.start < flag.end <= len(text)
        assert isinstance(flag, Flag)


@pytest.mark.parametrize(
    ("year", "notes"),
    [
        ("2699", []),
        ("2700", ["no such year"]),
        ("2701", ["no such year"]),
        ("256", ["no such year"]),
    ],
)
def test_the_last_year_that_a_document_may_speak_of(year: str, notes: list[str]) -> None:
    assert [flag.note for flag in impossible_date(f"วันที่ 5 มกราคม {year} ณ")] == notes
