"""Proof, long after: that copies are as they were written, and differ from the originals by exactly
what the logs say.

Per file, three things are checked: the checksums of copy and log; that the logged edits, carried
out on the original, give the copy byte for byte; and that the copy can be undone to the original.
Where bytes depend on a library or the time, or another version of thaifix wrote them, what they
hold counts.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import partial
from importlib import import_module
from tempfile import TemporaryFile

from thaifix import formats
from thaifix.archive.layout import Layout, escape
from thaifix.archive.manifest import Manifest, Row
from thaifix.archive.replay import Replay
from thaifix.archive.write import CHUNK, digest
from thaifix.errors import ThaifixError
from thaifix.stream.revert import revert
from thaifix.version import __version__

_TABLES = ("parquet", "arrow")
_VARYING = (*_TABLES, "pdf", "page")  # whose bytes depend on a library, or on the time of writing


@dataclass(slots=True)
class Checked:
    """What came of checking a file.

    Attributes:
        path: Relative to the target.
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


def verify(manifest: Manifest, layout: Layout) -> Iterator[Checked]:
    """Check all copies of a target, and name files that are none.

    Raises:
        OSError: If a folder cannot be read.
    """
    names = {field.name for field in fields(formats.FormatOptions)} - {"stamp"}
    runs = {
        run.id: (
            formats.FormatOptions(
                **{name: run.options[name] for name in names}, stamp=run.corrector
            ),
            run.version,
        )
        for run in manifest.runs()
    }
    for row in manifest.rows(status="done"):
        assert row.run is not None
        options, version = runs[row.run]
        yield check(row, layout, options, version)
    for path in _strangers(manifest, layout):
        yield Checked(path, ["is not in the manifest"], known=False)


def check(row: Row, layout: Layout, options: formats.FormatOptions, version: str) -> Checked:
    """Check a file that is done.

    Args:
        row: Its row in the manifest.
        layout: Of its target.
        options: That it was written with.
        version: Of the thaifix that wrote it.
    Time: that of reading copy, log and original, without correcting.
    """
    checked = Checked(row.path)
    say = checked.differences.append
    copy, log = layout.output(row.path), layout.log(row.path)
    try:
        if not stat.S_ISREG(os.lstat(copy).st_mode) or digest(copy) != row.output_sha256:
            say("the copy is not as it was written")
        if row.log_sha256 and digest(log) != row.log_sha256:
            say("the log of edits is not as it was written")
    except OSError as error:
        say(f"{error.filename}: {error.strerror}")
    if checked.differences:
        return checked
    checked.original = os.path.exists(row.source)
    try:
        if checked.original and not _is_original(row):
            say("the original is not as it was read")
        elif checked.original and not _follows(row, layout, options, version):
            say("the logged edits do not make the copy of the original")
        _undo(row, layout, options, checked)
    except (ThaifixError, OSError) as error:
        say(str(error))
    return checked


def _is_original(row: Row) -> bool:
    return digest(row.source) == row.input_sha256


def _follows(row: Row, layout: Layout, options: formats.FormatOptions, version: str) -> bool:
    """Tell whether the logged edits make the copy of the original."""
    replayed = hashlib.sha256()
    if not _replay(row, layout, options, replayed.update):
        return False
    if replayed.hexdigest() == row.output_sha256:
        return True
    if row.format not in _VARYING and (row.format == "text" or version == __version__):
        return False
    with TemporaryFile() as file:
        _replay(row, layout, options, file.write)
        file.seek(0)
        made = _content(row, options, iter(partial(file.read, CHUNK), b""))
    return made == _content(row, options, _chunks(layout.output(row.path)))


def _replay(
    row: Row,
    layout: Layout,
    options: formats.FormatOptions,
    write: Callable[[bytes], object],
) -> bool:
    """Carry the logged edits out on the original, and tell whether each had its place."""
    replay = Replay(_log(row, layout))
    formats.correct(
        str(row.format),
        _chunks(row.source),
        replay,
        write,
        options=options,
        name=row.path,
        watch=replay.watch,
    )
    return not replay.left()


def _content(row: Row, options: formats.FormatOptions, chunks: Iterable[bytes]) -> bytes:
    """Checksum of a file's text, of a table that of all its rows."""
    if row.format in _TABLES:
        table: Callable[[Iterable[bytes], str], bytes]
        table = import_module(f"thaifix.formats.tables.{row.format}").digest
        return table(chunks, escape(row.path))
    sha256 = hashlib.sha256()
    for text in formats.text(str(row.format), chunks, field=options.field, name=escape(row.path)):
        sha256.update(text.encode("utf-8", "surrogatepass"))
    return sha256.digest()


def _undo(row: Row, layout: Layout, options: formats.FormatOptions, checked: Checked) -> None:
    if row.output_sha256 == row.input_sha256:
        checked.undone = True
        return
    if row.format != "text" and not options.originals:
        return
    with TemporaryFile() as file:
        chunks = _chunks(layout.output(row.path))
        if row.format == "text":
            revert(_log(row, layout), chunks, file.write)
        else:
            name = escape(row.path)
            formats.revert(str(row.format), chunks, file.write, field=options.field, name=name)
        file.seek(0)
        restored = iter(partial(file.read, CHUNK), b"")
        if row.format not in _TABLES:
            sha256 = hashlib.sha256()
            for chunk in restored:
                sha256.update(chunk)
            checked.undone = sha256.hexdigest() == row.input_sha256
        elif checked.original:
            original = _content(row, options, _chunks(row.source))
            checked.undone = _content(row, options, restored) == original
    if checked.undone is False:
        checked.differences.append("the copy does not lead back to the original")


def _chunks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _log(row: Row, layout: Layout) -> Iterator[bytes]:
    if row.log_sha256:
        with open(layout.log(row.path), "rb") as file:
            yield from file


def _strangers(manifest: Manifest, layout: Layout) -> Iterator[str]:
    """Name the files of a target that the manifest does not know as copies."""
    waiting = [layout.target]
    while waiting:
        folder = waiting.pop()
        for entry in sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name)):
            if entry.is_dir(follow_symlinks=False):
                if entry.path != layout.folder:
                    waiting.append(entry.path)
                continue
            path = os.path.relpath(entry.path, layout.target)
            row = manifest.get(path)
            if row is None or row.status != "done":
                yield path
