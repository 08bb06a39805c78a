"""Spellings of one person's name within a document.

A name is a title, a given name and a surname. Names that differ in few letters, and in such as
are taken for one another, are spellings of one name if nothing speaks for two persons. The
spelling that most places or the lexicon support is put in the others' places if the evidence is
strong; else all places are flagged together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.correct.stages.person_names import POSITION_LETTERS, PREMIER, Name, NamePlace, names_in
from thaifix.model.confusion import LOOK_ALIKES
from thaifix.text.edit import Edit, Flag, trim
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import CONSONANTS, MARKS

MOST_SPELLINGS = 2000
"""Spellings that a document remembers, the newest: a bound of memory; by judgement."""

# Weighted distances, see `_distance`. All were chosen by hand, on official text with and without
# planted errors (see `_CONFIDENCE`).

SURNAME_SHARE = 0.2
"""Distance of two spellings of one surname, at most, as a share of the longer one's letters."""

PLACED_SURNAME_SHARE = 0.5
"""The same if the same position stands after both names."""

REPLACED_SHARE = 0.15
"""The share up to which one spelling is put in the place of another."""

MAJORITY = 3
"""So many places, and so many times as many as the other spelling's, are a majority."""

GIVEN_DISTANCE = 1.5
"""Distance of two spellings of one given name, at most, where the surnames differ, too."""

GIVEN_SHARE = 0.35
"""Distance of two spellings of one given name as a share of its letters, where the surname is the
same."""

MOST_ALIKE = 40
"""Names that are alike in their consonants; if there are more, the likeness says nothing."""

_CHEAP = 0.5  # of a mark too many or too few, and of letters that are taken for one another
_SHORTEST_SURNAME = 4  # letters of a surname whose spellings are compared
_LISTED = 6  # spellings that a note lists

# Of 1,050 changes of names with planted errors 1 % were wrong; in 20 million characters of official
# text 21 were made, all of them right. What is planted is kinder than what engines do.
_CONFIDENCE = 0.97

_SOUND_ALIKES = ("นณ", "สศษ", "ทธฒฑ", "ยญ", "พภ", "ตฏ", "ดฎ", "ชฌ", "ขค", "ใไ")
_ALIKE = {
    (a, b) for group in (*LOOK_ALIKES, *_SOUND_ALIKES) for a in group for b in group if a != b
}
_SHAPE = str.maketrans({letter: group[0] for group in reversed(LOOK_ALIKES) for letter in group})


class _Seen(NamedTuple):
    """How often a spelling stands in a document, and what its titles say of the person's sex."""

    times: int = 0
    sexes: frozenset[str] = frozenset()


