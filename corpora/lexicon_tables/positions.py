"""Positions: those attested, and those that two certain parts make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lexicon_tables.phrases import abbreviated, kept
from lexicon_tables.rows import LISTS, Row, listed, table

LEVELS = {
    "academic": ("ปฏิบัติการ", "ชำนาญการ", "ชำนาญการพิเศษ", "เชี่ยวชาญ", "ทรงคุณวุฒิ"),
    "general": ("ปฏิบัติงาน", "ชำนาญงาน", "อาวุโส"),
}
SHORTEST = 6
CLAUSES = ("ในฐานะ", "และโฆษก", "เฉพาะด้าน")


def positions(folder: Path) -> Iterator[Row]:
    """Attested ones first, then offices of ministries and departments, then lines with levels."""
    aliases = abbreviated(folder)
    for row in _positions(folder):
        yield row._replace(aliases=aliases.get(row.term, ()))


def _positions(folder: Path) -> Iterator[Row]:
    for term in listed("positions"):
        yield Row(term, "position", "curated")
    for line in table(LISTS / "lines.tsv"):
        yield Row(line["term"], "line", "curated")
        for level in LEVELS[line["levels"]]:
            yield Row(line["term"] + level, "line-and-level", "generated")
    for fact in kept(folder / "positions.tsv", "positions_rejected"):
        if len(fact.term) >= SHORTEST and not any(c in fact.term for c in CLAUSES):
            yield Row(fact.term, "position", fact.origin)
    for office in table(LISTS / "offices.tsv"):
        for body in listed(office["of"]):
            yield Row(office["position"] + body, "position", "generated")
