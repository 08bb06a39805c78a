"""Looking up entries by what a person types."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from thaifix.lexicon.entries import Entry

_ALIKE = 60.0  # per cent of letters in common, at least
_MOST = 10


def find(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries with this term, id, alias or misreading."""
    return [
        entry
        for entry in entries
        if query in (entry.term, entry.id, *entry.aliases, *entry.misreadings)
    ]


def alike(query: str, entries: Iterable[Entry]) -> list[str]:
    """Up to ten terms that resemble a query, the most alike first. O(entries)."""
    terms = dict.fromkeys(entry.term for entry in entries)
    found = process.extract(query, list(terms), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST)
    return [term for term, _, _ in found]
