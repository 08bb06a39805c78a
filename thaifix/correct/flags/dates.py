"""Times and dates that do not exist."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from thaifix.correct.flags.kinds import places
from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import DIGITS

_DIGIT = f"[0-9{DIGITS}]"
_DIGITS = frozenset(f"0123456789{DIGITS}")
_BLANK = "[ \\t\\u00a0]"

_TENS = frozenset(f"23456789{DIGITS[2:]}")  # an hour after 24 begins with one of them
_CLOCK = pattern(f"[.:]({_DIGIT}{{2}})(?!{_DIGIT})")
_HOUR = pattern(f"(?<!{_DIGIT})(?<!{_DIGIT}[.,:/-]){_DIGIT}{{1,3}}$")
_O_CLOCK = f"{_BLANK}{{0,2}}(?:น\\.(?!{_BLANK}?ส)|นาฬิกา)"
_IS_TIME = pattern(
    f"{_O_CLOCK}|{_BLANK}?(?:[-\u2013\u2014]|ถึง){_BLANK}?{_DIGIT}{{1,2}}[.:]{_DIGIT}{{2}}{_O_CLOCK}"
)
_AT_TIME = pattern(
    "(?<!ใช้)(?<!ระยะ)(?<!ทำ)(?<!ด้วย)(?<!ต่อ)เวลา(?:ประมาณ)?[ \\t\u00a0.:_\u2026]{0,80}$"
)
_IS_MEASURE = pattern(f"[.,:/]?{_DIGIT}|{_BLANK}?(?:ชั่วโมง|ชม|นาที|วินาที|วัน|ปี|เดือน|สัปดาห์|เท่า|ล้าน|%|-)")
_WHOLE_HOURS = pattern(f"เวลา{_BLANK}?({_DIGIT}{{2}}){_BLANK}?นาฬิกา")

_NAMES_OF_MONTHS = """
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.
"""
MONTHS = {name: number % 12 + 1 for number, name in enumerate(_NAMES_OF_MONTHS.split())}
"""The number, 1 to 12, of each month and each abbreviation of one."""

_THAI_DAY, _ARABIC_DAY = pattern(b"T {0,2}[CV]"), pattern(b"A {0,2}[CV]")
_DATE = pattern(  # from the day's last digit on: quicker than from its first
    f"{_DIGIT}{_BLANK}{{0,2}}+({'|'.join(map(re.escape, MONTHS))})"
    f"(?:{_BLANK}{{0,2}}(พ\\.{_BLANK}?ศ\\.|ค\\.{_BLANK}?ศ\\.)?{_BLANK}{{0,2}}"
    f"({_DIGIT}{{2,5}}+)(?![.,:]{_DIGIT}))?"
)
_SLASHED = pattern(
    f"(?<=วันที่)({_BLANK}{{0,2}})({_DIGIT}{{1,2}})/({_DIGIT}{{1,2}})/({_DIGIT}{{4}})(?!{_DIGIT})"
)
WEEKDAYS = {"จันทร์": 0, "อังคาร": 1, "พุธ": 2, "พฤหัสบดี": 3, "พฤหัส": 3, "ศุกร์": 4, "เสาร์": 5, "อาทิตย์": 6}
"""The number of each day of the week, as `datetime.date.weekday` counts them."""

_ON_WEEKDAY = pattern(f"วัน({'|'.join(WEEKDAYS)})(?:ที่)?{_BLANK}{{0,2}}$")
_ON_DAY = pattern(f"วัน(?:{'|'.join(WEEKDAYS)})?ที่[ \\t\u00a0.\u2026]{{0,40}}$")
_COUNTED = pattern(
    f"(?:ที่|ข้อ|มาตรา|จำนวน|รวม|อายุ|{_DIGIT}[.,/]){_BLANK}?$"
)  # `ฉบับที่ 31 กันยายน`: which issue, not which day
_YEAR_ENDS = pattern(r"\s*(?:$|\n|[^\s\w]|(?:เวลา|ณ|และ|ถึง|ที่|โดย|ซึ่ง|เพื่อ|เรื่อง|ได้)|(?:นาย|นาง|พล))")
_LAST_YEAR = 2700  # of the Buddhist era: no document speaks of a certain later year
_OLD_YEARS = 2484  # before it, years began in April


def impossible_time(text: str) -> Iterator[Flag]:
    """A time of day with more than 24 hours or 59 minutes."""
    for match in _CLOCK.finditer(text):
        at, end = match.span()
        minutes = int(match[1])
        if minutes < 60 and text[at - 2 : at - 1] not in _TENS:
            continue
        hour = _HOUR.search(text, max(0, at - 6), at)
        if not hour or (minutes < 60 and int(hour[0]) <= 24):
            continue
        start = hour.start()
        at_time = _AT_TIME.search(text, max(0, start - 100), start)
        if len(hour[0]) > 2 and not at_time:
            continue
        if _IS_TIME.match(text, end) or (at_time and not _IS_MEASURE.match(text, end)):
            yield Flag(start, end, "impossible_time", "no such time of day")
    if "นาฬิกา" in text:
        for match in _WHOLE_HOURS.finditer(text):
            if int(match[1]) > 24:
                yield Flag(*match.span(1), "impossible_time", "no such time of day")


def impossible_date(text: str) -> Iterator[Flag]:
    """A day its month does not have, another weekday than the date's, no year behind a month."""
    for place, _ in places(text, _THAI_DAY, _ARABIC_DAY):
        match = _DATE.match(text, place)
        if not match:
            continue
        start = place
        while start and text[start - 1] in _DIGITS:
            start -= 1
        day = text[start : place + 1]
        note = _wrong_date(text, start, int(day), match) if len(day) <= 2 else ""
        if note:
            yield Flag(start, match.end(), "impossible_date", note)
    if "/" in text:
        for match in _SLASHED.finditer(text):
            one, other, year = int(match[2]), int(match[3]), _common_era("", match[4])
            if not (_exists(one, other, year) or _exists(other, one, year)):
                yield Flag(match.start(2), match.end(), "impossible_date", "no such day")


