"""Codes, ranks and abbreviations stand as they are."""

from __future__ import annotations

import pytest

from thaifix.correct.closed_class import exchanged, members_in


def found(text: str, part: str) -> list[str]:
    """The members at a part of a text."""
    start = text.index(part)
    spans = members_in(text, start, start + len(part))
    return [text[a:b] for a, b in spans if a < start + len(part) and start < b]


@pytest.mark.parametrize(
    ("text", "part", "members"),
    [
        ("พ.อ.อ. สมชาย", "อ.อ", ["พ.อ.อ."]),
        ("ตาม ป.วิ.อ. มาตรา", "วิ", ["ป.วิ.อ."]),
        ("เดือน มี.ค. นี้", "มี", ["มี.ค."]),
        ("รศ.ดร.สมชาย", "รศ", ["รศ.ดร."]),
        ("กำนันและเสธ.ในอำเภอ", "เสธ", ["เสธ."]),
        ("นายก อบต.และเสธ.ในอำเภอ", "เสธ", ["เสธ."]),
        ("ราคา ตร.วา ละ", "วา", ["ตร.วา"]),
        ("พ.ต.ก. สมชาย", "พ.ต.", []),
        ("ที่ กษ ๐๒๐๗/๑๒๓", "กษ", ["ที่ กษ"]),
        ("ตามที่ กต ได้แจ้ง", "กต", ["ที่ กต"]),
        ("ผล กต ดี", "กต", []),
        ("เรื่องกต ดี", "กต", []),
    ],
)
def test_members_stand_whole(text: str, part: str, members: list[str]) -> None:
    """What only begins like a member, or stands in a word, is none."""
    assert found(text, part) == members


@pytest.mark.parametrize(
    ("observed", "intended", "is_exchange"),
    [
        ("ระนอง", "ระยอง", True),
        ("มีนาคม", "มกราคม", True),
        ("วันศุกร์", "วันเสาร์", True),
        ("ลบบุรี", "ลพบุรี", False),
        ("ระนองและระยอง", "ระยองและระนอง", False),
    ],
)
def test_names_of_closed_sets_are_not_exchanged(
    observed: str, intended: str, is_exchange: bool
) -> None:
    """A misread one may become a name; a name never becomes another."""
    assert exchanged(observed, intended) is is_exchange
