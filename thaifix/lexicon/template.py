"""An empty table to begin a lexicon with; it says what goes where."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from thaifix.lexicon.entries import COLUMNS
from thaifix.text import tsv

MEANINGS = {
    "id": "a short name for the row, in Latin letters; the log of edits names it. It never changes",
    "term": "the right form, as it is printed. The only column that is needed",
    "type": "what the term names: agency, act, position, place, term ... A word of your choice",
    "aliases": "other forms that are right, too: abbreviations, English names; | between two",
    "misreadings": "forms that are wrong, as engines write them time and again; | between two",
    "from": "the first year, in the Buddhist era; of a law, its year",
    "to": "the last year; empty if the term still holds",
    "source": "where you have it from: a gazette, a web page, a person",
    "note": "anything else, for those who keep the list",
}
"""What stands in each of `COLUMNS`."""

EXAMPLES = (
    ("dopa", "กรมการปกครอง", "agency", "ปค.|DOPA", "", "2435", "", "ราชกิจจานุเบกษา", ""),
    ("migration", "การโยกย้ายถิ่นฐาน", "term", "", "การโยกย้ายดินแดน", "", "", "memo 12/2564", ""),
)
"""Rows as they are filled in, in the order of `COLUMNS`."""

HINT = "# Rows that begin with # count for nothing. Take the # away, or write below; then check."


def template(*, spreadsheet: bool = False) -> bytes:
    """Write a table without entries: the names of the columns, what they mean, examples.

    Args:
        spreadsheet: Write values with commas between and a byte order mark, which Excel opens as
            what they are, instead of tabs.
    Returns:
        UTF-8; `read_entries` finds no entry in it.
    """
    comments = [HINT, *(f"# {name}: {meaning}" for name, meaning in MEANINGS.items())]
    rows: list[Sequence[str]] = [COLUMNS]
    rows += [(comment, *[""] * (len(COLUMNS) - 1)) for comment in comments]
    rows += [(f"#{row[0]}", *row[1:]) for row in EXAMPLES]
    if not spreadsheet:
        return tsv.write(rows).encode()
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
