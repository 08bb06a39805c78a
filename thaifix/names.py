"""Spellings of one person's name within a document.

A name is a title, a given name and a surname. Names that differ in few letters, and in such as
are taken for one another, are spellings of one name if nothing speaks for two persons. The
spelling that most places or the lexicon support is put in the others' places if the evidence is
strong; else all places are flagged together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from thaifix.confusion import LOOK_ALIKES
from thaifix.edit import Edit, Flag, trim
from thaifix.script import CONSONANTS, MARKS
from thaifix.titles import TITLES

MOST = 2000
"""Spellings that a document remembers."""

SHARE = 0.2
"""Weighted distance of two spellings of one surname, as a share of the longer one's letters."""

PLACED = 0.45
"""The same if the same position stands after both names."""

SMALL = 0.12
"""The share up to which one spelling is put in the place of another."""

MAJORITY = 3
"""So many places, and so many times as many as the other spelling's, are a majority."""

GIVEN = 1.5
"""Weighted distance of two spellings of one given name, at most."""

_CHEAP = 0.5  # of a mark too many or too few, and of letters that are taken for one another
_SHORTEST = 4  # letters of a surname whose spellings are compared
_POSITION = 10  # letters after two names that must be the same
_LISTED = 6  # spellings that a note lists

_CONFIDENCE = 0.9

_SOUND_ALIKES = ("นณ", "สศษ", "ทธฒฑ", "ยญ", "พภ", "ตฏ", "ดฎ", "ชฌ", "ขค", "ใไ")
_ALIKE = {
    (a, b) for group in (*LOOK_ALIKES, *_SOUND_ALIKES) for a in group for b in group if a != b
}
_SHAPE = str.maketrans({letter: group[0] for group in reversed(LOOK_ALIKES) for letter in group})

_NAME = re.compile(
    rf"(?P<title>{TITLES}(?:\s?{TITLES})*)\s?(?P<given>[\u0e01-\u0e2e\u0e40-\u0e44]"
    r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{1,17})"
    r"(?:[ \t]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3})"
    r"(?P<surname>[\u0e01-\u0e2e\u0e40-\u0e44]"
    r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]{2,39})"
)
_NOT_GIVEN = re.compile(
    "กรัฐ|กสภา|กองค์|กเทศ|กสมาคม|กเหล่า|กแพทย|กเมือง|จ้าง|ทุน|ทะเบียน|ด่าน|สถานี|อำเภอ|ความ|หน้า|ท้าย|"
    "ช่าง|ตรวจ|ทหาร|ตำรวจ|เรือ|งาน|พยาบาล|สาว|แบบ"
)  # "นาย" and the rest are another word
_NO_NAME = re.compile(
    "กล่าว|เปิดเผย|เผย|ระบุ|พร้อม|และ|ได้|เป็น|ว่า|โดย|ให้|ที่|ซึ่ง|รัฐมนตรี|ปลัด|อธิบดี|รองนา|นายก|ผู้|ประธาน|"
    "เลขา|โฆษก|กรรมการ|กำนัน|กระทรวง|ตำแหน่ง|จังหวัด|มอบหมาย|ลงพื้น|ร่วม|เลขที่|อายุ|อดีต|หัวหน้า|"
    "ตรวจ|สมาชิก|สำนัก|องค์การ|นัก|คณะ"
)  # words that no name has: a surname ends before them
_FEMALE = re.compile("นาง|น\\.ส|ด\\.ญ|หญิง|พญ")
_MALE = re.compile("นาย|ด\\.ช|เด็กชาย")
_LETTER = re.compile("[\u0e01-\u0e4e]")


class Name(NamedTuple):
    """A spelling; `sex` is what the title tells: "f", "m", or "" for nothing."""

    given: str
    surname: str
    sex: str


class _Place(NamedTuple):
    name: Name
    given: int  # where it starts
    surname: int
    position: str  # the letters after the name


