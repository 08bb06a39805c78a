"""Where files stand, how their paths are written down, and that they are there whole or not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.archive.durable import OutputError, TargetFile, drop, drop_unfinished
from thaifix.archive.fixity import sha256_of_file as digest
from thaifix.archive.places import Places, escape, unescape
from thaifix.archive.sources import Source, SourceFile, check_sources, list_files
from thaifix.errors import ArchiveError

NAMES = st.binary(min_size=1, max_size=255).map(
    lambda data: os.fsdecode(data.replace(b"/", b"_").replace(b"\0", b"_"))
)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@given(PATHS)
def test_a_written_path_is_one_line_and_is_read_back(path: str) -> None:
    """Also with line feeds, backslashes and bytes that are not UTF-8."""
    written = escape(path)
    assert unescape(written) == path
    assert written.isprintable() or not path.isprintable()
    assert "\n" not in written
    written.encode()


def test_a_written_path_is_as_readable_as_can_be() -> None:
    assert escape("กล่อง ๑/a\nb\\c\udce0") == "กล่อง ๑/a\\x0ab\\x5cc\\xe0"


@given(PATHS, PATHS)
def test_no_two_files_share_a_log(one: str, other: str) -> None:
    """Nor is the log of one a folder of another's, and no name is too long for a file system."""
    places = Places("/target")
    logs = places.log(one), places.log(other)
    assert (logs[0] == logs[1]) == (one == other)
    assert not logs[1].startswith(logs[0] + "/")
    assert all(len(os.fsencode(part)) <= 255 for log in logs for part in log.split("/"))


@pytest.mark.parametrize(
    ("path", "log"),
    [
        ("box/a.txt", "box/a.txt.jsonl"),
        ("a.txt.jsonl/b", "a.txt.jsonl~/b.jsonl"),  # beside the log of a file a.txt
        ("a.txt.jsonl~/b", "a.txt.jsonl~~/b.jsonl"),
        ("a" * 249, "a" * 249 + ".jsonl"),  # 255 bytes
        # 250 bytes would make 256: cut, with the first digits of SHA-256 of the name
        ("a" * 250, "a" * 200 + "~3f3e35e0a775d9b1.jsonl"),
    ],
)
def test_logs_are_named_like_their_files(path: str, log: str) -> None:
    assert Places("/target").log(path) == f"/target/.thaifix/edits/{log}"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with a file and a folder."""
    (tmp_path / "box" / "inner").mkdir(parents=True)
    (tmp_path / "box" / "b.txt").write_bytes(b"12345")
    (tmp_path / "box" / "inner" / "a.txt").write_bytes(b"")
    return tmp_path / "box"


def walked(box: Path) -> list[SourceFile]:
    return list(list_files(Source("box", os.path.realpath(box))))


def test_files_are_mirrored_in_the_order_of_their_paths(box: Path) -> None:
    (box / "c.txt").touch()
    found = walked(box)
    assert [file.path for file in found] == ["box/b.txt", "box/c.txt", "box/inner/a.txt"]
    assert found[0].source == str(box / "b.txt")
    assert (found[0].size, found[0].mtime_ns) == (5, (box / "b.txt").stat().st_mtime_ns)


def test_a_file_may_be_a_source(box: Path) -> None:
    (root,) = check_sources([str(box / "b.txt")], Places(str(box.parent / "out")))
    assert [file.path for file in list_files(root)] == ["b.txt"]


@pytest.mark.parametrize(
    "name", ["ใบลาน ๑.txt", "two\nlines", os.fsdecode(b"\xe0\xb8.txt"), "ก" * 85, "-", " "]
)
def test_any_name(box: Path, name: str) -> None:
    (box / name).write_bytes(b"x")
    assert f"box/{name}" in [file.path for file in walked(box)]


def skipped(box: Path) -> dict[str, str]:
    return {file.path: file.skipped for file in walked(box) if file.skipped}


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
    found = {file.path: file.source for file in walked(box)}
    assert found["box/again.txt"] == str(box / "b.txt")
    assert found["box/outer/a.txt"] == str(box / "inner" / "a.txt")
    assert not skipped(box)


def test_links_in_a_circle_end(box: Path) -> None:
    (box / "inner" / "up").symlink_to("..")
    (box / "self").symlink_to("self")
    (box / "nothing").symlink_to("missing")
    assert set(skipped(box)) == {"box/inner/up", "box/nothing"}
    assert [file.path for file in walked(box) if file.error] == ["box/self"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_what_is_no_file_is_skipped(box: Path) -> None:
    os.mkfifo(box / "pipe")
    assert skipped(box) == {"box/pipe": "neither a file nor a folder"}


def test_records_of_thaifix_are_no_source(box: Path) -> None:
    """A corrected copy can be a source."""
    (box / ".thaifix").mkdir()
    (box / ".thaifix" / "manifest.sqlite").touch()
    assert skipped(box) == {"box/.thaifix": "records of thaifix"}


def test_a_folder_that_may_not_be_read(box: Path) -> None:
    (box / "inner").chmod(0)
    if os.access(box / "inner", os.R_OK):
        pytest.skip("root may read everything")
    errors = {file.path: file.error for file in walked(box) if file.error}
    (box / "inner").chmod(0o700)
    assert errors == {"box/inner": "cannot be read: Permission denied. Ask its owner for access"}


def test_a_deep_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deeper than Python's stack."""
    depth = 1500
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("a").touch()
    found = list(list_files(Source("d", str(tmp_path / "d"))))
    os.unlink("a")
    for _ in range(depth):  # what clears up after tests is not made for this
        os.chdir("..")
        os.rmdir("d")
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
        (["/"], "out", "has no name of its own"),
    ],
)
def test_what_does_not_go_together_is_refused(
    box: Path, monkeypatch: pytest.MonkeyPatch, sources: list[str], target: str, message: str
) -> None:
    monkeypatch.chdir(box.parent)
    Path("other/box").mkdir(parents=True)
    Path("other/b.txt").touch()
    Path("link").symlink_to("box")
    with pytest.raises(ArchiveError, match=message):
        check_sources(sources, Places(target))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target that can be written to."""
    places = Places(str(tmp_path / "out"))
    os.makedirs(places.unfinished)
    return places


def put(places: Places, path: str, data: bytes, *, overwrite: bool = False) -> None:
    with TargetFile(places, places.copy(path)) as fresh:
        fresh.write(data)
        fresh.publish(overwrite=overwrite)


def test_a_file_is_not_seen_before_it_is_whole(places: Places) -> None:
    with TargetFile(places, places.copy("a/b/c")) as fresh:
        fresh.write(b"12")
        fresh.write(b"3")
        assert os.listdir(places.target) == [".thaifix"]
        fresh.publish(overwrite=False)
        assert (fresh.size, fresh.sha256) == (3, digest(places.copy("a/b/c")))
    assert Path(places.copy("a/b/c")).read_bytes() == b"123"
    assert os.listdir(places.unfinished) == []


def test_a_file_that_is_given_up_leaves_nothing(places: Places) -> None:
    with TargetFile(places, places.copy("a")) as fresh:
        fresh.write(b"1")
    assert os.listdir(places.unfinished) == []
    assert os.listdir(places.target) == [".thaifix"]


def test_nothing_is_overwritten_unless_asked(places: Places) -> None:
    put(places, "a", b"1")
    with pytest.raises(OutputError, match=r"is there already.*--overwrite"):
        put(places, "a", b"2")
    assert Path(places.copy("a")).read_bytes() == b"1"
    put(places, "a", b"2", overwrite=True)
    assert Path(places.copy("a")).read_bytes() == b"2"
    assert os.listdir(places.unfinished) == []


def test_what_is_there_with_the_same_bytes_may_stay(places: Places) -> None:
    put(places, "a", b"1")
    before = os.stat(places.copy("a")).st_ino
    put(places, "a", b"1")
    assert os.stat(places.copy("a")).st_ino == before


def test_a_link_is_not_what_would_be_written(places: Places, tmp_path: Path) -> None:
    (tmp_path / "original").write_bytes(b"1")
    os.symlink(tmp_path / "original", places.copy("a"))
    with pytest.raises(OutputError, match="is there already"):
        put(places, "a", b"1")


def test_nothing_is_written_beyond_a_link(places: Places, tmp_path: Path) -> None:
    """A link in the target could lead to the originals, which `overwrite` must not reach."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a").write_bytes(b"1")
    os.symlink(tmp_path / "box", places.copy("box"))
    with pytest.raises(OutputError, match="is no folder"):
        put(places, "box/a", b"2", overwrite=True)
    assert (tmp_path / "box" / "a").read_bytes() == b"1"


