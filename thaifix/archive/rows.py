"""The rows of a manifest: what they hold, and what is no row that thaifix wrote."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal

from thaifix.archive.places import RECORDS, unescape
from thaifix.errors import ArchiveError

Status = Literal["pending", "done", "skipped", "failed"]
"""What became of a file; `pending` if no run has come to it yet."""


def now() -> str:
    """The time, UTC, to the second, as ISO 8601 writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class RunRow:
    """One call of `thaifix archive`.

    Attributes:
        id: From 1.
        started, finished: Times, see `now`; `finished` is None if the run was killed, or still
            works.
        version: Version of thaifix.
        model_sha256: Checksum of the model bundle, in hexadecimal.
        corrector: Stamp of model, lexicons and options, as in the logs of edits.
        stamp: Stamp of the same and of the options of formats.
        options: All that was chosen, by name.
    """

    id: int
    started: str
    finished: str | None
    version: str
    model_sha256: str
    corrector: str
    stamp: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known about a file; the columns of the table, in their order.

    Attributes:
        path: Relative to the target.
        source: Absolute path of the original, links resolved.
        status: What became of it.
        error: Why it was skipped or failed.
        run: Id of the run that did it.
        stamp: Stamp of that run.
        format: Format as detected or named.
        input_size, output_size: Bytes of the original and of the copy.
        input_mtime_ns: When the original was last changed, in nanoseconds since 1970.
        input_sha256, output_sha256: Checksums of original and copy, in hexadecimal.
        edits, flags: How many were made and raised.
        code_points: Length of the text that was corrected.
        invalid_bytes: How many bytes of it are not UTF-8 and were passed through.
        log_sha256: Checksum of the log of edits and flags; None if there are none, and no log.
        finished: When it was done, see `now`.
        seconds: How long it took.
    """

    path: str
    source: str
    status: Status
    error: str | None = None
    run: int | None = None
    stamp: str | None = None
    format: str | None = None
    input_size: int = 0
    input_mtime_ns: int = 0
    input_sha256: str | None = None
    output_size: int | None = None
    output_sha256: str | None = None
    edits: int | None = None
    flags: int | None = None
    code_points: int | None = None
    invalid_bytes: int | None = None
    log_sha256: str | None = None
    finished: str | None = None
    seconds: float | None = None

    @property
    def kind(self) -> str:
        """What a file is that was skipped, without the advice."""
        return str(self.error).partition(". ")[0]


_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("error", "stamp", "format", "input_sha256", "output_sha256"), str),
    **dict.fromkeys(("log_sha256", "finished"), str),
    **dict.fromkeys(("run", "input_size", "input_mtime_ns", "output_size", "edits"), int),
    **dict.fromkeys(("flags", "code_points", "invalid_bytes"), int),
    "seconds": (int, float),
}
"""What the columns of a file hold, if they are not null."""


def read_file(row: tuple[Any, ...]) -> FileRow:
    """Read a row of the table of files, as SQLite gives it.

    Raises:
        ArchiveError: If thaifix wrote no such row; no path leads out of the target.
    """
    path, source, *rest = row
    if not (isinstance(path, str) and isinstance(source, str)) or len(row) != len(fields(FileRow)):
        raise damaged(f"{path!r} is no path, or its row has too few columns")
    read = FileRow(unescape(path), unescape(source), *rest)
    if not os.path.isabs(read.source) or not _is_inside(read.path):
        raise damaged(f"{path!r} of {source!r} is no path of a copy")
    for name, type_ in _TYPES.items():
        value = getattr(read, name)
        if not (value is None or isinstance(value, type_)):
            raise damaged(f"{path!r} has {value!r} as {name}")
    return read


def _is_inside(path: str) -> bool:
    return not {"", ".", ".."} & set(path.split("/")) and path.split("/")[0] != RECORDS


def read_run(row: dict[str, Any]) -> RunRow:
    """Read a row of the table of runs, by column.

    Raises:
        ArchiveError: If thaifix wrote no such row.
    """
    try:
        options = json.loads(row["options"])
        run = RunRow(**(row | {"options": options}))
    except (TypeError, ValueError, RecursionError) as error:
        raise damaged(str(error)) from error
    if not isinstance(options, dict):
        raise damaged(f"run {run.id} has no options")
    return run


def damaged(why: str) -> ArchiveError:
    """Say that a manifest holds what thaifix did not write."""
    return ArchiveError(f"the manifest is damaged: {why}. Restore it from a backup")
