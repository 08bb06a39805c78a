"""Broken clusters: what no Thai text has, and what nobody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaifix.text.broken import RESTORE_LETTER, broken_clusters
from thaifix.text.edit import Flag
from thaifix.text.script import LETTERS

_UNREADABLE = re.compile(
    f"(?:(?<=[{LETTERS}])[\ufffd\ue000-\uf8ff]+|[\ufffd\ue000-\uf8ff]+(?=[{LETTERS}]))"
)


def broken_cluster(text: str) -> Iterator[Flag]:
    """A mark without its letter, half a sara am, two marks in one place, a sign for a letter."""
    for place in broken_clusters(text):
        if place.reason == RESTORE_LETTER:
            continue  # see `losses`
        yield Flag(place.start, place.end, "broken_cluster", "no Thai text has this")
    for match in _UNREADABLE.finditer(text):
        yield Flag(*match.span(), "broken_cluster", "a letter that cannot be read")
