"""What a run has to do: sources against what the manifest knows."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from thaifix.archive import plan as planning
from thaifix.archive.fixity import sha256_of
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.plan import Plan, make_plan
from thaifix.archive.rows import FileRow
from thaifix.archive.sources import Source
from thaifix.archive.task import Task

STAMP = "0123456789abcdef"
DATA = b"12345"
PATH = "box/a.txt"
REPLACE = ". Replace the copy with --overwrite"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with one file."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_bytes(DATA)
    return tmp_path / "box"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target with a copy of that file."""
    (tmp_path / "out" / ".thaifix").mkdir(parents=True)
    (tmp_path / "out" / "box").mkdir()
    (tmp_path / "out" / "box" / "a.txt").write_bytes(b"1234567")
    return Places(str(tmp_path / "out"))


@pytest.fixture
def manifest(places: Places) -> Iterator[Manifest]:
    """An empty manifest of that target."""
    with Manifest(places.manifest, create=True) as manifest:
        yield manifest


@pytest.fixture
def done(box: Path) -> FileRow:
    """The row of that file, if it is done."""
    return FileRow(
        PATH,
        str(box / "a.txt"),
        "done",
        run=None,
        stamp=STAMP,
        input_size=5,
        input_mtime_ns=(box / "a.txt").stat().st_mtime_ns,
        input_sha256=sha256_of([DATA]),
        output_size=7,
    )


Planned = Callable[..., Plan]


@pytest.fixture
def planned(box: Path, places: Places, manifest: Manifest) -> Planned:
    """Put rows into the manifest, and plan."""

    def planned(*rows: FileRow, overwrite: bool = False) -> Plan:
        manifest.put(rows)
        return make_plan([Source("box", str(box))], manifest, places, STAMP, overwrite=overwrite)

    return planned


def pending(box: Path) -> FileRow:
    status = (box / "a.txt").stat()
    return FileRow(
        PATH,
        str(box / "a.txt"),
        "pending",
        input_size=status.st_size,
        input_mtime_ns=status.st_mtime_ns,
    )


def one_task(box: Path, *, overwrite: bool = False) -> Plan:
    """The plan to correct the file, about which the manifest says nothing new."""
    return Plan([Task(PATH, str(box / "a.txt"), overwrite)], size=5)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_new_file_is_corrected(box: Path, places: Places, overwrite: bool) -> None:
    """Also into a target without a manifest."""
    sources = [Source("box", str(box))]
    found = make_plan(sources, None, places, STAMP, overwrite=overwrite)
    expected = one_task(box, overwrite=overwrite)
    expected.rows = [pending(box)]
    assert found == expected


def test_the_bytes_of_all_tasks_are_counted(box: Path, places: Places) -> None:
    (box / "b.txt").write_bytes(b"123")
    found = make_plan([Source("box", str(box))], None, places, STAMP, overwrite=False)
    assert ([task.path for task in found.tasks], found.size) == ([PATH, "box/b.txt"], 8)


def test_what_is_done_is_kept(planned: Planned, done: FileRow) -> None:
    assert planned(done) == Plan(kept=1)
    assert planned(done, overwrite=True) == Plan(kept=1)


@pytest.mark.parametrize("status", ["pending", "failed"])
def test_what_was_not_done_is_tried_again(
    planned: Planned, box: Path, done: FileRow, status: Any
) -> None:
    found = planned(replace(done, status=status))
    expected = one_task(box)
    expected.rows = [pending(box)]
    assert found == expected


def test_what_was_skipped_is_skipped_again_unread(planned: Planned, done: FileRow) -> None:
    """Its row stays as it is, and it counts as skipped, not as done."""
    known = replace(done, status="skipped")
    assert planned(known) == Plan(skipped=1, rows=[known])


@pytest.mark.parametrize(
    "change",
    [{"stamp": "another"}, {"source": "/other"}, {"input_size": 6}, {"input_mtime_ns": 1}],
    ids=["options", "place", "size", "time"],
)
def test_what_was_skipped_is_looked_at_again_if_it_may_be_another(
    planned: Planned, box: Path, done: FileRow, change: dict[str, Any]
) -> None:
    found = planned(replace(done, status="skipped", **change))
    assert (found.tasks, found.kept) == (one_task(box).tasks, 0)


@pytest.mark.parametrize("data", [b"1234", b"123456", b"54321"], ids=["less", "more", "as much"])
def test_a_source_that_has_changed(planned: Planned, box: Path, done: FileRow, data: bytes) -> None:
    """Its copy is not that of it any more, also if it has as many bytes as before."""
    (box / "a.txt").write_bytes(data)
    os.utime(box / "a.txt", ns=(1, 1))
    expected = Plan(refused=[(PATH, f"has changed since it was corrected{REPLACE}")])
    assert planned(done) == expected
    replaced = planned(done, overwrite=True)
    expected = one_task(box, overwrite=True)
    expected.size = len(data)
    assert replaced == expected


