"""Tables on standard output, as `thaifix.text.tsv` reads them."""

from __future__ import annotations

from collections.abc import Iterable

from thaifix.cli.streams import STDOUT, writer
from thaifix.text import tsv

_ESCAPED = {ord(sign): f"\\x{ord(sign):02x}" for sign in "\t\n\r"}


def write_rows(rows: Iterable[Iterable[object]]) -> None:
    r"""Write rows as they come, one a line, with tabs between the cells.

    A tab or a line end in a cell is written as in the paths of `thaifix archive`: `\x09`, `\x0a`,
    `\x0d`, and so is the sign with which a spreadsheet would begin a formula. What is no UTF-8 is
    written as an escape, too.
    """
    write = writer(STDOUT)
    for row in rows:
        cells = [_harmless(str(cell).translate(_ESCAPED)) for cell in row]
        write(tsv.write([cells]).encode("utf-8", "backslashreplace"))


def _harmless(cell: str) -> str:
    if len(cell) < 2 or cell[0] not in tsv.FORMULA_SIGNS or cell[1:].replace(".", "").isdecimal():
        return cell
    return f"\\x{ord(cell[0]):02x}{cell[1:]}"
