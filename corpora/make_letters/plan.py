"""Which text is set in which face, degraded how and read by which engine, and its split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engines import ENGINES
from fonts import FACES, Face
from grades import GRADES


class Document(NamedTuple):
    """A row of documents.tsv: a text and its split."""

    name: str
    kind: str
    split: str


class Page(NamedTuple):
    """A page to make.

    Attributes:
        id: Name of the text and of the grade.
        document: The text.
        face, grade, engine: How it is set, degraded and read.
        layout: Whether its layout is kept, too: of each document one page.
    """

    id: str
    document: Document
    face: Face
    grade: str
    engine: str
    layout: bool


def documents(table: Path) -> list[Document]:
    """Read the table of documents, in its order.

    Raises:
        OSError: If it cannot be read.
    """
    rows = table.read_text(encoding="utf-8").splitlines()[1:]
    return [Document(*row.split("\t")) for row in rows]


def pages(texts: Sequence[Document]) -> Iterator[Page]:
    """Plan a page of each grade for every document.

    Faces and engines go round at paces of their own within each split, so that every face, grade
    and engine meets every other.
    """
    turns: dict[str, int] = {}
    for document in texts:
        turn = turns[document.split] = turns.get(document.split, -1) + 1
        for number, grade in enumerate(GRADES):
            yield Page(
                f"{document.name}.{grade}",
                document,
                FACES[(turn + 3 * number) % len(FACES)],
                grade,
                list(ENGINES)[(turn + number + turn // len(ENGINES)) % len(ENGINES)],
                number == turn % len(GRADES),
            )
