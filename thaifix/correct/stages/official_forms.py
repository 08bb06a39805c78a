"""`abbreviation_of`: the abbreviation in parentheses after what it stands for. `official_form`: the
name in front of the abbreviation that proves it, and then each place of the text where the same
wrong name stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from thaifix.correct.stages.listed_names import (
    LONGEST_NAME,
    ByEnd,
    ListedName,
    by_end,
    letters_before,
    letters_of,
    longest_ending,
    proved,
)
from thaifix.lexicon.entries import Entry
from thaifix.model.confusion import LOOK_ALIKES
from thaifix.text.edit import Edit
from thaifix.text.lazy import pattern
from thaifix.text.script import MARKS

# Confidences: (right + 1) / (found + 2) of what was found in 141 million characters of official
# text and a memo that OCR had read. None was wrong; few found means less sure.
_LETTERS = 0.98
_ABBREVIATION = 0.88
_WHOLE_WORD = 0.8

_PARENTHESES = pattern(r"\(([^()]{2,120})\)")
_LATIN = pattern(
    r"\s*(?:(?P<english>[A-Za-z][A-Za-z ,.&'\u2019\s-]*)(?:[\u2013\u2014:,]|\s-)\s*)?"
    r"(?P<short>[A-Z][A-Za-z-]*[A-Z])\s*"
)
_THAI = pattern("\\s*(?P<short>(?:[\u0e01-\u0e2e]{1,6}\\.)+)\\s*")
_SHORT = pattern("(?:[\u0e01-\u0e2e]{1,6}\\.)+|[A-Z][A-Za-z-]*[A-Z]")
_LETTER = pattern("[\u0e01-\u0e4e]+")
_ALIKE = {frozenset((a, b)) for group in LOOK_ALIKES for a in group for b in group if a != b}
_EXPANSION = pattern("expansion=([^;]+)")

# By judgement, on the same text:
_HEAD = 3  # letters with which a wrong name must begin as the right one does
_BODY, _WRONG_BODY = "องค์การ", "องค์กร"
_APART = 3  # fewer equal letters than this do not divide what differs
_ANCHORED = 16  # equal letters beside a word that was replaced
_LINKS = ("โดย", "และ", "กับ", "ให้", "จาก", "ต่อ", "ผู้แทน")  # a name may begin after them
_SAME = 0.85  # share of equal letters of two writings of one English name
_WORD = (4, 12)  # its letters, read and right
_FORM_WORDS = pattern(
    "ของ|แห่ง|เพื่อ|ว่าด้วย|สำหรับ|ด้าน|ทาง|ใน|และ|กับ|ระหว่าง|การ|ความ|ประจำ|ต่อ|สากล|นานาชาติ|สหรัฐ|โลก"
)  # words that writers exchange, insert and leave out


class OfficialForms:
    """The names and abbreviations of a lexicon. Safe to share."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take entries; they are looked through when the first parenthesis comes. O(entries)."""
        self._entries = tuple(entries)

    @cached_property
    def _expansions(self) -> ByEnd:
        """What has abbreviations."""
        shorts: dict[str, set[str]] = defaultdict(set)
        entries: dict[str, Entry] = {}
        for entry in self._entries:
            known = {alias for alias in entry.aliases if _SHORT.fullmatch(alias)}
            name = entry.term
            if not known and (expansion := _EXPANSION.search(entry.note)):
                known, name = {entry.term}, expansion[1]
            if known:
                letters = letters_of(name)
                shorts[letters] |= known
                entries.setdefault(letters, entry)
        return by_end(ListedName(n, e, frozenset(shorts[n])) for n, e in entries.items())

    @cached_property
    def _shorts(self) -> Mapping[str, Sequence[ListedName]]:
        """What each abbreviation stands for."""
        stands_for: dict[str, list[ListedName]] = defaultdict(list)
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

    def edits(self, text: str) -> Iterator[Edit]:
        """Yield what names and abbreviations in parentheses prove of each other, as edits with the
        reasons `abbreviation_of` and `official_form`.

        Time: constant for each parenthesis; linear for each wrong name that is found.
        """
        wrong: dict[str, tuple[ListedName, float]] = {}
        for match in _PARENTHESES.finditer(text):
            inside = _LATIN.fullmatch(match[1]) or _THAI.fullmatch(match[1])
            if not inside:
                continue
            short = inside["short"]
            before = letters_before(text, match.start())
            name = longest_ending(self._expansions, before)
            if name:
                right = self._abbreviation(
                    inside, name, text[max(0, match.start() - 2 * LONGEST_NAME) : match.start()]
                )
                if right:
                    at = match.start(1) + inside.start("short")
                    yield proved(at, short, right, _ABBREVIATION, "abbreviation_of", name.entry)
            elif len(self._shorts.get(short, ())) == 1:
                form = self._form(before, short)
                if form:
                    wrong.setdefault(*form)
        for letters, (name, confidence) in wrong.items():
            yield from _rewritten(text, letters, name, confidence)

    def _abbreviation(self, inside: re.Match[str], name: ListedName, before: str) -> str:
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

    def _form(self, letters: str, short: str) -> tuple[str, tuple[ListedName, float]] | None:
        """The wrong form, ending here, of what an abbreviation stands for, if surely one."""
        (name,) = self._shorts[short]
        right = name.letters
        listed = [letters_of(m) for m in name.entry.misreadings]
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


def _rewritten(text: str, letters: str, name: ListedName, confidence: float) -> Iterator[Edit]:
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
            yield proved(first, observed, replacement, confidence, "official_form", name.entry)


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
    return len(observed + intended) == 1 and observed + intended in MARKS


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


def _begins(text: str, size: int) -> bool:
    """Whether the last letters of a text, so many, are no part of a longer expression."""
    start = len(text)
    while size:
        start -= 1
        size -= not text[start].isspace()
    ahead = text[:start]
    letters = ahead.rstrip("\r\n")  # a line's end says nothing
    return not _LETTER.match(letters[-1:]) or letters.endswith(_LINKS)
