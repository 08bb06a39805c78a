"""`thaifix lexicon`: look after lexicons."""

from __future__ import annotations

import click

from thaifix.cli.groups import CommandGroup


@click.group(
    cls=CommandGroup, folder=__name__, names=("check", "diff", "merge", "mine", "new", "show")
)
def lexicon() -> None:
    """Look after lexicons: the terms that thaifix knows as a whole.

    A lexicon is plain text, one term a line, or TSV with a header line. Tables go to standard
    output, messages to standard error.
    """
