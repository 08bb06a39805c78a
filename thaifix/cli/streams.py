"""Bytes in and bytes out, of files and of the standard streams, with their failures."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, TextIO

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail, reason, warn

STDIN = "-"
"""Names standard input where a file may be named."""

STDOUT = "standard output"
"""Names standard output for `writer`."""

_CHUNK = 1 << 16  # bytes read at a time, at most, which is what a pipe of Linux holds; by judgement


def chunks(name: str, failed: list[str]) -> Iterator[bytes]:
    """Read a file piece by piece, as its bytes come.

    Args:
        name: Of the file, or `STDIN`.
        failed: Receives the name if the file cannot be read, or not to its end. That is said on
            standard error, and the pieces end; the run goes on.
    """
    if name == STDIN and sys.stdin is not None and sys.stdin.isatty():
        warn("reads what is typed here, up to Ctrl-D. `thaifix --help` says how to name files")
    try:
        with nullcontext(_buffer(sys.stdin)) if name == STDIN else open(name, "rb") as file:
            if (own := identity(file)) and own == identity(sys.stdout):
                raise OSError(0, "is also the output. Write to another file and rename that")
            # Not through a buffer, whose lock a thread that waits for input would hold at the end.
            read = file.raw.read if hasattr(file, "raw") else file.read1
            while chunk := read(_CHUNK):
                yield chunk
    except OSError as error:
        failed.append(name)
        warn(reason(name, error))


def _buffer(standard: TextIO | None) -> Any:
    """Find the binary stream under a standard one, which is None if the shell closed it."""
    if standard is None:
        raise OSError(0, "is closed")
    return standard.buffer


def discard(data: bytes) -> None:
    """Write nowhere."""


def writer(name: str) -> Callable[[bytes], None]:
    """Open a file, or `STDOUT`, and give the function that writes to it.

    What is written is flushed at once. A failure is said and ends the run with `ExitCode.OUTPUT`;
    a reader that went away (`BrokenPipeError` on standard output) is left to the caller.
    """
    with _writing(name):
        stream = _buffer(sys.stdout) if name == STDOUT else click.open_file(name, "wb")

    def close() -> None:
        with suppress(OSError):  # known from the last write
            stream.close()

    if name != STDOUT:
        click.get_current_context().call_on_close(close)

    def write(data: bytes) -> None:
        with _writing(name):
            stream.write(data)
            stream.flush()

    return write


@contextmanager
def _writing(name: str) -> Iterator[None]:
    """End the run if writing fails, unless standard output is a pipe that nobody reads."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError) and name == STDOUT:
            raise
        abandon_output()
        warn(f"cannot write {reason(name, error)}")
        fail(ExitCode.OUTPUT, "the output is incomplete; make room or name another file, and rerun")


def abandon_output() -> None:
    """Send nowhere what is still buffered, or Python would complain about it at exit."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def overwrites(name: str, inputs: Iterable[str]) -> bool:
    """Whether a file to be written is standard output, or one that is read.

    Args:
        name: The file; standard output itself, `STDIN`, counts as such, too.
        inputs: Names of what is read, `STDIN` for standard input.
    """
    own = identity(name)
    taken = [sys.stdout, *(sys.stdin if read == STDIN else read for read in inputs)]
    return name == STDIN or (own is not None and own in map(identity, taken))


def identity(file: Any) -> tuple[int, int] | None:
    """Say which regular file a path or an open stream is: device and inode; None if it is none."""
    with suppress(OSError, AttributeError):
        status = os.stat(file if isinstance(file, str) else file.fileno())
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return None