def test_nothing_is_dropped_beyond_a_link(places: Places, tmp_path: Path) -> None:
    """The log of a file may lie in a folder that somebody has replaced with a link."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.jsonl").write_bytes(b"1")
    os.mkdir(places.logs)
    os.symlink(tmp_path / "logs", os.path.join(places.logs, "box"))
    with pytest.raises(OutputError, match="is no folder"):
        drop(places.log("box/a"), places.target)
    assert (tmp_path / "logs" / "a.jsonl").read_bytes() == b"1"


def test_what_is_dropped_is_gone(places: Places) -> None:
    put(places, "box/a", b"1")
    drop(places.copy("box/a"), places.target)
    assert os.listdir(places.copy("box")) == []
    drop(places.copy("box/a"), places.target)  # nor is it an error that it was not there
    drop(places.copy("elsewhere/a"), places.target)


def test_only_what_thaifix_named_is_unfinished(places: Places) -> None:
    for name in "12-3", "notes.txt", "12-3.txt", "-3":
        Path(places.unfinished, name).write_bytes(b"1")
    drop_unfinished(places)
    assert sorted(os.listdir(places.unfinished)) == ["-3", "12-3.txt", "notes.txt"]


def test_a_file_system_without_hard_links(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    put(places, "a", b"1")
    assert Path(places.copy("a")).read_bytes() == b"1"
    with pytest.raises(OutputError, match="is there already"):
        put(places, "a", b"2")


@pytest.mark.parametrize(
    ("number", "advice", "hopeless"),
    [
        (errno.ENOSPC, "Make room there, then run the same command again", True),
        (errno.EDQUOT, "Make room there", True),
        (errno.EROFS, "Mount it for writing", True),
        (errno.EACCES, "Ask its owner for access", False),
    ],
)
def test_failures_say_what_to_do(
    places: Places, monkeypatch: pytest.MonkeyPatch, number: int, advice: str, hopeless: bool
) -> None:
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OutputError, match=advice) as caught:
        put(places, "a", b"1")
    assert caught.value.hopeless is hopeless
    assert os.listdir(places.unfinished) == []
    assert not os.path.exists(places.copy("a"))
