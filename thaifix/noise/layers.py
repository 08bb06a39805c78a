"""Bad text layers: what PDF files, and fluent engines, print for sara am, marks and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaifix.noise.glyphs import latin_tone, shaped, unshaped
from thaifix.noise.places import Slip
from thaifix.text.script import (
    CONSONANTS,
    FOLLOWING_VOWELS,
    MARKS,
    NIKHAHIT,
    SARA_AA,
    SARA_AM,
)

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""What stands for a glyph without a code."""

_FOLLOWING = CONSONANTS + FOLLOWING_VOWELS
_MARKS_AND_AM = MARKS + SARA_AM
_PLACES = re.compile(f"[{CONSONANTS}{MARKS}]")
_AM = (
    ("am_gap", f" {SARA_AA}"),
    ("am_apart", f"{NIKHAHIT} {SARA_AA}"),
    ("am_joined", NIKHAHIT + SARA_AA),
    ("am_swapped", SARA_AA + NIKHAHIT),
    ("am_doubled", SARA_AM + SARA_AA),
    ("am_as_aa", SARA_AA),
    ("am_unreadable", UNREADABLE + SARA_AA),
)
_AM_BEFORE_LETTER = (*_AM, ("am_swapped_gap", f"{SARA_AA}{NIKHAHIT} "))


def am_slips(text: str) -> Iterator[Slip]:
    """Find where sara am can come apart.

    Time: linear.
    """
    at = text.find(SARA_AM)
    while at >= 0:
        yield Slip(at, at + 1, _AM_BEFORE_LETTER if text[at + 1 : at + 2].strip() else _AM)
        at = text.find(SARA_AM, at + 1)


def glyph_slips(text: str) -> Iterator[Slip]:
    """Find what can happen to consonants and marks.

    Time: linear.
    """
    for match in _PLACES.finditer(text):
        at = match.start()
        if match[0] in MARKS:
            yield from _of_mark(text, at)
        else:
            yield Slip(at, at + 1, (("letter_unreadable", UNREADABLE), *_private(text, at)))


def _of_mark(text: str, at: int) -> Iterator[Slip]:
    """Find what can happen to the mark at a place."""
    mark = text[at]
    choices = [("mark_unreadable", UNREADABLE), *_private(text, at)]
    if tone := latin_tone(mark):
        choices.append(("tone_latin", tone))
    if at and text[at - 1] in CONSONANTS:
        yield Slip(at, at, (("mark_parted", " "),))
    yield Slip(at, at + 1, tuple(choices))
    yield from _moved(text, at)
    yield Slip(at + 1, at + 1, (("mark_doubled", mark),))


def _private(text: str, at: int) -> Iterator[tuple[str, str]]:
    """Give the glyphs of private use for the letter at a place."""
    if glyph := shaped(text, at):
        yield "private_use", glyph
    if glyph := unshaped(text[at]):
        yield "private_use_always", glyph


def _moved(text: str, at: int) -> Iterator[Slip]:
    """Find whether the mark at a place can change places with the letter behind it.

    Only the last mark on a letter does, and where the other letter has no mark of its own.
    """
    mark, behind, next_one = text[at], text[at + 1 : at + 2], text[at + 2 : at + 3]
    if not behind or behind == SARA_AM or behind not in _FOLLOWING:
        return
    if next_one and next_one in _MARKS_AND_AM:
        return
    choices = [("mark_moved", behind + mark)]
    if next_one.strip():
        choices.append(("mark_moved_gap", f"{behind}{mark} "))
    yield Slip(at, at + 2, tuple(choices))
