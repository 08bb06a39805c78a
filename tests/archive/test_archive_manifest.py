"""The manifest of a target."""

from __future__ import annotations

import gc
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from thaifix.archive.durable import OutputError
from thaifix.archive.manifest import Manifest
from thaifix.archive.rows import FileRow, RunRow, now
from thaifix.errors import ArchiveError

RUN = RunRow(
    id=0,
    started="2026-01-02T03:04:05Z",
    finished=None,
    version="0.1.0",
    model_sha256="ab" * 32,
    corrector="0123456789abcdef",
    stamp="fedcba9876543210",
    options={"profile": "strict", "lexicon": ["คำ.tsv"]},
)
DONE = FileRow(
    path="box/ก\n" + os.fsdecode(b"\xff") + "\\.txt",
    source="/box/" + os.fsdecode(b"\xe0\xb8"),
    status="done",
    run=1,
    stamp="fedcba9876543210",
    format="text",
    input_size=3,
    input_mtime_ns=1_700_000_000_123_456_789,
    input_sha256="01" * 32,
    output_size=4,
    output_sha256="02" * 32,
    edits=2,
    flags=1,
    code_points=10,
    invalid_bytes=1,
    log_sha256="03" * 32,
    finished="2026-01-02T03:04:06Z",
    seconds=0.125,
)
PENDING = FileRow("box/pending", "/box/pending", "pending")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "manifest.sqlite")


def test_rows_and_runs_come_back(path: str) -> None:
    """Whatever is in the paths; the last row of a file counts."""
    with Manifest(path, create=True) as manifest:
        assert manifest.begin(RUN) == 1
        manifest.put([replace(DONE, status="failed", error="why"), PENDING])
        manifest.put([DONE])
        manifest.finish(1)
    with Manifest(path) as manifest:
        assert manifest.get(DONE.path) == DONE
        assert manifest.get("other") is None
        assert list(manifest.rows()) == sorted([PENDING, DONE], key=lambda row: row.path)
        assert list(manifest.rows(status="pending")) == [PENDING]
        assert list(manifest.rows(run=1)) == [DONE]
        assert manifest.counts() == {"done": 1, "pending": 1}
        assert manifest.totals() == {
            "input_size": 3,
            "output_size": 4,
            "edits": 2,
            "flags": 1,
            "code_points": 10,
            "invalid_bytes": 1,
        }
        (run,) = manifest.runs()
        assert run.finished is not None
        assert run == replace(RUN, id=1, finished=run.finished)


def test_all_rows_are_written_or_none(path: str) -> None:
    """Of a batch of rows with one that cannot be, nothing is."""
    with Manifest(path, create=True) as manifest:
        with pytest.raises(OutputError, match="CHECK constraint"):
            manifest.put([PENDING, replace(DONE, run=None, status="unheard of")])  # type: ignore[arg-type]
        assert list(manifest.rows()) == []


def test_files_are_forgotten(path: str) -> None:
    with Manifest(path, create=True) as manifest:
        manifest.put([PENDING])
        manifest.put([], forget=[PENDING.path])
        assert manifest.get(PENDING.path) is None


def test_columns_can_be_read_without_thaifix(path: str) -> None:
    """Paths are text, and a byte that is not UTF-8 is written out."""
    with Manifest(path, create=True) as manifest:
        manifest.begin(RUN)
        manifest.put([DONE])
    with closing(sqlite3.connect(path)) as db:
        (found,) = db.execute("SELECT path, input_sha256 FROM files")
    assert found == ("box/ก\\x0a\\xff\\x5c.txt", "01" * 32)


def test_a_commit_is_on_the_disk_when_it_returns(path: str) -> None:
    """With a rollback journal, in the file system's own folder, also when it is opened again."""
    for create in True, False:
        with Manifest(path, create=create) as manifest:
            (journal,) = manifest._db.execute("PRAGMA journal_mode").fetchone()
            (synchronous,) = manifest._db.execute("PRAGMA synchronous").fetchone()
        assert (journal, synchronous) == ("delete", 3)  # 3 is EXTRA


def test_another_process_sees_what_was_committed(path: str) -> None:
    """While the manifest is still open."""
    with Manifest(path, create=True) as manifest, Manifest(path) as reader:
        manifest.put([PENDING])
        assert reader.get(PENDING.path) == PENDING
        manifest.begin(RUN)
        assert [run.id for run in reader.runs()] == [1]
        manifest.finish(1)
        assert [run.finished for run in reader.runs()] != [None]


def test_a_manifest_is_recognised(path: str) -> None:
    """By SQLite's `file`, too."""
    with Manifest(path, create=True) as manifest:
        assert manifest._db.execute("PRAGMA application_id").fetchone() == (0x74686678,)
        assert manifest._db.execute("PRAGMA user_version").fetchone() == (1,)


