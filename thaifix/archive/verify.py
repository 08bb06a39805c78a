"""Proof, long after: that copies are as they were written, and differ from the originals by exactly
what the logs say.

Per file, three things are checked: the checksums of copy and log; that the logged edits, carried
out on the original, give the copy byte for byte; and that the copy can be undone to the original.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import partial
from tempfile import TemporaryFile

from thaifix import formats, stream
from thaifix.archive.layout import Layout, escape
from thaifix.archive.manifest import Manifest, Row
from thaifix.archive.replay import Replay
from thaifix.archive.write import CHUNK, digest
from thaifix.errors import ThaifixError

_TABLES = ("parquet", "arrow")


@dataclass(slots=True)
class Checked:
    """What came of checking a file.

    Attributes:
        path: Relative to the target.
        differences: What is not as it should be; empty if all is well.
        original: Whether the original was still there to be compared with.
        known: Whether it is a copy that the manifest knows.
        undone: Whether the copy was led back to the original's bytes; None if it keeps no original
            readings, or is a table, whose rows come back but not its bytes.
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
    options = {
        run.id: formats.FormatOptions(
            **{name: run.options[name] for name in names}, stamp=run.corrector
        )
        for run in manifest.runs()
    }
    for row in manifest.rows(status="done"):
        assert row.run is not None
        yield check(row, layout, options[row.run])
    for path in _strangers(manifest, layout):
        yield Checked(path, ["is not in the manifest"], known=False)


def check(row: Row, layout: Layout, options: formats.FormatOptions) -> Checked:
    """Check a file that is done.

    Args:
        row: Its row in the manifest.
        layout: Of its target.
        options: That it was written with.
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
        if checked.original:
            _compare_with_original(row, layout, options, say)
        _undo(row, layout, options, checked)
    except (ThaifixError, OSError) as error:
        say(str(error))
    return checked


def _compare_with_original(
    row: Row, layout: Layout, options: formats.FormatOptions, say: Callable[[str], None]
) -> None:
    if digest(row.source) != row.input_sha256:
        say("the original is not as it was read")
        return
    replayed = hashlib.sha256()
    complete = _replay(row, layout, options, replayed.update)
    same = replayed.hexdigest() == row.output_sha256
    if complete and not same and row.format != "text":
        # Another version of thaifix, or of a library, may write the same text in other bytes.
        with TemporaryFile() as file:
            _replay(row, layout, options, file.write)
            file.seek(0)
            made = _text(row, options, iter(partial(file.read, CHUNK), b""))
        same = made == _text(row, options, _chunks(layout.output(row.path)))
    if not complete or not same:
        say("the logged edits do not make the copy of the original")


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


def _text(row: Row, options: formats.FormatOptions, chunks: Iterable[bytes]) -> bytes:
    """Checksum of a file's text."""
    sha256 = hashlib.sha256()
    for text in formats.text(str(row.format), chunks, field=options.field, name=escape(row.path)):
        sha256.update(text.encode("utf-8", "surrogatepass"))
    return sha256.digest()


def _undo(row: Row, layout: Layout, options: formats.FormatOptions, checked: Checked) -> None:
    if row.output_sha256 == row.input_sha256:
        checked.undone = True
        return
    sha256 = hashlib.sha256()
    chunks = _chunks(layout.output(row.path))
    if row.format == "text":
        stream.revert(_log(row, layout), chunks, sha256.update)
    elif options.originals:
        formats.revert(
            str(row.format), chunks, sha256.update, field=options.field, name=escape(row.path)
        )
    if row.format in _TABLES or (row.format != "text" and not options.originals):
        return
    checked.undone = sha256.hexdigest() == row.input_sha256
    if not checked.undone:
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
