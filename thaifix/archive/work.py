"""One file: read, corrected, written beside its log. This runs in the processes of a batch."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from thaifix import formats
from thaifix.archive.layout import Layout
from thaifix.archive.manifest import Row, now
from thaifix.archive.write import CHUNK, Fresh, OutputError, drop
from thaifix.errors import ThaifixError, UnknownFormatError
from thaifix.stream.filter import DocumentSource, Piece
from thaifix.stream.log import render

_HEAD = 8192  # bytes in which a NUL shows that a file is no text
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


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
class Settings:
    """What all files of a run have in common.

    Attributes:
        layout: Where everything stands.
        corrector: Corrects the text.
        format: Of every file, instead of the detected one.
        options: What formats are to do; the logs have their stamp.
    """

    layout: Layout
    corrector: DocumentSource
    format: str | None
    options: formats.FormatOptions


class Done(NamedTuple):
    """What became of a task.

    Attributes:
        row: For the manifest.
        hopeless: Why no other file can be written either, if so.
    """

    row: Row
    hopeless: str = ""


class _UnusableError(Exception):
    """The original cannot be corrected; the message says why."""


class _NotTextError(_UnusableError):
    """It is of another kind, and left alone."""


class _Original:
    """An original that is read once, and must stay as it is meanwhile."""

    def __init__(self, path: str) -> None:
        # Not through a link that came since the walk, and without waiting for the end of a pipe.
        self._path = path
        self._file = open(  # noqa: SIM115
            path, "rb", buffering=0, opener=lambda name, _: os.open(name, _FLAGS)
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
            if (after.st_ino, after.st_size, after.st_mtime_ns) != (
                before.st_ino,
                self._size,
                before.st_mtime_ns,
            ):
                raise _UnusableError("changed while it was read. Run the same command again later")
        return self._hash.hexdigest()

    def close(self) -> None:
        self._file.close()


def correct(task: Task, settings: Settings) -> Done:
    """Correct a file and put copy and log in their places; whatever fails is in the row."""
    began = time.monotonic()
    row = Row(task.path, task.source, "failed")
    hopeless = ""
    try:
        row = _correct(task, settings)
    except (_NotTextError, UnknownFormatError) as error:
        row = replace(row, status="skipped", error=str(error))
    except OutputError as error:
        row = replace(row, error=str(error))
        hopeless = str(error) if error.hopeless else ""
    except (_UnusableError, ThaifixError) as error:
        row = replace(row, error=str(error))
    except OSError as error:
        advice = ". Ask its owner for access" if isinstance(error, PermissionError) else ""
        row = replace(row, error=f"cannot be read: {error.strerror or error}{advice}")
    except MemoryError:
        row = replace(row, error="too little memory for it. Use fewer --jobs, or divide it")
    except Exception as error:  # one bad file must not end the batch
        row = replace(row, error=f"{type(error).__name__}: {error}. Please report this as a bug")
    if row.input_mtime_ns == 0:
        with suppress(OSError):
            status = os.stat(task.source)
            row = replace(row, input_size=status.st_size, input_mtime_ns=status.st_mtime_ns)
    seconds = round(time.monotonic() - began, 3)
    return Done(replace(row, finished=now(), seconds=seconds), hopeless)


def _correct(task: Task, settings: Settings) -> Row:
    layout = settings.layout
    with ExitStack() as stack:
        original = stack.enter_context(closing(_Original(task.source)))
        chunks = original.chunks()
        head = next(chunks, b"")
        found, whole = formats.peek(chain((head,), chunks))
        format_ = settings.format or found
        if found == "text" and not settings.format and b"\0" in head[:_HEAD]:
            raise _NotTextError("no text in UTF-8: it has NUL bytes")
        copy = stack.enter_context(Fresh(layout, layout.output(task.path)))
        log: Fresh | None = None

        def watch(piece: Piece) -> None:
            nonlocal log
            if lines := render(piece, settings.options.stamp):
                if log is None:
                    log = stack.enter_context(Fresh(layout, layout.log(task.path)))
                log.write(lines)

        stats = formats.correct(
            format_,
            whole,
            settings.corrector,
            copy.write,
            options=settings.options,
            name=task.path,
            watch=watch,
        )
        for _ in chunks:  # what the format did not need counts for the checksum
            pass
        sha256 = original.finish()
        # The copy first: if its place is taken, the log that belongs to what is there stays.
        copy.publish(overwrite=task.overwrite)
        if log is not None:
            log.publish(overwrite=True)
        else:
            drop(layout.log(task.path), layout)
    return Row(
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
        log_sha256=log.sha256 if log else None,
    )
