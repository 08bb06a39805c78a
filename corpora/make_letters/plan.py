"""Which text is set in which face, degraded how and read by which engine, and its split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engines import ENGINES
from fonts import FACES, Face
from grades import GRADES

from thaifix.text import tsv


class OfficialText(NamedTuple):
    """A text, as documents.tsv has it: its name, its kind, and the split that its pages go to."""

    name: str
    kind: str
    split: str


class PlannedPage(NamedTuple):
    """A page to make.

    Attributes:
        id: Name of the text and of the grade.
        document: The text.
        face, grade, engine: How it is set, degraded and read.
        layout: Whether hOCR and ALTO are kept too; so they are of one page of each text.
    """

    id: str
    document: OfficialText
    face: Face
    grade: str
    engine: str
    layout: bool


def documents(table: Path) -> list[OfficialText]:
    """Read the table of documents, in its order.

    Raises:
        OSError: If it cannot be read.
        TypeError: If a row has other columns.
    """
    _, *rows = tsv.read(table.read_text(encoding="utf-8"))
    return [OfficialText(*cells) for _, cells in rows]


def pages(texts: Sequence[OfficialText]) -> Iterator[PlannedPage]:
    """Plan a page of each grade for every document.

    In each split, faces and engines are taken in turn, each at its own pace, so that every grade
    meets every engine and every face.
    """
    turns: dict[str, int] = {}
    for document in texts:
        turn = turns[document.split] = turns.get(document.split, -1) + 1
        for number, grade in enumerate(GRADES):
            yield PlannedPage(
                f"{document.name}.{grade}",
                document,
                FACES[(turn + 3 * number) % len(FACES)],
                grade,
                list(ENGINES)[(turn + number + turn // len(ENGINES)) % len(ENGINES)],
                number == turn % len(GRADES),
            )
