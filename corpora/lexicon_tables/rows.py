"""A row of a table, and the files that rows come from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from thaifix.text import tsv

LISTS = Path(__file__).parent.parent / "wordlists"
"""Where our own lists and tables lie."""

LONGEST_TERM = 80
"""Code points of a term, at most: what `thaifix/lexicon/entries.py` takes."""

SHARE_ALIKE = "lexicon-thai"
"""The source of facts whose licence would bind what is made of it; alone it is not enough."""


class LexiconRow(NamedTuple):
    """An entry before it has its id.

    Attributes:
        since: First year of the term, of the Buddhist era; "" if unknown.
        until: Last year; "" if it holds or is unknown.
    """

    term: str
    type: str
    source: str
    aliases: tuple[str, ...] = ()
    misreadings: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    note: str = ""


class Fact(NamedTuple):
    """A candidate for a term.

    Attributes:
        term: As it would stand in a lexicon.
        documents: How many documents attest it.
        sources: What attests it, each a name, perhaps with details.
    """

    term: str
    documents: int
    sources: tuple[str, ...]

    @property
    def origin(self) -> str:
        """The name of its first source, without details: the column `source`."""
        return self.sources[0].partition("(")[0].partition("+")[0].replace(" ", "-")

    def detail(self, name: str) -> str:
        """The value of `name=value` among its sources; "" if there is none."""
        return next((s[len(name) + 1 :] for s in self.sources if s.startswith(f"{name}=")), "")


def facts(path: Path) -> Iterator[Fact]:
    """Read the candidates of a file of three columns: term, documents, sources.

    Those that only `SHARE_ALIKE` attests are left out.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If a line has other columns.
    """
    for _, (term, documents, sources) in tsv.read(path.read_text(encoding="utf-8")):
        if sources != SHARE_ALIKE:
            yield Fact(
                unicodedata.normalize("NFC", term), int(documents), tuple(sources.split(";"))
            )


def table(path: Path) -> Iterator[dict[str, str]]:
    """Read the rows of a TSV with a header, by column; a short row lacks its last columns."""
    rows = tsv.read(path.read_text(encoding="utf-8"))
    _, columns = next(rows)
    for _, cells in rows:
        yield dict(zip(columns, cells, strict=False))


def listed(name: str) -> list[str]:
    """The lines of one of our lists, without comments and empty lines."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def written(name: str) -> Iterator[LexiconRow]:
    """The rows of one of our tables; columns that it lacks are empty."""
    for row in table(LISTS / f"{name}.tsv"):
        yield LexiconRow(
            row["term"],
            row["type"],
            "curated",
            tuple(filter(None, row.get("aliases", "").split("|"))),
            tuple(filter(None, row.get("misreadings", "").split("|"))),
            row.get("from", ""),
            row.get("to", ""),
            row.get("note", ""),
        )
