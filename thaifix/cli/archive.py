"""`thaifix archive`: corrected copies of whole archives, and what is known about them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Unpack

import click

from thaifix.cli.load import Chosen, corrector_options, format_options, load, written
from thaifix.cli.output import STDOUT, ExitCode, fail, warn, writer
from thaifix.errors import ArchiveError

if TYPE_CHECKING:
    from thaifix.archive.places import Places
    from thaifix.archive.plan import Plan


class _Archive(click.Group):
    """A group that makes copies unless its first argument names another command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not (args and args[0] in self.commands):
            args = ["run", *args]
        return super().parse_args(ctx, args)


class _Run(click.Command):
    """The command that goes without its name."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        name = parent.command_path if parent else info_name
        return super().make_context(name, args, parent=None, **extra)


@click.group(cls=_Archive, add_help_option=False)
def archive() -> None:
    """Make corrected copies of whole archives, and prove later what was changed."""


@archive.command(
    "run",
    cls=_Run,
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
    help="Processes at work at once.",
)
@click.option(
    "--overwrite", is_flag=True, help="Replace what is out of date, altered, or not known."
)
@click.option("--dry-run", is_flag=True, help="List what would be done, and write nothing.")
@click.option("--mets", is_flag=True, help="Write a METS header with the agent beside the PREMIS.")
@format_options
@corrector_options
def run(
    *,
    sources: Sequence[str],
    target: str,
    jobs: int | None,
    overwrite: bool,
    dry_run: bool,
    mets: bool,
    format_: str | None,
    field: str | None,
    no_originals: bool,
    merge_words: bool,
    **chosen: Unpack[Chosen],
) -> None:
    """Correct the files of each SOURCE, a folder or a file, into TARGET, as `cp -r` would stand.

    The originals are only read. Killed at any moment and run again, it goes on; a file that cannot
    be corrected is recorded and skipped. Exit status 2 if there was one.
    """
    corrector = load(**chosen)
    options = written(
        corrector.stamp,
        format_=format_,
        field=field,
        no_originals=no_originals,
        merge_words=merge_words,
    )
    with _told():
        from thaifix.archive.batch import Batch
        from thaifix.archive.manifest import Manifest

        batch = Batch(
            sources,
            target,
            corrector,
            format_=format_,
            options=options,
            files={"lexicon": list(chosen["lexicon"]), "keep": chosen["keep"]},
            overwrite=overwrite,
        )
        if dry_run:
            if os.path.exists(batch.places.manifest):
                with Manifest(batch.places.manifest) as manifest:
                    _list(batch.plan(manifest), batch.places)
            else:
                _list(batch.plan(None), batch.places)
            return
        planned, outcome = batch.run(jobs=jobs or os.cpu_count() or 1, mets=mets, say=warn)
    failed = outcome.failed + len(planned.refused)
    warn(
        f"{outcome.done:,} corrected, {planned.kept:,} done before, "
        f"{outcome.skipped + planned.skipped:,} skipped, {failed:,} failed"
    )
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)


def _list(planned: Plan, places: Places) -> None:
    from thaifix.archive.places import escape

    for task in planned.tasks:
        _row("correct", escape(task.source), escape(places.copy(task.path)))
    for row in planned.rows:
        if row.status == "skipped":
            _row("skip", escape(row.source), str(row.error))
    for path, reason in planned.refused:
        _row("refuse", escape(path), reason)
    warn(
        f"{len(planned.tasks):,} to correct ({planned.size / 1e6:,.1f} MB), {planned.kept:,} done "
        f"before, {planned.skipped:,} to skip, {len(planned.refused):,} refused; nothing written"
    )


@archive.command()
@click.argument("target", type=click.Path(readable=False))
def status(*, target: str) -> None:
    """Say what was done in TARGET, and list what was not: status, path and reason."""
    from thaifix.archive.manifest import Manifest
    from thaifix.archive.places import Places, escape

    with _told(), Manifest(Places(target).manifest) as manifest:
        counts, totals = manifest.counts(), manifest.totals()
        for status in "failed", "pending", "skipped":
            for row in manifest.rows(status=status):
                _row(status, escape(row.path), row.error or "")
        for run in manifest.runs():
            warn(
                f"run {run.id}: {run.started} to {run.finished or '(not ended)'}, "
                f"thaifix {run.version}, profile {run.options['profile']}, "
                f"model {run.model_sha256[:16]}"
            )
        warn(", ".join(f"{counts.get(name, 0):,} {name}" for name in _STATUSES))
        warn(
            f"{totals['edits']:,} edits and {totals['flags']:,} flags in "
            f"{totals['code_points']:,} code points"
        )
        if totals["invalid_bytes"]:
            warn(
                f"passed through {totals['invalid_bytes']:,} bytes that are not UTF-8. If the "
                "files have another encoding, convert them first: iconv -f TIS-620 -t UTF-8"
            )


_STATUSES = "done", "skipped", "failed", "pending"


@archive.command()
@click.argument("target", type=click.Path(readable=False))
def verify(*, target: str) -> None:
    """Check all copies in TARGET, and list what is not as it should be: path and difference.

    Copy and log have the recorded checksums; the logged edits make the copy of the original, where
    that is still there; and the copy leads back to it. Exit status 5 if there are differences.
    """
    from thaifix.archive.manifest import Manifest
    from thaifix.archive.places import Places, escape
    from thaifix.archive.verification import verify as checks

    places = Places(target)
    files = differences = originals = undone = 0
    gone: list[str] = []
    with _told(), Manifest(places.manifest) as manifest:
        for checked in checks(manifest, places):
            files += checked.known
            originals += checked.original
            undone += checked.undone is True
            differences += bool(checked.differences)
            if checked.known and not checked.original:
                gone.append(escape(checked.path))
            for difference in checked.differences:
                _row(escape(checked.path), difference)
        counts = manifest.counts()
    if rest := ", ".join(f"{counts[name]:,} {name}" for name in _STATUSES[1:] if name in counts):
        warn(f"{rest}: not checked, see thaifix archive status")
    if gone:
        warn(f"{len(gone):,} without their originals to compare with, the first is {gone[0]}")
    warn(
        f"{files:,} copies: {originals:,} compared with their originals, "
        f"{undone:,} led back to them, {differences:,} files with differences"
    )
    if differences:
        raise click.exceptions.Exit(ExitCode.MISMATCH)


@archive.command()
@click.argument("target", type=click.Path(readable=False))
@click.option("--html", metavar="FILE", required=True, type=click.Path(), help="Where to write it.")
def report(*, target: str, html: str) -> None:
    """Write a report of TARGET as one HTML file: totals, frequent changes, where review pays."""
    from thaifix.archive.manifest import Manifest
    from thaifix.archive.places import Places

    places = Places(target)
    if os.path.commonpath([places.target, os.path.realpath(html)]) == places.target:
        raise click.UsageError(
            f"--html {html} would stand among the copies. Name a file elsewhere."
        )
    with _told(), Manifest(places.manifest) as manifest:
        from thaifix.archive.report import render

        page = render(manifest, places)  # all of it, before an older report is overwritten
        writer(html)(page.encode("utf-8", "backslashreplace"))


def _row(*cells: str) -> None:
    writer(STDOUT)(("\t".join(cells) + "\n").encode("utf-8", "backslashreplace"))


@contextmanager
def _told() -> Iterator[None]:
    """Tell what stands in the way, and end the run."""
    import sqlite3

    from thaifix.archive.durable import OutputError

    try:
        yield
    except ArchiveError as error:
        fail(ExitCode.INPUT, str(error))
    except OutputError as error:
        fail(ExitCode.OUTPUT, str(error))
    except sqlite3.Error as error:
        fail(ExitCode.INPUT, f"the manifest is damaged: {error}. Restore it from a backup")
    except ImportError as error:
        fail(ExitCode.INPUT, f"{error.name} is missing. Install it: pip install 'thaifix[archive]'")
    except KeyboardInterrupt:
        fail(ExitCode.INTERRUPTED, "interrupted. Run the same command again to go on")
