"""Uncertain names: no letter of a person's name is exchanged since another is more common.

A rare name and a misread one look alike. Only the document itself, or a lexicon of the user, tells
them apart; what else the decoder would change in a name is flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from thaifix.text.edit import Edit, Flag, apply, shift

REASON = "uncertain_name"

# Code points around an edit that are searched: titles, a given name and a surname; by judgement.
_BEFORE, _AFTER = 96, 48


def uncertain_names(edits: Sequence[Edit], text: str) -> tuple[list[Edit], list[Flag]]:
    """Divide the edits of a block into those that may be made and those that are flagged.

    Args:
        edits: Sorted, apart.
        text: The block.
    Returns:
        The edits outside names, and those that give a spelling which the block has elsewhere, or a
        lexicon of the user; of the others flags, with the spelling that the decoder finds likelier
        as note.
    Time: O(edits).
    """
    made = list(edits)
    flags = []
    for start, end in _parts(edits, text):
        inside = [e for e in made if e.entry is None and _within(e, start, end)]
        if not inside:
            continue
        lo, hi = min(start, inside[0].start), max(end, inside[-1].end)
        spelled = apply(text[lo:hi], shift(inside, -lo))
        if spelled in text:
            continue
        made = [edit for edit in made if edit not in inside]
        flags.append(Flag(lo, hi, REASON, spelled))
    return made, flags


def _within(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit changes something of a span, or puts letters before it."""
    return (edit.start < end and start < edit.end) or edit.start == edit.end == start


def _parts(edits: Sequence[Edit], text: str) -> list[tuple[int, int]]:
    """Where given names, surnames and what is between them stand near edits, sorted."""
    from thaifix.correct.stages.person_names import names_in  # slow to load, and seldom needed

    found = set()
    for edit in edits:
        lo = max(0, edit.start - _BEFORE)
        for place in names_in(text[lo : edit.end + _AFTER]):
            given_end = place.given + len(place.name.given)
            surname_end = place.surname + len(place.name.surname)
            for start, end in pairwise((place.given, given_end, place.surname, surname_end)):
                found.add((lo + start, lo + end))
    return sorted(found)
