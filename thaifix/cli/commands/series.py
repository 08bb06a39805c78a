"""`thaifix series`: what is suspected in a collection, for a person to judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import feed
from thaifix.cli.loading import load_corrector
from thaifix.cli.options import (
    ChosenCorrector,
    corrector_options,
    files_argument,
    reading_options,
)
from thaifix.cli.streams import STDIN, STDOUT, writer


@click.command()
@files_argument
@click.option("--rules", is_flag=True, help="Also list what rules normalise.")
@reading_options
@corrector_options
def series(
    *,
    files: Sequence[str],
    rules: bool,
    format_: str | None,
    field: str | None,
    encoding: str | None,
    **chosen: Unpack[ChosenCorrector],
) -> None:
    r"""List the error series of files, one row a suspected substitution, as a table (TSV).

    Fill in the column `decision`: yes, no, or the text that is right (=TEXT if it does not look
    so); an empty cell decides nothing. Then `thaifix apply TABLE [FILE]...` carries that out
    everywhere.

    Columns: id; decision; observed and intended words; count of places, in how many documents, and
    how many of them the profile corrects by itself; mean confidence; reason and lexicon entry; up
    to three examples. Rows that probably set most places right come first. In cells, \t, \n, \r, \\
    and \uXXXX stand for what a table cannot show.
    """
    from thaifix.curate.series import Listing, suspicion
    from thaifix.curate.series_table import render

    doubtful = load_corrector(**(chosen | {"threshold": suspicion(chosen["threshold"])}))
    listing = Listing(load_corrector(**chosen), doubtful, rules=rules)
    failed: list[str] = []
    feed(listing, files or (STDIN,), failed, format_=format_, field=field, encoding=encoding)
    writer(STDOUT)(render(listing.series()).encode())
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
