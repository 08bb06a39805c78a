"""Decisions about error series: the table that a person filled in, and carrying it out.

A decision is `yes` (put what is intended), `no` (leave it), or any other text, which is put
instead; `=TEXT` is that text whatever it looks like. An empty cell decides nothing. What can hardly
be a text that is right is an error: `maybe`, or Latin letters for a Thai word.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from thaifix.correct.corrector import Corrector
from thaifix.curate.places import SourceWords, scanner
from thaifix.curate.series_table import TableRow, identify, read_table, unescape
from thaifix.errors import SeriesError
from thaifix.kernel.symbols import UNKNOWN
from thaifix.stream.filter import NO_FAMILIES, DocumentCorrector
from thaifix.text.edit import Correction, Edit, apply, trim
from thaifix.text.matching import StringFinder
from thaifix.text.normalize import normalize
from thaifix.text.protect import protected_spans

YES = frozenset({"yes", "y", "ใช่"})
NO = frozenset({"no", "n", "ไม่", "ไม่ใช่"})
"""Words that decide, in any letter case."""

_NO_DECISION = frozenset(
    [
        *("maybe", "perhaps", "unsure", "ok", "true", "false", "right", "wrong", "correct"),
        *("skip", "todo", "x", "-", "?", "0", "1", "ตกลง", "ถูก", "ถูกต้อง", "ผิด", "ไม่ถูก"),
        *("ไม่ถูกต้อง", "ไม่แน่ใจ", "ไม่ทราบ", "ไม่รู้", "อาจจะ"),
    ]
)
"""What a person may write who does not mean that text, in any letter case; by judgement."""

REASON = "series"
"""Reason of the edits that carry out a decision."""

SHORTEST_SOUGHT = 3
"""Code points, but for spaces, of a string that is put right where nothing is suspected, at least:
by judgement, as shorter ones stand in the middle of much that is right."""

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What some program takes for the end of a line: all that `str.splitlines` does."""

_FORMULA_ERROR = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|ERROR!)|Err:\d+")
"""What spreadsheets show where a text that begins like a formula is none."""


class Decided(NamedTuple):
    """A row with a decision.

    Attributes:
        line: Its line in the table, from 1.
        id: Of the series.
        observed: What stands in the text; normalised, unless only a rule changes it.
        intended: What was suspected to be meant.
        text: What to put instead; None leaves it.
    """

    line: int
    id: str
    observed: str
    intended: str
    text: str | None


def read(path: Path) -> list[Decided]:
    """Read the decisions of a table, in its order; rows without one are left out.

    Args:
        path: A table as `series_table.render` writes it; rows may be missing, see
            `series_table.read_table`.
    Raises:
        SeriesError: If the table cannot be read as one, has decisions that are none (all are named)
            or that would change lines, or decides one series in two ways.
        OSError: If the file cannot be read.
    """
    found = []
    rows = list(read_table(path))
    _refuse_no_decisions(rows, path)
    for row in rows:
        where = f"{path}:{row.line}"
        if row.decision:
            text = _text(row, where)
            found.append(Decided(row.line, row.id, row.observed, row.intended, text))
    _refuse_conflicts(found, path)
    return found


def _refuse_no_decisions(rows: Iterable[TableRow], path: Path) -> None:
    """Refuse what a spreadsheet or a person wrote that is no decision, and name all such rows."""
    rows = [row for row in rows if row.decision]
    if wrong := [row for row in rows if _FORMULA_ERROR.fullmatch(row.decision)]:
        raise SeriesError(
            f"{path}: a spreadsheet took decisions for formulas: {_listed(wrong)}. "
            "Format the column as text and write them again"
        )
    if wrong := [row for row in rows if not _decides(row)]:
        yes, no = (", ".join(sorted(words)) for words in (YES - {"yes"}, NO - {"no"}))
        raise SeriesError(
            f"{path}: no decisions: {_listed(wrong)}. Nothing was carried out. "
            f"Write yes ({yes}), no ({no}), the text that is right, or =TEXT if that is right "
            "whatever it looks like; an empty cell decides nothing"
        )


def _listed(rows: Iterable[TableRow]) -> str:
    return ", ".join(f"line {row.line} ({row.decision!r})" for row in rows)


def _decides(row: TableRow) -> bool:
    """Whether a decision is one: for Thai words Thai is written, unless = stands before it."""
    said = row.decision.lower()
    if said.startswith("=") or "\\" in said or said in YES | NO:
        return True
    if row.decision in (row.observed, row.intended):
        return True
    return said not in _NO_DECISION and (
        _has_thai(said) or not _has_thai(row.observed + row.intended)
    )


def _has_thai(text: str) -> bool:
    return any("\u0e00" <= letter <= "\u0e7f" for letter in text)


def _text(row: TableRow, where: str) -> str | None:
    """What to put, None if all is to be left as it is."""
    if row.decision.lower() in NO:
        return None
    text = row.intended
    if row.decision.lower() not in YES:
        text = unescape(row.decision.removeprefix("="), where)
    if _LINE_END.findall(text) != _LINE_END.findall(row.observed):
        raise SeriesError(
            f"{where}: {text!r} must have the line ends of {row.observed!r}, written as there"
        )
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise SeriesError(f"{where}: {text!r} cannot be written as UTF-8. Write another text")
    return None if text == row.observed else text


def _refuse_conflicts(rows: Iterable[Decided], path: Path) -> None:
    first: dict[str, Decided] = {}
    for row in rows:
        other = first.setdefault(row.id, row)
        if other.text != row.text:
            raise SeriesError(
                f"{path}: lines {other.line} and {row.line} decide {row.id} in two ways. Keep one"
            )


