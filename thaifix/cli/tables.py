"""Tables on standard output, as `thaifix.text.tsv` reads them."""

from __future__ import annotations

from collections.abc import Iterable

from thaifix.cli.streams import STDOUT, writer
from thaifix.text import tsv

_ESCAPED = {ord(sign): f"\\x{ord(sign):02x}" for sign in "\t\n\r"}


def write_rows(rows: Iterable[Iterable[object]]) -> None:
    r"""Write rows as they come, one a line, with tabs between the cells.

    A tab or a line end in a cell is written as in the paths of `thaifix archive`: `\x09`, `\x0a`,
    `\x0d`. What is no UTF-8 is written as an escape, too.
    """
    write = writer(STDOUT)
    for row in rows:
        cells = [str(cell).translate(_ESCAPED) for cell in row]
        write(tsv.write([cells]).encode("utf-8", "backslashreplace"))
