"""Files of a target: there whole or not at all, and never beyond a symbolic link."""

from __future__ import annotations

import errno
import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from thaifix.archive import durable
from thaifix.archive.durable import (
    OutputError,
    TargetFile,
    drop,
    drop_unfinished,
    make_folder,
    sync_names,
)
from thaifix.archive.fixity import sha256_of, sha256_of_file
from thaifix.archive.places import Places


@pytest.fixture(autouse=True)
def _descriptors_are_closed() -> Iterator[None]:
    """Whatever happens in a test, no file and no folder stays open."""
    gc.collect()  # what earlier tests left is closed before
    before = len(os.listdir("/dev/fd"))
    yield
    assert len(os.listdir("/dev/fd")) == before


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target that can be written to."""
    places = Places(str(tmp_path / "out"))
    os.makedirs(places.unfinished)
    return places


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A folder of the user's, to which a link may lead."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a").write_bytes(b"mine")
    (tmp_path / "theirs" / "12-3").write_bytes(b"mine")
    return tmp_path / "theirs"


def put(places: Places, path: str, data: bytes, *, overwrite: bool = False) -> None:
    with TargetFile(places, places.copy(path)) as file:
        file.write(data)
        file.publish(overwrite=overwrite)


def test_a_file_is_not_seen_before_it_is_whole(places: Places) -> None:
    with TargetFile(places, places.copy("a/b/c")) as file:
        assert (file.write(b"12"), file.write(b"3")) == (2, 1)
        assert os.listdir(places.target) == [".thaifix"]
        assert len(os.listdir(places.unfinished)) == 1
        file.publish(overwrite=False)
        assert (file.size, file.sha256) == (3, sha256_of([b"123"]))
    assert Path(places.copy("a/b/c")).read_bytes() == b"123"
    assert os.listdir(places.unfinished) == []


def test_a_file_that_is_given_up_leaves_nothing(places: Places) -> None:
    with TargetFile(places, places.copy("a")) as file:
        file.write(b"1")
    assert os.listdir(places.unfinished) == []
    assert os.listdir(places.target) == [".thaifix"]


def test_nothing_is_overwritten_unless_asked(places: Places) -> None:
    put(places, "a", b"1")
    with pytest.raises(OutputError, match=r"is there already.*--overwrite") as caught:
        put(places, "a", b"2")
    assert not caught.value.hopeless
    assert Path(places.copy("a")).read_bytes() == b"1"
    put(places, "a", b"2", overwrite=True)
    assert Path(places.copy("a")).read_bytes() == b"2"
    assert os.listdir(places.unfinished) == []


def test_what_is_there_with_the_same_bytes_may_stay(places: Places) -> None:
    put(places, "a", b"1" * 100_000)
    before = os.stat(places.copy("a")).st_ino
    put(places, "a", b"1" * 100_000)
    assert os.stat(places.copy("a")).st_ino == before


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "longer", "shorter"])
def test_what_is_there_is_not_what_would_be_written(
    places: Places, theirs: Path, kind: str
) -> None:
    """Only a regular file with the same bytes is; a link to one is not."""
    path = Path(places.copy("a"))
    make: dict[str, Callable[[], object]] = {
        "link": lambda: path.symlink_to(theirs / "a"),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "longer": lambda: path.write_bytes(b"mine!"),
        "shorter": lambda: path.write_bytes(b"min"),
    }
    make[kind]()
    with pytest.raises(OutputError, match="is there already, and is not what would be written"):
        put(places, "a", b"mine")


def test_a_folder_is_not_replaced_by_a_file(places: Places) -> None:
    os.mkdir(places.copy("a"))
    with pytest.raises(OutputError, match=r"Is a directory\. Move that folder away"):
        put(places, "a", b"1", overwrite=True)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("level", ["box", "box/inner"])
def test_nothing_is_written_beyond_a_link(
    places: Places, theirs: Path, level: str, overwrite: bool
) -> None:
    """It could lead to the originals, which `overwrite` must not reach."""
    link = places.copy(level)
    os.makedirs(os.path.dirname(link), exist_ok=True)
    os.symlink(theirs, link)
    with pytest.raises(OutputError, match="is there already, and is no folder") as caught:
        put(places, f"{level}/a", b"2", overwrite=overwrite)
    assert str(caught.value).startswith(f"{link} is there already")
    with pytest.raises(OutputError, match="is no folder"):
        put(places, f"{level}/new/b", b"2", overwrite=overwrite)
    assert sorted(os.listdir(theirs)) == ["12-3", "a"]
    assert (theirs / "a").read_bytes() == b"mine"


def test_a_file_in_the_place_of_a_folder(places: Places) -> None:
    put(places, "box", b"1")
    with pytest.raises(OutputError, match=r"box is there already, and is no folder\. Move it away"):
        put(places, "box/a", b"2")


@pytest.mark.parametrize("call", ["link", "replace"])
def test_a_link_that_is_put_there_meanwhile_changes_nothing(
    places: Places, theirs: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Files are named in the folder that was opened, not in what its path leads to by then."""
    make_folder(places.copy("box"), places.target)
    original: Callable[..., None] = getattr(os, call)

    def swap(*arguments: Any, **options: Any) -> None:
        os.rename(places.copy("box"), places.copy("moved"))
        os.symlink(theirs, places.copy("box"))
        original(*arguments, **options)

    monkeypatch.setattr(os, call, swap)
    put(places, "box/new", b"1", overwrite=call == "replace")
    assert sorted(os.listdir(theirs)) == ["12-3", "a"]
    assert os.listdir(places.copy("moved")) == ["new"]


