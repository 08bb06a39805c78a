"""Proof, long after: copies are as they were written, and only the logged edits made them.

For each file three things are checked: the checksums of copy and log; that the logged edits,
carried out on the original, give the copy byte for byte; and that the copy leads back to the
original. Bytes are no proof where a library chooses them (Parquet, Arrow, PDF), or where another
version of thaifix wrote more than text: there, what the files hold is compared.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile

from thaifix import formats
from thaifix.archive.fixity import CHUNK, chunks, opened, sha256_of, sha256_of_file
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.archive.replay import Replay
from thaifix.archive.rows import FileRow, RunRow, damaged
from thaifix.errors import SeveralOriginalsError, ThaifixError
from thaifix.stream.revert import revert
from thaifix.version import __version__

_TABLES = ("parquet", "arrow")
_BYTES_BY_LIBRARY = (*_TABLES, "pdf")
"""Formats whose bytes depend on the library that writes them."""

_WITHOUT_ORIGINALS = ("pdf",)
"""Formats that have no place for what was there before."""

_BYTES_BY_TEXT = ("text",)
"""Formats that hold nothing but text, so that every version of thaifix writes the same bytes."""


@dataclass(slots=True)
class FileCheck:
    """What came of checking a file.

    Attributes:
        path: Path relative to the target.
        differences: What is not as it should be; empty if all is well.
        original: Whether the original was still there to be compared with.
        known: Whether it is a copy that the manifest knows.
        undone: Whether the copy was led back to the original: its bytes, of a table the rows; None
            if it keeps no original readings, or is a table whose original is not there.
    """

    path: str
    differences: list[str] = field(default_factory=list)
    known: bool = True
    original: bool = False
    undone: bool | None = None


def verify(manifest: Manifest, places: Places) -> Iterator[FileCheck]:
    """Check all copies of a target; name files that are none, and folders that cannot be read."""
    for row in manifest.rows(status="done"):
        run = manifest.run_of(row)
        yield check_file(row, places, _format_options(run), run.version)
    yield from _strangers(manifest, places)


def _format_options(run: RunRow) -> formats.FormatOptions:
    """The options that a run wrote its files with."""
    names = {field.name for field in fields(formats.FormatOptions)} - {"stamp"}
    if missing := sorted(names - run.options.keys()):
        raise damaged(f"run {run.id} has no option {missing[0]}")
    options = {name: run.options[name] for name in names}
    return formats.FormatOptions(**options, stamp=run.corrector)


def check_file(
    row: FileRow, places: Places, options: formats.FormatOptions, version: str
) -> FileCheck:
    """Check a file that is done.

    Args:
        row: Its row in the manifest.
        places: Places of its target.
        options: Options that it was written with.
        version: Version of the thaifix that wrote it.

    Time: that of reading copy, log and original, without correcting.
    """
    check = FileCheck(row.path)
    say = check.differences.append
    copy, log = places.copy(row.path), places.log(row.path)
    try:
        if not stat.S_ISREG(os.lstat(copy).st_mode) or sha256_of_file(copy) != row.output_sha256:
            say("the copy is not as it was written")
        if row.log_sha256 and sha256_of_file(log) != row.log_sha256:
            say("the log of edits is not as it was written")
    except OSError as error:
        say(f"{escape(error.filename)}: {error.strerror}")
    if check.differences:
        return check
    check.original = os.path.exists(row.source)
    try:
        if check.original and sha256_of_file(row.source) != row.input_sha256:
            say("the original is not as it was read")
        elif check.original and not _follows(row, places, options, version):
            say("the logged edits do not make the copy of the original")
        check.undone = _leads_back(row, places, options, original=check.original)
    except OSError as error:
        say(f"{escape(error.filename or row.source)}: {error.strerror}")
    except ThaifixError as error:
        say(str(error))
    if check.undone is False:
        say("the copy does not lead back to the original")
    return check


def _follows(row: FileRow, places: Places, options: formats.FormatOptions, version: str) -> bool:
    """Tell whether the logged edits make the copy of the original."""
    replayed = sha256()
    if not _replay(row, places, options, replayed.update):
        return False
    if replayed.hexdigest() == row.output_sha256:
        return True
    around = formats.wrapping(str(row.format))
    same_writer = version == __version__ or around.format in _BYTES_BY_TEXT
    if same_writer and not (around.format in _BYTES_BY_LIBRARY or around.compression):
        return False
    with TemporaryFile() as file:
        _replay(row, places, options, file.write)
        file.seek(0)
        made = _content(row, options, iter(partial(file.read, CHUNK), b""))
    return made == _content(row, options, chunks(places.copy(row.path)))


def _replay(
    row: FileRow,
    places: Places,
    options: formats.FormatOptions,
    write: Callable[[bytes], object],
) -> bool:
    """Carry the logged edits out on the original, and tell whether each had its place."""
    replay = Replay(_log(row, places))
    formats.correct(
        str(row.format),
        chunks(row.source),
        replay,
        write,
        options=options,
        name=escape(row.path),
        watch=replay.watch,
    )
    return not replay.left()


def _content(row: FileRow, options: formats.FormatOptions, data: Iterable[bytes]) -> bytes:
    """Checksum of a file's text, of a table that of all its rows."""
    name = escape(row.path)
    return formats.digest(str(row.format), data, field=options.field, name=name)


def _leads_back(
    row: FileRow, places: Places, options: formats.FormatOptions, *, original: bool
) -> bool | None:
    """Tell whether the copy leads back to the original; None if that cannot be told."""
    if row.output_sha256 == row.input_sha256:
        return True
    name = escape(row.path)
    around = formats.wrapping(str(row.format))
    keeps_originals = options.originals and around.format not in _WITHOUT_ORIGINALS
    if around.format != "text" and not keeps_originals:
        return None
    with TemporaryFile() as file:
        copy = chunks(places.copy(row.path))
        if around.format == "text":
            write, finish = formats.writer_around(str(around), file.write, name)
            inside = formats.unwrapped(copy, around.encoding, around.compression, name)
            revert(_log(row, places), inside, write)
            finish()
        else:
            with suppress(SeveralOriginalsError):  # some may be the original's own
                formats.revert(str(row.format), copy, file.write, field=options.field, name=name)
        file.seek(0)
        restored = iter(partial(file.read, CHUNK), b"")
        if around.format not in _TABLES and not around.compression:
            return sha256_of(restored) == row.input_sha256
        if not original:
            return None
        return _content(row, options, restored) == _content(row, options, chunks(row.source))


def _log(row: FileRow, places: Places) -> Iterator[bytes]:
    if row.log_sha256:
        with opened(places.log(row.path)) as file:
            yield from file


def _strangers(manifest: Manifest, places: Places) -> Iterator[FileCheck]:
    """Name the files of a target that the manifest does not know as copies."""
    waiting = [places.target]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            path = os.path.relpath(folder, places.target)
            yield FileCheck(path, [f"cannot be read: {error.strerror}"], known=False)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.path != places.records:
                    waiting.append(entry.path)
                continue
            path = os.path.relpath(entry.path, places.target)
            row = manifest.get(path)
            if row is None or row.status != "done":
                yield FileCheck(path, ["is not in the manifest"], known=False)
