"""A plan carried out: tasks are spread over processes; this process alone writes the manifest."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from thaifix import formats
from thaifix.archive.durable import OutputError, sync_names
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.archive.plan import Plan
from thaifix.archive.processes import ProcessDied, spread
from thaifix.archive.progress import Progress
from thaifix.archive.rows import FileRow, RunRow, now
from thaifix.archive.task import Task, TaskResult, TaskSettings, correct_file

_BETWEEN_COMMITS = 0.5
"""Seconds between two commits to the manifest; by judgement: bringing a row to the disk takes about
as long as to correct a page, so rows are not brought one by one.
"""


@dataclass(slots=True)
class Outcome:
    """How many files were done, skipped and failed in a run.

    Attributes:
        why: How many were skipped, by what they are.
        whole: How many were corrected that have no fields, though some were named; by format.
    """

    done: int = 0
    skipped: int = 0
    failed: int = 0
    why: Counter[str] = field(default_factory=Counter, compare=False)
    whole: Counter[str] = field(default_factory=Counter, compare=False)


def carry_out(
    plan: Plan,
    manifest: Manifest,
    run: RunRow,
    settings: TaskSettings,
    *,
    processes: int,
    progress: Progress,
) -> Outcome:
    """Carry out a plan.

    Args:
        plan: What is to be done.
        manifest: Manifest of the target, which this process has locked.
        run: What the manifest is to say about this run.
        settings: What all files have in common.
        processes: How many processes at once, at least 1.
        progress: Counts the files as they are done.

    Raises:
        OutputError: If nothing more can be written; what was done until then is done.
        KeyboardInterrupt: At SIGINT and SIGTERM; what was done until then is done.
    """
    outcome = Outcome()
    manifest.put(plan.rows, forget=plan.forgotten)
    if not plan.tasks:
        return outcome
    number = manifest.begin(run)
    rows = _Rows(manifest, settings.places)
    answers = spread(
        partial(correct_file, settings=settings),
        plan.tasks,
        min(processes, len(plan.tasks)),
        idle=rows.flush,
    )
    with _interrupting(signal.SIGTERM):
        try:
            for task, answer in answers:
                result = _failed(task, answer) if isinstance(answer, ProcessDied) else answer
                if result.hopeless:
                    raise OutputError(result.hopeless, hopeless=True)
                row = replace(result.row, run=number, stamp=run.stamp)
                rows.add(row)
                if settings.options.field and row.status == "done":
                    outcome.whole[str(row.format)] += not formats.has_fields(str(row.format))
                _count(outcome, row, progress)
                if result.passed:
                    progress.say(f"thaifix: {escape(row.path)}: {result.passed}")
        finally:
            answers.close()
            rows.flush()
    manifest.finish(number)
    return outcome


class _Rows:
    """Rows on their way into the manifest, where they come several at a time.

    What is lost with this process is recognised by its checksum when it is done again.
    """

    def __init__(self, manifest: Manifest, places: Places) -> None:
        self._manifest, self._places = manifest, places
        self._rows: list[FileRow] = []
        self._flushed = time.monotonic()

    def add(self, row: FileRow) -> None:
        """Take a row; a failure does not take the place of what is known about an older copy."""
        known = None if row.status == "done" else self._manifest.get(row.path)
        if known is None or known.status != "done":
            self._rows.append(row)
        if time.monotonic() - self._flushed > _BETWEEN_COMMITS:
            self.flush()

    def flush(self) -> None:
        """Bring the names of the files to the disk, and then the rows."""
        rows, self._rows = self._rows, []
        if rows:
            sync_names(self._names(rows), self._places.target)
            self._manifest.put(rows)
        self._flushed = time.monotonic()

    def _names(self, rows: list[FileRow]) -> Iterator[str]:
        """Paths of copies and logs; a log that was deleted counts, too."""
        for row in rows:
            if row.status == "done":
                yield self._places.copy(row.path)
                log = self._places.log(row.path)
                if os.path.isdir(os.path.dirname(log)):
                    yield log


def _count(outcome: Outcome, row: FileRow, progress: Progress) -> None:
    progress.add(row.input_size)
    if row.status == "done":
        outcome.done += 1
    elif row.status == "skipped":
        outcome.skipped += 1
        outcome.why[row.kind] += 1
    else:
        outcome.failed += 1
        progress.say(f"thaifix: {escape(row.path)}: {row.error}")


def _failed(task: Task, died: ProcessDied) -> TaskResult:
    cause = f"signal {-died.exitcode}" if died.exitcode < 0 else f"status {died.exitcode}"
    error = (
        f"the process that corrected it ended ({cause}), perhaps for lack of memory. "
        "Use fewer --jobs, or divide the file"
    )
    return TaskResult(FileRow(task.path, task.source, "failed", error, finished=now()))


@contextmanager
def _interrupting(number: signal.Signals) -> Iterator[None]:
    """Let a signal do what Ctrl-C does."""
    before = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(number, before)
