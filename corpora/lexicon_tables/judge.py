"""What holds across tables: one row a term, no misspelling among the terms, clear aliases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lexicon_tables.rows import LONGEST_TERM, LexiconRow, listed, table

ONCE = (
    "places", "forms", "agencies", "international", "laws", "titles", "positions", "terms",
)  # fmt: skip
"""Tables of which each term stays in the first that has it: of all but names, abbreviations and
informal words, which may be words of other kinds as well."""


def settle(tables: Mapping[str, list[LexiconRow]], typos: Path) -> dict[str, list[LexiconRow]]:
    """Sort the tables, and leave out what contradicts what.

    Args:
        tables: Rows by name of table; of equal terms the first stays.
        typos: A table of misspellings that were seen in print: `typo` and `right`.
    """
    wrong = {row["typo"]: row["right"] for row in table(typos)}
    taken: set[str] = set()
    settled = {}
    for name, rows in tables.items():
        found: dict[str, LexiconRow] = {}
        for row in rows:
            if name in ONCE and (row.term in taken or row.term in wrong):
                continue
            if len(row.term) > LONGEST_TERM:
                continue
            found.setdefault(row.term, row)
        if name in ONCE:
            taken |= set(found)
        settled[name] = [found[term] for term in sorted(found)]
    known = taken | {a for name in ONCE for row in settled[name] for a in row.aliases}
    for name in ONCE:
        if name != "places":
            settled[name] = [_misread(row, wrong, known) for row in settled[name]]
    return settled


def _misread(row: LexiconRow, wrong: Mapping[str, str], known: set[str]) -> LexiconRow:
    """Give a row the misspellings that cannot be part of right text.

    One that is a part of the term is found in right text, too (`กระทรวงมหาดไท`), and so is one that
    has the whole term in it.
    """
    rejected = set(listed("typos_rejected"))
    seen = {t for t, right in wrong.items() if right == row.term and t not in rejected}
    safe = {t for t in seen | set(row.misreadings) if t not in row.term and row.term not in t}
    return row._replace(misreadings=tuple(sorted(safe - known)))
