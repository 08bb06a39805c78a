"""What a run has to do: what the sources hold, against what the manifest knows."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from thaifix.archive.layout import Layout
from thaifix.archive.manifest import Manifest, Row
from thaifix.archive.walk import Found, Root, walk
from thaifix.archive.work import Task
from thaifix.archive.write import digest


@dataclass(slots=True)
class Plan:
    """What is to be done.

    Attributes:
        tasks: Files to correct, in the order of the sources.
        size: Their bytes.
        rows: What the manifest is to say before that.
        forgotten: Paths in the manifest that the sources no longer have and that were never done.
        kept: How many files are done, or were skipped, and need nothing.
        skipped: How many are skipped now.
        refused: Paths and reasons of files that would have to be replaced, or cannot be read.
    """

    tasks: list[Task] = field(default_factory=list)
    size: int = 0
    rows: list[Row] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    kept: int = 0
    skipped: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def plan(
    roots: Iterable[Root],
    manifest: Manifest | None,
    layout: Layout,
    stamp: str,
    *,
    overwrite: bool,
) -> Plan:
    """Look through the sources.

    Args:
        roots: The sources.
        manifest: Of the target, if it has one.
        layout: Of the target.
        stamp: Of this run; what another has made must be replaced.
        overwrite: Whether what has to be replaced may be.
    Time: O(files); one whose time or place has changed is read as a whole.
    """
    planned = Plan()
    seen = set[str]()
    roots = list(roots)
    for root in roots:
        for found in walk(root):
            seen.add(found.path)
            known = manifest.get(found.path) if manifest else None
            if known is not None and known.status == "done":
                _again(planned, found, known, layout, stamp, overwrite=overwrite)
            else:
                _first(planned, found, known, stamp, overwrite=overwrite)
    if manifest:
        names = {root.name for root in roots}
        planned.forgotten = [
            row.path
            for status in ("pending", "failed", "skipped")
            for row in manifest.rows(status=status)
            if row.path not in seen and row.path.partition("/")[0] in names
        ]
    return planned


def _first(planned: Plan, found: Found, known: Row | None, stamp: str, *, overwrite: bool) -> None:
    """Plan a file that has no copy yet."""
    row = Row(
        found.path,
        found.source,
        "pending",
        input_size=found.size,
        input_mtime_ns=found.mtime_ns,
    )
    if found.error:
        planned.refused.append((found.path, found.error))
        planned.rows.append(replace(row, status="failed", error=found.error))
    elif found.skipped:
        planned.skipped += 1
        planned.rows.append(replace(row, status="skipped", error=found.skipped))
    elif (
        known is not None
        and known.status == "skipped"
        and (known.stamp, known.source) == (stamp, found.source)
        and (known.input_size, known.input_mtime_ns) == (found.size, found.mtime_ns)
    ):
        planned.kept += 1
    else:
        planned.rows.append(row)
        _add(planned, found, overwrite=overwrite)


def _again(
    planned: Plan, found: Found, known: Row, layout: Layout, stamp: str, *, overwrite: bool
) -> None:
    """Plan a file that has a copy, whose row stays until there is another."""
    missing = False
    try:
        altered = os.lstat(layout.output(found.path)).st_size != known.output_size
    except OSError:
        altered, missing = False, True
    if found.error or found.skipped:
        reason = found.error or f"was a file, is now: {found.skipped}"
        planned.refused.append((found.path, reason))
        return
    if known.stamp != stamp:
        reason = "was corrected with other options"
    elif not _same(planned, found, known):
        reason = "has changed since it was corrected"
    elif altered:
        reason = "its copy is not as it was written"
    elif missing:
        _add(planned, found, overwrite=overwrite)
        return
    else:
        planned.kept += 1
        return
    if overwrite:
        _add(planned, found, overwrite=True)
    else:
        planned.refused.append((found.path, f"{reason}. Replace the copy with --overwrite"))


def _same(planned: Plan, found: Found, known: Row) -> bool:
    """Tell whether a source is what was corrected; a copy of it elsewhere, or touched, is."""
    if found.size != known.input_size:
        return False
    place = found.source, found.mtime_ns
    if place == (known.source, known.input_mtime_ns):
        return True
    try:
        same = digest(found.source) == known.input_sha256
    except OSError:
        return False
    if same:
        moved = replace(known, source=found.source, input_mtime_ns=found.mtime_ns)
        planned.rows.append(moved)
    return same


def _add(planned: Plan, found: Found, *, overwrite: bool) -> None:
    planned.tasks.append(Task(found.path, found.source, overwrite))
    planned.size += found.size
