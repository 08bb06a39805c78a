"""Lexicons: terms that a user brings, and those that come with thaifix; both without training.

A file is a list, one term a line, or a table: TSV (or CSV, with commas or semicolons) whose first
line names the columns. Of these
(see `COLUMNS`) only `term` must be there. Empty lines and lines that begin with `#` are skipped.
If a table has a column `judge`, only rows with `yes` in it count.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from thaifix.errors import LexiconError
from thaifix.kernel.symbols import encode
from thaifix.kernel.trie import Trie, build_trie
from thaifix.text import tsv
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

MOST_ENTRIES = 100_000
"""Entries that all lexicons of a run may have together. By judgement."""

LONGEST_TERM = 80
"""Code points of a term, at most. By judgement: the longest that come with thaifix have so many."""

MOST_NAMED = 20
"""Rows that an error names, at most: a screen of them. By judgement; `thaifix lexicon check` names
all."""

COLUMNS = ("id", "term", "type", "aliases", "misreadings", "from", "to", "source", "note")
"""The columns of a table, in the order in which they are written. Between two aliases, or two
misreadings, stands `|`; `from` and `to` are years of the Buddhist era."""


class Entry(NamedTuple):
    """A term and what is known of it.

    Attributes:
        term: The right form, normalised; 1 to `LONGEST_TERM` code points, Thai and ASCII only.
        id: Names the entry in logs; FILE:LINE if the table gives none.
        type: What it names (agency, title ...); "" if that is not said.
        aliases: Other forms that are right, too, such as abbreviations and Latin names.
        misreadings: Forms that are wrong, as OCR or typists are known to write them.
        since: The first year in which the term was right, in the Buddhist era; of a law, its year.
            None if that is not known.
        until: The last year. None if the term is still right, or the year is not known.
        source: Where the term comes from, for the reader.
        note: Anything else; for laws and abbreviations `years=` and `expansion=` in it are read.
    """

    term: str
    id: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    misreadings: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    source: str = ""
    note: str = ""


_THAI_HEADER = frozenset((
    "ประเภท", "ชนิด", "หมวด", "หมวดหมู่", "ความหมาย", "หมายเหตุ", "คำย่อ", "ชื่อย่อ", "ชื่อภาษาอังกฤษ",
    "ที่มา",
))  # fmt: skip
"""Names of columns, behind the first, in lists that ministries keep: type, meaning, note,
abbreviation, English name, source. By judgement."""


class Lexicon:
    """Entries, each term once.

    Attributes:
        entries: In the order of the symbols of their terms.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Take entries; of those with the same term the first counts.

        Raises:
            LexiconError: If more than `MOST_ENTRIES` are left.
        """
        first: dict[bytes, Entry] = {}
        for entry in entries:
            first.setdefault(encode(entry.term), entry)
        if len(first) > MOST_ENTRIES:
            raise LexiconError(f"{len(first)} entries; thaifix takes at most {MOST_ENTRIES}")
        self._keys = sorted(first)
        self.entries: tuple[Entry, ...] = tuple(first[key] for key in self._keys)

    @classmethod
    def read(
        cls,
        sources: Sequence[str | os.PathLike[str] | Iterable[str]],
        leave_out: Callable[[str], object] | None = None,
    ) -> Lexicon:
        """Read lexicons.

        Args:
            sources: Each the path of a file, or terms; the id of the first of these is `list:1`.
            leave_out: Called for each row of a file that cannot be used, with what is wrong there;
                the others are read. Without it such rows are an error.
        Raises:
            LexiconError: If a file cannot be read, a term cannot be used, or there are too many;
                says which, and where it stands.
            TypeError: If a source is neither.
        """
        entries: list[Entry] = []
        for source in sources:
            if isinstance(source, str | os.PathLike):
                entries += read_entries(Path(source), leave_out)
            elif not isinstance(source, Iterable):
                raise TypeError(f"{source!r} is neither the path of a lexicon nor a list of terms")
            else:
                entries += [_entry(term, "", "", "list", i) for i, term in enumerate(source, 1)]
        return cls(entries)

    def trie(self) -> Trie | None:
        """Build the kernel's trie: its word k is the term of `entries[k]`. None without entries."""
        return Trie(*build_trie(self._keys)) if self._keys else None


def read_entries(path: Path, leave_out: Callable[[str], object] | None = None) -> list[Entry]:
    """Read the entries of one file, in their order.

    Args:
        path: A list or a table.
        leave_out: As for `Lexicon.read`.
    Raises:
        LexiconError: If the file cannot be read or is not UTF-8, or rows cannot be used; says of
            each what is wrong, and in which line.
    """
    rows = [entry for _, entry in read_rows(path)]
    wrong = [str(row) for row in rows if isinstance(row, LexiconError)]
    if leave_out:
        for row in wrong:
            leave_out(row)
    elif wrong:
        more = len(wrong) - MOST_NAMED
        told = [*wrong[:MOST_NAMED], f"... and {more} more rows"] if more > 0 else wrong
        raise LexiconError("\n".join(told))
    return [row for row in rows if isinstance(row, Entry)]


def read_rows(path: Path) -> Iterator[tuple[int, Entry | LexiconError]]:
    """Read the rows of one file, and go on after those that cannot be used.

    Yields:
        The number of each row's line, from 1, and its entry, or the error that says why there is
        none.
    Raises:
        LexiconError: If the file cannot be read or is not UTF-8, or a cell is far too long.
    """
    columns: Sequence[str] = ()
    for number, row in _written(path):
        if not columns:
            columns = row if "term" in row else ("term",)
            if "term" in row:
                continue
        named = dict(zip(columns, row, strict=False))
        if named.get("judge", "yes").strip().lower() != "yes":
            continue
        try:
            yield number, _row(named, f"{path}:{number}", number)
        except LexiconError as error:
            yield number, error


