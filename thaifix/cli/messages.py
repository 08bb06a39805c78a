"""What is said on standard error, and the end of a run that cannot go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from thaifix.cli.exit_codes import ExitCode

# Control characters and what is shown for them: a file's name must not give the terminal orders.
_PICTURES = dict.fromkeys(range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}") | {
    code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"
}


class _StandardError:
    """Standard error that may be full or closed: what is said is lost then, and the run goes on.

    Attributes:
        lost: Whether anything was.
    """

    def __init__(self, stream: Any) -> None:
        self.lost = False
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, or note that it is lost."""
        try:
            self._stream.write(text)
        except OSError:
            self.lost = True
        return len(text)

    def flush(self) -> None:
        """Write what is held back, or note that it is lost."""
        try:
            self._stream.flush()
        except OSError:
            self.lost = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def messages_may_be_lost() -> Iterator[None]:
    """Let a run have the exit status that it earns, even if standard error cannot be written.

    Once a message is lost, standard error stays replaced: Python writes what is held back at exit,
    and would end with a status of its own.
    """
    before = sys.stderr
    if before is not None:
        sys.stderr = _StandardError(before)
    try:
        yield
    finally:
        if before is not None and not getattr(sys.stderr, "lost", False):
            sys.stderr = before


def show(text: str) -> None:
    """Write on standard error what the user asked for; end the run if it is lost."""
    click.echo(text, nl=False, err=True, color=True)
    if getattr(sys.stderr, "lost", False):
        raise click.exceptions.Exit(ExitCode.OUTPUT)


def warn(message: str) -> None:
    """Say something on standard error; control characters in it are replaced by pictures."""
    click.echo(f"thaifix: {message.translate(_PICTURES)}", err=True)


def fail(code: ExitCode, message: str) -> NoReturn:
    """Say why the run ends, and end it."""
    warn(message)
    raise click.exceptions.Exit(code)


def reason(name: str, error: OSError) -> str:
    """Put into words what went wrong with a file, and what to do about it."""
    advice = {
        FileNotFoundError: ". Check the name",
        IsADirectoryError: ". Name the files in it",
        PermissionError: ". Ask its owner for access",
    }.get(type(error), "")
    return f"{name}: {error.strerror or error}{advice}"
