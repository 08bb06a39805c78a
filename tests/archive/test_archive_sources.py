"""Which files sources hold, and which sources do not go with a target."""

from __future__ import annotations

import errno
import inspect
import os
import sys
from pathlib import Path

import pytest

from thaifix.archive.places import Places
from thaifix.archive.sources import Source, SourceFile, check_sources, list_files
from thaifix.errors import ArchiveError


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with a file and a folder."""
    (tmp_path / "box" / "inner").mkdir(parents=True)
    (tmp_path / "box" / "b.txt").write_bytes(b"12345")
    (tmp_path / "box" / "inner" / "a.txt").write_bytes(b"")
    return tmp_path / "box"


def listed(box: Path) -> list[SourceFile]:
    return list(list_files(Source("box", os.path.realpath(box))))


def test_files_are_mirrored_in_the_order_of_their_paths(box: Path) -> None:
    (box / "c.txt").touch()
    found = listed(box)
    assert [file.path for file in found] == ["box/b.txt", "box/c.txt", "box/inner/a.txt"]
    mtime_ns = (box / "b.txt").stat().st_mtime_ns
    assert found[0] == SourceFile("box/b.txt", str(box / "b.txt"), 5, mtime_ns)


def test_the_order_is_that_of_bytes(box: Path) -> None:
    """The same in every language and on every system."""
    for name in "z", "a", "Z", "ก", os.fsdecode(b"\xff"), "\uffff":
        (box / "inner" / name).touch()
    names = [os.fsencode(os.path.basename(file.path)) for file in listed(box)]
    assert names == [b"b.txt", b"Z", b"a", b"a.txt", b"z", "ก".encode(), b"\xef\xbf\xbf", b"\xff"]


def test_a_source_is_named_by_its_last_folder(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is given; a link keeps its own name."""
    monkeypatch.chdir(box / "inner")
    (box.parent / "link").symlink_to("box")
    places = Places(str(box.parent / "out"))
    assert check_sources(["..", "../../link/"], places) == [
        Source("box", str(box)),
        Source("link", str(box)),
    ]


def test_a_file_may_be_a_source(box: Path) -> None:
    (source,) = check_sources([str(box / "b.txt")], Places(str(box.parent / "out")))
    assert [file.path for file in list_files(source)] == ["b.txt"]


@pytest.mark.parametrize(
    "name", ["ใบลาน ๑.txt", "two\nlines", os.fsdecode(b"\xe0\xb8.txt"), "ก" * 85, "-", " "]
)
def test_any_name(box: Path, name: str) -> None:
    (box / name).write_bytes(b"x")
    assert f"box/{name}" in [file.path for file in listed(box)]


def skipped(box: Path) -> dict[str, str]:
    return {file.path: file.skipped for file in listed(box) if file.skipped}


def test_links_that_leave_the_source_are_not_followed(box: Path, tmp_path: Path) -> None:
    (tmp_path / "box-of-others").mkdir()  # its name begins like the source's
    (tmp_path / "box-of-others" / "secret.txt").touch()
    (box / "folder").symlink_to(tmp_path / "box-of-others")
    (box / "file").symlink_to(tmp_path / "box-of-others" / "secret.txt")
    reason = "symbolic link that leaves the source"
    assert skipped(box) == {"box/folder": reason, "box/file": reason}


def test_links_within_the_source_are_followed(box: Path) -> None:
    (box / "again.txt").symlink_to("b.txt")
    (box / "outer").symlink_to("inner")
    found = {file.path: file for file in listed(box)}
    assert found["box/again.txt"] == found["box/b.txt"]._replace(path="box/again.txt")
    assert found["box/outer/a.txt"].source == str(box / "inner" / "a.txt")
    assert not skipped(box)


def test_links_in_a_circle_end(box: Path) -> None:
    (box / "inner" / "up").symlink_to("..")
    (box / "self").symlink_to("self")
    (box / "nothing").symlink_to("missing")
    assert skipped(box) == {
        "box/inner/up": "symbolic link to a folder that it lies in",
        "box/nothing": "symbolic link to nothing",
    }
    assert [file.path for file in listed(box) if file.error] == ["box/self"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_what_is_no_file_is_skipped(box: Path) -> None:
    os.mkfifo(box / "pipe")
    assert skipped(box) == {"box/pipe": "neither a file nor a folder"}


def test_records_of_thaifix_are_no_source(box: Path) -> None:
    """A corrected copy can be a source, and so can a folder that holds several."""
    for folder in box, box / "inner":
        (folder / ".thaifix").mkdir()
        (folder / ".thaifix" / "manifest.sqlite").touch()
    reason = "records of thaifix"
    assert skipped(box) == {"box/.thaifix": reason, "box/inner/.thaifix": reason}


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.EACCES, "cannot be read: Permission denied. Ask its owner for access"),
        (errno.EIO, "cannot be read: Input/output error"),
    ],
)
def test_a_folder_that_cannot_be_read(
    box: Path, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    """It is told; what else the source holds is listed."""
    listdir = os.listdir

    def fail(path: str) -> list[str]:
        if path.endswith("inner"):
            raise OSError(number, os.strerror(number), path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", fail)
    (box / "z.txt").touch()
    found = listed(box)
    assert [file.path for file in found] == ["box/b.txt", "box/inner", "box/z.txt"]
    assert [file.error for file in found] == ["", message, ""]


def test_a_deep_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deeper than Python's stack."""
    depth = 200
    (tmp_path / ("d/" * depth)).mkdir(parents=True)
    (tmp_path / ("d/" * depth) / "a").touch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = list(list_files(Source("d", str(tmp_path / "d"))))
    finally:
        sys.setrecursionlimit(limit)
    assert [file.path for file in found] == ["d/" * depth + "a"]


@pytest.mark.parametrize(
    ("sources", "target", "message"),
    [
        (["missing"], "out", "missing: there is no such file or folder. Check the name"),
        (["box"], "box", "TARGET is in it, or it is in TARGET"),
        (["box"], "box/out", "TARGET is in it, or it is in TARGET"),
        (["box/inner"], "box", "TARGET is in it, or it is in TARGET"),
        (["box"], "link/out", "TARGET is in it, or it is in TARGET"),
        (["box", "other/box"], "out", "would both be"),
        (["box/b.txt", "other/b.txt"], "out", "would both be"),
        (["other/.thaifix"], "out", "keeps its own records under that name. Rename it"),
        (["/"], "out", "has no name of its own"),
    ],
)
def test_what_does_not_go_together_is_refused(
    box: Path, monkeypatch: pytest.MonkeyPatch, sources: list[str], target: str, message: str
) -> None:
    monkeypatch.chdir(box.parent)
    Path("other/box").mkdir(parents=True)
    Path("other/b.txt").touch()
    Path("other/.thaifix").mkdir()
    Path("link").symlink_to("box")
    with pytest.raises(ArchiveError, match=message):
        check_sources(sources, Places(target))


def test_a_target_beside_a_source_of_a_similar_name(box: Path) -> None:
    """It is not in it: `box-2` only begins like `box`."""
    assert check_sources([str(box)], Places(str(box.parent / "box-2"))) == [Source("box", str(box))]
