"""Tables of tab-separated values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.text import tsv

CELLS = st.text(st.characters(exclude_characters="\t\n\r"))


@given(st.lists(st.lists(CELLS, min_size=2)))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    """Whatever the cells hold: quotation marks, backslashes, NUL, other line separators."""
    assert list(tsv.read(tsv.write(rows))) == list(enumerate(rows, 1))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [(1, ["a"])]),
        ("a\tb\n", [(1, ["a", "b"])]),
        ("\t\n", [(1, ["", ""])]),
        ("a\r\nb\rc\n", [(1, ["a"]), (2, ["b"]), (3, ["c"])]),
        ("\n\na", [(1, []), (2, []), (3, ["a"])]),
        ('"a\tb"\n', [(1, ['"a', 'b"'])]),
        ("a\u2028b\x0c\x85\n", [(1, ["a\u2028b\x0c\x85"])]),
    ],
)
def test_lines_and_cells(text: str, rows: list[tuple[int, list[str]]]) -> None:
    assert list(tsv.read(text)) == rows


def test_lines_have_one_end() -> None:
    assert tsv.write([("a", "b"), ("", "")]) == "a\tb\n\t\n"


@pytest.mark.parametrize("sign", "\t\n\r")
def test_what_would_break_the_table_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="holds a tab or a line end"):
        tsv.write([("a", "b"), ("c", f"d{sign}")])


def test_too_long_a_cell() -> None:
    """The lines before it are read."""
    longest = "ก" * tsv.LONGEST_CELL
    rows = tsv.read(f"{longest}\tข\n{longest}ก\n")
    assert next(rows) == (1, [longest, "ข"])
    with pytest.raises(ValueError, match=r"line 2: a cell has more than 131,072 code points"):
        next(rows)
