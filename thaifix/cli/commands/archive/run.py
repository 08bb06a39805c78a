"""`thaifix archive SOURCE... --to TARGET`: the command that goes without its name."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from thaifix.cli.archives import errors_told
from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.groups import UnnamedCommand
from thaifix.cli.loading import load_corrector, load_decisions, written
from thaifix.cli.messages import warn
from thaifix.cli.options import ChosenCorrector, corrector_options, format_options
from thaifix.cli.tables import write_rows
from thaifix.text.counted import counted

if TYPE_CHECKING:
    from thaifix.archive.batch import Batch


@click.command(
    cls=UnnamedCommand,
    epilog="\b\nOther commands:\n"
    "  thaifix archive status TARGET              what was done, skipped, failed\n"
    "  thaifix archive verify TARGET              whether all is as it was written\n"
    "  thaifix archive report TARGET --html FILE  frequent changes, where review pays\n\n"
    "A source that has the name of a command is given as ./status.",
)
@click.argument(
    "sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(readable=False)
)
@click.option("--to", "target", metavar="TARGET", required=True, help="Folder of the copies.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    show_default="as many as processors",
    help="How many processes work at once.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace copies that are out of date or altered, and other files in their place.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="List what would be done, without a look at what the files hold, and write nothing.",
)
@click.option(
    "--decisions",
    metavar="TABLE",
    help="Carry out what was decided in a table of `thaifix series`, and nothing else.",
)
@click.option("--mets", is_flag=True, help="Also write a METS header that names thaifix as agent.")
@format_options
@corrector_options
def run(
    *,
    sources: Sequence[str],
    target: str,
    jobs: int | None,
    overwrite: bool,
    dry_run: bool,
    decisions: str | None,
    mets: bool,
    format_: str | None,
    field: str | None,
    encoding: str | None,
    no_originals: bool,
    merge_words: bool,
    language: str | None,
    redo: bool,
    **chosen: Unpack[ChosenCorrector],
) -> None:
    """Correct the files of each SOURCE, a folder or a file, into TARGET, as `cp -r` copies them.

    The originals are only read. If the run is stopped or killed, run the same command again: it
    goes on. A file that cannot be corrected is recorded and passed over; the exit status is then 2.
    """
    corrector, applier = load_corrector(**chosen), None
    if decisions is not None:
        from thaifix.curate.decisions import Applier
        from thaifix.curate.series import suspicion

        doubtful = load_corrector(**(chosen | {"threshold": suspicion(chosen["threshold"])}))
        applier = Applier(load_decisions(decisions), doubtful)
    options = written(
        corrector.stamp,
        format_=format_,
        field=field,
        no_originals=no_originals,
        merge_words=merge_words,
        language=language,
        redo=redo,
    )
    with errors_told():
        from thaifix.archive.batch import Batch

        batch = Batch(
            sources,
            target,
            corrector,
            format_=format_,
            encoding=encoding,
            options=options,
            files={"lexicon": list(chosen["lexicon"]), "keep": chosen["keep"]}
            | ({"decisions": decisions} if decisions else {}),
            decided=applier,
            overwrite=overwrite,
        )
        if dry_run:
            _list_plan(batch)
        else:
            _carry_out(batch, jobs=jobs or os.cpu_count() or 1, mets=mets)


def _carry_out(batch: Batch, *, jobs: int, mets: bool) -> None:
    """Make the copies, and say how many; status 2 if there are files of which there is none."""
    planned, outcome = batch.run(jobs=jobs, mets=mets, say=warn)
    again = Counter(row.kind for row in planned.rows if row.status == "skipped")
    for what, files in (outcome.why + again).most_common():
        warn(f"skipped {files:,}: {what}")
    for format_, files in (+outcome.whole).most_common():
        warn(f"corrected {counted(files, 'file')} of {format_} as a whole: no fields for --field")
    if not (planned.tasks or planned.rows or planned.kept or planned.refused):
        warn("the sources hold no files: nothing was read")
    unreadable = sum(row.status == "failed" for row in planned.rows)  # told with the refused
    failed, refused = outcome.failed + unreadable, len(planned.refused) - unreadable
    warn(
        f"{outcome.done:,} corrected, {planned.kept:,} done before, "
        f"{outcome.skipped + planned.skipped:,} skipped, "
        + (f"{refused:,} refused, " if refused else "")
        + f"{failed:,} failed"
    )
    if failed or refused:
        raise click.exceptions.Exit(ExitCode.INPUT)


def _list_plan(batch: Batch) -> None:
    """Write what a run would do, a row each: the step, the file, where to or why."""
    from contextlib import nullcontext

    from thaifix.archive.manifest import Manifest
    from thaifix.archive.places import escape

    places = batch.places
    known = os.path.exists(places.manifest)
    with Manifest(places.manifest) if known else nullcontext() as manifest:
        planned = batch.plan(manifest)
    write_rows(
        ("correct", escape(task.source), escape(places.copy(task.path))) for task in planned.tasks
    )
    write_rows(
        ("skip", escape(row.source), row.error) for row in planned.rows if row.status == "skipped"
    )
    write_rows(("refuse", escape(path), reason) for path, reason in planned.refused)
    warn(
        f"{len(planned.tasks):,} to correct ({planned.size / 1e6:,.1f} MB), {planned.kept:,} done "
        f"before, {planned.skipped:,} to skip, {len(planned.refused):,} refused; nothing written"
    )
    if planned.tasks:
        warn("what the files hold was not looked at: some may be skipped, or fail, when it is done")