class Applier:
    """Carries out decisions, and nothing else: a source of documents for `stream.Filter`.

    A row's text is put

    1. wherever the doubtful corrector suspects that row's substitution, as in the listing;
    2. wherever else the observed string stands as whole words of the scan, but makes no sense:
       the scan reads an unknown word in it, or more words than in what is intended, and the words
       beside it are known. What has fewer than `SHORTEST_SOUGHT` code points, differs from what is
       intended by spaces only, is taken for nothing, or is decided in two ways (as a misreading
       of two words), is left to 1.

    Of places that overlap, those of 1 are taken, then the first, then the longest. What is
    protected (numbers, addresses, never-touch words, ...) never changes. A row of a rule's
    normalisation is put wherever its raw spelling stands as whole words.
    """

    def __init__(self, rows: Sequence[Decided], doubtful: Corrector) -> None:
        """Take the decisions.

        Args:
            rows: Of `read`.
            doubtful: The corrector whose edits are suspected: the one of the listing.
        """
        self.doubtful = doubtful
        self.scan = scanner(doubtful)
        self.by_id = {row.id: row for row in rows if row.text is not None}
        self.raw: dict[str, Decided] = {}
        self.normal: dict[str, tuple[Decided, int]] = {}  # with the words of what is intended
        texts: dict[str, set[str | None]] = {}
        for row in rows:
            texts.setdefault(row.observed, set()).add(row.text)
        for row in self.by_id.values():
            if apply(row.observed, normalize(row.observed, ())) != row.observed:
                self.raw[row.observed] = row
            elif len(texts[row.observed]) == 1 and _stands_for_itself(row):
                alone = SourceWords(row.intended, self.scan)
                self.normal[row.observed] = row, len(alone.inside(0, len(alone.text)))
        self.raw_finder = StringFinder(self.raw)
        self.normal_finder = StringFinder(self.normal)
        identity = repr((doubtful.stamp, sorted((row.id, row.text) for row in rows)))
        self.stamp = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        """16 hexadecimal digits that stand for model, lexicons, options and decisions."""

    def document(self) -> DocumentCorrector:
        """Begin a document."""
        return _DecidedDocument(self)


class _DecidedDocument:
    """A document to whose sections the decisions are applied."""

    adapted = 0
    families = NO_FAMILIES

    def __init__(self, applier: Applier) -> None:
        self._applier = applier
        self._document = applier.doubtful.document()

    def correct(self, text: str, /) -> Correction:
        applier = self._applier
        if not applier.by_id:
            return Correction(text, text)
        suspected = self._document.correct(text).edits
        words = SourceWords(text, applier.scan, applier.doubtful.keep)
        places = words.places(suspected)
        if applier.raw:
            places += words.normalised(places)
        wanted = [
            (place.start, place.end, row)
            for place in places
            if (row := applier.by_id.get(identify(place.observed, place.intended)))
        ]
        wanted += self._raw(words)
        wanted += self._elsewhere(words)
        edits: list[Edit] = []
        taken = bytearray(len(text) + 1)
        protected = protected_spans(text, applier.doubtful.keep)
        for start, end, row in wanted:  # of those that overlap, the first in this order
            end_taken = max(end, start + 1)
            if 1 in taken[start:end_taken]:
                continue
            taken[start:end_taken] = b"\1" * (end_taken - start)
            edit = _edit(text, start, end, row)
            if edit.observed != edit.replacement and not _touches(edit, protected):
                edits.append(edit)
        edits.sort()
        return Correction(text, apply(text, edits), tuple(edits))

    def _raw(self, words: SourceWords) -> list[tuple[int, int, Decided]]:
        """Where what rules change stands, from where a word begins to where one ends."""
        found: list[tuple[int, int, Decided]] = []
        done = 0
        for start, end in self._applier.raw_finder.find(words.source):
            if start < done:
                continue
            done = end
            span = words.span(start, end)
            if span and span[0] in words.bounds and span[1] in words.bounds:
                found.append((start, end, self._applier.raw[words.source[start:end]]))
        return found

    def _elsewhere(self, words: SourceWords) -> list[tuple[int, int, Decided]]:
        """Where an observed string stands as no word."""
        text, done = words.text, 0
        found: list[tuple[int, int, Decided]] = []
        for start, end in self._applier.normal_finder.find(text):
            if start < done or start not in words.bounds or end not in words.bounds:
                continue
            row, most = self._applier.normal[text[start:end]]
            first = bisect_left(words.starts, start)
            inside = words.inside(first, end)
            raw = words.origin(start, end)
            alone = not words.unknown_beside(first, end)
            if raw and alone and (UNKNOWN in inside or len(inside) > most):
                found.append((*raw, row))
                done = end
        return found


def _edit(text: str, start: int, end: int, row: Decided) -> Edit:
    observed = text[start:end]
    return trim(Edit(start, end, row.text or "", reason=REASON, entry=row.id, observed=observed))


def _stands_for_itself(row: Decided) -> bool:
    """Whether the observed string tells enough to be sought where nothing is suspected."""
    observed, intended = "".join(row.observed.split()), "".join(row.intended.split())
    return len(observed) >= SHORTEST_SOUGHT and bool(intended) and observed != intended


def _touches(edit: Edit, protected: Sequence[tuple[int, int]]) -> bool:
    """Whether an edit changes protected letters, or inserts between two of one span."""
    before = bisect_left(protected, (edit.end,))  # how many spans begin before its end
    return before > 0 and edit.start < protected[before - 1][1]
