"""Where files stand, and how their paths are written down."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.archive.places import Places, escape, unescape

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


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("กล่อง ๑/a\nb\\c\udce0", "กล่อง ๑/a\\x0ab\\x5cc\\xe0"),
        ("\x00\x1f\x20\x7e\x7f\x80", "\\x00\\x1f\x20\x7e\\x7f\x80"),
        ("\udc80\udcff", "\\x80\\xff"),
        ("\\x41", "\\x5cx41"),  # what looks like an escape is none
    ],
)
def test_a_written_path_is_as_readable_as_can_be(path: str, written: str) -> None:
    assert escape(path) == written
    assert unescape(written) == path


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


def test_every_place_is_where_the_manual_says() -> None:
    places = Places("/target")
    assert places.copy("box/a.txt") == "/target/box/a.txt"
    assert places.records == "/target/.thaifix"
    assert places.manifest == "/target/.thaifix/manifest.sqlite"
    assert places.lock == "/target/.thaifix/lock"
    assert places.unfinished == "/target/.thaifix/unfinished"
    assert places.premis(1) == "/target/.thaifix/provenance/run-0001.premis.xml"
    assert places.mets(12345) == "/target/.thaifix/provenance/run-12345.mets.xml"
