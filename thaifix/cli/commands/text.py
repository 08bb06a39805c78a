"""`thaifix text`: the plain text of any format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import LeftOut, each, refuse_field, tell_invalid
from thaifix.cli.options import (
    encoding_option,
    field_option,
    files_argument,
    format_option,
    language_option,
)
from thaifix.cli.streams import STDIN, STDOUT, writer


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
    from thaifix.stream.filter import count_invalid, encode

    write = writer(STDOUT)
    failed: list[str] = []

    def show(found: str, name: str, data: Iterable[bytes]) -> None:
        refuse_field(found, field, name)
        invalid = 0
        left_out = LeftOut(name)
        parts = formats.text(
            found, data, field=field, language=language, name=name, skip=left_out.tell
        )
        for part in parts:
            write(encode(part))
            invalid += count_invalid(part)
        tell_invalid(name, invalid)
        left_out.close()

    for name in files or (STDIN,):
        each(show, name, failed, format_=format_, encoding=encoding)
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
