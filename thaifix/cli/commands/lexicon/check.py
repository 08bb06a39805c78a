"""`thaifix lexicon check`: errors and dangers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import warn
from thaifix.cli.tables import write_rows
from thaifix.text.counted import counted


@click.command(epilog="\b\nExample:\n  thaifix lexicon check own.tsv | cut -f 2,4,5,6")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--notes", is_flag=True, help="List also what is no danger but good to know.")
def check(*, files: Sequence[str], notes: bool) -> None:
    """Find errors and dangers in lexicons that are used together.

    Default: those that come with thaifix. One finding a line: file, line, severity (error, warning,
    note), kind, term, detail. Exit status 1 if there are errors.
    """
    from thaifix.curate.check import check as find
    from thaifix.lexicon.entries import tables

    found = find([Path(file) for file in files] or tables())
    write_rows(finding for finding in found if notes or finding.severity != "note")
    counts = (
        counted(sum(finding.severity == severity for finding in found), severity)
        for severity in ("error", "warning", "note")
    )
    warn(", ".join(counts))
    if any(finding.severity == "error" for finding in found):
        raise click.exceptions.Exit(ExitCode.CHANGES)
