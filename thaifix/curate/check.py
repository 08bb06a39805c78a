"""What is wrong or dangerous in lexicons: one function a check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from thaifix.correct.corrector import Corrector
from thaifix.correct.options import Options
from thaifix.curate import mine
from thaifix.errors import LexiconError
from thaifix.lexicon.entries import COLUMNS, Entry, header, read_rows
from thaifix.lexicon.neighbours import MOST_NEIGHBOURS, neighbours, prefixes
from thaifix.model.words import Words

SEVERITIES = ("error", "warning", "note")
"""An error makes wrong corrections or none, a warning may, a note is only good to know."""

FIRST_YEAR, LAST_YEAR = 2300, 2700
"""Years of the Buddhist era that an entry can have, by judgement: the Christian years 1757 to 2157,
so that a Christian year is found."""

_SHORTEST_COMPARED = 8
"""Code points of a term that is compared with others, at least: by judgement, as shorter ones all
begin others or resemble them."""

_ALIKE_TYPES = frozenset(
    ("given", "surname", "subdistrict", "district", "city", "foreign_city", "abbreviation")
)
"""Types of which any two terms may be alike: they are corrected only where the context tells."""

_DEARER_MISSPELLING = 8.0
"""Nats by which a misspelling costs more than what it was meant to be, at least: by judgement, one
in three thousand."""

_DOUBTED = 0.5
"""Confidence from which it is told that thaifix would change a term: by judgement, where it is
rather right than wrong."""

_LIKE = 65
"""Likeness, 0 to 100, from which an unknown column may be a misspelt one: by judgement."""

_NEIGHBOURS_SHOWN = 3
"""Neighbours that a finding names: by judgement, as many as fit on a line."""


class Finding(NamedTuple):
    """One thing to look at, of one of the `SEVERITIES`.

    Attributes:
        file: The file, as it was named.
        line: Its line, from 1.
        severity: How bad it is.
        kind: Name of the check that found it.
        term: The term that it is about; "" if there is none.
        detail: What is wrong, for a person.
    """

    file: str
    line: int
    severity: str
    kind: str
    term: str
    detail: str


class EntryRow(NamedTuple):
    """An entry and where it stands."""

    file: str
    line: int
    entry: Entry

    def finding(self, severity: str, kind: str, detail: str) -> Finding:
        """Make a finding about the entry."""
        return Finding(self.file, self.line, severity, kind, self.entry.term, detail)

    def __str__(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"


def check(paths: Iterable[Path], corrector: Corrector | None = None) -> list[Finding]:
    """Check files that are used together.

    Args:
        paths: Lexicon files.
        corrector: Changes that it makes in terms are told; by default one of the default model that
            dares as much as the profile `bold`.
    Returns:
        The findings, by file as given, then by line.
    Raises:
        LexiconError: If a file cannot be read or is not UTF-8.
        ModelError: If the model cannot be used.
    """
    paths = list(paths)
    rows: list[EntryRow] = []
    found: list[Finding] = []
    for path in paths:
        for line, entry in read_rows(path):
            if isinstance(entry, LexiconError):
                reason = str(entry).removeprefix(f"{path}:{line}: ")
                found.append(Finding(str(path), line, "error", "form", "", reason))
            else:
                rows.append(EntryRow(str(path), line, entry))
        found += _header(path)
    words = Words(corrector.model if corrector else None)
    corrector = corrector or Corrector(options=Options(profile="bold", threshold=_DOUBTED))
    for findings in (
        form(rows), duplicate(rows), ambiguous(rows), neighbour(rows), beginning(rows),
        corrected(rows, corrector), unknown_word(rows, words), misspelt(rows, words),
    ):  # fmt: skip
        found += findings
    order = {str(path): i for i, path in enumerate(paths)}
    return sorted(found, key=lambda f: (order.get(f.file, 0), f))


def _header(path: Path) -> Iterator[Finding]:
    """Columns that nobody reads: errors, lest a misspelt name lose what stands below it."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    for name in header(path):
        if name not in mine.COLUMNS:
            near = extractOne(name.strip().lower(), COLUMNS, scorer=ratio, score_cutoff=_LIKE)
            meant = f"did you mean {near[0]!r}?" if near else f"columns are {', '.join(COLUMNS)}"
            detail = f"column {name!r} is not read; {meant}"
            yield Finding(str(path), 1, "error", "column", "", detail)


def form(rows: Iterable[EntryRow]) -> Iterator[Finding]:
    """Years in the wrong order, and signs that should not be there."""
    for row in rows:
        entry = row.entry
        if entry.since is not None and entry.until is not None and entry.since > entry.until:
            yield row.finding("error", "form", f"ends ({entry.until}) before it begins")
        for year in entry.since, entry.until:
            if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                yield row.finding("error", "form", f"{year} is no year of the Buddhist era")
        if "  " in entry.term:
            yield row.finding("error", "form", "two spaces together")


