"""A log carried out on a text, section by section."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.archive.replay import Replay
from thaifix.errors import ArchiveError, EditError
from thaifix.stream.filter import NO_FAMILIES, Filter, Piece
from thaifix.stream.log import render
from thaifix.text.edit import Correction, Edit, apply

LINE: dict[str, Any] = {
    "file": "a",
    "line": 1,
    "source": [1, 3],
    "observed": "bc",
    "output": [1, 2],
    "replacement": "X",
    "margin": 1.5,
    "confidence": 0.75,
    "reason": "why",
    "entry": "k1",
    "model": "",
}


def log(*changes: dict[str, Any]) -> list[bytes]:
    """Lines that differ in something from `LINE`, and whose output is as long as it must be."""
    lines = [LINE | change for change in changes]
    for line in lines:
        begin = line["output"][0]
        line["output"] = [begin, begin + len(line["replacement"])]
    return [json.dumps(line).encode() + b"\n" for line in lines]


def test_an_edit_is_as_it_was_logged() -> None:
    correction = Replay(log({}, {"source": [3, 4], "observed": "d", "margin": None})).take("abcd")
    assert correction.text == "aXX"
    assert correction.edits == (
        Edit(1, 3, "X", 1.5, 0.75, "why", "k1", "bc"),
        Edit(3, 4, "X", float("inf"), 0.75, "why", "k1", "d"),
    )


def test_flags_are_passed_over() -> None:
    flag = {"file": "a", "line": 1, "source": [0, 1], "observed": "a", "flag": "odd", "note": ""}
    replay = Replay([json.dumps(flag | {"model": ""}).encode() + b"\n", *log({})])
    assert replay.take("abcd").text == "aXd"
    assert not replay.left()


def piece(start: int, text: str) -> Piece:
    return Piece("", 1, start, start, Correction(text, text, ()))


def test_sections_follow_each_other() -> None:
    """Spans of the log are those of the whole text, of a correction those of its section."""
    replay = Replay(log({}, {"source": [5, 6], "observed": "b"}))
    document = replay.document()
    assert document.correct("abcd").text == "aXd"
    replay.watch(piece(0, "abcd"))
    assert replay.left()
    found = document.correct("abcd")
    assert (found.text, found.edits[0].start, found.edits[0].end) == ("aXcd", 1, 2)
    assert not replay.left()


def test_the_writer_may_pass_over_a_section() -> None:
    replay = Replay(log({"source": [5, 6], "observed": "b"}))
    replay.watch(piece(0, "abcd"))
    assert replay.take("abcd").text == "aXcd"


@pytest.mark.parametrize("first", ["", "ab"])
def test_what_is_put_in_at_the_end_of_a_section_belongs_to_it(first: str) -> None:
    """At the very end of a text no other section follows."""
    at = len(first)
    replay = Replay(log({"source": [at, at], "observed": ""}))
    assert replay.take(first).text == f"{first}X"
    assert not replay.left()


def test_what_begins_where_a_section_ends_belongs_to_the_next() -> None:
    replay = Replay(log({"source": [2, 3], "observed": "c"}))
    assert replay.take("ab").edits == ()
    assert replay.left()


def test_a_text_that_was_not_observed_is_refused() -> None:
    with pytest.raises(EditError):
        Replay(log({})).take("axyd")


def test_a_span_beyond_the_text_is_left() -> None:
    replay = Replay(log({"source": [7, 9]}))
    assert replay.take("abcd").text == "abcd"
    assert replay.left()


@pytest.mark.parametrize(
    "line",
    [
        b"no json\n",
        b"[]\n",
        b"{}\n",
        b'{"source": 1}\n',
        *(json.dumps({k: v for k, v in LINE.items() if k != name}).encode() for name in LINE),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_damaged_log_is_told(line: bytes, number: int) -> None:
    """With the line, when it is read; none is left out."""
    lines = [*log({}), line] if number == 2 else [line, *log({})]
    with pytest.raises(ArchiveError, match=f"line {number} of the log of edits is damaged"):
        Replay(lines).take("abcd")


class Letters:
    """A corrector that doubles each `a`, puts `!` after each section, and leaves `b` out."""

    adapted = 0
    families = NO_FAMILIES

    def document(self) -> Letters:
        return self

    def correct(self, text: str, /) -> Correction:
        edits = []
        for at, letter in enumerate(text):
            if letter in "ab":
                new = "aa" if letter == "a" else ""
                edits.append(Edit(at, at + 1, new, 1.0, 1.0, "why", None, letter))
        edits.append(Edit(len(text), len(text), "!", 1.0, 1.0, "why", None, ""))
        return Correction(text, apply(text, edits), tuple(edits))


@given(st.text(alphabet="abc \n\f", max_size=300), st.integers(1, 50))
def test_replaying_a_log_makes_the_same_bytes(text: str, size: int) -> None:
    """Through the same writer, whatever the sections are."""
    data = text.encode()
    parts = [data[start : start + size] for start in range(0, len(data), size)]

    def corrected(source: Any, watch: Any) -> bytes:
        written: list[bytes] = []
        filtering = Filter(source, written.append, watch=watch)
        filtering.file("", parts)
        filtering.close()
        return b"".join(written)

    logged: list[bytes] = []
    copy = corrected(Letters(), lambda piece: logged.append(render(piece, "")))
    replay = Replay(b"".join(logged).splitlines(keepends=True))
    assert corrected(replay, replay.watch) == copy
    assert not replay.left()
