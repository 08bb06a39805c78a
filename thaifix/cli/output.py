"""What all commands share: exit statuses, messages, bytes in and bytes out."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from enum import IntEnum
from typing import Any, NoReturn, TextIO

import click

_CHUNK = 1 << 16  # bytes read at a time, at most
_PICTURES = dict.fromkeys(range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}") | {
    code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"
}
STDOUT = "standard output"


class ExitCode(IntEnum):
    """What the exit status says; an error outweighs what `--check` found."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Attach the meaning that `--help` shows."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "done; also when the reader of the output went away"
    CHANGES = 1, "--check found something to change; lexicon: errors, differences, or nothing"
    INPUT = 2, "a file could not be read (the others were done), or wrong usage"
    MODEL = 3, "the model, a lexicon or the --keep list cannot be used"
    OUTPUT = 4, "the output could not be written"
    MISMATCH = 5, "revert: what is given does not lead back to an input"
    INTERRUPTED = 130, "interrupted (Ctrl-C)"


def chunks(name: str, failed: list[str]) -> Iterator[bytes]:
    """Read a file as its bytes come; a failure is reported and ends the file, not the run."""
    try:
        with nullcontext(_buffer(sys.stdin)) if name == "-" else open(name, "rb") as file:
            if (own := identity(file)) and own == identity(sys.stdout):
                raise OSError(0, "is also the output. Write to another file and rename that")
            while chunk := file.read1(_CHUNK):
                yield chunk
    except OSError as error:
        failed.append(name)
        warn(reason(name, error))


def reason(name: str, error: OSError) -> str:
    """Say what went wrong with a file, and what to do about it."""
    advice = {
        FileNotFoundError: ". Check the name",
        IsADirectoryError: ". Name the files in it",
        PermissionError: ". Ask its owner for access",
    }.get(type(error), "")
    return f"{name}: {error.strerror or error}{advice}"


def _buffer(standard: TextIO | None) -> Any:
    """Find the binary stream under a standard one, which is None if the shell closed it."""
    if standard is None:
        raise OSError(0, "is closed")
    return standard.buffer


def discard(data: bytes) -> None:
    """Write nowhere."""


@contextmanager
def _writing(name: str) -> Iterator[None]:
    """Report what goes wrong; only a closed pipe on standard output is left to the group."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError) and name == STDOUT:
            raise
        abandon_output()
        warn(f"cannot write {reason(name, error)}")
        fail(ExitCode.OUTPUT, "the output is incomplete; make room or name another file, and rerun")


def writer(name: str) -> Callable[[bytes], None]:
    """Open a file, or `STDOUT`; what is written is flushed, and failure ends the run."""
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


def abandon_output() -> None:
    """Send what is still buffered nowhere, or Python would complain about it at exit."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def identity(file: Any) -> tuple[int, int] | None:
    """Tell which regular file this path or stream is; None if it is none."""
    with suppress(OSError, AttributeError):
        status = os.stat(file if isinstance(file, str) else file.fileno())
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return None


def warn(message: str) -> None:
    """Tell something on standard error; names in it cannot give the terminal orders."""
    click.echo(f"thaifix: {message.translate(_PICTURES)}", err=True)


def fail(code: ExitCode, message: str) -> NoReturn:
    """Tell why the run ends, and end it."""
    warn(message)
    raise click.exceptions.Exit(code)
