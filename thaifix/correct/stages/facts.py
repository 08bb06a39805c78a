"""Facts that letters cannot settle: what a lexicon knows and no language model can.

`law_year`: the year of a law that is named in full. `abbreviation_of`: the abbreviation in
parentheses after what it stands for. `official_form`: the name in front of the abbreviation that
proves it, and then each place of the text where the same wrong name stands.

Letters are compared without white space, so that a name may run over a line's end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.lexicon.entries import Entry
from thaifix.model.confusion import LOOK_ALIKES
from thaifix.text.edit import Edit
from thaifix.text.script import DIGITS, MARKS

LATEST = 2575
"""No law that is cited is of a later year (B.E.), unless the lexicon knows a later one."""

EARLIEST = 2455
"""Nor of an earlier one: before, laws were dated by other eras."""

RECENT = 2554
"""From this year on a law may be newer than the lexicon: then its year is left alone."""

# Confidences: (right + 1) / (found + 2) of what was found in 141 million characters of official
# text and a memo that OCR had read. None was wrong; few found means less sure.
_LETTERS = 0.98
_YEAR_DIGIT = 0.88
_ABBREVIATION = 0.88
_WHOLE_WORD = 0.8
_FUTURE_YEAR = 0.97  # by judgement: it was found once, but no law can be of that year

_YEAR = re.compile(
    f"(?:พ\\s?\\.\\s?ศ\\s?\\.|พุทธศักราช)\\s{{0,40}}([0-9{DIGITS}]{{4}})(?![0-9{DIGITS}])", re.ASCII
)
_LAW = re.compile("รัฐธรรมนูญ|พระราช(?:บัญญัติ|กำหนด)|ประมวลกฎหมาย|ระเบียบ")
_EVERY_YEAR = re.compile(
    "แก้ไข|ปีงบประมาณ|งบประมาณรายจ่าย|กู้เงิน|โอน|เหรียญ|ล้างมลทิน|นิรโทษกรรม"
)  # laws that are made again under the same title, or whose title ends with another law
_OTHER_LAW = re.compile("(?:เพิ่มเติม|แก้ไข|ยกเลิก|ให้ใช้|ร่าง\\)?)$")  # the year is that law's
_ARABIC = str.maketrans(DIGITS, "0123456789")
_ALIKE_DIGITS = {
    frozenset((a, b))
    for group in ("๒๖๐", "๓๕๗๙", "๔๕๘", "๘๙", "๐๑", "46890", "3589", "568", "147", "27", "08")
    for a in group
    for b in group
    if a != b
}  # digits that OCR engines take for one another

_PARENTHESES = re.compile(r"\(([^()]{2,120})\)")
_LATIN = re.compile(
    r"\s*(?:(?P<english>[A-Za-z][A-Za-z ,.&'\u2019\s-]*)(?:[\u2013\u2014:,]|\s-)\s*)?"
    r"(?P<short>[A-Z][A-Za-z-]*[A-Z])\s*"
)
_THAI = re.compile("\\s*(?P<short>(?:[\u0e01-\u0e2e]{1,6}\\.)+)\\s*")
_SHORT = re.compile("(?:[\u0e01-\u0e2e]{1,6}\\.)+|[A-Z][A-Za-z-]*[A-Z]")
_LETTER = re.compile("[\u0e01-\u0e4e]+")
_ALIKE = {frozenset((a, b)) for group in LOOK_ALIKES for a in group for b in group if a != b}
_EXPANSION = re.compile("expansion=([^;]+)")
_YEARS = re.compile("years=([0-9;,]+)")

_END = 5  # letters of a name's end by which it is found
_LONGEST = 140  # code points before a hit that are looked at
_HEAD = 3  # letters with which a wrong name must begin as the right one does
_BODY, _WRONG_BODY = "องค์การ", "องค์กร"
_APART = 3  # fewer equal letters than this do not divide what differs
_ANCHORED = 16  # equal letters beside a word that was replaced
_LINKS = ("โดย", "และ", "กับ", "ให้", "จาก", "ต่อ", "ผู้แทน")  # a name may begin after them
_SAME = 0.85  # share of equal letters of two writings of one English name
_WORD = (4, 12)  # its letters, read and right
_FORM_WORDS = re.compile(
    "ของ|แห่ง|เพื่อ|ว่าด้วย|สำหรับ|ด้าน|ทาง|ใน|และ|กับ|ระหว่าง|การ|ความ|ประจำ|ต่อ|สากล|นานาชาติ|สหรัฐ|โลก"
)  # words that writers exchange, insert and leave out


class _Name(NamedTuple):
    """A string without white space, found by its end, with what is known about it."""

    letters: str
    entry: Entry
    shorts: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()


_Names = Mapping[str, Sequence[_Name]]
"""Names by their last letters, the longest first."""


class Facts:
    """What a lexicon knows about laws, abbreviations and official names. Safe to share."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries; they are looked through when the first text needs it. O(entries)."""
        self._entries = tuple(entries)

    def edits(self, text: str, protected: Sequence[tuple[int, int]] = ()) -> list[Edit]:
        """Find what the facts prove wrong.

        Args:
            text: A document or a section of one, normalised, its letters corrected.
            protected: Spans that must stay. Not those of `protect.protected_spans`: they hold all
                numbers and Latin words, which it takes a fact to change.
        Returns:
            Sorted, disjoint edits of `text`, each with its rule as reason and its entry's id.
        Time: constant for each year and parenthesis; linear for each wrong name that is found.
        """
        found: list[Edit] = []
        if "ศ" in text:
            found += self._law_years(text)
        if "(" in text:
            found += self._beside_parentheses(text)
        found.sort()
        kept: list[Edit] = []
        for edit in found:
            if kept and edit.start < max(kept[-1].end, kept[-1].start + 1):
                continue
            if not any(start < edit.end and edit.start < end for start, end in protected):
                kept.append(edit)
        return kept

    # law_year

    @cached_property
    def _laws(self) -> _Names:
        laws = []
        for entry in self._entries:
            if entry.since or entry.note:
                listed = _YEARS.search(entry.note)
                years = {int(y) for y in re.findall("[0-9]{4}", listed[1])} if listed else set()
                years |= {entry.since} if entry.since else set()
                if years and _LAW.match(entry.term):
                    known = tuple(sorted(years))
                    laws.append(_Name(_letters(entry.term), entry, years=known))
        return _by_end(laws)

    @cached_property
    def _latest(self) -> int:
        return max((n.years[-1] for names in self._laws.values() for n in names), default=0)

    def _law_years(self, text: str) -> Iterator[Edit]:
        for match in _YEAR.finditer(text):
            before = _before(text, match.start())
            law = _ending(self._laws, before)
            if not law or _EVERY_YEAR.search(law.letters):
                continue
            if _OTHER_LAW.search(before[: -len(law.letters)]):
                continue
            observed = match[1]
            year, confidence = self._year(observed, law.years)
            if year:
                yield _edit(match.start(1), observed, year, confidence, "law_year", law.entry)

    def _year(self, observed: str, known: Sequence[int]) -> tuple[str, float]:
        """The year that stands here, in the digits of the observed one; "" if that is unsure."""
        year = int(observed.translate(_ARABIC))
        if year in known:
            return "", 0.0
        impossible = not EARLIEST <= year <= max(LATEST, self._latest)
        if not impossible and year >= RECENT and year > known[-1]:
            return "", 0.0
        near = []
        for right in (_in_kind(str(year), observed) for year in known):
            pairs = [frozenset(p) for p in zip(observed, right, strict=True) if p[0] != p[1]]
            alike = all(pair in _ALIKE_DIGITS for pair in pairs)
            if len(pairs) == 1:
                sure = _FUTURE_YEAR if impossible else _YEAR_DIGIT if alike else 0.0
                near.append((right if sure else "", sure))
            elif len(pairs) == 2 and alike and impossible:
                near.append((right, _YEAR_DIGIT))
        return near[0] if len(near) == 1 else ("", 0.0)

    # abbreviation_of and official_form

    @cached_property
    def _expansions(self) -> _Names:
        """What has abbreviations."""
        shorts: dict[str, set[str]] = defaultdict(set)
        entries: dict[str, Entry] = {}
        for entry in self._entries:
            known = {alias for alias in entry.aliases if _SHORT.fullmatch(alias)}
            name = entry.term
            if not known and (expansion := _EXPANSION.search(entry.note)):
                known, name = {entry.term}, expansion[1]
            if known:
                letters = _letters(name)
                shorts[letters] |= known
                entries.setdefault(letters, entry)
        return _by_end(_Name(n, e, frozenset(shorts[n])) for n, e in entries.items())

    @cached_property
    def _shorts(self) -> Mapping[str, Sequence[_Name]]:
        """What each abbreviation stands for."""
        stands_for: dict[str, list[_Name]] = defaultdict(list)
        for names in self._expansions.values():
            for name in names:
                for short in name.shorts:
                    stands_for[short].append(name)
        for entry in self._entries:
            if _SHORT.fullmatch(entry.term):
                stands_for.setdefault(entry.term, [])
        return stands_for

    @cached_property
    def _right(self) -> frozenset[str]:
        """The letters of all terms and aliases: right names, whatever they stand beside."""
        return frozenset(
            form.replace(" ", "")
            for entry in self._entries
            for form in (entry.term, *entry.aliases)
        )

    def _beside_parentheses(self, text: str) -> Iterator[Edit]:
        wrong: dict[str, tuple[_Name, float]] = {}
        for match in _PARENTHESES.finditer(text):
            inside = _LATIN.fullmatch(match[1]) or _THAI.fullmatch(match[1])
            if not inside:
                continue
            short = inside["short"]
            before = _before(text, match.start())
            name = _ending(self._expansions, before)
            if name:
                right = self._abbreviation(
                    inside, name, text[max(0, match.start() - 2 * _LONGEST) : match.start()]
                )
                if right:
                    at = match.start(1) + inside.start("short")
                    yield _edit(at, short, right, _ABBREVIATION, "abbreviation_of", name.entry)
            elif len(self._shorts.get(short, ())) == 1:
                form = self._form(before, short)
                if form:
                    wrong.setdefault(*form)
        for letters, (name, confidence) in wrong.items():
            yield from _rewritten(text, letters, name, confidence)

    def _abbreviation(self, inside: re.Match[str], name: _Name, before: str) -> str:
        """The abbreviation of a name that was misread as another string; "" if none surely.

        Args:
            inside: What the parentheses say.
            name: The name in front of them.
            before: The text in front of them.
        """
        observed = inside["short"]
        if observed in name.shorts or observed in self._shorts:
            return ""
        if not _begins(before, len(name.letters)):
            return ""  # a part of a body and its head have abbreviations of their own
        if "." in observed:
            near = [s for s in name.shorts if _one_alike(observed, s)]
        else:
            if inside["english"] and not _named(inside["english"].strip(), name.entry):
                return ""
            near = [s for s in name.shorts if _misread_latin(observed, s)]
        return near[0] if len(near) == 1 else ""

    def _form(self, letters: str, short: str) -> tuple[str, tuple[_Name, float]] | None:
        """The wrong form, ending here, of what an abbreviation stands for, if surely one."""
        (name,) = self._shorts[short]
        right = name.letters
        listed = [_letters(m) for m in name.entry.misreadings]
        for form in sorted(listed, key=len, reverse=True):
            if form and letters.endswith(form):
                return form, (name, _LETTERS)
        first = len(letters) - len(right) - len(right) // 3
        starts = re.finditer(f"(?={re.escape(right[:_HEAD])})", letters[max(0, first) :])
        forms = [letters[max(0, first) + start.start() :] for start in starts]
        if not forms:
            return None
        form = min(forms, key=lambda f: (Levenshtein.distance(f, right), len(f)))
        if any(letters[-size:] in self._right for size in range(len(form), len(letters) + 1)):
            return None
        confidence = _likeness(form, right, words=bool(_LATIN.fullmatch(short)))
        return (form, (name, confidence)) if confidence else None


