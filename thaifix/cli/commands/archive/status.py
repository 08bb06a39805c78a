"""`thaifix archive status`: what became of each file."""

from __future__ import annotations

import click

from thaifix.cli.archives import STATUSES, opened
from thaifix.cli.messages import warn
from thaifix.cli.tables import write_rows
from thaifix.text.counted import counted


@click.command()
@click.argument("target", type=click.Path(readable=False))
def status(*, target: str) -> None:
    """Say what was done in TARGET, and list what was not: status, path and reason."""
    from thaifix.archive.places import escape

    with opened(target) as (manifest, _):
        counts, totals = manifest.counts(), manifest.totals()
        for name in "failed", "pending", "skipped":
            rows = manifest.rows(status=name)
            write_rows((name, escape(row.path), row.error or "") for row in rows)
        for run in manifest.runs():
            warn(
                f"run {run.id}: {run.started} to {run.finished or '(not ended)'}, "
                f"thaifix {run.version}, profile {run.options.get('profile')}, "
                f"model {run.model_sha256[:16]}"
            )
        warn(", ".join(f"{counts.get(name, 0):,} {name}" for name in STATUSES))
        warn(
            f"{counted(totals['edits'], 'edit')} and {counted(totals['flags'], 'flag')} in "
            f"{counted(totals['code_points'], 'code point')}"
        )
        if totals["invalid_bytes"]:
            warn(
                f"passed through {counted(totals['invalid_bytes'], 'byte')} "
                "of another encoding than UTF-8. If the "
                "files have another encoding, convert them first: iconv -f TIS-620 -t UTF-8"
            )
