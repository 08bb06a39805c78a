"""Uncertain names: no letter of a person's name is exchanged since another is more common.

A rare name and a misread one look alike. Only the document itself, or a lexicon of the user, tells
them apart; what else the decoder would change in a name is flagged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thaifix.correct.stages.person_names import names_in
from thaifix.text.edit import Edit, Flag, apply, shift

REASON = "uncertain_name"


def uncertain_names(edits: Sequence[Edit], text: str) -> tuple[list[Edit], list[Flag]]:
    """Divide the edits of a block into those that may be made and those that are flagged.

    Args:
        edits: Sorted, apart.
        text: The block.
    Returns:
        The edits outside names, and those that give a spelling which the block has elsewhere, or a
        lexicon of the user; of the others flags, with the spelling that the decoder finds likelier
        as note.
    Time: O(n).
    """
    made = list(edits)
    flags = []
    for start, end in _parts(text):
        inside = [e for e in made if e.start < end and start < e.end and e.entry is None]
        if not inside:
            continue
        lo, hi = min(start, inside[0].start), max(end, inside[-1].end)
        spelled = apply(text[lo:hi], shift(inside, -lo))
        if spelled in text:
            continue
        made = [edit for edit in made if edit not in inside]
        flags.append(Flag(lo, hi, REASON, spelled))
    return made, flags


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the given names and surnames of a text stand."""
    for place in names_in(text):
        yield place.given, place.given + len(place.name.given)
        yield place.surname, place.surname + len(place.name.surname)
