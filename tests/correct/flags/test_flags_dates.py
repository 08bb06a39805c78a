"""Dates, times and years: each bound from both sides."""

from __future__ import annotations

import pytest

from thaifix.correct.flags.dates import impossible_date, impossible_time
from thaifix.correct.flags.years import impossible_year
from thaifix.text.script import DIGITS

THAI_DIGITS = str.maketrans("0123456789", DIGITS)
NAMES = [
    ("จันทร์", 1),
    ("อังคาร", 2),
    ("พุธ", 3),
    ("พฤหัสบดี", 4),
    ("พฤหัส", 4),
    ("ศุกร์", 5),
    ("เสาร์", 6),
    ("อาทิตย์", 7),
]


@pytest.mark.parametrize(("name", "day"), NAMES)
def test_each_weekday_has_its_dates(name: str, day: int) -> None:
    """1 January 2567 was a Monday."""
    right = [d for d in range(1, 29) if not list(impossible_date(f"วัน{name}ที่ {d} มกราคม 2567 นี้"))]
    assert right == [day, day + 7, day + 14, day + 21]


@pytest.mark.parametrize(("year", "known"), [(2483, False), (2484, True)])
def test_weekdays_are_known_since_years_begin_in_january(year: int, known: bool) -> None:
    """In 2484: before, the first of January was in the year that had begun in April."""
    names = [name for name, _ in NAMES]
    wrong = [n for n in names if list(impossible_date(f"วัน{n}ที่ 1 มกราคม {year} นี้"))]
    assert len(wrong) == (len(names) - 1) * known


@pytest.mark.parametrize("thai", [False, True])
@pytest.mark.parametrize(("hour", "flagged"), [(19, False), (20, False), (24, False), (25, True)])
def test_a_day_has_24_hours(hour: int, flagged: bool, thai: bool) -> None:
    text = f"เวลา {hour}.10 น. หรือ เวลา {hour} นาฬิกา"
    found = impossible_time(text.translate(THAI_DIGITS) if thai else text)
    assert len(list(found)) == 2 * flagged


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("พ.ศ. 239", ""),
        ("พ.ศ. 240", "a digit of the year is lost"),
        ("พ.ศ. 259", "a digit of the year is lost"),
        ("พ.ศ. 260", ""),
        ("พ.ศ. 0999", "no such year in this era"),
        ("พ.ศ. 1000", ""),
        ("พ.ศ. 2699", ""),
        ("พ.ศ. 2700", ""),
        ("พ.ศ. 2701", "no such year in this era"),
        ("พ.ศ. 25670", "a digit too many"),
        ("ค.ศ. 2450", ""),
        ("ค.ศ. 2451", "no such year in this era"),
        ("ค.ศ. 2500", ""),
        ("ค.ศ. 2649", "no such year in this era"),
        ("ค.ศ. 2650", ""),
        ("ปีงบประมาณ 1899", "no such year in this era"),
        ("ปีงบประมาณ 1900", ""),
        ("ปีงบประมาณ 2100", ""),
        ("ปีงบประมาณ 2101", "no such year in this era"),
        ("ปีงบประมาณ 2434", "no such year in this era"),
        ("ปีงบประมาณ 2435", ""),
        ("ปีงบประมาณ 2699", ""),
        ("ปีงบประมาณ 2700", "no such year in this era"),
        ("ปีงบประมาณ 256", "a digit of the year is lost"),
        ("ปีงบประมาณ 25567", "a digit too many"),
    ],
)
def test_years_that_documents_speak_of(text: str, note: str) -> None:
    """The first and the last of each era; round years may be far away."""
    assert [f.note for f in impossible_year(f"{text} ")] == [note] * bool(note)
