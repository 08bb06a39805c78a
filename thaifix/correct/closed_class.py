"""The closed class: codes, ranks and abbreviations, which are right as they stand.

Its members are so short that nearly every misreading of one is another. So none is ever exchanged
for another, in any profile. The table `lexicons/codes.tsv` and all abbreviations of the other
tables are the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from thaifix.lexicon import titles
from thaifix.lexicon.entries import PHRASES, Entry, shipped
from thaifix.text.lazy import pattern
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS, MAIYAMOK, PAIYANNOI, starts_cluster

LONGEST = 20
"""Code points of a run of members, at most; by judgement: `ผช.ผบ.ตร.` has nine."""

GLUED = 4
"""Code points of a member that letters may touch in front (`และเสธ.`), at least; by judgement."""

_WORD = 6
"""Letters between two stops from which they begin with a word, not with a part of an abbreviation.
By judgement."""

_THAI = f"{LETTERS}{PAIYANNOI}{MAIYAMOK}"
_ABBREVIATION = pattern(f"(?:[{LETTERS}]{{1,10}}\\.)+")
_RUN = pattern(f"(?:[{LETTERS}]{{1,{LONGEST}}}\\.)+")
_CODE = pattern(f"(?<![{_THAI}.0-9{DIGITS}])[{CONSONANTS}]{{2,4}}(?![{_THAI}.])")
_SPOKEN_FOR = pattern("(?:ที่|ที|หนังสือ|ว่า|และ|กับ|ของ|โดย|ส่ง|ถึง|จาก|สังกัด|ผ่าน|สำเนา)[ ,]{1,2}\\(?$")
"""What stands in front of a letter code in running text, if no other code does."""

_IN_FRONT = 8  # code points of what may stand in front; the longest of them
_LINK = pattern("(?:และ|หรือ|กับ|ของ|โดย|ที่|ว่า|ให้|จาก|ถึง|แก่|ต่อ|เป็น|รอง)$")
"""Words that writers put in front of a member without a space."""

_CUT_OFF = pattern(
    f"[{LETTERS}]{{1,2}}(?![{_THAI}])"
)  # the rest of an abbreviation that lost a stop
_NUMBER_OF = "ที่ "
_BEHIND = pattern(f"[ .-]{{0,3}}[0-9{DIGITS}]|/")  # the number of a letter
_NAMES = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี",
    "วันศุกร์", "วันเสาร์", "วันอาทิตย์",
)  # fmt: skip
"""Months and weekdays. `วัน` is part of these: `เสาร์` and `พุธ` stand in other words, too."""


class ClosedClass(NamedTuple):
    """The members.

    Attributes:
        dotted: Those that end with a full stop, in which others may stand.
        tailed: Those that letters or digits end: `ป.อาญา`, by their letters up to the first stop.
        titles: Those of `dotted` that stand in front of names.
        codes: Letter codes and other abbreviations without a full stop: `กษ`, `ปณท`.
        names: Provinces, months, weekdays, ministries.
    """

    dotted: frozenset[str]
    tailed: dict[str, tuple[str, ...]]
    titles: frozenset[str]
    codes: frozenset[str]
    names: tuple[str, ...]


@cache
def _class() -> ClosedClass:
    """Read from the shipped lexicons. Some milliseconds at first."""
    table = shipped(("codes",))
    entries = [*shipped((*PHRASES, "abbreviations")), *table]
    forms = {form for entry in entries for form in (entry.term, *entry.aliases)} | {*titles.RANKS}
    dotted = frozenset(form for form in forms if _ABBREVIATION.fullmatch(form))
    tailed: dict[str, tuple[str, ...]] = {}
    for entry in table:
        head, stop, tail = entry.term.partition(".")
        if stop and tail and not entry.term.endswith("."):
            tailed[head] = (*tailed.get(head, ()), entry.term)
    codes = frozenset(e.term for e in table if _CODE.fullmatch(e.term))
    provinces = (
        e.note.removeprefix("expansion=") for e in table if e.type == "province-code" and e.note
    )
    ministries = (
        e.note.removeprefix("expansion=")
        for e in table
        if e.type == "letter-code" and "กระทรวง" in e.note
    )
    before_names = frozenset(e.term for e in table if e.type == "title")
    return ClosedClass(dotted, tailed, before_names, codes, (*_NAMES, *provinces, *ministries))


def members_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the members that stand at a span or near it, as spans of the text.

    Args:
        text: A block.
        start: Where the span begins, in code points.
        end: Where it ends.
    Time: O(length of the span).
    """
    lo, hi = max(0, start - LONGEST), min(len(text), end + LONGEST)
    if "." in text[lo:hi]:
        for match in _RUN.finditer(text, lo, hi):
            yield from _in_run(text, *match.span())
    for match in _CODE.finditer(text, max(0, start - 4), min(len(text), end + 4)):
        if match[0] in _class().codes and _is_spoken_for(text, *match.span()):
            front = text.startswith(_NUMBER_OF, match.start() - len(_NUMBER_OF))
            yield match.start() - len(_NUMBER_OF) * front, match.end()


