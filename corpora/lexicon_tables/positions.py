"""Positions: those attested, and those that two certain parts make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lexicon_tables.phrases import kept
from lexicon_tables.rows import LONGEST, Row, listed, table
from lexicon_tables.rows import LISTS

LEVELS = {
    "academic": ("ปฏิบัติการ", "ชำนาญการ", "ชำนาญการพิเศษ", "เชี่ยวชาญ", "ทรงคุณวุฒิ"),
    "general": ("ปฏิบัติงาน", "ชำนาญงาน", "อาวุโส"),
}


def positions(folder: Path) -> Iterator[Row]:
    """Attested ones first, then offices of ministries and departments, then lines with levels."""
    for term in listed("positions"):
        yield Row(term, "position", "curated")
    for fact in kept(folder / "positions.tsv", "positions_rejected"):
        yield Row(fact.term, "position", fact.origin)
    for office in table(LISTS / "offices.tsv"):
        for place in listed(office["of"]):
            term = office["position"] + place.removeprefix(office["without"])
            if len(term) <= LONGEST:
                yield Row(term, "position", "generated")
    for line in table(LISTS / "lines.tsv"):
        yield Row(line["term"], "line", "curated")
        for level in LEVELS[line["levels"]]:
            yield Row(line["term"] + level, "line-and-level", "generated")