def _rewritten(text: str, letters: str, name: _Name, confidence: float) -> Iterator[Edit]:
    """Yield what makes a wrong name the right one, at all places of a text; white space stays."""
    if letters in name.letters:
        return  # each right name would be one of the places
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    for place in pattern.finditer(text):
        if text[place.end() : place.end() + 1] in MARKS and place.end() < len(text):
            continue
        at = [i for i in range(*place.span()) if not text[i].isspace()]
        at.append(place.end())
        for start, end, to_start, to_end in _differences(letters, name.letters):
            first, last = at[start], at[end - 1] + 1 if end > start else at[start]
            observed = text[first:last]
            if len(observed) != end - start:
                return  # white space in the very place: where would it stay?
            replacement = name.letters[to_start:to_end]
            yield _edit(first, observed, replacement, confidence, "official_form", name.entry)


def _likeness(form: str, right: str, *, words: bool) -> float:
    """How sure a form is a misreading of a name and no other way to say it; 0.0 if it is not.

    Args:
        form: The observed name, without white space.
        right: The right one.
        words: Whether a whole word may be wrong; Thai abbreviations stand beside the names of
            parts of the body too.
    """
    confidence = _LETTERS
    differences = _differences(form, right)
    same = len(form) - sum(end - start for start, end, _, _ in differences)
    for start, end, to_start, to_end in differences:
        observed, intended = form[start:end], right[to_start:to_end]
        if not (start or to_start) or not _LETTER.fullmatch(observed + intended):
            return 0.0
        if form.startswith(_WRONG_BODY) and right.startswith(_BODY) and end < len(_WRONG_BODY):
            continue
        if _small(observed, intended):
            continue
        sizes = sorted((len(observed), len(intended)))
        if not words or same < _ANCHORED or not _WORD[0] <= sizes[0] <= sizes[1] <= _WORD[1]:
            return 0.0
        if _says_form(form, start, end) or _says_form(right, to_start, to_end):
            return 0.0
        words = False  # one is enough
        confidence = _WHOLE_WORD
    return confidence if differences else 0.0


