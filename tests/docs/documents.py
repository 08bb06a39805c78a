"""The documents of the repository, and what of them can be checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FOLDERS = (".", "docs", "benchmarks", "corpora", "lexicons", "tests/cases")
DOCUMENTS = [
    path.relative_to(ROOT) for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.md"))
]


class Block(NamedTuple):
    """A block of code.

    Attributes:
        document: Where it stands, below the repository.
        line: Number of its first line, from 1.
        lines: Without their indentation and without blank lines at the end.
    """

    document: Path
    line: int
    lines: list[str]

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def read(document: Path) -> str:
    """The text of a document."""
    return (ROOT / document).read_text("utf-8")


def blocks(document: Path) -> list[Block]:
    """The blocks of code: lines indented by four spaces, behind an empty line."""
    found: list[Block] = []
    inside = empty = False
    for number, line in enumerate(read(document).splitlines(), 1):
        assert not line.startswith("```"), f"{document}:{number}: indent code by four spaces"
        if line.startswith("    ") and (inside or empty):
            if not inside:
                found.append(Block(document, number, []))
            inside = True
            found[-1].lines.append(line[4:])
        elif line:
            inside = False
        elif inside:
            found[-1].lines.append("")
        empty = not line
    for block in found:
        while not block.lines[-1]:
            block.lines.pop()
    return found


def spans(document: Path) -> list[str]:
    """What stands between backquotes, also over a line end."""
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", read(document))]


def table(document: Path, head: str) -> list[list[str]]:
    """The rows of the table whose first column has this head, as cells."""
    lines = iter(read(document).splitlines())
    for line in lines:
        if line.startswith(f"| {head} |"):
            next(lines)  # the line of dashes
            break
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    assert rows, f"{document} has no table {head!r}"
    return rows
