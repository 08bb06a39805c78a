"""What a run has to do: what the sources hold, against what the manifest knows."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from thaifix.archive.fixity import sha256_of_file
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.rows import FileRow
from thaifix.archive.sources import Source, SourceFile, list_files
from thaifix.archive.task import Task


@dataclass(slots=True)
class Plan:
    """What is to be done.

    Attributes:
        tasks: Files to correct, in the order of the sources.
        size: Their bytes, all together.
        rows: What the manifest is to say before the tasks are begun.
        forgotten: Paths in the manifest that the sources no longer have and that were never done.
        kept: How many files are done and need nothing.
        skipped: How many files are skipped without being read, some of them once more.
        refused: Paths and reasons of files that would have to be replaced, or cannot be read.
    """

    tasks: list[Task] = field(default_factory=list)
    size: int = 0
    rows: list[FileRow] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    kept: int = 0
    skipped: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def make_plan(
    sources: Iterable[Source],
    manifest: Manifest | None,
    places: Places,
    stamp: str,
    *,
    overwrite: bool,
) -> Plan:
    """Look through the sources.

    Args:
        sources: What was named.
        manifest: Manifest of the target, if it has one.
        places: Places of the target.
        stamp: Stamp of this run; copies that were made under another must be replaced.
        overwrite: Whether copies that must be replaced may be.

    Time: O(files); of those whose time or place has changed, all bytes are read.
    """
    plan = Plan()
    seen = set[str]()
    names = set[str]()
    for source in sources:
        names.add(source.name)
        for file in list_files(source):
            seen.add(file.path)
            known = manifest.get(file.path) if manifest else None
            if known is not None and known.status == "done":
                _add_done(plan, file, known, places, stamp, overwrite=overwrite)
            else:
                _add_new(plan, file, known, stamp, overwrite=overwrite)
    if manifest:
        plan.forgotten = [
            row.path
            for row in manifest.rows()
            if row.status != "done" and row.path not in seen and row.path.partition("/")[0] in names
        ]
    return plan


def _add_new(
    plan: Plan, file: SourceFile, known: FileRow | None, stamp: str, *, overwrite: bool
) -> None:
    """Plan a file that has no copy yet."""
    row = FileRow(
        file.path,
        file.source,
        "pending",
        input_size=file.size,
        input_mtime_ns=file.mtime_ns,
    )
    if file.error:
        plan.refused.append((file.path, file.error))
        plan.rows.append(replace(row, status="failed", error=file.error))
    elif file.skipped:
        plan.skipped += 1
        plan.rows.append(replace(row, status="skipped", error=file.skipped))
    elif (
        known is not None
        and known.status == "skipped"
        and (known.stamp, known.source) == (stamp, file.source)
        and (known.input_size, known.input_mtime_ns) == (file.size, file.mtime_ns)
    ):
        plan.skipped += 1
        plan.rows.append(known)
    else:
        plan.rows.append(row)
        _add_task(plan, file, overwrite=overwrite)


def _add_done(
    plan: Plan, file: SourceFile, known: FileRow, places: Places, stamp: str, *, overwrite: bool
) -> None:
    """Plan a file that has a copy; its row stays until there is another."""
    if file.error or file.skipped:
        reason = file.error or f"was a file, is now: {file.skipped}"
        plan.refused.append((file.path, reason))
        return
    try:
        size = os.lstat(places.copy(file.path)).st_size
    except OSError:
        size = None
    if known.stamp != stamp:
        reason = "was corrected with other options"
    elif not _is_same(plan, file, known):
        reason = "has changed since it was corrected"
    elif size is None:
        _add_task(plan, file, overwrite=overwrite)
        return
    elif size != known.output_size:
        reason = "its copy is not as it was written"
    else:
        plan.kept += 1
        return
    if overwrite:
        _add_task(plan, file, overwrite=True)
    else:
        plan.refused.append((file.path, f"{reason}. Replace the copy with --overwrite"))


def _is_same(plan: Plan, file: SourceFile, known: FileRow) -> bool:
    """Tell whether a file is what was corrected; one that was moved or touched is."""
    if file.size != known.input_size:
        return False
    if (file.source, file.mtime_ns) == (known.source, known.input_mtime_ns):
        return True
    try:
        same = sha256_of_file(file.source) == known.input_sha256
    except OSError:
        return False
    if same:
        plan.rows.append(replace(known, source=file.source, input_mtime_ns=file.mtime_ns))
    return same


def _add_task(plan: Plan, file: SourceFile, *, overwrite: bool) -> None:
    plan.tasks.append(Task(file.path, file.source, overwrite))
    plan.size += file.size
