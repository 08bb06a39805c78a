"""The table of series: written, escaped, read again, also years later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.curate.series import Series
from thaifix.curate.series_table import (
    COLUMNS,
    TableRow,
    escape,
    identify,
    read_table,
    render,
    unescape,
)
from thaifix.errors import SeriesError

DATA = Path(__file__).parents[1] / "data"
IDS = json.loads((DATA / "series_ids.json").read_text("utf-8"))
"""Observed words, intended words, id: as tables have them that people filled in."""


@pytest.mark.parametrize(("observed", "intended", "name"), IDS)
def test_ids_stay_what_they_are(observed: str, intended: str, name: str) -> None:
    """A table that somebody filled in with another version of thaifix still applies."""
    assert identify(observed, intended) == name


def test_ids_tell_series_apart() -> None:
    assert identify("กข", "ค") != identify("ก", "ขค") != identify("ค", "กข")


SERIES = [
    Series(
        "กำหนต", "กำหนด", count=3, documents=2, applied=1, confidence=1.6, worth=0.9,
        reasons={"term", "respell"}, entries={"t2", "t1"}, examples=["ตาม[กำหนต->กำหนด]นั้น", "\tก"],
    ),
    Series(" ก\n", 'a"', count=1, documents=1, confidence=1.0, reasons={"join"}),
]  # fmt: skip
TABLE = (
    "id\tdecision\tobserved\tintended\tcount\tdocuments\tapplied\tconfidence\treason\tentry\t"
    "example1\texample2\texample3\n"
    "s83783c5cef43\t\tกำหนต\tกำหนด\t3\t2\t1\t0.53\trespell term\tt1 t2\t"
    "ตาม[กำหนต->กำหนด]นั้น\t\\tก\t\n"
    "s8e65a71dd95d\t\t\\u0020ก\\n\ta\\u0022\t1\t1\t0\t1.00\tjoin\t\t\t\t\n"
)


def test_a_table_is_written() -> None:
    """Decisions are empty, means are shown, cells escaped."""
    assert render(SERIES) == TABLE
    assert render([]) == "\t".join(COLUMNS) + "\n"


def test_a_table_that_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "series.tsv"
    path.write_text(render(SERIES), "utf-8")
    assert list(read_table(path)) == [
        TableRow(2, identify("กำหนต", "กำหนด"), "", "กำหนต", "กำหนด"),
        TableRow(3, identify(" ก\n", 'a"'), "", " ก\n", 'a"'),
    ]


# Escapes


@given(st.text(alphabet=st.sampled_from('กำ "\\\t\n\rtnu0\u2028\x85\u200b\udc80=\U000e0001')))
def test_escape_is_undone(text: str) -> None:
    """A cell is one cell, can be seen, and is the text again."""
    cell = escape(text)
    assert unescape(cell) == text
    assert cell.isprintable()
    assert '"' not in cell
    assert cell == cell.strip()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("กำหนด", "กำหนด"),
        ("ก ข", "ก ข"),
        ("=1+1", "\\u003d1+1"),
        ("-ก", "\\u002dก"),
        ("@ก=", "\\u0040ก="),
        ("-", "-"),
        (" ก ", "\\u0020ก\\u0020"),
        (" ", "\\u0020"),
        ("\t\n\r\\", "\\t\\n\\r\\\\"),
        ('"', "\\u0022"),
        ("\x00\u200b\u2028", "\\u0000\\u200b\\u2028"),
        ("\uffff\U00010000\U0010ffff", "\\uffff\U00010000\\U0010ffff"),
        ("\U000e0001\udc80", "\\U000e0001\\udc80"),
    ],
)
def test_escapes(text: str, cell: str) -> None:
    assert escape(text) == cell
    assert unescape(cell) == text


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("ก\\d", "'\\\\d'"),
        ("\\", "'\\\\'"),
        ("\\u12", "'\\\\u'"),
        ("\\U00110000", "'\\\\U00110000'"),
        ("\\x41", "'\\\\x'"),
    ],
)
def test_what_no_escape_is(cell: str, named: str) -> None:
    with pytest.raises(SeriesError) as error:
        unescape(cell, "a:2")
    assert str(error.value) == f"a:2: {named} means nothing. A backslash is written twice"
    with pytest.raises(SeriesError, match=r"^cell: "):
        unescape(cell)


# Bad tables


def table(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


HEADER = b"id\tdecision\tobserved\tintended\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id\tdecision\n".encode("utf-16"), ": is UTF-16. Save it as UTF-8, tab-separated"),
        ("id\tdecision\n".encode("utf-16-be"), ": is UTF-16. Save it as UTF-8, tab-separated"),
        ("\ufeff".encode("utf-16-le") + b"a", ": is UTF-16. Save it as UTF-8, tab-separated"),
        ("\ufeff".encode("utf-16-be") + b"a", ": is UTF-16. Save it as UTF-8, tab-separated"),
        ("id\tdecision\nก".encode("cp874"), ":2: not UTF-8. Save it as UTF-8, tab-separated"),
        ("id\tdecision\n\n\nก".encode("cp874"), ":4: not UTF-8. Save it as UTF-8, tab-separated"),
        ("ก".encode("cp874"), ":1: not UTF-8. Save it as UTF-8, tab-separated"),
        (b"", ":1: no column id, decision, observed, intended. Decide in the table"),
        (b"id\tobserved\tintended\n", ":1: no column decision. Decide in the table"),
        (b"id,decision,observed,intended\n", "intended. Save it tab-separated"),
        (b"id;decision;observed;intended\n", "intended. Save it tab-separated"),
        (HEADER + b"s123\tyes\ta\tb\n", ":2: the id 's123' is not that of 'a' -> 'b': one of the"),
        (HEADER + b"\n\ns123\n", ":4: the id 's123' is not that of '' -> ''"),
        (HEADER + b"s123\t\ta\\d\tb\n", ":2: '\\\\d' means nothing"),
        (HEADER + b"s123\t\ta\t\\e\n", ":2: '\\\\e' means nothing"),
    ],
)
def test_no_table(data: bytes, message: str, tmp_path: Path) -> None:
    path = table(tmp_path / "series.tsv", data)
    with pytest.raises(SeriesError) as error:
        list(read_table(path))
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)


def test_a_zero_byte_far_down_is_no_utf_16(tmp_path: Path) -> None:
    """As a cell may have it that nothing escaped."""
    name = identify("a\0", "b")
    far = HEADER + b"\t" * 200 + b"\n" + f"{name}\tyes\ta\0\tb\n".encode()
    assert [row.line for row in read_table(table(tmp_path / "a", far))] == [3]
    near = HEADER + f"{name}\tyes\ta\0\tb\n".encode()
    with pytest.raises(SeriesError, match="UTF-16"):
        list(read_table(table(tmp_path / "b", near)))


def test_table_of_a_spreadsheet(tmp_path: Path) -> None:
    """A byte order mark, CR LF, quoted cells, columns in another order, columns more and fewer."""
    name, other = identify('a"b', "กำหนด"), identify("", '"')
    lines = [
        '"decision"\tremark\tobserved\tintended\tid\tmore',
        f'" yes "\t1\t"a""b"\tกำหนด\t"{name}"',
        f'\t\t""\t"\t{other}\tx\ty\tz',
        "\t\t\t",
        "",
    ]
    path = table(tmp_path / "a", ("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    assert list(read_table(path)) == [
        TableRow(2, name, "yes", 'a"b', "กำหนด"),
        TableRow(3, other, "", "", '"'),
    ]
