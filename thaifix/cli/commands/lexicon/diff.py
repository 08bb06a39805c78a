"""`thaifix lexicon diff`: what has changed between two lexicons."""

from __future__ import annotations

from pathlib import Path

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.tables import write_rows


@click.command(epilog="\b\nExample:\n  thaifix lexicon diff yesterday.tsv today.tsv")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
def diff(*, old: str, new: str) -> None:
    """Compare two lexicons.

    One difference a line: added, removed or changed, id, term, field, old, new. Exit status 1 if
    there are any.
    """
    from thaifix.lexicon.entries import read_entries
    from thaifix.lexicon.merge import compare

    found = compare(read_entries(Path(old)), read_entries(Path(new)))
    write_rows(found)
    if found:
        raise click.exceptions.Exit(ExitCode.CHANGES)
