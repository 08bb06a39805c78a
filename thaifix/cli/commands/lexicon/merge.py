"""`thaifix lexicon merge`: several lexicons as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail, warn
from thaifix.cli.streams import STDOUT, writer

if TYPE_CHECKING:
    from thaifix.lexicon.entries import Entry


@click.command(epilog="\b\nExample:\n  thaifix lexicon merge own.tsv judged.tsv --out new.tsv")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--out", metavar="FILE", help="Where to write, if not to standard output.")
@click.option(
    "--prefer",
    type=click.Choice(["first", "last"]),
    help="Which side stays where entries contradict.",
)
def merge(
    *, files: Sequence[str], out: str | None, prefer: Literal["first", "last"] | None
) -> None:
    """Unite lexicons in one table, sorted by term.

    Entries of one term become one, with all aliases and misreadings. Where types, years or ids
    contradict, the conflicts are listed on standard error and, without --prefer, nothing is
    written and the exit status is 1. Of a table with a column "judge", as `thaifix lexicon mine`
    writes it, only rows with "yes" are taken.
    """
    from thaifix.lexicon.entries import read_entries, render
    from thaifix.lexicon.merge import merge as unite

    united, conflicts = unite([read_entries(Path(file)) for file in files], prefer or "first")
    for kept, other, field in conflicts:
        warn(f"conflict in {field}: {_brief(kept)} / {_brief(other)}")
    if conflicts and not prefer:
        fail(ExitCode.CHANGES, "nothing written. Mend the files, or choose --prefer first|last")
    writer(out or STDOUT)(render(united).encode())


def _brief(entry: Entry) -> str:
    """Show of an entry what may contradict."""
    years = f" {entry.since or ''}-{entry.until or ''}" if entry.since or entry.until else ""
    return f"{entry.term} [{entry.id}] {entry.type}{years}"
