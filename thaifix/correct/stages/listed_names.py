"""Names of the lexicons, found by their last letters, and edits that a fact about one proves.

Letters are compared without white space, so that a name may run over a line's end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from thaifix.lexicon.entries import Entry
from thaifix.text.edit import Edit

LONGEST_NAME = 140
"""Code points before a year or a parenthesis that are looked at; by judgement."""

_END = 5  # letters of a name's end by which it is found; by judgement


class ListedName(NamedTuple):
    """A string without white space, with what is known about it."""

    letters: str
    entry: Entry
    shorts: frozenset[str] = frozenset()  # its abbreviations
    years: tuple[int, ...] = ()  # B.E., of a law, the earliest first


ByEnd = Mapping[str, Sequence[ListedName]]
"""Names by their last letters, the longest first."""


def letters_of(name: str) -> str:
    """A name without white space."""
    return "".join(name.split())


def by_end(names: Iterable[ListedName]) -> ByEnd:
    """Index names by their last letters; shorter ones are left out. O(n log n)."""
    found: dict[str, list[ListedName]] = defaultdict(list)
    for name in names:
        if len(name.letters) >= _END:
            found[name.letters[-_END:]].append(name)
    for same_end in found.values():
        same_end.sort(key=lambda name: -len(name.letters))
    return found


def longest_ending(names: ByEnd, letters: str) -> ListedName | None:
    """The longest name with which letters end."""
    return next((n for n in names.get(letters[-_END:], ()) if letters.endswith(n.letters)), None)


def letters_before(text: str, end: int) -> str:
    """The letters before a place."""
    return letters_of(text[max(0, end - LONGEST_NAME) : end])


def proved(
    start: int, observed: str, replacement: str, confidence: float, reason: str, entry: Entry
) -> Edit:
    """The edit that a fact proves.

    Args:
        start: Where the observed letters begin, in code points of the text.
        observed: What stands there.
        replacement: What should.
        confidence: 0 to 1; the margin is its log odds, in nats.
        reason: The rule's name.
        entry: What the rule knows it from.
    """
    margin = round(log(confidence / (1 - confidence)), 2)
    return Edit(
        start, start + len(observed), replacement, margin, confidence, reason, entry.id, observed
    )
