"""`thaifix lexicon show`: what is known of a term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.loading import load_entries
from thaifix.cli.messages import warn
from thaifix.cli.options import lexicons_option
from thaifix.cli.streams import STDOUT, writer

if TYPE_CHECKING:
    from thaifix.lexicon.entries import Entry


@click.command(epilog="\b\nExample:\n  thaifix lexicon show กรมการปกครอง WHO")
@click.argument("terms", metavar="TERM|ID...", nargs=-1, required=True)
@lexicons_option
def show(*, terms: Sequence[str], lexicons: Sequence[str]) -> None:
    """Show the entries of terms, aliases, misreadings or ids; if there is none, what is alike.

    Exit status 1 if there is no entry for one of them.
    """
    from thaifix.lexicon.neighbours import near
    from thaifix.lexicon.search import alike, find

    entries = load_entries(lexicons)
    write = writer(STDOUT)
    missing = False
    for term in terms:
        found = find(term, entries)
        for entry in found:
            others = near(entry.term, {other.term for other in entries})
            write((_card(entry, others) + "\n").encode())
        if not found:
            missing = True
            warn(f"{term}: no such entry. Alike: {', '.join(alike(term, entries)) or 'nothing'}")
    if missing:
        raise click.exceptions.Exit(ExitCode.CHANGES)


def _card(entry: Entry, neighbours: Sequence[tuple[str, int]]) -> str:
    """Show an entry, a field a line; neighbours with their distance in edits."""
    from thaifix.lexicon.entries import COLUMNS, cells

    fields = dict(zip(COLUMNS, cells(entry), strict=True))
    fields["neighbours"] = ", ".join(f"{other} ({distance})" for other, distance in neighbours)
    shown = "".join(
        f"  {name}: {value.replace('|', ', ')}\n"
        for name, value in fields.items()
        if value and name != "term"
    )
    return f"{entry.term}\n{shown}"
