"""Tables of tab-separated values (TSV): one line a row, and nothing is quoted.

Lexicons and the tables of `thaifix series` are such files. What a cell means, and how it is
escaped, is the reader's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

LONGEST_CELL = 131_072
"""Code points that a cell may have: what the module `csv` reads, unless it is told otherwise."""


FORMULA_SIGNS = frozenset("=+-@")
"""What a cell begins with that a spreadsheet takes for a formula, and carries out (OWASP, CSV
injection). Escape it where a cell is longer than the sign."""


def read(text: str) -> Iterator[tuple[int, list[str]]]:
    r"""Divide a table into rows and cells.

    Args:
        text: With line ends LF, CR LF or CR.
    Yields:
        The number of each line, from 1, and its cells; an empty line has none.
    Raises:
        ValueError: If a cell has more than `LONGEST_CELL` code points; the message names the line.
            Raised when the line is reached.

    >>> list(read("a\t\tb\r\n\n\"c\n"))
    [(1, ['a', '', 'b']), (2, []), (3, ['"c'])]
    """
    import csv  # a run that reads no table needs none

    rows = csv.reader(StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        for cells in rows:
            yield rows.line_num, cells
    except csv.Error as error:
        raise ValueError(
            f"line {rows.line_num}: a cell has more than {LONGEST_CELL:,} code points ({error})"
        ) from error


def write(rows: Iterable[Sequence[str]]) -> str:
    r"""Write a table; `read` gives the rows back.

    Args:
        rows: Of two cells or more.
    Returns:
        Lines with LF line ends.
    Raises:
        ValueError: If a cell holds a tab or a line end.

    >>> write([("a", ""), ("b", "c d")])
    'a\t\nb\tc d\n'
    """
    lines = []
    for cells in rows:
        if any(sign in cell for cell in cells for sign in "\t\n\r"):
            raise ValueError(f"a cell of {cells!r} holds a tab or a line end")
        lines.append("\t".join(cells) + "\n")
    return "".join(lines)
