"""Titles and ranks that stand before a person's name, as regular expressions.

The table `titles` of the lexicons is the source: all its titles and ranks, with abbreviations.
Added here is what no term of a lexicon can be: what is too short, or stands in ordinary words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from thaifix.lexicon.entries import shipped
from thaifix.text.matching import StringFinder

_NAMELESS = "royal"
"""Type of those of the table that are names themselves: no name follows them."""

_SHORT = ("นาย", "นาง", "ดร.", "ทันตแพทย์", "ทพ.", "ภก.")
RANKS = (  # the table has their full forms, or other grades of them
    "จ่าสิบตำรวจเอก", "จ่าสิบตำรวจโท", "จ่าสิบตำรวจตรี",
    "จ.ส.ท.", "จ.อ.", "จ.ท.", "จ.ต.", "จ.ต.อ.", "จ.ต.ท.", "จ.ต.ต.",
    "พ.อ.อ.", "พ.อ.ท.", "พ.อ.ต.", "ร.อ.อ.", "ร.อ.ท.", "ร.อ.ต.", "ส.ต.",
)  # fmt: skip
"""Ranks and their abbreviations."""

_ACTING = "ว่าที่"
"""Stands before a rank, but begins a clause far more often."""

_CALLED = ("คุณ", "พระ", "หลวงพ่อ", "หลวงปู่", "ครู", "อาจารย์")
"""One name without a surname follows these, which begin ordinary words too."""


@cache
def full_name_titles() -> StringFinder:
    """What finds the titles that `before_full_name` matches."""
    return StringFinder([*_titles(), _ACTING])


@cache
def before_full_name() -> str:
    """Match a title that a given name and a surname follow; several may stand in a row.

    Returns:
        The source of a regular expression without groups.
    Time: some milliseconds at the first call.
    """
    return f"{_one_of([*_titles(), _ACTING])}(?:(?<=[.])หญิง)?"


@cache
def before_name() -> str:
    """Match a title that a name follows, be it a full name or one name alone.

    Returns:
        The source of a regular expression without groups.
    Time: some milliseconds at the first call.
    """
    return _one_of([*_titles(), *_CALLED])


@cache
def _titles() -> frozenset[str]:
    """The table's titles and ranks and those added here, but for combinations of several."""
    found = {*_SHORT, *RANKS}
    for entry in shipped(("titles",)):
        if entry.type != _NAMELESS:
            found.update((entry.term, *entry.aliases))
    return frozenset(title for title in found if " " not in title and not title.startswith(_ACTING))


def _one_of(strings: Iterable[str]) -> str:
    """The source of a regular expression that matches the longest of some strings.

    Branches begin with different letters, which makes the search four times as fast.
    """
    rests: dict[str, list[str]] = {}
    for string in strings:
        rests.setdefault(string[:1], []).append(string[1:])
    may_end = rests.pop("", None) is not None
    branches = [re.escape(letter) + _one_of(rest) for letter, rest in sorted(rests.items())]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' * may_end}" if may_end or branches[1:] else branches[0]
