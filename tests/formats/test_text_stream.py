"""The text of a file as one stream of pieces."""

from __future__ import annotations

import pytest
from replacements import AM, NIKHAHIT_AA, Substitutions

from thaifix.formats import SKIPPED
from thaifix.formats.text_stream import TextStream
from thaifix.stream.filter import Piece


class Counting(Substitutions):
    """Counts the documents that were begun; each says that it adapted to one confusion more."""

    documents = 0

    def document(self) -> Substitutions:
        self.documents += 1
        self.adapted = self.documents
        return self


def test_texts_are_one_stream() -> None:
    """With a form feed between them; lines go on, and spans of edits count in their own text."""
    pieces: list[Piece] = []
    stream = TextStream(Substitutions(), "file", pieces.append)
    first = stream.correct(f"กข\nท{NIKHAHIT_AA}\n")
    assert [(edit.start, edit.end, edit.replacement) for edit in first] == [(4, 6, AM)]
    assert stream.correct("") == []
    second = stream.correct(f"ค\fท{NIKHAHIT_AA}\nง")
    assert [(edit.start, edit.end) for edit in second] == [(3, 5)]
    found = [(p.file, p.line, p.start, p.output_start, p.correction.source) for p in pieces]
    assert found == [
        ("file", 1, 0, 0, f"กข\nท{NIKHAHIT_AA}\n"),
        ("file", 3, 7, 6, "\f"),
        ("file", 3, 8, 7, "\f"),
        ("file", 3, 9, 8, "ค\f"),
        ("file", 3, 11, 10, f"ท{NIKHAHIT_AA}\nง"),
    ]
    assert stream.stats.edits.total() == 2
    assert stream.stats.code_points == 7 + 7


def test_records_name_their_lines() -> None:
    """Whatever lines their texts have."""
    pieces: list[Piece] = []
    stream = TextStream(Substitutions(), "file", pieces.append)
    stream.correct("ก\nข\fค", 4)
    stream.correct("ง", 9)
    assert [(piece.line, piece.start) for piece in pieces] == [(4, 0), (4, 4), (9, 5), (9, 6)]


def test_each_text_is_a_document() -> None:
    source = Counting()
    stream = TextStream(source, "file", lambda piece: None)
    stream.correct("ก")
    stream.correct("ข")
    assert source.documents == 2
    assert stream.stats.adapted == 3


def test_what_is_no_text_leaves_no_trace() -> None:
    pieces: list[Piece] = []
    stream = TextStream(Substitutions(), "file", pieces.append)
    with pytest.raises(UnicodeEncodeError):
        stream.correct("\ud800")
    stream.correct("ก")
    assert [(piece.start, piece.correction.source) for piece in pieces] == [(0, "ก")]


def test_skipped_records_are_flagged() -> None:
    pieces: list[Piece] = []
    stream = TextStream(Substitutions(), "file", pieces.append)
    stream.correct(f"ท{NIKHAHIT_AA}")
    stream.skip(7, "why")
    (flag,) = pieces[-1].correction.flags
    assert (flag.start, flag.end, flag.reason, flag.note) == (0, 0, SKIPPED, "why")
    assert (pieces[-1].file, pieces[-1].line) == ("file", 7)
    assert (pieces[-1].start, pieces[-1].output_start) == (3, 2)
    assert pieces[-1].correction.source == pieces[-1].correction.text == ""
    assert stream.stats.flags == {SKIPPED: 1}


def test_a_file_of_text_is_written_as_it_comes() -> None:
    pieces: list[Piece] = []
    written: list[bytes] = []
    stream = TextStream(Substitutions(), "file", pieces.append)
    stream.correct_bytes([f"ท{NIKHAHIT_AA}\n".encode(), b"\xff"], written.append)
    assert b"".join(written) == f"ท{AM}\n".encode() + b"\xff"
    assert stream.stats.invalid_bytes == 1
    assert [piece.line for piece in pieces] == [1]