def header(path: Path) -> list[str]:
    """Read the names of a table's columns; there are none if the file is a list of terms.

    Raises:
        LexiconError: If the file cannot be read or is not UTF-8, or a cell is far too long.
    """
    _, row = next(_written(path), (1, []))
    return row if "term" in row else []


def _written(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the rows of one file, each with its line's number, but for empty ones and comments."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError(f"{path}: cannot read the lexicon: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}; convert it first") from error
    names = _header_names(text)
    if "term" not in names and _THAI_HEADER.intersection(names[1:]):
        raise LexiconError(
            f"{path}:1: name the columns in English: the one with the terms is `term`, not "
            f"{names[0]!r}; all others can be left out ({', '.join(COLUMNS)})"
        )
    commas = len(names) > 1 and "\t" not in text.partition("\n")[0]
    rows = _comma_separated(text) if commas and "term" in names else tsv.read(text)
    try:
        for number, row in rows:
            if any(map(str.strip, row)) and not row[0].startswith("#"):
                yield number, row
    except ValueError as error:
        raise LexiconError(f"{path}: {error}; give terms, one a line") from error


def _header_names(text: str) -> list[str]:
    """The names in the first line, whatever stands between them."""
    return [name.strip(' "\r') for name in re.split("[\t,;]", text.partition("\n")[0])]


def _comma_separated(text: str) -> Iterator[tuple[int, list[str]]]:
    """Read a table of a spreadsheet (CSV); numbers are those of the lines where rows end."""
    import csv

    head = text.partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(",;", key=head.count))
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from error


def cells(entry: Entry) -> tuple[str, ...]:
    """Write an entry as the cells of a row, in the order of `COLUMNS`."""
    return (
        entry.id, entry.term, entry.type, "|".join(entry.aliases), "|".join(entry.misreadings),
        "" if entry.since is None else str(entry.since),
        "" if entry.until is None else str(entry.until),
        entry.source, entry.note,
    )  # fmt: skip


def render(entries: Iterable[Entry]) -> str:
    """Write a table of entries, sorted by term and then by id; `read_entries` reads it.

    Raises:
        ValueError: If a field of an entry holds a tab or a line end.
    """
    rows = sorted(map(cells, entries), key=lambda row: (row[1], row[0]))
    return tsv.write([COLUMNS, *rows])


def _row(row: Mapping[str, str], where: str, number: int) -> Entry:
    entry = _entry(row.get("term", ""), row.get("id", ""), row.get("type", ""), where, number)
    return entry._replace(
        aliases=tuple(map(_normal, filter(None, row.get("aliases", "").split("|")))),
        misreadings=tuple(filter(None, row.get("misreadings", "").split("|"))),
        since=_year(row.get("from", ""), where),
        until=_year(row.get("to", ""), where),
        source=row.get("source", ""),
        note=row.get("note", ""),
    )


def _year(cell: str, where: str) -> int | None:
    if not cell.strip():
        return None
    try:
        return int(cell)
    except ValueError:
        raise LexiconError(f"{where}: {cell!r} is no year") from None


def _normal(term: str) -> str:
    term = unicodedata.normalize("NFC", term.strip())
    return apply(term, normalize(term))


def _entry(term: str, name: str, kind: str, where: str, number: int) -> Entry:
    term = _normal(term)
    if not 1 <= len(term) <= LONGEST_TERM:
        raise LexiconError(f"{where}: a term has 1 to {LONGEST_TERM} letters, this one {len(term)}")
    if not all("\u0e01" <= c <= "\u0e5b" or " " <= c <= "~" for c in term):
        raise LexiconError(f"{where}: {term!r}: only Thai and ASCII letters can be used")
    return Entry(term, name or f"{os.path.basename(where).partition(':')[0]}:{number}", kind)


PHRASES = (
    "agencies", "international", "positions", "titles", "laws", "terms", "forms",
)  # fmt: skip
"""Those tables that come with thaifix whose terms are looked for as a whole."""


def shipped(names: Iterable[str] = PHRASES) -> list[Entry]:
    """Read entries that come with thaifix. They are not checked again: tests have done that.

    Args:
        names: Of the tables, without `.tsv`.
    Raises:
        ModuleNotFoundError: If thaifix's lexicons are not installed.
        OSError: If there is no such table.
    """
    return [entry for name in names for entry in _table(name)]


@cache
def _table(name: str) -> tuple[Entry, ...]:
    text = _folder().joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    _, *rows = text.splitlines()  # the first is the header, `COLUMNS`; `tsv.read` is half as fast
    return tuple(map(_shipped_row, rows))


def _shipped_row(line: str) -> Entry:
    key, term, kind, aliases, misreadings, since, until, source, note = line.split("\t")
    return Entry(
        term, key, kind,
        tuple(aliases.split("|")) if aliases else (),
        tuple(misreadings.split("|")) if misreadings else (),
        int(since) if since else None,
        int(until) if until else None,
        source, note,
    )  # fmt: skip


def tables() -> list[Path]:
    """List the files of the tables that come with thaifix, sorted by name.

    Raises:
        LexiconError: If thaifix's lexicons are not installed.
    """
    try:
        return sorted(_folder().glob("*.tsv"))
    except ModuleNotFoundError as error:
        raise LexiconError("thaifix's own lexicons are not installed; name the files") from error


def _folder() -> Path:
    """Where the tables lie. `importlib.resources` would take longer to load than they do."""
    return Path(str(import_module("thaifix.lexicons").__file__)).parent