def test_unfinished_files_are_not_written_beyond_a_link(places: Places, theirs: Path) -> None:
    os.rmdir(places.unfinished)
    os.symlink(theirs, places.unfinished)
    with pytest.raises(OutputError, match="unfinished is there already, and is no folder"):
        put(places, "a", b"1")
    with pytest.raises(OutputError, match="unfinished is there already, and is no folder"):
        drop_unfinished(places)
    assert sorted(os.listdir(theirs)) == ["12-3", "a"]


def test_a_target_that_became_a_link(places: Places, theirs: Path, tmp_path: Path) -> None:
    """Its path had none when the run began."""
    os.rename(places.target, tmp_path / "moved")
    os.symlink(theirs, places.target)
    with pytest.raises(OutputError, match="cannot write"):
        put(places, "a", b"1", overwrite=True)
    with pytest.raises(OutputError, match="cannot write"):
        drop(places.copy("a"), places.target)
    assert (theirs / "a").read_bytes() == b"mine"


def test_nothing_is_dropped_beyond_a_link(places: Places, theirs: Path) -> None:
    """The log of a file may lie in a folder that somebody has replaced with a link."""
    (theirs / "a.jsonl").write_bytes(b"1")
    os.mkdir(places.logs)
    os.symlink(theirs, os.path.join(places.logs, "box"))
    with pytest.raises(OutputError, match="is no folder"):
        drop(places.log("box/a"), places.target)
    assert (theirs / "a.jsonl").read_bytes() == b"1"


def test_what_is_dropped_is_gone(places: Places) -> None:
    put(places, "box/a", b"1")
    put(places, "box/b", b"1")
    drop(places.copy("box/a"), places.target)
    assert os.listdir(places.copy("box")) == ["b"]
    drop(places.copy("box/a"), places.target)  # nor is it an error that it was not there
    drop(places.copy("elsewhere/a"), places.target)
    assert sorted(os.listdir(places.target)) == [".thaifix", "box"]


def test_a_link_is_dropped_itself(places: Places, theirs: Path) -> None:
    os.symlink(theirs / "a", places.copy("a"))
    drop(places.copy("a"), places.target)
    assert not os.path.lexists(places.copy("a"))
    assert (theirs / "a").read_bytes() == b"mine"


def test_what_cannot_be_dropped_is_told(places: Places) -> None:
    os.mkdir(places.copy("a"))
    with pytest.raises(OutputError, match="cannot write"):
        drop(places.copy("a"), places.target)


def test_only_what_thaifix_named_is_unfinished(places: Places) -> None:
    names = "12-3", "notes.txt", "12-3.txt", "-3", "12-", "a12-3"
    for name in names:
        Path(places.unfinished, name).write_bytes(b"1")
    drop_unfinished(places)
    assert sorted(os.listdir(places.unfinished)) == sorted(names[1:])