def duplicate(rows: Iterable[EntryRow]) -> Iterator[Finding]:
    """One term in several rows, or one id of several terms."""
    terms: dict[str, EntryRow] = {}
    ids: dict[str, EntryRow] = {}
    for row in rows:
        first = terms.setdefault(row.entry.term, row)
        if first is not row:
            same = first.file == row.file or first.entry.type == row.entry.type
            yield row.finding("error" if same else "note", "duplicate", f"also in {first}")
        owner = ids.setdefault(row.entry.id, row)
        if owner.entry.term != row.entry.term:
            detail = f"{row.entry.id} is also the id of {owner.entry.term} in {owner}"
            yield row.finding("error", "duplicate", detail)


def ambiguous(rows: Sequence[EntryRow]) -> Iterator[Finding]:
    """Aliases and misreadings that are right somewhere else, or stand for several terms."""
    terms = {row.entry.term: row for row in rows}
    aliases: dict[str, EntryRow] = {}
    misreadings: dict[str, EntryRow] = {}
    for row in rows:
        for alias in row.entry.aliases:
            if alias in terms and terms[alias].entry.type != "abbreviation":
                yield row.finding("warning", "ambiguous", f"{alias} is a term in {terms[alias]}")
            first = aliases.setdefault(alias, row)
            if first.entry.term != row.entry.term:
                yield row.finding(
                    "warning", "ambiguous", f"{alias} also stands for {first.entry.term} in {first}"
                )
    for row in rows:
        for wrong in row.entry.misreadings:
            first = misreadings.setdefault(wrong, row)
            if right := terms.get(wrong) or aliases.get(wrong):
                yield row.finding("error", "ambiguous", f"{wrong} is right in {right}")
            elif first.entry.term != row.entry.term:
                yield row.finding(
                    "error", "ambiguous", f"{wrong} also stands for {first.entry.term} in {first}"
                )


@lru_cache(maxsize=1)
def _neighbours(terms: frozenset[str]) -> list[tuple[str, str, int]]:
    return neighbours(terms)


def neighbour(rows: Iterable[EntryRow]) -> Iterator[Finding]:
    """Terms so alike that each could be taken for a misreading of the other."""
    first = {row.entry.term: row for row in rows}
    of = defaultdict[str, list[tuple[int, str]]](list)
    for a, b, distance in _neighbours(frozenset(first)):
        of[a].append((distance, b))
        of[b].append((distance, a))
    for term, others in of.items():
        others.sort()
        unsafe = first[term].entry.type not in _ALIKE_TYPES and any(
            first[other].entry.type not in _ALIKE_TYPES
            # A whole word more is seen; a letter more is not.
            and (distance == 1 or not (term in other or other in term))
            for distance, other in others
        )
        shown = ", ".join(f"{other} ({distance})" for distance, other in others[:_NEIGHBOURS_SHOWN])
        left = len(others) - _NEIGHBOURS_SHOWN
        least = "at least " * (len(others) >= MOST_NEIGHBOURS)
        more = f" and {least}{left:,} more" if left > 0 else ""
        yield first[term].finding("warning" if unsafe else "note", "neighbour", shown + more)


def beginning(rows: Iterable[EntryRow]) -> Iterator[Finding]:
    """Terms that are the beginning of others."""
    first = {row.entry.term: row for row in rows if len(row.entry.term) >= _SHORTEST_COMPARED}
    for short, term in prefixes(first):
        yield first[term].finding("note", "beginning", f"begins with {short} ({first[short]})")


def corrected(rows: Iterable[EntryRow], corrector: Corrector) -> Iterator[Finding]:
    """Terms that thaifix would change."""
    for row in rows:
        correction = corrector.correct(row.entry.term)
        if correction.edits:
            sure = max(edit.confidence for edit in correction.edits)
            reasons = ", ".join(dict.fromkeys(edit.reason for edit in correction.edits))
            detail = f"{correction.text} ({reasons}, {sure:.2f})"
            yield row.finding("warning", "corrected", detail)


def unknown_word(rows: Iterable[EntryRow], words: Words) -> Iterator[Finding]:
    """Terms with letters that make no word; names are made of such."""
    for row in rows:
        term = row.entry.term
        cut = words.cut(term)
        unknown = [term[w.start : w.end] for w in cut if w.kind == "unknown"]
        if unknown:
            # A whole term may well be a new word or a name; a part of one is rather an error.
            severity = "note" if len(cut) == 1 else "warning"
            yield row.finding(severity, "unknown_word", ", ".join(unknown))


def misspelt(rows: Sequence[EntryRow], words: Words) -> Iterator[Finding]:
    """Terms one letter from another that is far more usual."""
    first = {row.entry.term: row for row in rows if len(row.entry.term) >= _SHORTEST_COMPARED}
    costs: dict[str, float] = {}
    for a, b, distance in _neighbours(frozenset(row.entry.term for row in rows)):
        if distance > 1 or a not in first or b not in first:
            continue
        for term in a, b:
            if term not in costs:
                costs[term] = sum(word.cost for word in words.cut(term))
        usual, rare = sorted((a, b), key=costs.__getitem__)
        if costs[rare] - costs[usual] > _DEARER_MISSPELLING:
            yield first[rare].finding("warning", "misspelt", f"{usual} ({first[usual]})?")
