"""One file: read, corrected, written beside its log. This runs in the processes of a batch."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from thaifix import formats
from thaifix.archive.durable import OutputError, TargetFile, drop
from thaifix.archive.fixity import CHUNK, READ_ONLY
from thaifix.archive.places import Places, escape
from thaifix.archive.rows import FileRow, now
from thaifix.errors import ThaifixError, UnknownFormatError
from thaifix.formats.passed import bad_lines, passed_over
from thaifix.stream.filter import DocumentSource, Piece
from thaifix.stream.log import LogWriter


class Task(NamedTuple):
    """A file to be corrected.

    Attributes:
        path: Where the copy will stand, relative to the target.
        source: Absolute path of the original.
        overwrite: Whether what stands there may be replaced.
    """

    path: str
    source: str
    overwrite: bool


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """What all files of a run have in common.

    Attributes:
        places: Where everything stands.
        corrector: Corrects the text.
        format: Format of every file, instead of the detected one.
        options: What formats are to do; the logs have their stamp.
        encoding: That of every file, if it is not UTF-8.
    """

    places: Places
    corrector: DocumentSource
    format: str | None
    options: formats.FormatOptions
    encoding: str | None = None


class TaskResult(NamedTuple):
    """What became of a task.

    Attributes:
        row: Row for the manifest.
        hopeless: Why no other file can be written either, if so.
        passed: What of the file was not read, in words; "" if all was.
    """

    row: FileRow
    hopeless: str | None = None
    passed: str = ""


class _UnusableError(Exception):
    """The original cannot be corrected; the message says why."""


class _NotTextError(_UnusableError):
    """It is of another kind, and left alone."""


class _Original:
    """An original that is read once, and must stay as it is meanwhile."""

    def __init__(self, path: str) -> None:
        # Not through a link that came since the files were listed, and not waiting for a pipe.
        self._path = path
        self._file = open(  # noqa: SIM115
            path, "rb", buffering=0, opener=lambda name, _: os.open(name, READ_ONLY)
        )
        self.status = os.fstat(self._file.fileno())
        if not stat.S_ISREG(self.status.st_mode):
            self._file.close()
            raise _NotTextError("neither a file nor a folder")
        self._hash = hashlib.sha256()
        self._size = 0

    def chunks(self) -> Iterator[bytes]:
        while chunk := self._file.read(CHUNK):
            self._hash.update(chunk)
            self._size += len(chunk)
            yield chunk

    def finish(self) -> str:
        """Give its SHA-256, if it is still what it was when it was opened."""
        before = self.status
        for after in os.fstat(self._file.fileno()), os.stat(self._path):
            if self._size != before.st_size or (after.st_ino, after.st_size, after.st_mtime_ns) != (
                before.st_ino,
                before.st_size,
                before.st_mtime_ns,
            ):
                raise _UnusableError("changed while it was read. Run the same command again later")
        return self._hash.hexdigest()

    def close(self) -> None:
        self._file.close()


def correct_file(task: Task, settings: TaskSettings) -> TaskResult:
    """Correct a file and put copy and log in their places; whatever fails is in the row."""
    began = time.monotonic()
    row = FileRow(task.path, task.source, "failed")
    hopeless: str | None = None
    passed = ""
    try:
        row, passed = _correct(task, settings)
    except (_NotTextError, UnknownFormatError) as error:
        row = replace(row, status="skipped", error=_message(error, task))
    except OutputError as error:
        row = replace(row, error=_message(error, task))
        hopeless = row.error if error.hopeless else None
    except (_UnusableError, ThaifixError) as error:
        row = replace(row, error=_message(error, task))
    except OSError as error:
        advice = ". Ask its owner for access" if isinstance(error, PermissionError) else ""
        row = replace(row, error=f"cannot be read: {error.strerror or error}{advice}")
    except MemoryError:
        row = replace(row, error="too little memory for it. Use fewer --jobs, or divide it")
    except Exception as error:  # one bad file must not end the batch
        told = f"{type(error).__name__}: {_message(error, task)}"
        row = replace(row, error=f"{told}. Please report this as a bug")
    if row.status != "done":
        with suppress(OSError):
            status = os.stat(task.source)
            row = replace(row, input_size=status.st_size, input_mtime_ns=status.st_mtime_ns)
    seconds = round(time.monotonic() - began, 3)
    return TaskResult(replace(row, finished=now(), seconds=seconds), hopeless, passed)


def _message(error: Exception, task: Task) -> str:
    """What an error says, as text that can be written down, whatever is in the file's path."""
    told = str(error).removeprefix(f"{task.path}: ").removeprefix(f"{task.path}, ")
    told = told.replace(task.path, escape(task.path))
    return told.encode("utf-8", "backslashreplace").decode()


class _Log:
    """The log of a file's edits and flags, which is begun when there is something to log."""

    def __init__(self, task: Task, settings: TaskSettings, opened: ExitStack) -> None:
        self._places = settings.places
        self._path = settings.places.log(task.path)
        self._opened = opened
        self._file: TargetFile | None = None
        self._log = LogWriter(self._write, settings.options.stamp)

    def _write(self, lines: bytes) -> None:
        if self._file is None:
            self._file = self._opened.enter_context(TargetFile(self._places, self._path))
        self._file.write(lines)

    def watch(self, piece: Piece) -> None:
        """Write down what was done to a piece of the text."""
        self._log.watch(piece)

    def publish(self, engines: Mapping[str, int]) -> str | None:
        """Put the log in its place, or delete that of an older copy; give its SHA-256."""
        if self._file is None:
            drop(self._path, self._places.target)
            return None
        self._log.close(engines)
        self._file.publish(overwrite=True)
        return self._file.sha256


def _correct(task: Task, settings: TaskSettings) -> tuple[FileRow, str]:
    """Give the row of a file that is done, and what of it was not read."""
    with ExitStack() as opened:
        original = opened.enter_context(closing(_Original(task.source)))
        chunks = original.chunks()
        found, whole = formats.peek(chunks, settings.encoding)
        format_ = formats.chosen(found, settings.format)
        copy = opened.enter_context(TargetFile(settings.places, settings.places.copy(task.path)))
        log = _Log(task, settings, opened)
        stats = formats.correct(
            format_,
            whole,
            settings.corrector,
            copy.write,
            options=settings.options,
            name=task.path,
            watch=log.watch,
        )
        for _ in chunks:  # what the format did not need counts for the checksum
            pass
        sha256 = original.finish()
        # The copy first: if its place is taken, the log that belongs to what is there stays.
        copy.publish(overwrite=task.overwrite)
        log_sha256 = log.publish(stats.families)
    row = FileRow(
        task.path,
        task.source,
        "done",
        format=format_,
        input_size=original.status.st_size,
        input_mtime_ns=original.status.st_mtime_ns,
        input_sha256=sha256,
        output_size=copy.size,
        output_sha256=copy.sha256,
        edits=stats.edits.total(),
        flags=stats.flags.total(),
        code_points=stats.code_points,
        invalid_bytes=stats.invalid_bytes,
        log_sha256=log_sha256,
    )
    return row, "; ".join((*passed_over(format_, stats), *bad_lines(stats)))
