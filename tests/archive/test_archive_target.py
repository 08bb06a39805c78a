"""A target that is open for writing, by one run at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from thaifix.archive import target as module
from thaifix.archive.durable import OutputError
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.target import open_target
from thaifix.errors import ArchiveError


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target that does not exist yet, nor the folder that it is to lie in."""
    return Places(str(tmp_path / "new" / "out"))


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is tried for once, and then given up."""
    monkeypatch.setattr(module, "_PATIENCE", -1.0)


def test_a_target_is_made_with_all_that_belongs_to_it(places: Places) -> None:
    with open_target(places) as manifest:
        assert list(manifest.rows()) == []
    assert sorted(os.listdir(places.target)) == [".thaifix"]
    assert sorted(os.listdir(places.records)) == [
        "edits",
        "lock",
        "manifest.sqlite",
        "provenance",
        "unfinished",
    ]
    with open_target(places), Manifest(places.manifest):  # it can be opened again, and read
        pass


def test_a_new_target_is_brought_to_the_disk(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the folders that lead to it; what was there before is not touched."""
    synced: list[str] = []
    monkeypatch.setattr(module, "sync_folder", synced.append)
    with open_target(places):
        pass
    assert sorted(synced) == [str(tmp_path), str(tmp_path / "new")]
    with open_target(places):
        pass
    assert len(synced) == 2


def test_what_a_killed_run_left_is_deleted(places: Places) -> None:
    """Not before the lock is held: it may belong to a run that still works."""
    with open_target(places):
        pass
    Path(places.unfinished, "12-3").touch()
    Path(places.unfinished, "notes").touch()
    with open_target(places):
        assert os.listdir(places.unfinished) == ["notes"]


@pytest.mark.usefixtures("_impatient")
def test_only_one_run_at_a_time(places: Places) -> None:
    """The other one deletes nothing of it; when it is over, the next may begin."""
    with open_target(places):
        Path(places.unfinished, "12-3").touch()
        with pytest.raises(ArchiveError) as caught, open_target(places):
            pass
        assert str(caught.value) == (
            f"{places.target}: another run is writing there. Wait for its end"
        )
        assert os.listdir(places.unfinished) == ["12-3"]
    with open_target(places):
        pass


def test_a_run_that_ends_soon_is_waited_for(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For five seconds."""
    seconds = [0.0]
    waits: list[float] = []

    def sleep(pause: float) -> None:
        waits.append(pause)
        seconds[0] += pause
        if seconds[0] > 4.9:
            fcntl.flock(held, fcntl.LOCK_UN)

    clock = SimpleNamespace(monotonic=lambda: seconds[0], sleep=sleep)
    monkeypatch.setattr(module, "time", clock)
    with open_target(places):
        pass
    held = os.open(places.lock, os.O_RDWR)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with open_target(places):
            assert 4.9 < sum(waits) < 5.1
    finally:
        os.close(held)


ORPHAN = """
import os, sys, time
from thaifix.archive.places import Places
from thaifix.archive.target import open_target
with open_target(Places(sys.argv[1])):
    if os.fork() == 0:
        os.write(1, b"begun")
        sys.stdin.read()
        os._exit(0)
    time.sleep(60)
"""


def test_the_lock_is_held_until_the_last_process_of_a_killed_run_is_gone(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may still write; after that the next run may begin."""
    command = [sys.executable, "-Pc", ORPHAN, places.target]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdin
        assert run.stdout
        assert run.stdout.read(5) == b"begun"
        run.kill()
        run.wait()
        with monkeypatch.context() as patch:
            patch.setattr(module, "_PATIENCE", -1.0)
            with pytest.raises(ArchiveError, match="another run"), open_target(places):
                pass
        run.stdin.close()
    with open_target(places):
        pass


def test_a_run_that_failed_gives_the_lock_up(places: Places) -> None:
    with pytest.raises(KeyError), open_target(places):
        raise KeyError
    with open_target(places):
        pass


@pytest.mark.parametrize("place", ["records", "unfinished", "provenance", "logs", "lock"])
def test_a_link_among_the_records_is_refused(places: Places, tmp_path: Path, place: str) -> None:
    """Nothing behind it is deleted or written: it may lead to anything of the user's."""
    theirs = tmp_path / "theirs"
    (theirs / "unfinished").mkdir(parents=True)
    for name in "letter.txt", "12-3", "unfinished/letter.txt", "unfinished/12-3":
        (theirs / name).write_text("mine", "utf-8")
    before = sorted(theirs.rglob("*"))
    link = Path(getattr(places, place))
    link.parent.mkdir(parents=True)
    link.symlink_to(theirs / "letter.txt" if place == "lock" else theirs)
    with pytest.raises(OutputError) as caught, open_target(places):
        pass
    assert str(caught.value).startswith(f"{link} is ")
    assert sorted(theirs.rglob("*")) == before
    assert all(path.read_text("utf-8") == "mine" for path in before if path.is_file())


def test_a_manifest_that_is_a_link_is_refused(places: Places, tmp_path: Path) -> None:
    os.makedirs(places.records)
    os.symlink(tmp_path / "elsewhere.sqlite", places.manifest)
    with pytest.raises(OutputError) as caught, open_target(places):
        pass
    assert str(caught.value) == (
        f"{places.manifest} is a symbolic link. Put the file itself there, "
        "then run the same command again"
    )
    assert not (tmp_path / "elsewhere.sqlite").exists()


def test_a_lock_that_becomes_a_link_meanwhile_is_not_followed(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After it was looked at, and before it is opened."""
    islink = os.path.islink

    def swap(path: str) -> bool:
        found = islink(path)
        if path == places.lock:
            os.symlink(tmp_path / "elsewhere", path)
        return found

    monkeypatch.setattr(os.path, "islink", swap)
    with pytest.raises(OutputError, match="cannot write"), open_target(places):
        pass
    assert not (tmp_path / "elsewhere").exists()


def unwritable(*_: Any, **__: Any) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize("call", ["makedirs", "mkdir"])
def test_a_target_that_may_not_be_written_to(
    places: Places, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    if call == "mkdir":
        os.makedirs(places.target)
    monkeypatch.setattr(os, call, unwritable)
    with pytest.raises(OutputError) as caught, open_target(places):
        pass
    assert str(caught.value) == (
        f"cannot write {places.records}: Permission denied. Name a TARGET that you may write to"
    )


def test_a_target_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="Name a TARGET"):
        open_target(Places(str(tmp_path / "file" / "out"))).__enter__()


def test_a_file_system_without_locks(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", fail)
    with pytest.raises(OutputError) as caught, open_target(places):
        pass
    assert str(caught.value) == (
        f"cannot lock {places.target}: No locks available. "
        "Name a TARGET on a file system that has locks"
    )
