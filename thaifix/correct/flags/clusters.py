"""Broken clusters: what no Thai text has, and what nobody can read."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.text.broken import RESTORE_LETTER, broken_clusters
from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import letter_at

_UNREADABLE = pattern("[\ufffd\ue000-\uf8ff]+")


def broken_cluster(text: str) -> Iterator[Flag]:
    """A mark without its letter, half a sara am, two marks in one place, a sign for a letter."""
    for place in broken_clusters(text):
        if place.reason == RESTORE_LETTER:
            continue  # see `losses`
        yield Flag(place.start, place.end, "broken_cluster", "no Thai text has this")
    for match in _UNREADABLE.finditer(text):
        start, end = match.span()
        if letter_at(text, start - 1) or letter_at(text, end):
            yield Flag(start, end, "broken_cluster", "a letter that cannot be read")
