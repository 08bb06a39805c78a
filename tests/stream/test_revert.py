"""The way back from a filter's output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import pytest
from filtering import cut, run, streams
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.errors import EditError
from thaifix.stream.revert import revert


def resealed(log: Sequence[bytes], **changes: object) -> bytes:
    """The last line of a log, with some fields changed."""
    return json.dumps(json.loads(log[-1]) | changes).encode()


def reverted(log: Iterable[bytes], corrected: Iterable[bytes]) -> bytes:
    written: list[bytes] = []
    revert(log, corrected, written.append)
    return b"".join(written)


@settings(deadline=None)
@given(streams, st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_revert_gives_the_input_back(
    files: Sequence[bytes], size: int, other_size: int, by_line: bool
) -> None:
    """Whatever the bytes and however they come, the log leads back to the input."""
    done = run([cut(file, size) for file in files], by_line=by_line)
    assert reverted(done.log, cut(done.output, other_size)) == b"".join(files)


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
        ([*LOG[:-1], LOG[0]], OUTPUT, "line 4: this edit does not follow"),
        ([*LOG, LOG[0]], OUTPUT, "line 5: not an edit .the line above ends the log"),
        ([*LOG, *LOG], OUTPUT, "line 5: not an edit .the line above ends the log"),
        ([], OUTPUT, "its last line, which seals it, is not there"),
        ([], b"", "its last line, which seals it, is not there"),
        (LOG[:-1], OUTPUT, "its last line, which seals it, is not there"),
        (LOG[:1], OUTPUT, "its last line, which seals it, is not there"),
        ([*LOG[:2], LOG[-1]], OUTPUT, "lines of it are missing or were changed"),
        (LOG[-1:], OUTPUT, "lines of it are missing or were changed"),
        (LOG, OUTPUT + b"\n", "the text is not the one that it was written for"),
        (LOG, OUTPUT[:-3] + b"\n", "line 3: the text"),
        (LOG, OUTPUT.replace(b" ", b"-"), "the text is not the one that it was written for"),
        (run([[OUTPUT]]).log, OUTPUT[:-1], "the text is not the one that it was written for"),
        ([resealed(LOG, source_sha256="1")], OUTPUT, "line 1: not an edit"),
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
    with pytest.raises(EditError, match=rf"{message}.*\. (Give|Correct) "):
        reverted(log, [corrected])


def test_revert_passes_over_flags() -> None:
    """Flags change nothing."""
    done = run([["๑๖.๙๙ ผิต".encode()]])
    assert reverted(done.log, [done.output]) == "๑๖.๙๙ ผิต".encode()
