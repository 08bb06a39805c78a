"""Looking up entries by what a person types."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from thaifix.lexicon.entries import Entry

_LEAST_IN_COMMON = 60.0  # per cent of the letters of an alike term; by judgement
_MOST_ALIKE = 10  # terms that are given; by judgement


def find(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """Find the entries with this term, id, alias or misreading. O(entries)."""
    return [
        entry
        for entry in entries
        if query in (entry.term, entry.id, *entry.aliases, *entry.misreadings)
    ]


def alike(query: str, entries: Iterable[Entry]) -> list[str]:
    """Find up to ten terms that resemble a query, the most alike first. O(entries)."""
    terms = dict.fromkeys(entry.term for entry in entries)
    found = process.extract(
        query, list(terms), scorer=fuzz.ratio, score_cutoff=_LEAST_IN_COMMON, limit=_MOST_ALIKE
    )
    return [term for term, _, _ in found]
