"""Tables of terms of several words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lexicon_tables.rows import LONGEST, Fact, Row, facts, listed, written
from lexicon_tables.words import WORD, expansions

KINDS = (
    ("กระทรวง", "ministry"),
    ("กรม", "department"),
    ("สำนักงานปลัด", "office"),
    ("ศาล", "court"),
    ("ธนาคาร", "bank"),
    ("มหาวิทยาลัย", "university"),
    ("โรงพยาบาล", "hospital"),
    ("ท่าอากาศยาน", "airport"),
    ("คณะ", "committee"),
    ("กองทุน", "fund"),
    ("กองทัพ", "military"),
    ("กอง", "division"),
    ("กลุ่มงาน", "unit"),
    ("สำนัก", "office"),
    ("ศูนย์", "centre"),
    ("สถาบัน", "institute"),
    ("องค์การ", "organisation"),
    ("องค์กร", "organisation"),
    ("สภา", "council"),
    ("สมาคม", "association"),
    ("มูลนิธิ", "foundation"),
)


def kept(path: Path, judged: str) -> Iterator[Fact]:
    """Candidates that fit and that the list `judged` does not reject."""
    rejected = set(listed(judged))
    for fact in facts(path):
        if fact.term not in rejected and 3 < len(fact.term) <= LONGEST:
            yield fact


def abbreviated(folder: Path) -> dict[str, tuple[str, ...]]:
    """Terms and their abbreviations, the most used first."""
    rejected = set(listed("expansions_rejected"))
    short: dict[str, list[tuple[int, str]]] = {}
    for abbr, expansion, documents in expansions(folder):
        if abbr not in rejected:
            short.setdefault(expansion, []).append((documents, abbr))
    return {term: tuple(a for _, a in sorted(found)[::-1]) for term, found in short.items()}


def agencies(folder: Path) -> Iterator[Row]:
    """Ministries down to divisions, courts, state enterprises, committees; their abbreviations."""
    aliases = abbreviated(folder)
    for row in written("agencies"):
        both = dict.fromkeys(row.aliases + aliases.get(row.term, ()))
        yield row._replace(aliases=tuple(both))
    for fact in kept(folder / "agencies.tsv", "agencies_rejected"):
        kind = next((kind for start, kind in KINDS if fact.term.startswith(start)), "agency")
        yield Row(fact.term, kind, fact.origin, aliases.get(fact.term, ()))


def international(folder: Path) -> Iterator[Row]:
    """Organisations, programmes, agreements and mechanisms of several countries."""
    yield from written("international")


def titles(folder: Path) -> Iterator[Row]:
    """Titles and ranks that government text attests."""
    yield from written("titles")
    for fact in kept(folder / "titles.tsv", "titles_rejected"):
        if "." not in fact.term:
            yield Row(fact.term, "title", fact.origin)


def terms(folder: Path) -> Iterator[Row]:
    """Fixed terms of rights, migration, labour, welfare, finance and administration."""
    for term in listed("terms"):
        yield Row(term, "term", "curated")


def forms(folder: Path) -> Iterator[Row]:
    """Words (`form`) and phrases of official letters, memos and minutes."""
    for line in listed("forms"):
        for term in line.split():
            if len(term) > 3 and WORD.fullmatch(term):
                yield Row(term, "form", "curated")
    for term in listed("phrases"):
        yield Row(term, "phrase", "curated")
