"""A user's lexicon: read, effective at once, and clear about what it cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest

from thaifix import Corrector, LexiconError
from thaifix.lexicon.entries import (
    COLUMNS,
    Entry,
    Lexicon,
    header,
    read_entries,
    read_rows,
    render,
)

TERM = "สำนักงานพัฒนาบึงกระโทกหลวง"


def test_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text(f"# ours\n\n{TERM}\nกองคลังย่อย\n", encoding="utf-8")
    assert read_entries(path) == [
        Entry(TERM, "own.txt:3"),
        Entry("กองคลังย่อย", "own.txt:4"),
    ]


def test_table(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"id\tterm\ttype\na-1\t{TERM}\tagency\n", encoding="utf-8-sig")
    assert read_entries(path) == [Entry(TERM, "a-1", "agency")]


def test_line_ends_of_other_systems(tmp_path: Path) -> None:
    """Lines are counted as an editor counts them."""
    path = tmp_path / "own.tsv"
    path.write_bytes("term\ttype\r\nกรม\ta\rกอง\tb\n".encode())
    assert read_entries(path) == [Entry("กรม", "own.tsv:2", "a"), Entry("กอง", "own.tsv:3", "b")]


def test_all_columns(tmp_path: Path) -> None:
    """In any order; what a row lacks is empty, what no column names is left out."""
    path = tmp_path / "own.tsv"
    path.write_text(
        "note\tto\tfrom\tmisreadings\taliases\tterm\tsource\n"
        "why\t2510\t 2500 \tกอฺง||กฺอง\tส\u0e4d\u0e32|ก.|\tกอง\tgazette\tmore\n"
        "\t\t\t\t\tกรม\n",
        encoding="utf-8",
    )
    assert read_entries(path) == [
        Entry("กอง", "own.tsv:2", "", ("สำ", "ก."), ("กอฺง", "กฺอง"), 2500, 2510, "gazette", "why"),
        Entry("กรม", "own.tsv:3"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# ours\n\n \t\nterm\tid\nกรม\tx\n", ["term", "id"]),
        ("กรม\tx\n", []),
        ("", []),
    ],
)
def test_header(text: str, names: list[str], tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    assert header(path) == names


def test_terms_are_normalised() -> None:
    assert Lexicon.read([["ส\u0e4d\u0e32คัญ"]]).entries[0].term == "สำคัญ"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("\udcff".encode("utf-8", "surrogateescape"), "not UTF-8"),
        (b"term\tid\n\tx\n", "1 to 80 letters"),
        (("ก" * 81).encode(), "1 to 80 letters"),
        ("กข漢".encode(), "only Thai and ASCII"),
        ("ก\x7fข".encode(), "only Thai and ASCII"),
        ("ก\u0e00ข".encode(), "only Thai and ASCII"),
        ("ก\u0e5cข".encode(), "only Thai and ASCII"),
        (b"x\n" + b"a" * 131_073, "line 2: a cell has more .* give terms, one a line"),
        (b"term\tfrom\n\xe0\xb8\x81\tMMXX\n", "'MMXX' is no year"),
    ],
)
def test_what_cannot_be_used(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(LexiconError, match=message) as error:
        Lexicon.read([path])
    assert "bad.txt" in str(error.value)


@pytest.mark.parametrize(("rows", "more"), [(2, ""), (20, ""), (23, "... and 3 more rows")])
def test_all_rows_that_cannot_be_used_are_named(rows: int, more: str, tmp_path: Path) -> None:
    """Up to a screen of them."""
    path = tmp_path / "bad.tsv"
    path.write_text("term\nกรมเจ้าท่า\n" + "ก\x7f\n" * rows, "utf-8")
    with pytest.raises(LexiconError) as error:
        Lexicon.read([path])
    told = str(error.value).split("\n")
    named = [f"{path}:{line}" for line in range(3, 3 + min(rows, 20))]
    assert [line.partition(": ")[0] for line in told[: len(named)]] == named
    assert told[len(named) :] == [more] * bool(more)


def test_signs_of_terms() -> None:
    """From the first to the last that can be used."""
    term = "ก\u0e01\u0e5b ~a"
    assert {entry.term for entry in Lexicon.read([[term, "ก" * 80]]).entries} == {term, "ก" * 80}


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot read"):
        Lexicon.read([tmp_path / "none.txt"])


def test_too_many() -> None:
    with pytest.raises(LexiconError, match="at most 100000"):
        Lexicon(Entry(f"ก{n}", "") for n in range(100_001))


def test_as_many_as_allowed() -> None:
    """100,000 entries are found, each with its own id."""
    lexicon = Lexicon(Entry(f"กรม{n}", f"e{n}") for n in range(100_000))
    trie = lexicon.trie()
    assert trie is not None
    entry = lexicon.entries[trie.find(b"\x01\x23\x21" + bytes(112 + int(d) for d in "4711"))]
    assert entry == Entry("กรม4711", "e4711")


def test_effective_at_once() -> None:
    """A term nobody knew comes back, and the edit names its entry."""
    text = f"ผู้อำนวยการ{TERM.replace('กระโทก', 'กระโหก')}เป็นประธานในพิธีเปิด"
    correction = Corrector(lexicons=[[TERM]]).correct(text)
    assert TERM in correction.text
    assert [e.entry for e in correction.edits] == ["list:1"]


def test_stamp_tells_lexicons_apart() -> None:
    assert Corrector().stamp == Corrector().stamp
    assert Corrector(lexicons=[[TERM]]).stamp != Corrector().stamp


def test_rendered_entries_are_read_again(tmp_path: Path) -> None:
    """Sorted by term, in the order of the columns."""
    entries = [
        Entry("กอง", "b", "unit", ("ก.", "K"), ("กอฺง",), 2500, 2510, "x", "why"),
        Entry("กรม", "a"),
    ]
    path = tmp_path / "own.tsv"
    path.write_text(render(entries), encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines()[0].split("\t") == list(COLUMNS)
    assert read_entries(path) == entries[::-1]


def test_only_rows_judged_yes_count(tmp_path: Path) -> None:
    path = tmp_path / "judged.tsv"
    path.write_text("term\tjudge\nกรม\tyes\nกอง\tno\nงาน\t\nฝ่าย\tYes\n", encoding="utf-8")
    assert [entry.term for entry in read_entries(path)] == ["กรม", "ฝ่าย"]


def test_rows_go_on_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("term\tfrom\nกรม\tx\nกอง\t2500\n", encoding="utf-8")
    (first, error), (second, entry) = read_rows(path)
    assert (first, second) == (2, 3)
    assert isinstance(error, LexiconError)
    assert entry == Entry("กอง", "own.tsv:3", since=2500)
