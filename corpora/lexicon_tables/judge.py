"""What holds across tables: one row a term, no misspelling among the terms, clear aliases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lexicon_tables.rows import LONGEST, Row, listed, table

PHRASES = (
    "places", "forms", "agencies", "international", "laws", "titles", "positions", "terms",
)  # fmt: skip


def settle(tables: Mapping[str, list[Row]], typos: Path) -> dict[str, list[Row]]:
    """The tables sorted and judged; `typos` holds misspellings seen in print."""
    wrong = {row["typo"]: row["right"] for row in table(typos)}
    taken: set[str] = set()
    settled = {}
    for name, rows in tables.items():
        found: dict[str, Row] = {}
        for row in rows:
            if name in PHRASES and (row.term in taken or row.term in wrong):
                continue
            if len(row.term) > LONGEST:
                continue
            found.setdefault(row.term, row)
        if name in PHRASES:
            taken |= set(found)
        settled[name] = [found[term] for term in sorted(found)]
    known = taken | {a for name in PHRASES for row in settled[name] for a in row.aliases}
    for name in PHRASES:
        if name != "places":
            settled[name] = [_misread(row, wrong, known) for row in settled[name]]
    return settled


def _misread(row: Row, wrong: Mapping[str, str], known: set[str]) -> Row:
    """With the misspellings that cannot be part of right text.

    One that is part of the term, or holds it whole, is found in right text too: `กระทรวงมหาดไท`.
    """
    rejected = set(listed("typos_rejected"))
    seen = {t for t, right in wrong.items() if right == row.term and t not in rejected}
    safe = {t for t in seen | set(row.misreadings) if t not in row.term and row.term not in t}
    return row._replace(misreadings=tuple(sorted(safe - known)))
