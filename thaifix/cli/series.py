"""`thaifix series`: what is suspected in a collection, for a person to judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from thaifix.cli.filtering import feed
from thaifix.cli.load import Chosen, corrector_options, load
from thaifix.cli.output import STDOUT, ExitCode, discard, writer


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(readable=False))
@click.option("--rules", is_flag=True, help="List what rules normalise, too.")
@corrector_options
def series(
    *,
    files: Sequence[str],
    rules: bool,
    **chosen: Unpack[Chosen],
) -> None:
    r"""List the error series of files, one row a suspected substitution, as a table (TSV).

    Fill in the column `decision`: yes, no, or the text that is right; nothing decides nothing.
    Then `thaifix apply TABLE [FILE]...` puts that everywhere.

    Columns: id; decision; observed and intended words; count of places, in how many documents, and
    how many of them the profile corrects by itself; mean confidence; reason and lexicon entry; up
    to three examples. Rows come first that set most places right, as far as can be told. In cells,
    \t, \n, \r, \\ and \uXXXX stand for what a table cannot show.
    """
    from thaifix.curate.series import THRESHOLD, Listing
    from thaifix.curate.series_table import render
    from thaifix.stream.filter import Filter

    listing = Listing(load(**chosen), load(**chosen, threshold=THRESHOLD), rules=rules)
    failed: list[str] = []
    feed(Filter(listing, discard), files or ("-",), failed)
    writer(STDOUT)(render(listing.series()).encode())
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