def exchanged(observed: str, intended: str) -> bool:
    """Whether a province, month, weekday or ministry goes and another one comes. O(n)."""
    if len(observed) < 2 or observed == intended:
        return False
    names = _class().names
    lost = [name for name in names if name in observed and name not in intended]
    return bool(lost) and any(name in intended and name not in observed for name in names)


def is_member(run: str) -> bool:
    """Whether letters that end with a full stop are a member, or several in a row."""
    return _composed(run, whole=True)


@cache
def dotted_entries() -> dict[str, Entry | None]:
    """The members that end with a full stop, with their entry in the table; None without one."""
    entries = {entry.term: entry for entry in shipped(("codes",))}
    return {member: entries.get(member) for member in _class().dotted}


def _in_run(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the members among letters that stops divide, the longest at each place."""
    free = start == 0 or text[start - 1] not in _THAI + "."
    begin = start
    while begin < stop:
        glued = not free or begin > start
        if not glued or _LINK.search(text[max(0, begin - _IN_FRONT) : begin]):
            end = _longest(text, begin, stop, glued=glued)
            if end:
                yield begin, end
                begin = end
                continue
        if text[begin] == ".":
            return
        begin += 1


def _longest(text: str, begin: int, stop: int, *, glued: bool) -> int:
    """Where the longest member ends that begins at a place of a run; 0 if none does."""
    first = text.index(".", begin)
    for tailed in _class().tailed.get(text[begin:first], ()):
        if text.startswith(tailed, begin) and not _goes_on(text, begin + len(tailed)):
            return begin + len(tailed)
    if _CUT_OFF.match(text, stop):
        return 0
    end = stop
    while end > begin:
        if _composed(text[begin:end], whole=not glued):
            return end if not glued or end - begin >= GLUED else 0
        behind = text.rindex(".", begin, end) if "." in text[begin:end] else begin
        end = text.rfind(".", begin, behind) + 1
        if stop > end and text.index(".", end) - end < _WORD:
            return 0  # what goes on so is another abbreviation
    return 0


def _goes_on(text: str, at: int) -> bool:
    """Whether a letter's mark or a digit stands at a place, so that no member can end there."""
    return text[at : at + 1].isdigit() or not starts_cluster(text, at)


def _composed(run: str, *, whole: bool) -> bool:
    """Whether a run is a member or, if letters do not touch it, several of at least two letters:
    `รศ.ดร.`, `รมว.กห.`.
    """
    if run in _class().dotted:
        return True
    if not whole:
        return False
    at = 0
    while (at := run.find(".", at) + 1) and at < len(run):
        head, rest = run[:at], run[at:]
        if min(len(head), len(rest)) < 3 or head not in _class().dotted:
            continue
        if head in _class().titles:  # `รศ.ตร.` is `รศ.ดร.`
            if rest in _class().titles:
                return True
        elif _composed(rest, whole=True):
            return True
    return False


def _is_spoken_for(text: str, start: int, end: int) -> bool:
    """Whether the rest of a form says that letters are a code."""
    ahead = text[max(0, start - _IN_FRONT) : start]
    if _SPOKEN_FOR.search(ahead) or _BEHIND.match(text, end):
        return True
    return ahead.rstrip(" ,").rpartition(" ")[2] in _class().codes
