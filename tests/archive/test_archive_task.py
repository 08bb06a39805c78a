"""One file: corrected, or told why not; nothing half."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from thaifix import Corrector, formats
from thaifix.archive.durable import OutputError, TargetFile
from thaifix.archive.fixity import sha256_of, sha256_of_file
from thaifix.archive.places import Places
from thaifix.archive.rows import FileRow
from thaifix.archive.task import Task, TaskResult, TaskSettings, correct_file
from thaifix.errors import FormatError
from thaifix.stream.filter import Stats

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
FLAGGED = "เวลา ๑๖.๙๙ น."
PATH = "box/a.txt"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A text with an error."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_text(f"{OBSERVED}\r\n", "utf-8", newline="")
    return tmp_path / "box" / "a.txt"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target that can be written to."""
    places = Places(str(tmp_path / "out"))
    os.makedirs(places.unfinished)
    return places


@pytest.fixture
def settings(places: Places, corrector: Corrector) -> TaskSettings:
    """What is chosen if nothing is."""
    return TaskSettings(places, corrector, None, formats.FormatOptions(stamp=corrector.stamp))


def corrected(original: Path, settings: TaskSettings, *, overwrite: bool = False) -> FileRow:
    """Correct the file and give its row."""
    result = correct_file(Task(PATH, str(original), overwrite), settings)
    assert result.hopeless is None
    return result.row


def left(places: Places) -> list[str]:
    """The files of a target."""
    return sorted(
        str(path.relative_to(places.target))
        for path in Path(places.target).rglob("*")
        if not path.is_dir()
    )


def test_a_file_that_is_done(original: Path, places: Places, settings: TaskSettings) -> None:
    """Copy and log are there; the row says all about them."""
    row = corrected(original, settings)
    assert Path(places.copy(PATH)).read_bytes() == f"{INTENDED}\r\n".encode()
    assert left(places) == [".thaifix/edits/box/a.txt.jsonl", PATH]
    assert row.seconds is not None
    assert row.seconds >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(row.finished))
    assert replace(row, seconds=None, finished=None) == FileRow(
        PATH,
        str(original),
        "done",
        format="text",
        input_size=len(f"{OBSERVED}\r\n".encode()),
        input_mtime_ns=original.stat().st_mtime_ns,
        input_sha256=sha256_of_file(str(original)),
        output_size=len(f"{INTENDED}\r\n".encode()),
        output_sha256=sha256_of([f"{INTENDED}\r\n".encode()]),
        edits=1,
        flags=0,
        code_points=len(OBSERVED) + 2,
        invalid_bytes=0,
        log_sha256=sha256_of_file(places.log(PATH)),
    )


def test_what_is_counted(original: Path, settings: TaskSettings) -> None:
    """Edits, flags and bytes that are no text."""
    original.write_bytes(f"{OBSERVED}\n{FLAGGED}\n{OBSERVED}\n".encode() + b"\xff\xfe")
    row = corrected(original, settings)
    assert (row.edits, row.flags, row.invalid_bytes) == (2, 1, 2)
    assert row.code_points == 2 * len(OBSERVED) + len(FLAGGED) + 3 + 2


