"""Lexicons: the terms that a user brings, effective at once and without retraining.

A file is plain text (one term a line) or TSV with a header line that names the columns
`term` and, optionally, `id` and `type`. Empty lines and lines that begin with `#` are
skipped.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from thaifix import _kernel
from thaifix.edit import apply
from thaifix.errors import LexiconError
from thaifix.normalize import normalize

MOST_ENTRIES = 100_000
LONGEST = 80
"""Longest term, in code points."""


class Entry(NamedTuple):
    """A term with the id that a log names and its type (agency, title, ...)."""

    term: str
    id: str
    type: str = ""


class Lexicon:
    """Entries in the order of their symbols, ready for the kernel."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Take entries; of equal terms the first stays.

        Raises:
            LexiconError: If there are more than `MOST_ENTRIES`.
        """
        first: dict[bytes, Entry] = {}
        for entry in entries:
            first.setdefault(_kernel.encode(entry.term), entry)
        if len(first) > MOST_ENTRIES:
            raise LexiconError(f"{len(first)} entries; thaifix takes at most {MOST_ENTRIES}")
        self._keys = sorted(first)
        self.entries: tuple[Entry, ...] = tuple(first[key] for key in self._keys)

    @classmethod
    def read(cls, sources: Sequence[str | os.PathLike[str] | Iterable[str]]) -> Lexicon:
        """Read files or lists of terms.

        Raises:
            LexiconError: If a file cannot be read or a term cannot be used; says which.
        """
        entries: list[Entry] = []
        for source in sources:
            if isinstance(source, str | os.PathLike):
                entries += read_entries(Path(source))
            else:
                entries += [_entry(term, "", "", "list", i) for i, term in enumerate(source, 1)]
        return cls(entries)

    def trie(self) -> _kernel.Trie | None:
        """The kernel's trie; its word k is `entries[k]`. None without entries."""
        return _kernel.Trie(*_kernel.build_trie(self._keys)) if self._keys else None


def read_entries(path: Path) -> list[Entry]:
    """Read the entries of one file.

    Raises:
        LexiconError: If it cannot be read, is not UTF-8, or has a term that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError(f"{path}: cannot read the lexicon: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}; convert it first") from error
    entries: list[Entry] = []
    columns: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells if "term" in cells else ["term"]
            if "term" in cells:
                continue
        row = dict(zip(columns, cells, strict=False))
        where = f"{path}:{number}"
        entries.append(
            _entry(row.get("term", ""), row.get("id", ""), row.get("type", ""), where, number)
        )
    return entries


def _entry(term: str, name: str, kind: str, where: str, number: int) -> Entry:
    term = unicodedata.normalize("NFC", term.strip())
    term = apply(term, normalize(term))
    if not 1 <= len(term) <= LONGEST:
        raise LexiconError(f"{where}: a term has 1 to {LONGEST} letters, this one {len(term)}")
    if not all("\u0e01" <= c <= "\u0e5b" or " " <= c <= "~" for c in term):
        raise LexiconError(f"{where}: {term!r}: only Thai and ASCII letters can be used")
    return Entry(term, name or f"{os.path.basename(where).partition(':')[0]}:{number}", kind)