def test_what_is_no_manifest(path: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no such file. Name a folder that `thaifix archive`"):
        Manifest(path)
    assert not os.path.exists(path)
    Path(path).touch()
    with pytest.raises(ArchiveError, match=r"is empty. Run `thaifix archive` first"):
        Manifest(path)
    Path(path).write_bytes(b"something else " * 100)
    for create in False, True:
        with pytest.raises(ArchiveError, match=r"file is not a database. Restore it from a backup"):
            Manifest(path, create=create)
    with closing(sqlite3.connect(tmp_path / "later.sqlite")) as db:
        db.execute("PRAGMA user_version = 2")
    with pytest.raises(ArchiveError, match="version 2; this thaifix reads version 1"):
        Manifest(str(tmp_path / "later.sqlite"))
    with closing(sqlite3.connect(tmp_path / "another.sqlite")) as db:
        db.execute("PRAGMA user_version = 1")
    with pytest.raises(ArchiveError, match="Use the thaifix that wrote it"):
        Manifest(str(tmp_path / "another.sqlite"))


def test_a_manifest_that_cannot_be_made(tmp_path: Path) -> None:
    """That says something about the disk: it is no damage to be repaired from a backup."""
    with pytest.raises(OutputError, match=r"unable to open database file\. Make room") as caught:
        Manifest(str(tmp_path / "missing" / "manifest.sqlite"), create=True)
    assert caught.value.hopeless


@pytest.mark.parametrize(
    "write",
    [
        lambda manifest: manifest.put(replace(PENDING, path=f"{i:01000}") for i in range(100)),
        lambda manifest: manifest.put([], forget=["box/pending"]),
        lambda manifest: manifest.begin(RUN),
        lambda manifest: manifest.finish(1),
    ],
    ids=["put", "forget", "begin", "finish"],
)
def test_a_manifest_that_cannot_be_written(path: str, write: Callable[[Manifest], object]) -> None:
    """As when the disk is full: nothing else can be written either."""
    with Manifest(path, create=True) as manifest:
        manifest.begin(RUN)
        manifest.put([PENDING])
        manifest._db.execute("PRAGMA query_only = ON")
        with pytest.raises(OutputError, match=r"cannot write the manifest .* Make room") as caught:
            write(manifest)
        assert caught.value.hopeless
        manifest._db.execute("PRAGMA query_only = OFF")
        assert (list(manifest.rows()), len(manifest.runs())) == ([PENDING], 1)
        assert manifest.runs()[0].finished is None


def test_a_manifest_for_which_there_is_no_room(path: str) -> None:
    """Of many rows none is written."""
    with Manifest(path, create=True) as manifest:
        manifest._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(OutputError, match=r"database or disk is full. Make room"):
            manifest.put(replace(PENDING, path=f"{i:01000}") for i in range(100))
        manifest._db.execute("PRAGMA max_page_count = 1000000")
        assert list(manifest.rows()) == []


def test_a_damaged_manifest_is_closed(path: str) -> None:
    """It can be replaced at once, also where files that are open cannot be."""
    Path(path).write_bytes(b"something else " * 100)
    gc.collect()
    before = len(os.listdir("/dev/fd"))
    with pytest.raises(ArchiveError):
        Manifest(path)
    with pytest.raises(ArchiveError):
        Manifest(path, create=True)
    assert len(os.listdir("/dev/fd")) == before


def test_the_time_is_written_as_in_iso_8601() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())


def forged(path: str, sql: str) -> None:
    """A manifest with a run and two files, in which someone has changed something."""
    with Manifest(path, create=True) as manifest:
        manifest.begin(RUN)
        manifest.put([DONE, PENDING])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE runs SET options = 'x'",
        "UPDATE runs SET options = '[]'",
        "UPDATE runs SET options = x'00'",
        "UPDATE files SET path = '../../etc/passwd' WHERE run",
        "UPDATE files SET path = '/etc/passwd' WHERE run",
        "UPDATE files SET path = 'a/../b' WHERE run",
        "UPDATE files SET path = '.thaifix/lock' WHERE run",
        "UPDATE files SET path = '' WHERE run",
        "UPDATE files SET path = x'ff00' WHERE run",
        "UPDATE files SET source = 'a'",
        "UPDATE files SET source = x'ff00'",
        "UPDATE files SET format = x'00'",
        "UPDATE files SET output_sha256 = x'00'",
        "UPDATE files SET log_sha256 = x'00'",
        "UPDATE files SET input_size = 'x'",
        "UPDATE files SET edits = 'x'",
        "UPDATE files SET seconds = 'x'",
        "UPDATE files SET run = 99",
        "UPDATE files SET run = NULL",
        "DELETE FROM runs",
        "ALTER TABLE files DROP COLUMN seconds",
        "ALTER TABLE runs DROP COLUMN stamp",
    ],
)
def test_what_thaifix_did_not_write_is_damage(path: str, sql: str) -> None:
    """No traceback, and no path that leads out of the target."""
    forged(path, sql)
    with Manifest(path) as manifest, pytest.raises(ArchiveError, match="the manifest is damaged: "):
        list(map(manifest.run_of, manifest.rows(status="done")))