def test_the_names_of_unfinished_files_are_known(places: Places) -> None:
    """What `TargetFile` begins, `drop_unfinished` deletes."""
    with TargetFile(places, places.copy("a")), TargetFile(places, places.copy("b")):
        assert len(os.listdir(places.unfinished)) == 2
        drop_unfinished(places)
        assert os.listdir(places.unfinished) == []


def test_folders_are_made_one_in_another(places: Places) -> None:
    make_folder(places.copy("a/b/c"), places.target)
    make_folder(places.copy("a/b"), places.target)
    assert os.path.isdir(places.copy("a/b/c"))


def test_a_folder_that_another_process_makes_meanwhile(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def twice(*arguments: Any, **options: Any) -> None:
        mkdir(*arguments, **options)
        mkdir(*arguments, **options)

    monkeypatch.setattr(os, "mkdir", twice)
    put(places, "box/a", b"1")
    assert Path(places.copy("box/a")).read_bytes() == b"1"


AGAIN = "then run the same command again"


@pytest.mark.parametrize(
    ("number", "advice", "hopeless"),
    [
        (errno.ENOSPC, f"No space left on device. Make room there, {AGAIN}", True),
        (errno.EDQUOT, f". Make room there, {AGAIN}", True),
        (errno.EROFS, f"Read-only file system. Mount it for writing, {AGAIN}", True),
        (errno.EIO, f"Input/output error. Check that disk, {AGAIN}", True),
        (errno.EFBIG, ". Raise the limit on file sizes (ulimit -f), then run the command ", False),
        (errno.EACCES, "Permission denied. Ask its owner for access", False),
        (errno.EXDEV, ". Give that file system a TARGET of its own", False),
        (errno.EMFILE, "Too many open files", False),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "link", "mkdir"])
def test_failures_say_what_to_do(
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    number: int,
    advice: str,
    hopeless: bool,
) -> None:
    """And nothing is left behind, whichever call fails."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OutputError) as caught:
        put(places, "box/a\nb", b"1")
    assert str(caught.value).startswith(f"cannot write {places.target}/box/a\\x0ab: ")
    assert advice in str(caught.value)
    assert caught.value.hopeless is hopeless
    assert os.listdir(places.unfinished) == []
    assert not os.path.exists(places.copy("box/a\nb"))


def test_bytes_that_cannot_be_written_count_for_nothing(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with TargetFile(places, places.copy("a")) as file:
        file.write(b"12")
        monkeypatch.setattr("thaifix.text.files.NewFile.write", fail)
        with pytest.raises(OutputError, match="Make room there") as caught:
            file.write(b"3")
        assert caught.value.hopeless
        assert (file.size, file.sha256) == (2, sha256_of([b"12"]))


def test_a_file_cannot_be_begun_without_its_folder(places: Places) -> None:
    os.rmdir(places.unfinished)
    with pytest.raises(OutputError, match="No such file or directory"):
        put(places, "a", b"1")


def test_names_are_brought_to_the_disk_with_all_that_leads_to_them(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file whose folder is not on the disk is lost with it."""
    synced: list[str] = []
    monkeypatch.setattr(durable, "sync_folder", synced.append)
    sync_names([places.copy("a/b/c"), places.copy("a/d"), places.log("a/d")], places.target)
    found = [os.path.relpath(folder, places.target) for folder in synced]
    assert sorted(found) == [".", ".thaifix", ".thaifix/edits", ".thaifix/edits/a", "a", "a/b"]


def test_names_that_do_not_come_to_the_disk_are_told(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(places, "a/b", b"1")

    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="Check that disk") as caught:
        sync_names([places.copy("a/b")], places.target)
    assert caught.value.hopeless


def test_fixity_is_that_of_the_standard(tmp_path: Path) -> None:
    """SHA-256 of FIPS 180-2, appendix B.1 and B.3, over any number of reads."""
    (tmp_path / "abc").write_bytes(b"abc")
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_of_file(str(tmp_path / "abc")) == expected
    (tmp_path / "million").write_bytes(b"a" * 1_000_000)
    expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    assert sha256_of_file(str(tmp_path / "million")) == expected
