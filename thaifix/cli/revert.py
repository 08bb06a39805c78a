"""`thaifix revert`: the text before correction."""

from __future__ import annotations

from typing import BinaryIO

import click

from thaifix.cli.output import STDOUT, ExitCode, chunks, fail, writer
from thaifix.errors import EditError


@click.command()
@click.argument("edits", type=click.File("rb"))
@click.argument("file", default="-", type=click.Path())
def revert(*, edits: BinaryIO, file: str) -> None:
    """Give the text before correction back, byte for byte.

    EDITS is the log that `thaifix --edits EDITS` wrote, FILE the text it wrote in the same run
    (default: standard input).
    """
    from thaifix import stream

    write = writer(STDOUT)
    failed: list[str] = []
    try:
        stream.revert(edits, chunks(file, failed), write)
    except EditError as error:
        if not failed:
            fail(ExitCode.MISMATCH, str(error))
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
