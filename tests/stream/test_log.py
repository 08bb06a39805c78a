"""The edit log: what is written, and what is read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

import pytest
from filtering import code_points, cut, run, streams
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.stream.filter import Piece
from thaifix.stream.log import LogError, Seal, collect, is_logged, read, read_sealed, render
from thaifix.text.edit import Correction, Edit, Flag


@settings(deadline=None)
@given(streams, st.integers(1, 9))
def test_logged_spans_are_code_points_of_the_whole_stream(
    files: Sequence[bytes], size: int
) -> None:
    """Source spans select the observed text, output spans the replacement, in order."""
    done = run([cut(file, size) for file in files])
    source, output = code_points(b"".join(files)), code_points(done.output)
    for record in map(json.loads, done.log[:-1]):
        if "flag" not in record:
            assert source[slice(*record["source"])] == record["observed"]
            assert output[slice(*record["output"])] == record["replacement"]
    starts = [json.loads(line)["source"][0] for line in done.log[:-1]]
    assert starts == sorted(starts)


def test_log_record() -> None:
    """Every field of an edit and of a flag, with lines counted in the file."""
    edit, flag = map(json.loads, run([[b"\n"], ["a\r\nผิต ๑๖.๙๙".encode()]]).log[:-1])
    assert edit == {
        "file": "file-1",
        "line": 2,
        "source": [4, 7],
        "observed": "ผิต",
        "output": [4, 7],
        "replacement": "ผิด",
        "reason": "repair",
        "margin": 2.5,
        "confidence": 0.75,
        "entry": "entry-1",
        "model": "stamp",
    }
    assert flag == {
        "file": "file-1",
        "line": 2,
        "source": [8, 13],
        "observed": "๑๖.๙๙",
        "flag": "doubt",
        "note": "why",
        "model": "stamp",
    }


def test_proof_is_logged_as_a_span_of_the_stream() -> None:
    """Only of an edit that has one, and read again."""
    edit = Edit(2, 3, "b", 2.0, 0.9, "rule", None, "a", (0, 1))
    line = render(Piece("-", 1, 10, 10, Correction("x a", "x b", (edit,))), "stamp")
    assert json.loads(line)["proof"] == [10, 11]
    ((_, logged),) = read([line])
    assert logged.item == edit._replace(start=12, end=13, proof=(10, 11))


@pytest.mark.parametrize("proof", [None, 3, [1], [3, 1], [0.0, 1.0], "ab"])
def test_a_damaged_proof_is_an_error(proof: object) -> None:
    with pytest.raises(LogError):
        next(read([json.dumps(json.loads(EDIT) | {"proof": proof}).encode()]))


def test_infinite_margin_is_null() -> None:
    """JSON has no infinity."""
    edit = Edit(0, 1, "b", float("inf"), 1.0, "rule", None, "a")
    piece = Piece("-", 1, 0, 0, Correction(source="a", text="b", edits=(edit,), flags=()))
    assert json.loads(render(piece, "stamp"))["margin"] is None


def test_numbers_have_four_decimal_places() -> None:
    edit = Edit(0, 1, "b", 2.123456, 0.987654, "rule", None, "a")
    record = json.loads(render(Piece("-", 1, 0, 0, Correction("a", "b", (edit,))), "stamp"))
    assert (record["margin"], record["confidence"]) == (2.1235, 0.9877)


def test_nothing_to_log_is_no_line() -> None:
    assert render(Piece("-", 1, 0, 0, Correction("a", "a")), "stamp") == b""


def test_flags_stand_among_edits_where_they_begin() -> None:
    """In the order of the source, an edit before a flag of the same place."""
    edits = (Edit(0, 1, "xx", observed="a"), Edit(4, 5, "", observed="e"))
    flags = (Flag(0, 2, "one"), Flag(2, 3, "two"), Flag(5, 6, "three"))
    piece = Piece("f", 7, 100, 110, Correction("a\nc\nef", "xx\nc\nf", edits, flags))
    logged = [logged for _, logged in read(render(piece, "s").splitlines())]
    assert [entry.line for entry in logged] == [7, 7, 8, 9, 9]
    assert [entry.item.start for entry in logged] == [100, 100, 102, 104, 105]
    assert [entry.observed for entry in logged] == ["a", "a\n", "c", "e", "f"]
    assert [entry.output for entry in collect(piece, "s")] == [110, 111, 113, 115, 115]


@given(streams)
def test_what_is_read_is_what_was_logged(files: Sequence[bytes]) -> None:
    """But for where a flag stands in the output, which no line says."""
    done = run([[file] for file in files])
    logged = [entry for piece in done.pieces for entry in collect(piece, "stamp")]
    expected = [
        entry if isinstance(entry.item, Edit) else entry._replace(output=entry.item.start)
        for entry in logged
    ]
    assert list(read(done.log)) == list(enumerate(expected, 1))


@given(streams)
def test_the_seal_has_the_checksums_of_what_was_read_and_written(files: Sequence[bytes]) -> None:
    """Of a character, too, that the end cuts short."""
    done = run([[file] for file in files])
    *items, (number, seal) = read_sealed(done.log)
    assert isinstance(seal, Seal)
    assert number == len(done.log) == seal.edits + seal.flags + 1
    assert seal.edits == sum(isinstance(item.item, Edit) for _, item in items)  # type: ignore[union-attr]
    assert seal.source_sha256 == sha256(b"".join(files)).hexdigest()
    assert seal.output_sha256 == sha256(done.output).hexdigest()
    assert seal.engines == done.filter.stats.families
    assert seal.stamp == "stamp"


def test_nothing_follows_a_seal() -> None:
    """Two logs in a row are none."""
    lines = read([EDIT, FLAG, SEAL, EDIT, FLAG, SEAL])
    assert [next(lines)[0], next(lines)[0]] == [1, 2]
    with pytest.raises(LogError, match=r"line 4: not an edit .the line above ends the log"):
        next(lines)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source_sha256", "0"),
        ("source_sha256", None),
        ("output_sha256", "g" * 64),
        ("edits", -1),
        ("edits", 1.0),
        ("flags", True),
        ("engines", []),
        ("engines", {"scan": "1"}),
        ("model", 1),
    ],
)
def test_a_damaged_seal_is_an_error(field: str, value: object) -> None:
    with pytest.raises(LogError, match="line 1"):
        next(read_sealed([json.dumps(json.loads(SEAL) | {field: value}).encode()]))


def test_bytes_that_are_not_utf8_are_escaped() -> None:
    """So that the log is UTF-8; JSON reads them again."""
    flag = Flag(0, 2, "doubt")
    line = render(Piece("\udcff", 1, 0, 0, Correction("\udc80ก", "\udc80ก", (), (flag,))), "s")
    assert b"\\udc80" in line
    (_, logged), *_ = read([line])
    assert (logged.file, logged.observed) == ("\udcff", "\udc80ก")


EDIT, FLAG, SEAL = run([["ผิต ๑๖.๙๙".encode()]]).log


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file", 1),
        ("line", "1"),
        ("line", 1.0),
        ("line", True),
        ("source", [0]),
        ("source", 3),
        ("source", [-3, 0]),
        ("source", [3, 0]),
        ("source", [0, 4]),
        ("source", [0.0, 3.0]),
        ("source", ["a", "b"]),
        ("source", [0, 10**99]),
        ("observed", "ผิ"),
        ("observed", None),
        ("observed", "\ud800ผต"),
        ("output", [0, 2]),
        ("output", [-1, 2]),
        ("output", None),
        ("replacement", 3),
        ("reason", None),
        ("margin", "2"),
        ("margin", float("nan")),
        ("margin", float("-inf")),
        ("confidence", None),
        ("confidence", 1.0001),
        ("confidence", True),
        ("entry", 1),
        ("model", None),
    ],
)
def test_a_damaged_edit_is_an_error(field: str, value: object) -> None:
    """It names the line, and says what to do; so does one without the field."""
    record = json.loads(EDIT)
    lines = read([EDIT, FLAG, json.dumps(record | {field: value}).encode()])
    assert [next(lines)[0], next(lines)[0]] == [1, 2]
    with pytest.raises(
        LogError, match=r"^edit log, line 3: not an edit .*\. Give the file"
    ) as error:
        next(lines)
    assert error.value.line == 3
    del record[field]
    with pytest.raises(LogError):
        next(read([json.dumps(record).encode()]))


@pytest.mark.parametrize(("field", "value"), [("flag", None), ("note", None), ("source", [4, 8])])
def test_a_damaged_flag_is_an_error(field: str, value: object) -> None:
    with pytest.raises(LogError):
        next(read([json.dumps(json.loads(FLAG) | {field: value}).encode()]))


@pytest.mark.parametrize("line", [b"", b"\n", b"ok", b"\xff", b"[]", b"3", b"{}", b"[" * 99_999])
def test_what_is_no_record_is_an_error(line: bytes) -> None:
    with pytest.raises(LogError):
        next(read([line]))
    assert not is_logged(line)


def test_lines_of_a_log_are_told_from_other_lines() -> None:
    """Damaged ones too, so that the error is about the log."""
    assert is_logged(EDIT)
    assert is_logged(FLAG)
    assert is_logged(SEAL)
    assert is_logged(b'{"source": 1, "observed": 2, "model": 3}')
    assert not is_logged(b'{"source": 1, "observed": 2, "text": "a"}')
