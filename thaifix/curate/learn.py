"""Decisions about error series as plain files that the filter takes.

`lexicon.tsv`: what was put, as an entry of the type `learned` with what stood there among its
`misreadings`. `keep.txt`: what was left, as never-touch words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from thaifix.curate.decisions import Decided
from thaifix.curate.series_table import identify
from thaifix.errors import LexiconError, SeriesError
from thaifix.lexicon.entries import COLUMNS, Entry, Lexicon, header, read_entries, render
from thaifix.text.files import write_whole
from thaifix.text.protect import LONGEST_WORD

LEXICON, KEEP = "lexicon.tsv", "keep.txt"
"""Names of the two files."""

_SHOWN = 40
"""Code points of a text that a message shows, at most; by judgement."""


class NotLearned(NamedTuple):
    """A decision that the files cannot express, and why."""

    row: Decided
    why: str


def learn(rows: Sequence[Decided], folder: Path) -> list[NotLearned]:
    """Add decisions to `LEXICON` and `KEEP` in a folder, which is made if need be.

    Both files are sorted; what they hold already stays, comments first. A second time changes
    nothing. Each file is replaced whole or not at all.

    Args:
        rows: Of `decisions.read`.
        folder: Where the files are, or will be.
    Returns:
        Rows that the files cannot express: those with line ends or letters that a lexicon cannot
        have, those that normalisation alone sets right, deletions, and words to keep that are part
        of a misreading, which they would protect.
    Raises:
        SeriesError: If a string would be both kept and misread, or misread for two terms.
        LexiconError: If the lexicon there cannot be read, or has columns that would be lost.
        OSError: If a file cannot be read or written.
    """
    lexicon, keep = folder / LEXICON, folder / KEEP
    entries = _known(lexicon)
    words = {word: f"{keep}:{line}" for word, line in _kept(keep)}
    misread = {
        observed: (entry.term, f"{lexicon}: {entry.id}")
        for entry in entries.values()
        for observed in entry.misreadings
    }
    left = [*_add_misreadings(rows, entries, misread), *_add_words(rows, words, misread)]
    for observed in sorted(words.keys() & misread.keys()):
        raise SeriesError(
            f"{observed!r} is kept ({words[observed]}) and misread ({misread[observed][1]}). "
            "Keep one of the two"
        )
    folder.mkdir(parents=True, exist_ok=True)
    # Both, even if one is empty: the next command names both.
    _replace(lexicon, _comments(lexicon) + render(entries.values()))
    _replace(keep, _comments(keep) + "".join(f"{word}\n" for word in sorted(words)))
    return sorted(left, key=lambda one: one.row.line)


def _add_misreadings(
    rows: Iterable[Decided], entries: dict[str, Entry], misread: dict[str, tuple[str, str]]
) -> list[NotLearned]:
    """Add what was put to the entries of a lexicon.

    Args:
        rows: All decisions.
        entries: By term; some are added, and some get misreadings.
        misread: By what stands in texts: the term, and where that is said; is added to.
    Returns:
        The rows that no entry can express.
    Raises:
        SeriesError: If a string would be misread for two terms.
    """
    left = []
    for row in rows:
        if row.text is None:
            continue
        where = f"line {row.line}"
        term = _term(row.text)
        if why := _why_no_misreading(row, term):
            left.append(NotLearned(row, why))
            continue
        assert term is not None
        other, place = misread.setdefault(row.observed, (term, where))
        if other != term:
            raise SeriesError(
                f"{where} puts {term!r} for {row.observed!r}, {place} {other!r}. Keep one"
            )
        _add(entries, term, row.observed)
    return left


def _add_words(
    rows: Iterable[Decided], words: dict[str, str], misread: Iterable[str]
) -> list[NotLearned]:
    """Add what was left to the words to keep, each with the place that says so.

    Returns:
        The rows whose words cannot be kept.
    """
    left = []
    # A never-touch word is protected wherever it stands, in longer words too.
    inside = "\n".join(observed[1:] + "\n" + observed[:-1] for observed in misread)
    for row in rows:
        if row.text is not None:
            continue
        if not _can_keep(row.observed):
            why = f"a list of words to keep cannot have {_shown(row.observed)}"
            left.append(NotLearned(row, why))
        elif row.observed in inside:
            why = f"{_shown(row.observed)} is part of a misreading, which would be kept with it"
            left.append(NotLearned(row, why))
        else:
            words.setdefault(row.observed, f"line {row.line}")
    return left


def _known(path: Path) -> dict[str, Entry]:
    if not path.exists():
        return {}
    if extra := set(header(path)) - set(COLUMNS):
        raise LexiconError(
            f"{path}: {', '.join(sorted(extra))}: not of a learned lexicon. Name another folder"
        )
    return {entry.term: entry for entry in read_entries(path)}


def _kept(path: Path) -> Iterable[tuple[str, int]]:
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 ({error.reason}). Convert the file") from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield line.strip(), number


def _comments(path: Path) -> str:
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return "".join(f"{line}\n" for line in lines if line.startswith("#"))


def _can_keep(word: str) -> bool:
    one_line = word.isprintable() and word == word.strip() and not word.startswith("#")
    return one_line and 0 < len(word) <= LONGEST_WORD


def _can_be_misread(observed: str) -> bool:
    return observed.isprintable() and "|" not in observed and observed == observed.strip()


def _why_no_misreading(row: Decided, term: str | None) -> str:
    """Say why no entry can tell that one text stands for another; "" if one can."""
    if not row.text:
        return f"{_shown(row.observed)} is deleted, and a lexicon can only replace"
    if term is None:
        return f"a lexicon cannot have the term {_shown(row.text)}"
    if not _can_be_misread(row.observed):
        return f"a lexicon cannot have the misreading {_shown(row.observed)}"
    if term == row.observed:
        return f"{_shown(row.observed)} becomes {_shown(row.text)} by rules alone"
    return ""


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "\N{HORIZONTAL ELLIPSIS}")


def _term(text: str) -> str | None:
    """A text as a lexicon has it; None if it cannot be a term."""
    if not text.isprintable() or text.startswith("#"):
        return None
    try:
        return Lexicon.read([[text]]).entries[0].term
    except LexiconError:
        return None


def _add(entries: dict[str, Entry], term: str, observed: str) -> None:
    entry = entries.get(term)
    if entry is None:
        entry = Entry(term, "learned-" + identify("", term), "learned", source="series")
    misreadings = tuple(sorted({*entry.misreadings, observed}))
    entries[term] = entry._replace(misreadings=misreadings)


def _replace(path: Path, text: str) -> None:
    data = text.encode()
    if not (path.exists() and path.read_bytes() == data):
        write_whole(path, data)
