"""The table of error series: one row a series, for a person to fill in.

TSV with a header line. What a table cannot show is escaped, so that editors and spreadsheets leave
it as it is; the id of a series says whether its words came back unchanged.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from thaifix.curate.series import MOST_EXAMPLES, Series
from thaifix.errors import SeriesError
from thaifix.text import tsv

NEEDED_COLUMNS = ("id", "decision", "observed", "intended")
"""Columns that a table must have, in any order, to be read."""

COLUMNS = (
    *NEEDED_COLUMNS, "count", "documents", "applied", "confidence",
    "reason", "entry", *(f"example{i}" for i in range(1, MOST_EXAMPLES + 1)),
)  # fmt: skip
"""Columns of a table that is written."""

ADVICE = "Decide in the table that `thaifix series` wrote and change no other column"

_UTF_16_SEEN = 200
"""Bytes at the beginning of a file among which a zero byte shows UTF-16: by judgement, more than
the header line has."""

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))", re.DOTALL)
_LAST_CODE_POINT = 0x10FFFF  # of Unicode


class TableRow(NamedTuple):
    """A row of a table that was read.

    Attributes:
        line: Its line in the file, from 1.
        id: Of the series.
        decision: What a person wrote, without spaces around it; still escaped.
        observed: What stands in the text.
        intended: What is suspected to be meant.
    """

    line: int
    id: str
    decision: str
    observed: str
    intended: str


def identify(observed: str, intended: str) -> str:
    """The id of a series: "s" and 12 hexadecimal digits, the same in every collection."""
    key = f"{observed}\0{intended}".encode("utf-8", "surrogatepass")
    return "s" + hashlib.sha256(key).hexdigest()[:12]


def render(series: Iterable[Series]) -> str:
    """Write a table with an empty column `decision`."""
    return tsv.write([COLUMNS, *(tuple(map(escape, _cells(one))) for one in series)])


def _cells(series: Series) -> tuple[str, ...]:
    """The cells of a row, in the order of `COLUMNS`, not escaped yet."""
    examples = series.examples + [""] * (MOST_EXAMPLES - len(series.examples))
    return (
        identify(series.observed, series.intended), "", series.observed, series.intended,
        str(series.count), str(series.documents), str(series.applied),
        f"{series.confidence / series.count:.2f}",
        " ".join(sorted(series.reasons)), " ".join(sorted(series.entries)), *examples,
    )  # fmt: skip


def read_table(path: Path) -> Iterator[TableRow]:
    """Read the rows of a table, in its order; empty lines are left out.

    Columns may be in any order, lines end in CR LF, cells be quoted as spreadsheets do, and a byte
    order mark may lead.

    Raises:
        SeriesError: If the table is not UTF-8, lacks a column, or has a row whose id is not that
            of its words.
        OSError: If the file cannot be read.
    """
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_UTF_16_SEEN]:
        raise SeriesError(f"{path}: is UTF-16. Save it as UTF-8, tab-separated")
    try:
        rows = [(number, _unquoted(cells)) for number, cells in tsv.read(data.decode("utf-8-sig"))]
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise SeriesError(f"{path}:{number}: not UTF-8. Save it as UTF-8, tab-separated") from error
    except ValueError as error:
        raise SeriesError(f"{path}: {error}. {ADVICE}") from error
    header = rows[0][1] if rows else []
    if missing := [name for name in NEEDED_COLUMNS if name not in header]:
        untabbed = any(sign in cell for cell in header for sign in ",;")
        advice = "Save it tab-separated" if untabbed else ADVICE
        raise SeriesError(f"{path}:1: no column {', '.join(missing)}. {advice}")
    at = [header.index(name) for name in NEEDED_COLUMNS]
    for number, cells in rows[1:]:
        if not any(cells):
            continue
        cells += [""] * (len(header) - len(cells))
        name, decision, observed, intended = (cells[i] for i in at)
        where = f"{path}:{number}"
        observed, intended = unescape(observed, where), unescape(intended, where)
        if name != identify(observed, intended):
            raise SeriesError(
                f"{where}: the id {name!r} is not that of {observed!r} -> {intended!r}: "
                f"one of the three was changed. {ADVICE}"
            )
        yield TableRow(number, name, decision.strip(), observed, intended)


def _unquoted(cells: Iterable[str]) -> list[str]:
    """The cells without the quotation marks that spreadsheets put around them."""
    return [
        cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
        for cell in cells
    ]


def escape(text: str) -> str:
    r"""Make a text one cell that survives editors and spreadsheets; `unescape` undoes it.

    A backslash becomes `\\`, tab, line feed and carriage return `\t`, `\n`, `\r`; quotes, spaces
    at either end, what cannot be seen, and the sign of a formula, `\uXXXX`.
    """
    last = len(text) - 1
    cell = "".join(_escaped(letter, edge=i in (0, last)) for i, letter in enumerate(text))
    return f"\\u{ord(cell[0]):04x}{cell[1:]}" if last and cell[:1] in tsv.FORMULA_SIGNS else cell


def _escaped(letter: str, *, edge: bool) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter == '"' or not letter.isprintable() or (edge and letter == " "):
        return f"\\u{ord(letter):04x}" if letter <= "\uffff" else f"\\U{ord(letter):08x}"
    return letter


def unescape(cell: str, where: str = "cell") -> str:
    r"""Undo `escape`.

    Args:
        cell: The cell.
        where: What an error names as its place.
    Raises:
        SeriesError: If a backslash begins nothing that `escape` writes.
    """

    def plain(match: re.Match[str]) -> str:
        digits = match[1] or match[2]
        if digits and int(digits, 16) <= _LAST_CODE_POINT:
            return chr(int(digits, 16))
        if (match[3] or "") in _PLAIN:
            return _PLAIN[match[3]]
        raise SeriesError(f"{where}: {match[0]!r} means nothing. A backslash is written twice")

    return _ESCAPED.sub(plain, cell)
