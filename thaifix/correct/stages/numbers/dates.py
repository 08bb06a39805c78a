"""`date_weekday`: a day or year that the day of the week beside it proves; dates of a text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from thaifix.correct.flags.dates import MONTHS, WEEKDAYS
from thaifix.correct.flags.kinds import places
from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding, Span
from thaifix.text.lazy import pattern
from thaifix.text.numerals import like
from thaifix.text.script import DIGITS

PROVED = 0.97
"""Confidence of a day that its weekday and a year found elsewhere prove. By judgement."""

SHARE = 0.95
"""Of all that a date may have been, by what engines read for digits, at least so much must be the
likeliest. By judgement."""

BUDDHIST = 543
"""Years from the common to the Buddhist era, since 1941."""

YEARS = range(2484, 2576)
"""Years B.E. that a date may have which is to be proved: from 1941 on, years began in January."""

_LEAST = 0.2  # P(observed | intended) of a date, at least; one in seven is right by chance
_RECENT, _LONG_AGO = 2540, 0.05
# The first year B.E. of most documents that are scanned, and how likely an earlier one is against
# a later one: by judgement.

_DIGIT = f"[0-9{DIGITS}]"
_DAY_BEFORE = pattern(f"(?<!{_DIGIT})(?<!{_DIGIT}[.,:/-])({_DIGIT}{{1,2}})$")
_WEEKDAY_BEFORE = pattern(rf"วัน({'|'.join(WEEKDAYS)})(?:ที่)?\s{{0,2}}$")
_MONTH_YEAR = pattern(
    rf"\s{{0,2}}({'|'.join(map(re.escape, MONTHS))})"
    rf"(?:\s{{0,2}}พ\s?\.\s?ศ\s?\.)?\s{{0,3}}({_DIGIT}{{4}})(?!{_DIGIT})"
)
_THAI_DAY, _ARABIC_DAY = pattern(b"T {0,2}[CV]"), pattern(b"A {0,2}[CV]")


class Date(NamedTuple):
    """A day, a month and a year of four digits.

    Attributes:
        day: Span of the day.
        month: 1 to 12.
        year: Span of the year.
        weekday: As `datetime.date.weekday` counts; None if none is named.
        named: Span of the day of the week; that of the day if none is named.
    """

    day: Span
    month: int
    year: Span
    weekday: int | None
    named: Span


def dates(text: str) -> Iterator[Date]:
    """Yield the dates of a text. Time: linear."""
    for place, _ in places(text, _THAI_DAY, _ARABIC_DAY):
        after = _MONTH_YEAR.match(text, place + 1)
        before = after and _DAY_BEFORE.search(text, max(0, place - 3), place + 1)
        if not after or not before:
            continue
        day = before.span(1)
        named = _WEEKDAY_BEFORE.search(text, max(0, day[0] - 20), day[0])
        yield Date(
            day,
            MONTHS[after[1]],
            after.span(2),
            WEEKDAYS[named[1]] if named else None,
            named.span(1) if named else day,
        )


def date_weekday(text: str, channel: DigitChannel, known: Sequence[Date]) -> Iterator[Finding]:
    """Yield days and years that are not of their day of the week, and of which one reading is.

    Args:
        text: A section that an engine has read.
        channel: What engines read for digits.
        known: Its dates.
    """
    for found in known:
        day, year = text[slice(*found.day)], text[slice(*found.year)]
        if found.weekday is None or int(year) not in YEARS:
            continue
        if _weekday(int(day), found.month, int(year)) == found.weekday:
            continue
        read = [
            (p * q * (1.0 if b >= _RECENT else _LONG_AGO), a, b)
            for a, p in channel.readings(day, range(1, 32))
            for b, q in channel.readings(year, YEARS)
            if _weekday(a, found.month, b) == found.weekday
        ]
        if not read:
            continue
        likeliest, right_day, right_year = max(read)
        if likeliest < max(_LEAST, SHARE * sum(p for p, _, _ in read)):
            continue
        for span, written, right in ((found.day, day, right_day), (found.year, year, right_year)):
            if int(written) != right:
                yield Finding(span, like(written, right), "date_weekday", PROVED, found.named)


def _weekday(day: int, month: int, year: int) -> int | None:
    """The day of the week of a date B.E.; None if there is no such date."""
    common = year - BUDDHIST
    if not 1 <= day <= monthrange(common, month)[1]:
        return None
    return date(common, month, day).weekday()