def test_the_log_has_edits_and_flags_in_their_order(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    """With the file's path in the target and the stamp of model and options."""
    original.write_text(f"{OBSERVED}\n{FLAGGED}\n", "utf-8")
    corrected(original, settings)
    edit, flag, seal = map(json.loads, Path(places.log(PATH)).read_text("utf-8").splitlines())
    assert (edit["file"], edit["line"], edit["source"]) == (PATH, 1, [1, 3])
    assert (flag["flag"], flag["line"]) == ("impossible_time", 2)
    assert edit["model"] == flag["model"] == seal["model"] == settings.options.stamp
    assert seal["source_sha256"] == sha256_of_file(str(original))
    assert seal["output_sha256"] == sha256_of_file(places.copy(PATH))


@pytest.mark.parametrize("text", [INTENDED, ""])
def test_a_file_without_errors_has_no_log(
    original: Path, places: Places, settings: TaskSettings, text: str
) -> None:
    original.write_text(text, "utf-8")
    row = corrected(original, settings)
    assert (row.edits, row.log_sha256, row.input_sha256) == (0, None, row.output_sha256)
    assert left(places) == [PATH]


def test_the_log_of_an_older_copy_is_deleted(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    """It would lead the newer copy back to what never was."""
    corrected(original, settings)
    original.write_text(INTENDED, "utf-8")
    row = corrected(original, settings, overwrite=True)
    assert (row.status, row.log_sha256) == ("done", None)
    assert left(places) == [PATH]


def test_the_log_of_an_older_copy_is_replaced(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    corrected(original, settings)
    original.write_text(f"\n{OBSERVED}", "utf-8")
    row = corrected(original, settings, overwrite=True)
    assert row.log_sha256 == sha256_of_file(places.log(PATH))
    assert json.loads(Path(places.log(PATH)).read_bytes().splitlines()[0])["line"] == 2


def test_a_copy_of_another_stays_with_its_log(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    """Neither is replaced unless that is asked for."""
    corrected(original, settings)
    before = {path: Path(places.target, path).read_bytes() for path in left(places)}
    original.write_text(f"\n{OBSERVED}", "utf-8")
    row = corrected(original, settings)
    assert row.status == "failed"
    assert "is there already, and is not what would be written" in str(row.error)
    assert {path: Path(places.target, path).read_bytes() for path in left(places)} == before


def test_a_file_is_done_again_after_a_run_was_killed(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    """The copy, which has the same bytes, stays; the log, which was not yet there, is written."""
    first = corrected(original, settings)
    before = os.stat(places.copy(PATH)).st_ino
    os.unlink(places.log(PATH))
    again = corrected(original, settings)
    assert replace(again, seconds=None, finished=None) == replace(
        first, seconds=None, finished=None
    )
    assert os.stat(places.copy(PATH)).st_ino == before
    assert Path(places.log(PATH)).exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is an image. Let an OCR engine read it first"),
        (b"a\0\1\2\3" * 100, "is no text"),
        (b"a" * 4096 + b"\0\1\2\3" * 100, ""),  # only the beginning is looked at
        (OBSERVED.encode("utf-16"), "is text in UTF-16. Give --encoding utf-16"),
    ],
)
def test_what_is_no_text_is_skipped(
    original: Path, places: Places, settings: TaskSettings, data: bytes, reason: str
) -> None:
    original.write_bytes(data)
    row = corrected(original, settings)
    assert row.status == ("skipped" if reason else "done")
    if reason:
        assert str(row.error).startswith(reason)
        assert left(places) == []
        mtime_ns = original.stat().st_mtime_ns
        assert (row.input_size, row.input_mtime_ns) == (len(data), mtime_ns)


def test_what_is_named_text_is_text(original: Path, settings: TaskSettings) -> None:
    """Also with NUL bytes."""
    original.write_bytes(OBSERVED.encode() + b"\0")
    row = corrected(original, replace(settings, format="text"))
    assert (row.status, row.edits) == ("done", 1)


def test_the_format_is_that_which_is_named(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    """Not that which is found."""
    original.write_text(f'{{"text": "{OBSERVED}"}}\n', "utf-8")
    assert corrected(original, settings).format == "jsonl"
    row = corrected(original, replace(settings, format="text"), overwrite=True)
    assert row.format == "text"
    assert Path(places.copy(PATH)).read_text("utf-8") == f'{{"text": "{INTENDED}"}}\n'


def test_a_format_that_nobody_knows_is_skipped(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    original.write_text("".join(f"1\t{c}\n" for c in "กรมการปกครองท้องถิ่น"), "utf-8")
    row = corrected(original, settings)
    assert row.status == "skipped"
    assert "To correct it as plain text all the same: --format text" in str(row.error)
    assert left(places) == []


def test_a_damaged_file_has_failed(original: Path, places: Places, settings: TaskSettings) -> None:
    original.write_text(
        '<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">',
        "utf-8",
    )
    row = corrected(original, settings)
    assert row.status == "failed"
    assert str(row.error).startswith("line 1: ")  # the path is in the row
    assert left(places) == []


def test_a_link_that_came_meanwhile_is_not_followed(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    """It may lead to what is none of the archive's."""
    (original.parent / "secret").write_text("a secret", "utf-8")
    original.unlink()
    original.symlink_to("secret")
    row = corrected(original, settings)
    assert (row.status, row.error) == (
        "failed",
        f"cannot be read: {os.strerror(errno.ELOOP)}",
    )
    assert left(places) == []


def test_a_pipe_that_came_meanwhile_is_not_waited_for(
    original: Path, places: Places, settings: TaskSettings
) -> None:
    original.unlink()
    os.mkfifo(original)
    row = corrected(original, settings)
    assert (row.status, row.error) == ("skipped", "neither a file nor a folder")
    assert left(places) == []


Replacement = Callable[..., Stats]


def instead(monkeypatch: pytest.MonkeyPatch, what: Callable[[Replacement], Replacement]) -> None:
    """Put something else in the place of `formats.correct`, which it is given."""
    monkeypatch.setattr(formats, "correct", what(formats.correct))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(path.read_bytes() + b"more"),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: os.utime(path, ns=(1, 1)),
        lambda path: path.rename(path.with_suffix(".old")) and path.touch(),
        lambda path: (
            path.rename(path.with_suffix(".old")) and shutil.copy2(path.with_suffix(".old"), path)
        ),
    ],
    ids=["longer", "shorter", "touched", "emptied", "replaced"],
)
def test_a_file_that_changes_while_it_is_read(
    original: Path,
    places: Places,
    settings: TaskSettings,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
) -> None:
    """The copy would be half of the one and half of the other."""

    def changing(correct: Replacement) -> Replacement:
        def call(*arguments: Any, **options: Any) -> Stats:
            stats = correct(*arguments, **options)
            change(original)
            return stats

        return call

    instead(monkeypatch, changing)
    row = corrected(original, settings)
    assert (row.status, row.error) == (
        "failed",
        "changed while it was read. Run the same command again later",
    )
    assert left(places) == []


@pytest.mark.parametrize("back", [False, True])
def test_a_file_that_grows_while_it_is_read(
    original: Path,
    places: Places,
    settings: TaskSettings,
    monkeypatch: pytest.MonkeyPatch,
    back: bool,
) -> None:
    """Even if its time says nothing, and even if it was cut back to its length."""
    status = original.stat()

    def growing(correct: Replacement) -> Replacement:
        def call(format: str, chunks: Iterable[bytes], *arguments: Any, **options: Any) -> Stats:
            with original.open("ab") as file:
                file.write(b"more")
            stats = correct(format, chunks, *arguments, **options)
            if back:
                os.truncate(original, status.st_size)
            os.utime(original, ns=(status.st_atime_ns, status.st_mtime_ns))
            return stats

        return call

    instead(monkeypatch, growing)
    row = corrected(original, settings)
    assert (row.status, row.input_sha256) == ("failed", None)
    assert left(places) == []


def test_the_checksum_is_that_of_all_bytes(
    original: Path, settings: TaskSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of those that a format did not need."""
    original.write_bytes(b"a" * 300_000)

    def reading_little(_: Replacement) -> Replacement:
        def call(
            format: str, chunks: Iterable[bytes], source: Any, write: Any, **options: Any
        ) -> Stats:
            write(next(iter(chunks)))
            return Stats()

        return call

    instead(monkeypatch, reading_little)
    row = corrected(original, settings)
    assert row.input_sha256 == sha256_of([b"a" * 300_000])


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (FormatError("a.xml: damaged"), "a.xml: damaged"),
        (PermissionError(errno.EACCES, "Permission denied"),
         "cannot be read: Permission denied. Ask its owner for access"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
        (OSError("odd"), "cannot be read: odd"),
        (MemoryError(), "too little memory for it. Use fewer --jobs, or divide it"),
        (KeyError("oops"), "KeyError: 'oops'. Please report this as a bug"),
        (OutputError("cannot write it"), "cannot write it"),
    ],
    ids=["damaged", "access", "disk", "odd", "memory", "bug", "output"],
)  # fmt: skip
def test_whatever_fails_is_in_the_row(
    original: Path,
    places: Places,
    settings: TaskSettings,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    message: str,
) -> None:
    """One bad file does not end the batch."""

    def failing(_: Replacement) -> Replacement:
        def call(*_: Any, **__: Any) -> Stats:
            raise error

        return call

    instead(monkeypatch, failing)
    row = corrected(original, settings)
    assert (row.status, row.error) == ("failed", message)
    assert row.input_size == original.stat().st_size
    assert left(places) == []


@pytest.mark.parametrize(
    "error", [FormatError, RuntimeError, OutputError], ids=lambda kind: kind.__name__
)
def test_what_an_error_says_can_be_written_down(
    original: Path, settings: TaskSettings, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Also if bytes that are no text are in the path or in what it says."""
    path = "box/" + os.fsdecode(b"\xff") + "\n"

    def failing(_: Replacement) -> Replacement:
        def call(*_: Any, name: str, **__: Any) -> Stats:
            raise error(f"{name}: line 1 says \udc80 of {name}")

        return call

    instead(monkeypatch, failing)
    row = correct_file(Task(path, str(original), False), settings).row
    assert "line 1 says \\udc80 of box/\\xff\\x0a" in str(row.error)
    str(row.error).encode()


def test_a_full_disk_is_hopeless(
    original: Path, places: Places, settings: TaskSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be written of this file cannot be of another."""

    def fail(*_: object) -> int:
        raise OutputError("no room", hopeless=True)

    monkeypatch.setattr(TargetFile, "write", fail)
    result = correct_file(Task(PATH, str(original), False), settings)
    assert isinstance(result, TaskResult)
    assert (result.hopeless, result.row.status, result.row.error) == (
        "no room",
        "failed",
        "no room",
    )
    assert left(places) == []


def test_a_file_that_is_gone_has_failed(original: Path, settings: TaskSettings) -> None:
    original.unlink()
    row = corrected(original, settings)
    assert (row.status, row.error) == ("failed", "cannot be read: No such file or directory")
    assert (row.input_size, row.input_mtime_ns) == (0, 0)
    assert row.finished is not None
