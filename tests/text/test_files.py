"""A file is there whole or not at all, whichever system call fails."""

from __future__ import annotations

import errno
import gc
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from thaifix.text.files import NewFile, sync_folder, write_whole


@pytest.fixture(autouse=True)
def _descriptors_are_closed() -> Iterator[None]:
    """Whatever happens in a test, no file stays open."""
    gc.collect()  # what earlier tests left is closed before
    before = len(os.listdir("/dev/fd"))
    yield
    assert len(os.listdir("/dev/fd")) == before


def put(folder: Path, data: bytes, *, overwrite: bool = False) -> None:
    with NewFile(str(folder / "new")) as file:
        assert file.write(data) == len(data)
        file.publish(str(folder / "a"), overwrite=overwrite)


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_is_not_seen_before_it_is_whole(tmp_path: Path) -> None:
    with NewFile(str(tmp_path / "new")) as file:
        file.write(b"12")
        file.write(b"3")
        assert os.listdir(tmp_path) == ["new"]
        file.publish(str(tmp_path / "a"), overwrite=False)
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"123"


@pytest.mark.parametrize("error", [None, KeyError])
def test_a_file_that_is_given_up_leaves_nothing(
    tmp_path: Path, error: type[Exception] | None
) -> None:
    def give_up() -> None:
        with NewFile(str(tmp_path / "new")) as file:
            file.write(b"1")
            if error:
                raise error

    if error:
        with pytest.raises(error):
            give_up()
    else:
        give_up()
    assert os.listdir(tmp_path) == []


def test_access_is_what_the_umask_leaves(tmp_path: Path) -> None:
    """As for any other file that a program makes."""
    before = os.umask(0o027)
    try:
        put(tmp_path, b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


@pytest.mark.parametrize("taken", ["file", "folder", "link"])
def test_a_temporary_name_that_is_taken_is_refused(tmp_path: Path, taken: str) -> None:
    """It is not written to, nor deleted; a link is not followed."""
    if taken == "folder":
        (tmp_path / "new").mkdir()
    elif taken == "file":
        (tmp_path / "new").write_bytes(b"of another")
    else:
        (tmp_path / "new").symlink_to("nothing")
    with pytest.raises(FileExistsError), NewFile(str(tmp_path / "new")):
        pass
    assert os.listdir(tmp_path) == ["new"]


@pytest.mark.parametrize("taken", ["file", "folder", "link"])
def test_nothing_is_replaced_unless_asked(tmp_path: Path, taken: str) -> None:
    """Whatever stands at the place."""
    if taken == "folder":
        (tmp_path / "a").mkdir()
    elif taken == "file":
        (tmp_path / "a").write_bytes(b"of another")
    else:
        (tmp_path / "a").symlink_to("nothing")
    before = (tmp_path / "a").lstat()
    with pytest.raises(FileExistsError):
        put(tmp_path, b"1")
    assert (tmp_path / "a").lstat() == before
    assert os.listdir(tmp_path) == ["a"]


def test_a_file_is_replaced_if_asked(tmp_path: Path) -> None:
    put(tmp_path, b"1")
    put(tmp_path, b"2", overwrite=True)
    assert (tmp_path / "a").read_bytes() == b"2"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize(
    "number", [errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS]
)
def test_a_file_system_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The file is renamed, if its place is free."""
    monkeypatch.setattr(os, "link", failing(number))
    put(tmp_path, b"1")
    with pytest.raises(FileExistsError):
        put(tmp_path, b"2")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize(
    ("call", "overwrite"),
    [("fsync", False), ("fsync", True), ("link", False), ("replace", True)],
)
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES, errno.EXDEV])
def test_a_call_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, overwrite: bool, number: int
) -> None:
    """Nothing stands at the place that did not stand there before."""
    monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(OSError) as caught:  # noqa: PT011
        put(tmp_path, b"1", overwrite=overwrite)
    assert caught.value.errno == number
    assert os.listdir(tmp_path) == []


def test_bytes_that_find_no_room_are_told(tmp_path: Path) -> None:
    """When they leave the buffer: at the latest when the file is published."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            put(tmp_path, b"1" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir(tmp_path) == []


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The system calls that make a file last, in their order, with what they are about."""
    told: list[str] = []
    fsync = os.fsync

    def record_fsync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        is_folder = stat.S_ISDIR(status.st_mode)
        told.append("fsync folder" if is_folder else f"fsync {status.st_size} bytes")
        fsync(descriptor)

    def recorded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def record(*arguments: Any, **options: Any) -> Any:
            told.append(name)
            return function(*arguments, **options)

        return record

    monkeypatch.setattr(os, "fsync", record_fsync)
    for name in "link", "replace", "rename":
        monkeypatch.setattr(os, name, recorded(name, getattr(os, name)))
    return told


def test_the_bytes_are_on_the_disk_before_the_name(tmp_path: Path, calls: list[str]) -> None:
    """All of them: what is in a buffer is written before it is synced."""
    put(tmp_path, b"1" * 10)
    put(tmp_path, b"2" * 20, overwrite=True)
    assert calls == ["fsync 10 bytes", "link", "fsync 20 bytes", "replace"]


def test_a_whole_file_is_on_the_disk_with_its_name(tmp_path: Path, calls: list[str]) -> None:
    write_whole(tmp_path / "a", b"1" * 10)
    assert calls == ["fsync 10 bytes", "replace", "fsync folder"]


def test_names_are_relative_to_open_folders(tmp_path: Path) -> None:
    """Who moves a folder meanwhile changes nothing."""
    (tmp_path / "unfinished").mkdir()
    (tmp_path / "box").mkdir()
    here = os.open(tmp_path / "unfinished", os.O_RDONLY)
    there = os.open(tmp_path / "box", os.O_RDONLY)
    try:
        for overwrite in False, True:
            with NewFile("new", folder=here) as file:
                (tmp_path / "box").rename(tmp_path / "moved")
                file.publish("a", folder=there, overwrite=overwrite)
                (tmp_path / "moved").rename(tmp_path / "box")
            with pytest.raises(FileExistsError), NewFile("new", folder=here) as file:
                file.publish("a", folder=there, overwrite=False)
    finally:
        os.close(here)
        os.close(there)
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["box", "a", "unfinished"]


def test_a_whole_file_replaces_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given as a path or as a name in the current folder."""
    write_whole(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
    monkeypatch.chdir(tmp_path)
    write_whole("a", b"2")
    assert (tmp_path / "a").read_bytes() == b"2"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_whole_file_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """The error names it, not the temporary file, and the old one stays."""
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, call, failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(tmp_path / "a", b"new")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path / "a"))
    monkeypatch.undo()
    assert (tmp_path / "a").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_name_of_any_length(tmp_path: Path) -> None:
    """The temporary name is not longer for it."""
    write_whole(tmp_path / ("a" * 255), b"1")
    assert os.listdir(tmp_path) == ["a" * 255]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_that_cannot_sync_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    sync_folder(str(tmp_path))


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_folder_that_is_not_synced_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(OSError) as caught:  # noqa: PT011
        sync_folder(str(tmp_path))
    assert caught.value.errno == number


def test_only_a_folder_is_synced_as_one(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(NotADirectoryError):
        sync_folder(str(tmp_path / "a"))