def _small(observed: str, intended: str) -> bool:
    """Whether one letter was taken for one that looks alike, or one mark came or went."""
    if len(observed) == len(intended) == 1:
        return frozenset((observed, intended)) in _ALIKE
    return observed + intended in MARKS


def _says_form(name: str, start: int, end: int) -> bool:
    """Whether a word that says how the parts of a name belong together reaches into a span."""
    return any(m.start() < end and m.end() > start for m in _FORM_WORDS.finditer(name))


def _differences(form: str, right: str) -> list[tuple[int, int, int, int]]:
    """Where two strings differ: spans of one and of the other."""
    found: list[tuple[int, int, int, int]] = []
    for op in Levenshtein.opcodes(form, right):
        if op.tag == "equal":
            continue
        if found and op.src_start - found[-1][1] < _APART:
            found[-1] = (found[-1][0], op.src_end, found[-1][2], op.dest_end)
        else:
            found.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


def _one_alike(observed: str, short: str) -> bool:
    """Whether exactly one letter differs and looks like the right one."""
    if len(observed) != len(short):
        return False
    pairs = [frozenset(p) for p in zip(observed, short, strict=True) if p[0] != p[1]]
    return len(pairs) == 1 and pairs[0] in _ALIKE


def _misread_latin(observed: str, short: str) -> bool:
    """Whether one letter is wrong, of six letters two; what is longer at an end is another body."""
    if len(short) < 3 or short[0] != observed[0] or _THAI.fullmatch(short):
        return False
    if short.casefold() in observed.casefold() or observed.casefold() in short.casefold():
        return False
    return Levenshtein.distance(observed, short) <= (2 if len(short) >= 6 else 1)


