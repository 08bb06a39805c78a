"""The laws of the filter, with a corrector that is plain to see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.errors import EditError
from thaifix.stream.filter import DocumentCorrector, Filter, Piece, log_lines, revert
from thaifix.text.blocks import ENOUGH, SECTION
from thaifix.text.edit import Correction, Edit, Flag, apply

ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
SARA_E = "\N{THAI CHARACTER SARA E}"
# Same length, shorter, longer, and gone.
REPAIRS = {
    "ผิต": "ผิด",
    SARA_E * 2: "\N{THAI CHARACTER SARA AE}",
    "พศ": "พ.ศ.",
    ZERO_WIDTH_SPACE: "",
}
MISTAKE = re.compile("|".join(REPAIRS))
PIECES = [*REPAIRS, *REPAIRS.values(), "ก", "a", " ", "\r", "\n", "\r\n", "\f", "\0", "\ufeff"]


class FakeDocument:
    adapted = 0

    def correct(self, text: str, /) -> Correction:
        edits = tuple(
            Edit(m.start(), m.end(), REPAIRS[m[0]], 2.5, 0.75, "repair", "entry-1", m[0])
            for m in MISTAKE.finditer(text)
        )
        flags = tuple(Flag(m.start(), m.end(), "doubt", "why") for m in re.finditer("๑๖.๙๙", text))
        return Correction(source=text, text=apply(text, edits), edits=edits, flags=flags)


class FakeCorrector:
    def __init__(self) -> None:
        self.documents = 0

    def document(self) -> DocumentCorrector:
        self.documents += 1
        return FakeDocument()


class Run(NamedTuple):
    output: bytes
    log: list[bytes]
    filter: Filter
    pieces: list[Piece]
    invalid: list[int]


def run(files: Iterable[Iterable[bytes]], *, by_line: bool = False) -> Run:
    written: list[bytes] = []
    pieces: list[Piece] = []
    filter_ = Filter(FakeCorrector(), written.append, by_line=by_line, watch=pieces.append)
    invalid = [filter_.file(f"file-{i}", chunks) for i, chunks in enumerate(files)]
    filter_.close()
    log = "".join(log_lines(piece, "stamp") for piece in pieces)
    return Run(b"".join(written), log.encode().splitlines(keepends=True), filter_, pieces, invalid)


def reverted(log: Iterable[bytes], corrected: Iterable[bytes]) -> bytes:
    written: list[bytes] = []
    revert(log, corrected, written.append)
    return b"".join(written)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def code_points(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


texts = st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode())
# Characters in shreds: bytes that are not UTF-8 alone but could be with their neighbours.
shreds = st.lists(
    st.sampled_from([b"\xe0", b"\xb8", b"\x81", b"\xf0\x9f", b"\xff", "ก".encode()])
    | st.sampled_from(PIECES).map(str.encode)
).map(b"".join)
streams = st.lists(texts | shreds | st.binary(), max_size=3)


@settings(deadline=None)
@given(streams, st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_revert_gives_the_input_back(
    files: Sequence[bytes], size: int, other_size: int, by_line: bool
) -> None:
    """Whatever the bytes and however they come, the log leads back to the input."""
    done = run([cut(file, size) for file in files], by_line=by_line)
    assert reverted(done.log, cut(done.output, other_size)) == b"".join(files)


@settings(deadline=None)
@given(streams, st.integers(1, 9))
def test_logged_spans_are_code_points_of_the_whole_stream(
    files: Sequence[bytes], size: int
) -> None:
    """Source spans select the observed text, output spans the replacement, in order."""
    done = run([cut(file, size) for file in files])
    source, output = code_points(b"".join(files)), code_points(done.output)
    for record in map(json.loads, done.log):
        if "flag" not in record:
            assert source[slice(*record["source"])] == record["observed"]
            assert output[slice(*record["output"])] == record["replacement"]
    starts = [json.loads(line)["source"][0] for line in done.log]
    assert starts == sorted(starts)


@settings(deadline=None)
@given(st.lists(texts | shreds, max_size=3), st.integers(1, 9))
def test_chunk_size_does_not_matter(files: Sequence[bytes], size: int) -> None:
    """Output, log and counts are those of files read in one go."""
    small, large = run([cut(file, size) for file in files]), run([[file] for file in files])
    assert (small.output, small.log) == (large.output, large.log)
    assert small.filter.stats == large.filter.stats


@settings(deadline=None)
@given(st.lists(st.binary(), max_size=3))
def test_bytes_outside_edits_are_unchanged(files: list[bytes]) -> None:
    """Without edits the output is the input; counts are of the input."""
    done = run([[file] for file in files])
    data = b"".join(files)
    if not done.log:
        assert done.output == data
    assert done.filter.stats.bytes == len(data)


@pytest.mark.parametrize(
    ("data", "corrected"),
    [
        (b"", b""),
        ("ผิต".encode(), "ผิด".encode()),
        ("ผิต\r\nผิต\r\n".encode(), "ผิด\r\nผิด\r\n".encode()),
        ("\ufeffผิต\n".encode(), "\ufeffผิด\n".encode()),
        ("\0ผิต\0".encode(), "\0ผิด\0".encode()),
        (b"\xff" + "ผิต".encode() + b"\xe0\xb8", b"\xff" + "ผิด".encode() + b"\xe0\xb8"),
    ],
    ids=["empty", "no line end", "CRLF", "BOM", "NUL", "not UTF-8"],
)
def test_manners(data: bytes, corrected: bytes) -> None:
    """Line ends, marks and undecodable bytes pass through."""
    assert run([[data]]).output == corrected


def test_deletion_does_not_make_a_character_of_shreds() -> None:
    """Taking the space out of E0 B8 | 81 would leave a letter that no log could split again."""
    data = b"\xe0\xb8" + ZERO_WIDTH_SPACE.encode() + b"\x81"
    assert run([[data]]).output == data


def test_character_cut_by_the_end_of_a_file() -> None:
    """Two files make one stream; what the first lacks is reported for the first only."""
    data = "ก".encode()
    done = run([[data[:2]], [data[2:]], [data[:2]], [b"a\xff"]])
    assert done.output == data + data[:2] + b"a\xff"
    assert done.invalid == [2, 0, 2, 1]
    assert done.filter.stats.invalid_bytes == sum(done.invalid)


def test_each_file_and_page_is_a_document() -> None:
    """Documents begin with a file and after a form feed."""
    corrector = FakeCorrector()
    filter_ = Filter(corrector, lambda data: None)
    filter_.file("one", ["ก\fก".encode()])
    filter_.file("two", [b"\n"])
    assert corrector.documents == 3


def test_log_record() -> None:
    """Every field of an edit and of a flag, with lines counted in the file."""
    edit, flag = map(json.loads, run([[b"\n"], ["a\r\nผิต ๑๖.๙๙".encode()]]).log)
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


def test_infinite_margin_is_null() -> None:
    """JSON has no infinity."""
    edit = Edit(0, 1, "b", float("inf"), 1.0, "rule", None, "a")
    piece = Piece("-", 1, 0, 0, Correction(source="a", text="b", edits=(edit,), flags=()))
    assert json.loads(log_lines(piece, "stamp"))["margin"] is None


def test_stats() -> None:
    """Counts are of the source; an unfinished last line is a line, in each file."""
    files = ["ผิต\nผิต".encode(), b"\xff", "๑๖.๙๙\n".encode(), b""]
    stats = run([[file] for file in files]).filter.stats
    assert (stats.bytes, stats.code_points, stats.lines) == (19 + 1 + 14, 7 + 1 + 6, 2 + 1 + 1)
    assert (dict(stats.edits), dict(stats.flags)) == ({"repair": 2}, {"doubt": 1})
    assert stats.invalid_bytes == 1


@pytest.mark.parametrize("by_line", [False, True])
def test_output_starts_before_input_ends(by_line: bool) -> None:
    """Little more than a section waits, however much comes."""
    written = waiting = 0

    def write(data: bytes) -> None:
        nonlocal written
        written += len(data)

    def chunks() -> Iterator[bytes]:
        nonlocal waiting
        line, given = "ก".encode() * 40 + b"\n", 0
        for _ in range(500):
            waiting = max(waiting, given - written)
            given += 10 * len(line)
            yield 10 * line

    Filter(FakeCorrector(), write, by_line=by_line).file("-", chunks())
    assert written == 500 * 10 * 121
    assert waiting <= (0 if by_line else (SECTION + ENOUGH) * 3)


def test_revert_streams() -> None:
    """The way back holds no more than a chunk and an edit."""
    line = "ผิต\n".encode()  # as long before as after
    done = run([[line * 2000]])
    written = waiting = 0

    def write(data: bytes) -> None:
        nonlocal written
        written += len(data)

    def chunks() -> Iterator[bytes]:
        nonlocal waiting
        given = 0
        for chunk in cut(done.output, 1000):
            waiting = max(waiting, given - written)
            given += len(chunk)
            yield chunk

    revert(done.log, chunks(), write)
    assert written == 2000 * len(line)
    assert waiting <= 2000


LOG = run([["ผิต พศ ผิต".encode()]]).log
OUTPUT = "ผิด พ.ศ. ผิด".encode()


@pytest.mark.parametrize(
    ("log", "corrected", "message"),
    [
        (LOG, OUTPUT.replace("ผิด".encode(), "คิด".encode()), "line 1: the text has no 'ผิด'"),
        (LOG, OUTPUT[:-3], "line 3: the text ends"),
        (LOG, b"", "line 1: the text ends"),
        (LOG[2:], OUTPUT, "line 1: this edit does not follow"),
        ([*LOG, LOG[0]], OUTPUT, "line 4: this edit does not follow"),
        ([b"ok\n"], OUTPUT, "line 1: not an edit"),
        ([b"[]\n"], OUTPUT, "line 1: not an edit"),
        ([b"{}\n"], OUTPUT, "line 1: not an edit"),
        ([b"\xff\n"], OUTPUT, "line 1: not an edit"),
        ([LOG[0].replace(b"[0, 3]", b"[0, 4]")], OUTPUT, "line 1: not an edit"),
        ([LOG[0].replace(b"[0, 3]", b'["a", "b"]')], OUTPUT, "line 1: not an edit"),
        ([LOG[0].replace(b"[0, 3]", b"[0.0, 3.0]")], OUTPUT, "line 1: not an edit"),
        ([LOG[0].replace(b"[0, 3]", b"[0, 1" + b"0" * 99 + b"]")], OUTPUT, "line 1: not an edit"),
    ],
)
def test_revert_refuses_what_does_not_match(
    log: list[bytes], corrected: bytes, message: str
) -> None:
    """The message names the line of the log and says what to do."""
    with pytest.raises(EditError, match=rf"{message}.*\. Give "):
        reverted(log, [corrected])


def test_revert_passes_over_flags() -> None:
    """Flags change nothing."""
    done = run([["๑๖.๙๙ ผิต".encode()]])
    assert reverted(done.log, [done.output]) == "๑๖.๙๙ ผิต".encode()