def _wrong_date(text: str, start: int, day: int, match: re.Match[str]) -> str:
    """What is wrong with a date; "" if nothing."""
    name, era, written = match[1], match[2] or "", match[3] or ""
    month, short = MONTHS[name], "." in name
    year = _common_era(era, written) if short or len(written) == 4 else None
    if not _exists(day, month, year):
        surely_day = _ON_DAY.search(text, max(0, start - 50), start)
        may_be_day = 0 < day <= 31 and (written or not short)
        if surely_day or (may_be_day and not _COUNTED.search(text, max(0, start - 10), start)):
            return "no such day in this month"
    elif year is not None:
        weekday = _ON_WEEKDAY.search(text, max(0, start - 20), start)
        if weekday and date(year, month, day).weekday() != WEEKDAYS[weekday[1]]:
            return "another day of the week"
    elif not era and _is_no_year(written) and _YEAR_ENDS.match(text, match.end()):
        return "no such year"
    return ""


def _is_no_year(written: str) -> bool:
    """Tell whether a number after a month was to be a year: one digit is lost, added or wrong."""
    if len(written) == 4:
        return int(written) >= _LAST_YEAR
    return len(written) > 2 and str(int(written)).startswith(("25", "20"))


def _common_era(era: str, written: str) -> int | None:
    """The year A.D. of a written year, if the era is sure and the calendar is today's."""
    if not written:
        return None
    year = int(written)
    if len(written) == 2:
        return year + 2500 - 543 if year >= 40 and not era.startswith("ค") else None
    if era.startswith("ค"):
        return year if 1941 <= year < 2200 else None
    if _OLD_YEARS <= year < _LAST_YEAR:
        return year - 543
    return year if not era and 1941 <= year < 2200 else None


def _exists(day: int, month: int, year: int | None) -> bool:
    """Tell whether there is such a day, in that year or, if none is given, in some year."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]
