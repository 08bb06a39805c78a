"""Persons' names in a text: a title or rank, a given name, a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from thaifix.lexicon import titles
from thaifix.text.lazy import pattern

POSITION_LETTERS = 10
"""Letters after a name that stand for the person's position; by judgement."""

_MOST_TITLES = 6
"""Titles in a row before a name, at most; by judgement: `ศาสตราจารย์ ดร. พล.ต.อ. หม่อมหลวง` has four,
and a loop of titles takes linear time so.
"""
_NAME = (
    r"(?P<given>[\u0e01-\u0e2e\u0e40-\u0e44]"
    r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{1,17})"
    r"(?:[ \t]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3})"
    r"(?P<surname>[\u0e01-\u0e2e\u0e40-\u0e44]"
    r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{2,39})"
)  # given name and surname
_NOT_GIVEN = pattern(
    "กรัฐ|กสภา|กองค์|กเทศ|กสมาคม|กเหล่า|กแพทย|กเมือง|จ้าง|ทุน|ทะเบียน|ด่าน|สถานี|อำเภอ|ความ|หน้า|ท้าย|"
    "ช่าง|ตรวจ|ทหาร|ตำรวจ|เรือ|งาน|พยาบาล|สาว|แบบ"
)  # "นาย" and the rest are another word
_NO_NAME = pattern(
    "กล่าว|เปิดเผย|เผย|ระบุ|พร้อม|และ|ได้|เป็น|ว่า|โดย|ให้|ที่|ซึ่ง|รัฐมนตรี|ปลัด|อธิบดี|รองนา|นายก|ผู้|ประธาน|"
    "เลขา|โฆษก|กรรมการ|กำนัน|กระทรวง|ตำแหน่ง|จังหวัด|มอบหมาย|ลงพื้น|ร่วม|เลขที่|อายุ|อดีต|หัวหน้า|"
    "ตรวจ|สมาชิก|สำนัก|องค์การ|นัก|คณะ"
)  # words that no name has: a surname ends before them
PREMIER = "ก"  # "นายก" is no "นาย", whatever name stands after it
_FEMALE = pattern("นาง|น\\.ส\\.|ญ\\.|หญิง")
_MALE = pattern("นาย|ด\\.ช|เด็กชาย")
_LETTER = pattern("[\u0e01-\u0e4e]")


class Name(NamedTuple):
    """A spelling."""

    given: str
    surname: str


class NamePlace(NamedTuple):
    """Where a name stands in a text."""

    name: Name
    given: int  # where it starts
    surname: int
    sex: str  # "f", "m", or "" if the title does not tell
    position: str  # the letters after the name


@cache
def _titled() -> re.Pattern[str]:
    """Match a person's titles, given name and surname."""
    return pattern(rf"(?P<title>(?:{titles.before_full_name()}\s?){{1,{_MOST_TITLES}}}){_NAME}")


@lru_cache(maxsize=2)
def names_in(text: str) -> tuple[NamePlace, ...]:
    """Find the names of a text, in order. O(n); the last texts asked for are remembered."""
    return tuple(_names(text))


def _names(text: str) -> Iterator[NamePlace]:
    end_of_last = 0
    for begin, _ in titles.full_name_titles().find(text):
        if begin < end_of_last or not (match := _titled().match(text, begin)):
            continue
        end_of_last = match.end()
        given, surname = match["given"], match["surname"]
        if _NOT_GIVEN.match(given) or _NO_NAME.search(given):
            continue
        end = _NO_NAME.search(surname)
        if end:
            surname = surname[: end.start()]
        if len(surname) < 3:
            continue
        title = match["title"]
        sex = "f" if _FEMALE.search(title) else "m" if _MALE.match(title) else ""
        at = match.start("surname")
        after = text[at + len(surname) : at + len(surname) + 2 * POSITION_LETTERS]
        position = "".join(_LETTER.findall(after))[:POSITION_LETTERS]
        yield NamePlace(Name(given, surname), match.start("given"), at, sex, position)