def _named(english: str, entry: Entry) -> bool:
    """Whether an English name is, but for some letters, one that the entry has."""
    return any(Levenshtein.normalized_similarity(english, a) >= _SAME for a in entry.aliases)


def _in_kind(year: str, observed: str) -> str:
    """A year in the kind of digits, Thai or Arabic, of the observed one."""
    return "".join(
        DIGITS[int(digit)] if seen in DIGITS else digit
        for digit, seen in zip(year, observed, strict=True)
    )


def _letters(name: str) -> str:
    return "".join(name.split())


def _by_end(names: Iterable[_Name]) -> _Names:
    found: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        if len(name.letters) >= _END:
            found[name.letters[-_END:]].append(name)
    for same_end in found.values():
        same_end.sort(key=lambda name: -len(name.letters))
    return found


def _ending(names: _Names, letters: str) -> _Name | None:
    """The longest name with which letters end."""
    return next((n for n in names.get(letters[-_END:], ()) if letters.endswith(n.letters)), None)


def _begins(text: str, size: int) -> bool:
    """Whether the last letters of a text, so many, are no part of a longer expression."""
    start = len(text)
    while size:
        start -= 1
        size -= not text[start].isspace()
    ahead = text[:start]
    letters = ahead.rstrip("\r\n")  # a line's end says nothing
    return not _LETTER.match(letters[-1:]) or letters.endswith(_LINKS)


def _before(text: str, end: int) -> str:
    """The letters before a place."""
    return _letters(text[max(0, end - _LONGEST) : end])


def _edit(
    start: int, observed: str, replacement: str, confidence: float, reason: str, entry: Entry
) -> Edit:
    margin = round(log(confidence / (1 - confidence)), 2)
    return Edit(
        start, start + len(observed), replacement, margin, confidence, reason, entry.id, observed
    )
