"""`thaifix text`: the plain text of any format."""

from __future__ import annotations

from collections.abc import Sequence

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import tell_invalid
from thaifix.cli.messages import warn
from thaifix.cli.options import (
    encoding_option,
    field_option,
    files_argument,
    format_option,
    language_option,
)
from thaifix.cli.streams import STDIN, STDOUT, chunks, writer


@click.command()
@files_argument
@format_option
@field_option
@encoding_option
@language_option
def text(
    *,
    files: Sequence[str],
    format_: str | None,
    field: str | None,
    encoding: str | None,
    language: str | None,
) -> None:
    """Print the plain text of each FILE, or of standard input, with spaces as on the page.

    An empty line parts paragraphs, a form feed pages.
    """
    from thaifix import formats
    from thaifix.errors import FormatError
    from thaifix.stream.filter import count_invalid, encode

    write = writer(STDOUT)
    failed: list[str] = []
    for name in files or (STDIN,):
        found, data = formats.peek(chunks(name, failed), encoding)
        try:
            invalid = 0
            parts = formats.text(
                formats.chosen(found, format_), data, field=field, language=language, name=name
            )
            for part in parts:
                write(encode(part))
                invalid += count_invalid(part)
            tell_invalid(name, invalid)
        except FormatError as error:
            failed.append(name)
            warn(str(error))
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
