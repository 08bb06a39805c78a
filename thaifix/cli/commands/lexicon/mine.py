"""`thaifix lexicon mine`: proposals from a collection of texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import texts_of
from thaifix.cli.loading import load_entries
from thaifix.cli.options import ChosenReading, lexicons_option, reading_options
from thaifix.cli.tables import write_rows


@click.command(epilog="\b\nExample:\n  thaifix lexicon mine archive/*.txt > proposals.tsv")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@lexicons_option
@reading_options
@click.option(
    "--min-count",
    metavar="N",
    type=click.IntRange(min=2),
    default=5,
    show_default=True,
    help="How often a new term must occur.",
)
def mine(
    *,
    texts: Sequence[str],
    lexicons: Sequence[str],
    min_count: int,
    **reading: Unpack[ChosenReading],
) -> None:
    """Propose terms, abbreviations and misreadings from a collection of texts.

    Writes a table for a person to judge: the columns of a lexicon, then count, documents, examples
    and judge. Write yes or no in the last one, then `thaifix lexicon merge` it into a lexicon. A
    row with a misreading has the misreading's count; the count of the term stands in the note.
    """
    from thaifix.curate.mine import COLUMNS
    from thaifix.curate.mine import mine as propose

    failed: list[str] = []
    documents = texts_of(texts, failed, **reading)
    proposals = propose(documents, load_entries(lexicons), min_count=min_count)
    write_rows([COLUMNS, *proposals])
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
