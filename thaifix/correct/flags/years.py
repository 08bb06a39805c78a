"""Years that no document speaks of: a digit is lost, added or wrong."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS

_DIGIT = f"[0-9{DIGITS}]"
_BLANK = "[ \\t\\u00a0]"
_NUMBER = (
    f"{_BLANK}{{0,2}}({_DIGIT}{{3,8}})"
    f"(?![.,:]?{_DIGIT}|[A-Za-z]|[{CONSONANTS}](?![{LETTERS}]))"  # or a letter was a digit
)
_ERA = pattern(f"\\.{_BLANK}?ศ\\.{_NUMBER}")  # quicker than from the letter before it on
_BUDDHIST = pattern(f"พุทธศักราช{_NUMBER}")
_OF_BUDGET = pattern(f"ปีงบประมาณ{_NUMBER}")
_IS_AMOUNT = pattern(
    r"\s?(?:[%-]|ร้อย|พัน|หมื่น|แสน|ล้าน|บาท|คน|ราย|คัน|แห่ง|โครงการ|เรื่อง|หน่วย|ครั้ง|หลัง|ทุน|ตัว|คดี)"
)
_LONG_AGO = pattern(f"(?:ราว|(?<!งบ)ประมาณ){_BLANK}?(?:ปี{_BLANK}?)?$")
_LAST = 2700  # of the Buddhist era: no document speaks of a certain later year
_FIRST_BUDGET = 2435  # the year of Siam's first budget
_COMMON = range(2451, 2650)  # years that are today's only in the Buddhist era
_COMMON_BUDGET = range(1900, 2101)
_LOST, _ADDED, _WRONG = (
    "a digit of the year is lost",
    "a digit too many",
    "no such year in this era",
)


def impossible_year(text: str) -> Iterator[Flag]:
    """A year of three or five digits, or far away, after the name of its era or a budget."""
    for match in _ERA.finditer(text):
        start = match.start() - 1
        letter = text[start : start + 1]
        note = ""
        if letter == "พ":
            note = _wrong_buddhist(text, start, match[1])
        elif letter == "ค" and (int(match[1]) in _COMMON and int(match[1]) % 100):
            note = _WRONG
        if note:
            yield Flag(start, match.end(), "impossible_year", note)
    for match in _BUDDHIST.finditer(text):
        if note := _wrong_buddhist(text, match.start(), match[1]):
            yield Flag(*match.span(), "impossible_year", note)
    for match in _OF_BUDGET.finditer(text):
        note = _wrong_budget(match[1])
        if note and not _IS_AMOUNT.match(text, match.end()):
            yield Flag(*match.span(), "impossible_year", note)


def _wrong_buddhist(text: str, start: int, written: str) -> str:
    """What is wrong with a year after the words of its era, which start there; "" if nothing."""
    year = int(written)
    if len(written) == 3:
        lost = year // 10 in (24, 25) and not _LONG_AGO.search(text, max(0, start - 20), start)
        return _LOST if lost else ""
    if len(written) > 4:
        return _ADDED
    return _WRONG if year < 1000 or (year >= _LAST and year % 100) else ""


def _wrong_budget(written: str) -> str:
    year = int(written)
    if len(written) != 4:
        return (_LOST if len(written) == 3 else _ADDED) if f"{year}".startswith("25") else ""
    return "" if _FIRST_BUDGET <= year < _LAST or year in _COMMON_BUDGET else _WRONG
