"""Titles of laws: the year of the one in force, and all years that may stand after the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lexicon_tables.phrases import kept
from lexicon_tables.rows import LISTS, LexiconRow, table

KINDS = (  # by how a title begins; the first that fits counts
    ("รัฐธรรมนูญ", "constitution"),
    ("พระราชบัญญัติประกอบรัฐธรรมนูญ", "organic-act"),
    ("พระราชบัญญัติ", "act"),
    ("พระราชกำหนด", "emergency-decree"),
    ("พระราชกฤษฎีกา", "decree"),
    ("ประมวล", "code"),
    ("ระเบียบ", "regulation"),
)


def laws(folder: Path) -> Iterator[LexiconRow]:
    """Titles of ours first, then candidates whose year is known."""
    for row in table(LISTS / "laws.tsv"):
        yield _dated(row["term"], row["from"], row["years"].split(";"), "curated")
    for fact in kept(folder / "laws.tsv", "laws_rejected"):
        years = fact.detail("years")
        if years and not re.search("[0-9]", fact.term):
            dates = sorted(years.split(","))
            yield _dated(fact.term, dates[-1], dates, fact.origin)


def _dated(term: str, since: str, years: list[str], source: str) -> LexiconRow:
    kind = next((kind for start, kind in KINDS if term.startswith(start)), "law")
    return LexiconRow(term, kind, source, since=since, note="years=" + ";".join(years))
