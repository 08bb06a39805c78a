"""What is said on standard error, and the end of a run that cannot go on."""

from __future__ import annotations

from typing import NoReturn

import click

from thaifix.cli.exit_codes import ExitCode

# Control characters and what is shown for them: a file's name must not give the terminal orders.
_PICTURES = dict.fromkeys(range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}") | {
    code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"
}


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
