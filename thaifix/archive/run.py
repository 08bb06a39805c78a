"""A run: what is to be done is spread over processes; this one alone writes the manifest."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from thaifix.archive.layout import Layout, escape
from thaifix.archive.manifest import Manifest, Row, Run, now
from thaifix.archive.plan import Plan
from thaifix.archive.progress import Progress
from thaifix.archive.work import Done, Settings, Task, correct
from thaifix.archive.workers import Died, spread
from thaifix.archive.write import OutputError, drop_unfinished, make_folders, sync_folders
from thaifix.errors import ArchiveError

_PAUSE = 0.5  # seconds between two commits
_PATIENCE = 5.0  # seconds in which the processes of a run that was killed are gone


@dataclass(slots=True)
class Outcome:
    """How many files were done, skipped and failed in a run."""

    done: int = 0
    skipped: int = 0
    failed: int = 0


@contextmanager
def opened(layout: Layout) -> Iterator[Manifest]:
    """Open a target for writing: make its folders, keep others out, drop what is unfinished.

    Raises:
        ArchiveError: If another run writes there, or the manifest cannot be used.
        OutputError: If the folders cannot be made, or a symbolic link stands in their place.
    """
    try:
        os.makedirs(layout.target, exist_ok=True)
        for folder in layout.folder, layout.unfinished, layout.provenance, layout.logs:
            make_folders(folder, layout.target)
        for path in layout.manifest, layout.lock:
            if os.path.islink(path):
                raise OutputError(
                    f"{escape(path)} is a symbolic link. Put the file itself there, "
                    "then run the same command again"
                )
        lock = os.open(layout.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise OutputError(
            f"cannot write {escape(layout.folder)}: {error.strerror}. "
            "Name a TARGET that you may write to"
        ) from error
    try:
        _lock(lock, layout)
        drop_unfinished(layout)
        with Manifest(layout.manifest, create=True) as manifest:
            yield manifest
    finally:
        os.close(lock)


def _lock(descriptor: int, layout: Layout) -> None:
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > patience:
                raise ArchiveError(
                    f"{escape(layout.target)}: another run is writing there. Wait for its end"
                ) from None
            time.sleep(0.1)


def refuse_other_options(runs: list[Run], run: Run) -> None:
    """See to it that a target is not continued with other options.

    Raises:
        ArchiveError: If the last run had another stamp; says what is different.
    """
    if not runs or runs[-1].stamp == run.stamp:
        return
    last = runs[-1]
    told = {**last.options, "model": last.model_sha256[:16]}
    asked = {**run.options, "model": run.model_sha256[:16]}
    differences = [
        f"{name} {told.get(name)!r}, now {asked.get(name)!r}"
        for name in sorted({*told, *asked})
        if told.get(name) != asked.get(name)
    ] or ["a lexicon or the keep list had other contents"]
    raise ArchiveError(
        f"this target was begun with other options ({'; '.join(differences)}). "
        "Give the same options, name another TARGET, or redo all files with --overwrite"
    )


def run(
    planned: Plan,
    manifest: Manifest,
    about: Run,
    settings: Settings,
    *,
    jobs: int,
    progress: Progress,
) -> Outcome:
    """Carry out a plan.

    Args:
        planned: What is to be done.
        manifest: Of the target, which this process has locked.
        about: What the manifest is to say about this run.
        settings: For all files.
        jobs: How many processes, at least 1.
        progress: Is told.
    Raises:
        OutputError: If nothing more can be written; what was done until then is done.
        KeyboardInterrupt: At SIGINT and SIGTERM; what was done until then is done.
    """
    outcome = Outcome()
    manifest.put(planned.rows, forget=planned.forgotten)
    if not planned.tasks:
        return outcome
    number = manifest.begin(about)
    records = _Records(manifest, settings.layout)
    answers = spread(
        partial(correct, settings=settings),
        planned.tasks,
        min(jobs, len(planned.tasks)),
        idle=records.flush,
    )
    with _stopped_by(signal.SIGTERM):
        try:
            for task, answer in answers:
                done = _died(task, answer) if isinstance(answer, Died) else answer
                if done.hopeless:
                    raise OutputError(done.hopeless, hopeless=True)
                row = replace(done.row, run=number, stamp=about.stamp)
                records.add(row)
                _count(outcome, row, progress)
        finally:
            answers.close()
            records.flush()
    manifest.finish(number)
    return outcome


class _Records:
    """Rows on their way into the manifest.

    They come in some at a time: bringing one to the disk takes about as long as to correct a page.
    What is lost with the process is recognised by its checksum when it is done again.
    """

    def __init__(self, manifest: Manifest, layout: Layout) -> None:
        self._manifest, self._layout = manifest, layout
        self._rows: list[Row] = []
        self._flushed = time.monotonic()

    def add(self, row: Row) -> None:
        """Take a row; a failure does not take the place of what is known about an older copy."""
        known = None if row.status == "done" else self._manifest.get(row.path)
        if known is None or known.status != "done":
            self._rows.append(row)
        if time.monotonic() - self._flushed > _PAUSE:
            self.flush()

    def flush(self) -> None:
        """Bring the names of the files to the disk, and then the rows."""
        rows, self._rows = self._rows, []
        done = [row for row in rows if row.status == "done"]
        sync_folders(self._layout.output(row.path) for row in done)
        sync_folders(self._layout.log(row.path) for row in done if row.log_sha256)
        if rows:
            self._manifest.put(rows)
        self._flushed = time.monotonic()


def _count(outcome: Outcome, row: Row, progress: Progress) -> None:
    progress.add(row.input_size)
    if row.status == "done":
        outcome.done += 1
    elif row.status == "skipped":
        outcome.skipped += 1
    else:
        outcome.failed += 1
        progress.say(f"thaifix: {escape(row.path)}: {row.error}")


def _died(task: Task, died: Died) -> Done:
    cause = f"signal {-died.exitcode}" if died.exitcode < 0 else f"status {died.exitcode}"
    error = (
        f"the process that corrected it ended ({cause}), perhaps for lack of memory. "
        "Use fewer --jobs, or divide the file"
    )
    return Done(Row(task.path, task.source, "failed", error, finished=now()))


@contextmanager
def _stopped_by(number: signal.Signals) -> Iterator[None]:
    """Let a signal do what Ctrl-C does."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)
