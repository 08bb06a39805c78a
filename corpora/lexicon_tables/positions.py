"""Positions: those attested, and those that two certain parts make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lexicon_tables.phrases import abbreviated, kept
from lexicon_tables.rows import LISTS, LexiconRow, listed, table

LEVELS = {
    "academic": ("ปฏิบัติการ", "ชำนาญการ", "ชำนาญการพิเศษ", "เชี่ยวชาญ", "ทรงคุณวุฒิ"),
    "general": ("ปฏิบัติงาน", "ชำนาญงาน", "อาวุโส"),
}
"""Levels of a line of work, by the kind of its career; they follow the line's name."""

SHORTEST_POSITION = 6
"""Code points of a candidate, at least: by judgement, as shorter ones are words of other kinds."""

CLAUSES = ("ในฐานะ", "และโฆษก", "เฉพาะด้าน")
"""What shows that a candidate is no position but a clause with one in it."""


def positions(folder: Path) -> Iterator[LexiconRow]:
    """Attested ones first, then offices of ministries and departments, then lines with levels."""
    aliases = abbreviated(folder)
    for row in _positions(folder):
        yield row._replace(aliases=aliases.get(row.term, ()))


def _positions(folder: Path) -> Iterator[LexiconRow]:
    for term in listed("positions"):
        yield LexiconRow(term, "position", "curated")
    for line in table(LISTS / "lines.tsv"):
        yield LexiconRow(line["term"], "line", "curated")
        for level in LEVELS[line["levels"]]:
            yield LexiconRow(line["term"] + level, "line-and-level", "generated")
    for fact in kept(folder / "positions.tsv", "positions_rejected"):
        if len(fact.term) >= SHORTEST_POSITION and not any(c in fact.term for c in CLAUSES):
            yield LexiconRow(fact.term, "position", fact.origin)
    for office in table(LISTS / "offices.tsv"):
        for body in listed(office["of"]):
            yield LexiconRow(office["position"] + body, "position", "generated")