class Names:
    """The names of one document so far."""

    def __init__(self, known: Callable[[str], bool] | Container[str]) -> None:
        """Begin with nothing.

        Args:
            known: Whether a string is a given name or a surname of the lexicon.
        """
        self._known: Callable[[str], bool] = known if callable(known) else known.__contains__
        self._counts: dict[Name, int] = {}

    def read(self, text: str) -> None:
        """Remember the names of a section, corrected, for the next ones. O(n)."""
        for place in _places(text):
            times = self._counts.pop(place.name, 0)
            self._counts[place.name] = times + 1
            if len(self._counts) > MOST:
                del self._counts[next(iter(self._counts))]

    def edits(
        self, text: str, protected: Sequence[tuple[int, int]] = ()
    ) -> tuple[list[Edit], list[Flag]]:
        """Find spellings of one name.

        Args:
            text: A section of the document that was not read, its letters corrected.
            protected: Spans that must stay.
        Returns:
            Sorted, disjoint edits of `text` with the reason `name_variant`, never of a line end;
            sorted flags `name_variants` of each place of the spellings that stay in doubt, whose
            notes list the spellings with their counts.
        Time: linear in the text, and in pairs of names that begin alike.
        """
        places = list(_places(text))
        here: defaultdict[Name, list[_Place]] = defaultdict(list)
        for place in places:
            here[place.name].append(place)
        if not here:
            return [], []
        counts = dict(self._counts)
        for name, stand in here.items():
            counts[name] = counts.get(name, 0) + len(stand)
        edits: list[Edit] = []
        flags: list[Flag] = []
        for group in self._groups(counts, here):
            best = max(group, key=lambda n: (counts[n], self._knows(n), n))
            doubtful = [n for n in group if n != best and not self._loses(n, best, counts)]
            for name in group:
                for place in here.get(name, ()):
                    if name == best or name in doubtful:
                        if doubtful:
                            flags.append(_flag(place, group, counts))
                    else:
                        edits += _rewritten(place, best)
        edits = [e for e in edits if not any(a < e.end and e.start < b for a, b in protected)]
        return sorted(edits), sorted(flags)

    def _knows(self, name: Name) -> int:
        return self._known(name.given) + self._known(name.surname)

    def _loses(self, name: Name, best: Name, counts: Mapping[Name, int]) -> bool:
        """Whether a spelling is surely a misreading of another."""
        if name.given != best.given and name.surname != best.surname:
            return False
        one, other = (
            (name.surname, best.surname) if name.given == best.given else (name.given, best.given)
        )
        if self._known(one) or _distance(one, other) > SMALL * max(len(one), len(other)):
            return False
        most = counts[best] >= max(MAJORITY, MAJORITY * counts[name])
        return most or (self._known(other) and counts[best] > counts[name])

    def _groups(
        self, counts: Mapping[Name, int], here: Mapping[Name, Sequence[_Place]]
    ) -> list[list[Name]]:
        """Names that hang together as spellings of one, at least one of which stands here."""
        keys: defaultdict[str, list[Name]] = defaultdict(list)
        for name in counts:
            for key in _keys(name):
                keys[key].append(name)
        group: dict[Name, list[Name]] = {}
        for names in keys.values():
            for one, other in combinations(names, 2):
                if one not in here and other not in here:
                    continue
                mine, its = group.get(one, [one]), group.get(other, [other])
                if mine is its or not self._same(one, other, here):
                    continue
                mine += its
                group.update(dict.fromkeys(mine, mine))
        return list({id(names): names for names in group.values()}.values())

    def _same(self, one: Name, other: Name, here: Mapping[Name, Sequence[_Place]]) -> bool:
        """Whether two names may well be spellings of one."""
        if one.sex and other.sex and one.sex != other.sex:
            return False
        if one.given == other.given and one.surname == other.surname:
            return False  # with another title
        for a, b in ((one.given, other.given), (one.surname, other.surname)):
            if a != b and ((self._known(a) and self._known(b)) or _continues(a, b)):
                return False
        longest = max(len(one.surname), len(other.surname))
        if min(len(one.surname), len(other.surname)) < _SHORTEST:
            return False
        given = _distance(one.given, other.given)
        if given > min(GIVEN, SHARE * max(len(one.given), len(other.given))):
            return False
        surname = _distance(one.surname, other.surname)
        if surname <= SHARE * longest - given:
            return True
        return surname <= PLACED * longest and _same_position(
            here.get(one, ()), here.get(other, ())
        )


def _places(text: str) -> Iterator[_Place]:
    for match in _NAME.finditer(text):
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
        after = text[at + len(surname) : at + len(surname) + 2 * _POSITION]
        position = "".join(_LETTER.findall(after))[:_POSITION]
        yield _Place(Name(given, surname, sex), match.start("given"), at, position)


def _keys(name: Name) -> set[str]:
    """Spellings of one name share one of these."""
    given, surname = _skeleton(name.given), _skeleton(name.surname)
    return {f"g{given}", f"s{surname}", f"{given[:1]} {surname[:3]}"}


def _skeleton(text: str) -> str:
    return "".join(c for c in text.translate(_SHAPE) if c in CONSONANTS)


def _continues(one: str, other: str) -> bool:
    """Whether one is the other with something after it: the next word, or a line's end cut it."""
    return one.startswith(other) or other.startswith(one)


def _same_position(ones: Sequence[_Place], others: Sequence[_Place]) -> bool:
    positions = {p.position for p in ones if len(p.position) == _POSITION}
    return any(p.position in positions for p in others)


def _distance(one: str, other: str) -> float:
    """Weighted edit distance: marks and letters that are taken for one another count half."""
    if one == other:
        return 0.0
    row = [0.0]
    for b in other:
        row.append(row[-1] + _weight(b))
    for a in one:
        last, row = row, [row[0] + _weight(a)]
        for k, b in enumerate(other):
            swap = 0.0 if a == b else _CHEAP if (a, b) in _ALIKE else 1.0
            row.append(min(last[k] + swap, last[k + 1] + _weight(a), row[k] + _weight(b)))
    return row[-1]


def _weight(letter: str) -> float:
    return _CHEAP if letter in MARKS else 1.0


def _rewritten(place: _Place, best: Name) -> Iterator[Edit]:
    """Yield what makes a place's name the best spelling; what stands between stays."""
    pairs = (
        (place.given, place.name.given, best.given),
        (place.surname, place.name.surname, best.surname),
    )
    for start, observed, intended in pairs:
        if observed != intended:
            yield trim(
                Edit(
                    start, start + len(observed), intended,
                    confidence=_CONFIDENCE, reason="name_variant", observed=observed,
                )
            )  # fmt: skip


def _flag(place: _Place, group: Sequence[Name], counts: Mapping[Name, int]) -> Flag:
    ordered = sorted(group, key=lambda n: (-counts[n], n))
    listed = [f"{n.given} {n.surname} ({counts[n]})" for n in ordered[:_LISTED]]
    note = ", ".join(listed) + (", …" if len(group) > _LISTED else "")
    return Flag(place.given, place.surname + len(place.name.surname), "name_variants", note)
