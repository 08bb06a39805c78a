"""`law_year`: the year of a law that is named in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from thaifix.correct.stages.listed_names import (
    ByEnd,
    ListedName,
    by_end,
    letters_before,
    letters_of,
    longest_ending,
    proved,
)
from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import Edit
from thaifix.text.lazy import pattern
from thaifix.text.numerals import like
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS

LATEST = 2575
"""No law that is cited is of a later year (B.E.), unless the lexicon knows a later one."""

EARLIEST = 2455
"""Nor of an earlier one (B.E.): before, laws were dated by other eras."""

RECENT = 2554
"""From this year (B.E.) on a law may be newer than the lexicon: then its year is left alone. By
judgement."""

# Confidences: (right + 1) / (found + 2) of what was found in 141 million characters of official
# text and a memo that OCR had read. None was wrong; few found means less sure.
_YEAR_DIGIT = 0.88
_MISREAD = 0.93  # by judgement
_NOT_SELDOM = 0.02  # P(observed | intended) of each misread digit; by judgement
_FUTURE_YEAR = 0.97  # by judgement: it was found once, but no law can be of that year

_YEAR = pattern(
    f"(?:พ\\s?\\.\\s?ศ\\s?\\.|พุทธศักราช)\\s{{0,40}}([0-9{DIGITS}]{{4}})(?![0-9{DIGITS}])", re.ASCII
)
_MISREAD_YEAR = pattern(
    "(?:พ\\s?\\.\\s?ศ\\s?\\.|พุทธศักราช)\\s{0,40}"
    f"([0-9{DIGITS}](?:[0-9{DIGITS}{CONSONANTS}»«%]){{3}})(?![0-9{DIGITS}{LETTERS}])",
    re.ASCII,
)
_LAW = pattern("รัฐธรรมนูญ|พระราช(?:บัญญัติ|กำหนด)|ประมวลกฎหมาย|ระเบียบ")
_EVERY_YEAR = pattern(
    "แก้ไข|ปีงบประมาณ|งบประมาณรายจ่าย|กู้เงิน|โอน|เหรียญ|ล้างมลทิน|นิรโทษกรรม"
)  # laws that are made again under the same title, or whose title ends with another law
_OTHER_LAW = pattern("(?:เพิ่มเติม|แก้ไข|ยกเลิก|ให้ใช้|ร่าง\\)?)$")  # the year is that law's
_ARABIC = str.maketrans(DIGITS, "0123456789")
_ALIKE_DIGITS = {
    frozenset((a, b))
    for group in ("๒๖๐", "๓๕๗๙", "๔๕๘", "๘๙", "๐๑", "46890", "3589", "568", "147", "27", "08")
    for a in group
    for b in group
    if a != b
}  # digits that OCR engines take for one another
_YEARS = pattern("years=([0-9;,]+)")


class LawYears:
    """The years of the laws of a lexicon. Safe to share."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries; they are looked through when the first year comes. O(entries)."""
        self._entries = tuple(entries)

    @cached_property
    def _laws(self) -> ByEnd:
        laws = []
        for entry in self._entries:
            if entry.since or entry.note:
                listed = _YEARS.search(entry.note)
                years = {int(y) for y in re.findall("[0-9]{4}", listed[1])} if listed else set()
                years |= {entry.since} if entry.since else set()
                if years and _LAW.match(entry.term):
                    known = tuple(sorted(years))
                    laws.append(ListedName(letters_of(entry.term), entry, years=known))
        return by_end(laws)

    @cached_property
    def _latest(self) -> int:
        return max((n.years[-1] for names in self._laws.values() for n in names), default=0)

    def edits(self, text: str, channel: DigitChannel | None = None) -> Iterator[Edit]:
        """Yield the years of a text that are proved wrong, as edits with the reason `law_year`.

        Args:
            text: A section.
            channel: What the engine reads for digits, if one has evidently read the text: then
                a year may have several misread digits, and letters for them.
        Time: constant for each year.
        """
        for match in (_MISREAD_YEAR if channel else _YEAR).finditer(text):
            before = letters_before(text, match.start())
            law = longest_ending(self._laws, before)
            if not law or _EVERY_YEAR.search(law.letters):
                continue
            if _OTHER_LAW.search(before[: -len(law.letters)]):
                continue
            observed = match[1]
            year, confidence = "", 0.0
            if observed.isdigit():
                year, confidence = self._year(observed, law.years)
            if not year and channel:
                year, confidence = _misread(observed, law.years, channel), _MISREAD
            if year:
                yield proved(match.start(1), observed, year, confidence, "law_year", law.entry)

    def _year(self, observed: str, known: Sequence[int]) -> tuple[str, float]:
        """The year that stands here, in the digits of the observed one; "" if that is unsure."""
        year = int(observed.translate(_ARABIC))
        if year in known:
            return "", 0.0
        impossible = not EARLIEST <= year <= max(LATEST, self._latest)
        if not impossible and year >= RECENT and year > known[-1]:
            return "", 0.0
        near = []
        for right in (like(observed, year) for year in known):
            pairs = [frozenset(p) for p in zip(observed, right, strict=True) if p[0] != p[1]]
            alike = all(pair in _ALIKE_DIGITS for pair in pairs)
            if len(pairs) == 1:
                sure = _FUTURE_YEAR if impossible else _YEAR_DIGIT if alike else 0.0
                near.append((right if sure else "", sure))
            elif len(pairs) == 2 and alike and impossible:
                near.append((right, _YEAR_DIGIT))
        return near[0] if len(near) == 1 else ("", 0.0)


def _misread(observed: str, known: Sequence[int], channel: DigitChannel) -> str:
    """The one year that engines may have read so; "" if there is none, or it stands there."""
    if observed.isdigit() and (int(observed) in known or RECENT <= int(observed) <= LATEST):
        return ""
    likely = [year for year in known if channel.may_be(observed, like(observed, year), _NOT_SELDOM)]
    return like(observed, likely[0]) if len(likely) == 1 else ""
