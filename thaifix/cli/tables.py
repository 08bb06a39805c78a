"""Tables on standard output: one row a line, tabs between the cells."""

from __future__ import annotations

from collections.abc import Iterable

from thaifix.cli.streams import STDOUT, writer


def write_rows(rows: Iterable[Iterable[object]]) -> None:
    """Write rows as they come; cells must hold neither tabs nor line ends."""
    write = writer(STDOUT)
    for row in rows:
        write(("\t".join(map(str, row)) + "\n").encode("utf-8", "backslashreplace"))
