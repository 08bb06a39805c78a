"""Lexicons side by side: what differs, and the union of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from thaifix.lexicon.entries import COLUMNS, Entry, cells


class EntryDifference(NamedTuple):
    """One line of a comparison.

    Attributes:
        change: "added", "removed" or "changed".
        id, term: Of the entry.
        field: What changed of it, as its column is called.
        old, new: The cell before and after.
    """

    change: str
    id: str
    term: str
    field: str = ""
    old: str = ""
    new: str = ""


class Conflict(NamedTuple):
    """Two entries that cannot both stay as they are.

    Attributes:
        kept: The entry that stays.
        other: The entry that is left out or gives way.
        why: What contradicts: "id", "type", "since" or "until".
    """

    kept: Entry
    other: Entry
    why: str


def compare(old: Iterable[Entry], new: Iterable[Entry]) -> list[EntryDifference]:
    """List what it takes to come from one lexicon to another, sorted by term.

    Entries of one term belong together, and of the others those of one id. Ids that are only the
    number of a line do not matter.
    """
    before = {entry.term: entry for entry in old}
    after = {entry.term: entry for entry in new}
    removed = before.keys() - after.keys()
    gone = {before[term].id: term for term in removed if not _counted(before[term])}
    found: list[EntryDifference] = []
    for term in after.keys() - before.keys():
        entry = after[term]
        if renamed := gone.pop(entry.id, None):
            removed.remove(renamed)
            found += _changes(before[renamed], entry)
        else:
            found.append(EntryDifference("added", entry.id, term))
    found += (EntryDifference("removed", before[term].id, term) for term in removed)
    for term in before.keys() & after.keys():
        found += _changes(before[term], after[term])
    return sorted(found, key=lambda difference: (difference.term, difference))


def merge(
    lexicons: Iterable[Iterable[Entry]], prefer: Literal["first", "last"] = "first"
) -> tuple[list[Entry], list[Conflict]]:
    """Unite lexicons.

    Of equal terms one entry stays, with the aliases and misreadings of all. What it lacks (type,
    years, source, note) it takes from the others. Terms with different types or years, and an id
    of different terms, are conflicts.

    Args:
        lexicons: In order of rank.
        prefer: Whose fields stay in an entry: those of the first, or of the last.
    Returns:
        The entries, sorted by term, and what contradicts in them.
    """
    rows = [entry for lexicon in lexicons for entry in lexicon]
    merged: dict[str, Entry] = {}
    owner: dict[str, Entry] = {}  # of an id
    conflicts: list[Conflict] = []
    for entry in rows if prefer == "first" else reversed(rows):
        kept = merged.get(entry.term)
        if kept is None:
            rival = owner.setdefault(entry.id, entry)
            if rival.term != entry.term:
                conflicts.append(Conflict(rival, entry, "id"))
            else:
                merged[entry.term] = entry
        else:
            conflicts += (Conflict(kept, entry, field) for field in _contradictions(kept, entry))
            merged[entry.term] = _unite(kept, entry)
    return sorted(merged.values(), key=lambda entry: (entry.term, entry.id)), conflicts


def _counted(entry: Entry) -> bool:
    """Tell whether an id is only the place in a file, because the file names none."""
    return ":" in entry.id


def _changes(old: Entry, new: Entry) -> Iterator[EntryDifference]:
    for field, before, after in zip(COLUMNS, cells(old), cells(new), strict=True):
        if before != after and not (field == "id" and (_counted(old) or _counted(new))):
            yield EntryDifference("changed", new.id, new.term, field, before, after)


def _contradictions(kept: Entry, other: Entry) -> Iterator[str]:
    for field in "type", "since", "until":
        one, two = getattr(kept, field), getattr(other, field)
        if one and two and one != two:
            yield field


def _unite(kept: Entry, other: Entry) -> Entry:
    return kept._replace(
        type=kept.type or other.type,
        aliases=_all(kept.aliases, other.aliases),
        misreadings=_all(kept.misreadings, other.misreadings),
        since=kept.since or other.since,
        until=kept.until or other.until,
        source=kept.source or other.source,
        note=kept.note or other.note,
    )


def _all(one: Sequence[str], two: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *two]))
