"""A row of a table, and the files that rows come from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LISTS = Path(__file__).parent.parent / "wordlists"
LONGEST = 80
"""Code points of a term that can be used."""


class Row(NamedTuple):
    """An entry before it has its id; the years are of the Buddhist era, empty if unknown."""

    term: str
    type: str
    source: str
    aliases: tuple[str, ...] = ()
    misreadings: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    note: str = ""


class Fact(NamedTuple):
    """A candidate with the number of documents that attest it and its sources."""

    term: str
    documents: int
    sources: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Its first source, without details, for the column `source`."""
        return self.sources[0].partition("(")[0].partition("+")[0].replace(" ", "-")

    def detail(self, name: str) -> str:
        """The value of `name=value` among its sources, else empty."""
        return next((s[len(name) + 1 :] for s in self.sources if s.startswith(f"{name}=")), "")


def facts(path: Path) -> Iterator[Fact]:
    """Candidates of a file of three columns; those known only from share-alike lists are left out.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If a line has other columns.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        term, documents, sources = line.split("\t")
        if sources != "lexicon-thai":
            yield Fact(
                unicodedata.normalize("NFC", term), int(documents), tuple(sources.split(";"))
            )


def table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a TSV with a header; a short row lacks its last columns."""
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(columns, line.split("\t"), strict=False))


def listed(name: str) -> list[str]:
    """Lines of the list `name`, without comments and empty lines."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def written(name: str) -> Iterator[Row]:
    """Rows of our own table `name`; columns that it lacks are empty."""
    for row in table(LISTS / f"{name}.tsv"):
        yield Row(
            row["term"],
            row["type"],
            "curated",
            tuple(filter(None, row.get("aliases", "").split("|"))),
            tuple(filter(None, row.get("misreadings", "").split("|"))),
            row.get("from", ""),
            row.get("to", ""),
            row.get("note", ""),
        )
