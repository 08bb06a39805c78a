"""`thaifix text`: the plain text of any format."""

from __future__ import annotations

from collections.abc import Sequence

import click

from thaifix.cli.output import STDOUT, ExitCode, chunks, warn, writer


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(readable=False))
@click.option("--format", "format_", metavar="NAME", help="Format of the files, not the detected.")
@click.option("--field", metavar="NAME", help="Field or column with the text (JSONL, Parquet).")
def text(*, files: Sequence[str], format_: str | None, field: str | None) -> None:
    """Print the plain text of each FILE, or of standard input, with spaces as on the page.

    An empty line parts paragraphs, a form feed pages.
    """
    from thaifix import formats
    from thaifix.errors import FormatError

    write = writer(STDOUT)
    failed: list[str] = []
    for name in files or ("-",):
        found, data = formats.peek(chunks(name, failed))
        try:
            for part in formats.text(format_ or found, data, field=field, name=name):
                write(part.encode("utf-8", "surrogateescape"))
        except FormatError as error:
            failed.append(name)
            warn(str(error))
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