@pytest.mark.parametrize("change", [{"input_mtime_ns": 1}, {"source": "/before"}])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_source_that_was_moved_or_touched(
    planned: Planned, box: Path, done: FileRow, change: dict[str, Any], overwrite: bool
) -> None:
    """It is the same if its bytes are, and need not be read again the next time."""
    found = planned(replace(done, **change), overwrite=overwrite)
    assert found == Plan(kept=1, rows=[done])


def test_a_source_that_cannot_be_read_again(
    planned: Planned, done: FileRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows that it is the same."""

    def fail(path: str) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(planning, "sha256_of_file", fail)
    found = planned(replace(done, input_mtime_ns=1))
    assert found.refused == [(PATH, f"has changed since it was corrected{REPLACE}")]


def test_a_source_that_is_as_it_was_is_not_read(
    planned: Planned, done: FileRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive of a million files is looked through in minutes."""
    monkeypatch.setattr(planning, "sha256_of_file", pytest.fail)
    assert planned(done) == Plan(kept=1)


def test_other_options(planned: Planned, box: Path, done: FileRow) -> None:
    before = replace(done, stamp="another")
    refused = [(PATH, f"was corrected with other options{REPLACE}")]
    assert planned(before) == Plan(refused=refused)
    assert planned(before, overwrite=True) == one_task(box, overwrite=True)


def test_a_copy_that_is_gone(planned: Planned, places: Places, box: Path, done: FileRow) -> None:
    """Nothing is overwritten: it is made again."""
    os.unlink(places.copy(PATH))
    assert planned(done) == one_task(box)
    assert planned(done, overwrite=True) == one_task(box, overwrite=True)


@pytest.mark.parametrize("data", [b"", b"123456", b"12345678"])
def test_a_copy_that_was_altered(
    planned: Planned, places: Places, box: Path, done: FileRow, data: bytes
) -> None:
    Path(places.copy(PATH)).write_bytes(data)
    refused = [(PATH, f"its copy is not as it was written{REPLACE}")]
    assert planned(done) == Plan(refused=refused)
    assert planned(done, overwrite=True) == one_task(box, overwrite=True)


def test_a_copy_that_is_gone_of_a_source_that_has_changed(
    planned: Planned, places: Places, box: Path, done: FileRow
) -> None:
    """What was corrected is not there any more: nobody is to believe that it is."""
    os.unlink(places.copy(PATH))
    (box / "a.txt").write_bytes(b"1")
    assert planned(done).refused == [(PATH, f"has changed since it was corrected{REPLACE}")]


def test_a_file_that_is_done_and_became_a_link_to_elsewhere(
    planned: Planned, box: Path, done: FileRow
) -> None:
    """Its row and its copy stay."""
    (box / "a.txt").unlink()
    (box / "a.txt").symlink_to("/")
    reason = "was a file, is now: symbolic link that leaves the source"
    assert planned(done) == planned(done, overwrite=True) == Plan(refused=[(PATH, reason)])


def test_a_file_that_is_done_and_cannot_be_looked_at(
    planned: Planned, box: Path, done: FileRow
) -> None:
    (box / "a.txt").unlink()
    (box / "a.txt").symlink_to("a.txt")
    ((path, reason),) = planned(done).refused
    assert path == PATH
    assert reason.startswith("cannot be read: ")
    assert planned(done).rows == []


def test_what_cannot_be_corrected_is_noted(planned: Planned, box: Path) -> None:
    """A link to nothing is skipped, one to itself has failed; each with the reason."""
    (box / "a.txt").unlink()
    (box / "b").symlink_to("nothing")
    (box / "c").symlink_to("c")
    found = planned()
    assert (found.tasks, found.size, found.kept, found.skipped) == ([], 0, 0, 1)
    skipped, failed = found.rows
    assert (skipped.path, skipped.status, skipped.error) == (
        "box/b",
        "skipped",
        "symbolic link to nothing",
    )
    assert (failed.path, failed.status) == ("box/c", "failed")
    assert found.refused == [("box/c", failed.error)]
    assert str(failed.error).startswith("cannot be read: ")


def test_what_the_sources_no_longer_have_is_forgotten(planned: Planned, done: FileRow) -> None:
    """If it was never done; of other sources nothing is known now."""
    gone = [
        replace(done, path=f"{folder}/{status}", status=status)
        for folder in ("box", "box-2", "other")
        for status in ("done", "failed", "pending", "skipped")
    ]
    found = planned(done, *gone)
    assert sorted(found.forgotten) == ["box/failed", "box/pending", "box/skipped"]
