"""`thaifix archive verify`: whether the copies are what they should be."""

from __future__ import annotations

import click

from thaifix.cli.archives import STATUSES, opened
from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import warn
from thaifix.cli.tables import write_rows


@click.command()
@click.argument("target", type=click.Path(readable=False))
def verify(*, target: str) -> None:
    """Check all copies in TARGET, and list what is not as it should be: path and difference.

    Copy and log have the recorded checksums; the logged edits make the copy of the original, where
    that is still there; and the copy leads back to it. Exit status 5 if there are differences.
    """
    from thaifix.archive.places import escape
    from thaifix.archive.verification import verify as checks

    files = differences = originals = undone = gone = 0
    first_gone = ""
    with opened(target) as (manifest, places):
        for checked in checks(manifest, places):
            files += checked.known
            originals += checked.original
            undone += checked.undone is True
            differences += bool(checked.differences)
            if checked.known and not checked.original:
                gone += 1
                first_gone = first_gone or escape(checked.path)
            write_rows((escape(checked.path), difference) for difference in checked.differences)
        counts = manifest.counts()
    if rest := ", ".join(f"{counts[name]:,} {name}" for name in STATUSES[1:] if name in counts):
        warn(f"{rest}: not checked, see thaifix archive status")
    if gone:
        warn(f"{gone:,} without their originals to compare with, the first is {first_gone}")
    warn(
        f"{files:,} copies: {originals:,} compared with their originals, "
        f"{undone:,} led back to them, {differences:,} files with differences"
    )
    if differences:
        raise click.exceptions.Exit(ExitCode.MISMATCH)
