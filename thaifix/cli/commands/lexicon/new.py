"""`thaifix lexicon new`: a table to begin with."""

from __future__ import annotations

import click

from thaifix.cli.streams import STDOUT, writer


@click.command(epilog="\b\nExample:\n  thaifix lexicon new > own.tsv")
@click.option(
    "--csv", "spreadsheet", is_flag=True, help="With commas and a byte order mark, as Excel opens."
)
def new(*, spreadsheet: bool) -> None:
    """Write an empty table: the columns, what they mean, and two examples, as comments."""
    from thaifix.lexicon.template import template

    writer(STDOUT)(template(spreadsheet=spreadsheet))
