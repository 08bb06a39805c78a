"""`thaifix series`: what is suspected in a collection, for a person to judge."""

from __future__ import annotations

from collections.abc import Sequence

import click

from thaifix.cli.filtering import feed
from thaifix.cli.load import load
from thaifix.cli.output import STDOUT, ExitCode, discard, writer


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--rules", is_flag=True, help="List what rules normalise, too.")
@click.option(
    "--profile",
    type=click.Choice(["strict", "normal", "bold"]),
    default="normal",
    show_default=True,
    help="Whose edits count as applied.",
)
@click.option("--lexicon", metavar="FILE", multiple=True, help="Further terms; repeatable.")
@click.option("--keep", metavar="FILE", help="Words never to touch, one a line.")
@click.option("--model", metavar="FILE", help="A model built by `thaifix train`.")
def series(
    *,
    files: Sequence[str],
    rules: bool,
    profile: str,
    lexicon: Sequence[str],
    keep: str | None,
    model: str | None,
) -> None:
    r"""List the error series of files, one row a suspected substitution, as a table (TSV).

    Fill in the column `decision`: yes, no, or the text that is right; nothing decides nothing.
    Then `thaifix apply TABLE [FILE]...` puts that everywhere.

    Columns: id; decision; observed and intended words; count of places, in how many documents, and
    how many of them the profile corrects by itself; mean confidence; reason and lexicon entry; up
    to three examples. Rows come first that set most places right, as far as can be told. In cells,
    \t, \n, \r, \\ and \uXXXX stand for what a table cannot show.
    """
    from thaifix.series import THRESHOLD, Listing, render
    from thaifix.stream import Filter

    corrector = load(model, lexicon, keep, profile)
    listing = Listing(corrector, load(model, lexicon, keep, profile, THRESHOLD), rules=rules)
    failed: list[str] = []
    feed(Filter(listing, discard), files or ("-",), failed)
    writer(STDOUT)(render(listing.rows()).encode())
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