class Names(Stage):
    """The names of one document so far."""

    guesses = True

    def __init__(self, known: Callable[[str], bool] | Container[str]) -> None:
        """Begin with nothing.

        Args:
            known: Whether a string is a given name or a surname of the lexicon.
        """
        self._known: Callable[[str], bool] = known if callable(known) else known.__contains__
        self._seen: dict[Name, _Seen] = {}

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find spellings of one name in a section; see `variants`."""
        return Findings(*self.variants(text, list(keep.spans(text)) if keep else ()))

    def learn(self, text: str) -> None:
        """Remember the names of a section, corrected, for the next ones. O(n)."""
        for place in names_in(text):
            self._seen[place.name] = _with(self._seen.pop(place.name, _Seen()), place)
            if len(self._seen) > MOST_SPELLINGS:
                del self._seen[next(iter(self._seen))]

    def variants(
        self, text: str, protected: Sequence[tuple[int, int]] = ()
    ) -> tuple[list[Edit], list[Flag]]:
        """Find spellings of one name.

        Args:
            text: A section of the document that was not read yet, its letters corrected.
            protected: Spans that must stay.
        Returns:
            Sorted, disjoint edits of `text` with the reason `name_variant`, never of a line end;
            sorted flags `name_variants` of each place of the spellings that stay in doubt, whose
            notes list the spellings with their counts.
        Time: linear in the text and, for each name, in the names that are like it.
        """
        here: defaultdict[Name, list[NamePlace]] = defaultdict(list)
        seen = dict(self._seen)
        for place in names_in(text):
            here[place.name].append(place)
            seen[place.name] = _with(seen.get(place.name, _Seen()), place)
        edits: list[Edit] = []
        flags: list[Flag] = []
        for group in self._groups(seen, here):
            best = max(group, key=lambda n: (seen[n].times, self._knows(n), n))
            wrong = self._misread(group, best, seen)
            doubtful = len(wrong) + 1 < len(group)
            note = _note(group, seen)
            for name in group:
                for place in here.get(name, ()):
                    if name in wrong:
                        edits += _rewritten(place, best)
                    elif doubtful:
                        end = place.surname + len(name.surname)
                        flags.append(Flag(place.given, end, "name_variants", note))
        edits = [e for e in edits if not touches(protected, e.start, e.end)]
        return sorted(edits), sorted(flags)

    def _knows(self, name: Name) -> int:
        return self._known(name.given) + self._known(name.surname)

    def _misread(self, group: Sequence[Name], best: Name, seen: Mapping[Name, _Seen]) -> set[Name]:
        """The spellings that are surely misreadings of the best one."""
        wrong: set[Name] = set()
        while True:  # what is put right is one place more that bears the best one out
            times = seen[best].times + sum(seen[name].times for name in wrong)
            more = {
                name
                for name in group
                if name != best and name not in wrong and self._loses(name, best, seen, times)
            }
            if not more:
                return wrong
            wrong |= more

    def _loses(self, name: Name, best: Name, seen: Mapping[Name, _Seen], times: int) -> bool:
        """Whether a spelling is surely a misreading of another, which stands so many times."""
        if name.given == best.given:
            observed, intended = name.surname, best.surname
        elif name.surname == best.surname:
            observed, intended = name.given, best.given
        else:
            return False
        most = REPLACED_SHARE * max(len(observed), len(intended))
        if self._known(observed) or _distance(observed, intended, most) > most:
            return False
        if times >= max(MAJORITY, MAJORITY * seen[name].times):
            return True
        return self._known(intended) and times >= seen[name].times

    def _groups(
        self, seen: Mapping[Name, _Seen], here: Mapping[Name, Sequence[NamePlace]]
    ) -> list[list[Name]]:
        """Names that hang together as spellings of one, at least one of which stands here."""
        if not here:
            return []
        keys: defaultdict[str, list[Name]] = defaultdict(list)
        for name in seen:
            for key in _keys(name):
                keys[key].append(name)
        group: dict[Name, list[Name]] = {}
        for names in keys.values():
            if len(names) > MOST_ALIKE:
                continue
            for one, other in combinations(names, 2):
                mine, its = group.get(one, [one]), group.get(other, [other])
                if mine is its or not (one in here or other in here):
                    continue
                sexes = seen[one].sexes, seen[other].sexes
                if all(sexes) and not sexes[0] & sexes[1]:
                    continue
                if self._same(one, other, here):
                    mine += its
                    group.update(dict.fromkeys(mine, mine))
        return list({id(names): names for names in group.values()}.values())

    def _same(self, one: Name, other: Name, here: Mapping[Name, Sequence[NamePlace]]) -> bool:
        """Whether two names may well be spellings of one."""
        if min(len(one.surname), len(other.surname)) < _SHORTEST_SURNAME:
            return False
        if _continues(one.given, other.given) or _continues(one.surname, other.surname):
            return False
        if PREMIER in (one.given.removesuffix(other.given), other.given.removesuffix(one.given)):
            return False
        letters = max(len(one.given), len(other.given))
        given = _distance(one.given, other.given, GIVEN_SHARE * letters)
        if given > GIVEN_SHARE * letters:
            return False
        if given and self._known(one.given) and self._known(other.given):
            return False  # two persons of one family
        if one.surname == other.surname:
            return True
        if given > min(GIVEN_DISTANCE, SURNAME_SHARE * letters):
            return False
        letters = max(len(one.surname), len(other.surname))
        if self._known(one.surname) and self._known(other.surname):
            most = 0.0 if given else _CHEAP
        elif _same_position(here.get(one, ()), here.get(other, ())):
            most = PLACED_SURNAME_SHARE * letters
        else:
            most = max(SURNAME_SHARE * letters - given, 0.0)
        return _distance(one.surname, other.surname, most) <= most


def _with(seen: _Seen, place: NamePlace) -> _Seen:
    return _Seen(seen.times + 1, seen.sexes | ({place.sex} if place.sex else set()))


def _keys(name: Name) -> set[str]:
    """Spellings of one name share one of these."""
    given, surname = _skeleton(name.given), _skeleton(name.surname)
    return {f"g{given}", f"s{surname}", f"{given[:1]} {surname[:2]}"}


def _skeleton(text: str) -> str:
    return "".join(c for c in text.translate(_SHAPE) if c in CONSONANTS)


def _continues(one: str, other: str) -> bool:
    """Whether one is the other with letters after it: the next word, or a line's end cut it."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and not set(long[len(short) :]) <= set(MARKS)


def _same_position(ones: Sequence[NamePlace], others: Sequence[NamePlace]) -> bool:
    positions = {p.position for p in ones if len(p.position) == POSITION_LETTERS}
    return any(p.position in positions for p in others)


def _distance(one: str, other: str, most: float) -> float:
    """Weighted edit distance: marks and letters that are taken for one another count half.

    What is more than `most` may be infinite instead.
    """
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    limit = int(most / _CHEAP)
    if Levenshtein.distance(one, other, score_cutoff=limit) > limit:
        return inf
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


def _rewritten(place: NamePlace, best: Name) -> Iterator[Edit]:
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


def _note(group: Sequence[Name], seen: Mapping[Name, _Seen]) -> str:
    """The spellings with their counts, the most frequent first."""
    ordered = sorted(group, key=lambda n: (-seen[n].times, n))
    listed = [f"{n.given} {n.surname} ({seen[n].times})" for n in ordered[:_LISTED]]
    return ", ".join(listed) + (", …" if len(group) > _LISTED else "")
