"""`thaifix archive`: each option reaches the run, and what stands in the way is told."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from running import INTENDED, OBSERVED, thaifix

from thaifix.archive.batch import Batch
from thaifix.archive.manifest import Manifest
from thaifix.cli.exit_codes import ExitCode

LETTER = "ตามกำหนตนั้น"


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source with one text, below the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_text(OBSERVED, "utf-8")
    return tmp_path / "box"


def options_of_run() -> dict[str, Any]:
    """What the manifest says of the first run in `out`."""
    with Manifest("out/.thaifix/manifest.sqlite") as manifest:
        return dict(manifest.runs()[0].options)


@pytest.mark.parametrize(
    ("options", "recorded"),
    [
        ([], {"profile": "normal", "threshold": None, "format": None, "field": None}),
        ([], {"originals": True, "merge_words": False, "lexicon": [], "keep": None}),
        (["--profile", "bold"], {"profile": "bold"}),
        (["--threshold", "0.9"], {"threshold": 0.9}),
        (["--format", "text"], {"format": "text"}),
        (["--field", "body"], {"field": "body"}),
        (["--no-originals"], {"originals": False}),
        (["--merge-words"], {"merge_words": True}),
        (["--no-adapt"], {"adapt": False}),
        (["--no-numbers"], {"numbers": False}),
        (["--keep", "k", "--lexicon", "l"], {"keep": "k", "lexicon": ["l"]}),
    ],
)
def test_options_are_recorded(box: Path, options: list[str], recorded: dict[str, Any]) -> None:
    """In the manifest, and with the corrector they are what the copies are made with."""
    Path("k").write_text("กำหนต\n", "utf-8")
    Path("l").write_text("กรมสมมุติ\n", "utf-8")
    assert thaifix("archive", "box", "--to", "out", "--jobs", "1", *options).exit_code == 0
    assert recorded.items() <= options_of_run().items()


def test_options_have_their_effect(box: Path) -> None:
    (box / "a.txt").write_text(LETTER, "utf-8")
    for options, copy in ([], LETTER[:7] + "ด" + LETTER[8:]), (["--threshold", "0.7"], LETTER):
        done = thaifix("archive", "box", "--to", "out", "--jobs", "1", "--overwrite", *options)
        assert done.exit_code == ExitCode.OK
        assert Path("out/box/a.txt").read_text("utf-8") == copy


def test_a_format_for_all_files(box: Path) -> None:
    (box / "a.txt").write_text(f"<alto>{OBSERVED}", "utf-8")
    assert thaifix("archive", "box", "--to", "out", "--jobs", "1").exit_code == ExitCode.INPUT
    named = thaifix("archive", "box", "--to", "other", "--jobs", "1", "--format", "text")
    assert named.exit_code == ExitCode.OK
    assert Path("other/box/a.txt").read_text("utf-8") == f"<alto>{INTENDED}"


def test_mets_on_request(box: Path) -> None:
    thaifix("archive", "box", "--to", "out", "--jobs", "1")
    thaifix("archive", "box", "--to", "other", "--jobs", "1", "--mets")
    assert [path.name for path in Path("out/.thaifix/provenance").iterdir()] == [
        "run-0001.premis.xml"
    ]
    assert Path("other/.thaifix/provenance/run-0001.mets.xml").exists()


@pytest.mark.parametrize(("options", "jobs"), [([], 7), (["--jobs", "3"], 3)])
def test_as_many_jobs_as_processors(
    box: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], jobs: int
) -> None:
    """Unless a number is given."""
    asked: list[int] = []
    run = Batch.run

    def watched(self: Batch, **given: Any) -> Any:
        asked.append(given["jobs"])
        return run(self, **{**given, "jobs": 1})

    monkeypatch.setattr(Batch, "run", watched)
    monkeypatch.setattr("os.cpu_count", lambda: 7)
    assert thaifix("archive", "box", "--to", "out", *options).exit_code == ExitCode.OK
    assert asked == [jobs]


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, "interrupted. Run the same command again"),
        (sqlite3.DatabaseError("odd"), ExitCode.INPUT, "the manifest is damaged: odd. Restore it"),
        (ImportError("x", name="lxml"), ExitCode.INPUT, "lxml is missing. Install it: pip install"),
    ],
)
def test_what_ends_a_run(
    box: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    status: ExitCode,
    message: str,
) -> None:
    """It has a status and is said in one line."""

    def fail(self: Batch, **given: Any) -> None:
        raise error

    monkeypatch.setattr(Batch, "run", fail)
    result = thaifix("archive", "box", "--to", "out")
    assert result.exit_code == status
    assert result.stderr.startswith(f"thaifix: {message}")
    assert len(result.stderr.splitlines()) == 1


def test_bytes_that_are_not_utf8_are_told(box: Path) -> None:
    (box / "a.txt").write_bytes(b"\xff\xa1\n")
    thaifix("archive", "box", "--to", "out", "--jobs", "1")
    told = thaifix("archive", "status", "out").stderr
    assert "passed through 2 bytes of another encoding than UTF-8" in told
    assert "iconv -f TIS-620 -t UTF-8" in told


def test_status_without_such_bytes_has_three_lines(box: Path) -> None:
    thaifix("archive", "box", "--to", "out", "--jobs", "1", "--profile", "strict")
    lines = thaifix("archive", "status", "out").stderr.splitlines()
    assert len(lines) == 3
    assert "profile strict, model " in lines[0]
    assert lines[1] == "thaifix: 1 done, 0 skipped, 0 failed, 0 pending"


def test_failed_and_skipped_are_counted_apart(box: Path) -> None:
    """So are refused ones; what is known to be no text is skipped without being read."""
    (box / "bad.xml").write_text("<alto>", "utf-8")
    (box / "table.json").write_text('{\n"a": "ก"\n}\n', "utf-8")
    (box / "root").symlink_to("/")
    made = thaifix("archive", "box", "--to", "out", "--jobs", "1")
    assert made.exit_code == ExitCode.INPUT
    last = made.stderr.splitlines()[-1]
    assert last == "thaifix: 1 corrected, 0 done before, 2 skipped, 1 failed"
    assert "skipped 1: is JSON, but not one record a line" in made.stderr
    verified = thaifix("archive", "verify", "out")
    assert verified.exit_code == ExitCode.OK
    assert "2 skipped, 1 failed: not checked, see thaifix archive status" in verified.stderr
    (box / "a.txt").write_text("x", "utf-8")
    again = thaifix("archive", "box", "--to", "out", "--jobs", "1")
    assert again.exit_code == ExitCode.INPUT
    last = again.stderr.splitlines()[-1]
    assert last == "thaifix: 0 corrected, 0 done before, 2 skipped, 1 refused, 1 failed"


def test_originals_that_are_gone_are_counted(box: Path) -> None:
    """The first is named."""
    (box / "b.txt").write_text(OBSERVED, "utf-8")
    thaifix("archive", "box", "--to", "out", "--jobs", "1")
    for name in "ab":
        (box / f"{name}.txt").unlink()
    told = thaifix("archive", "verify", "out").stderr.splitlines()
    assert told == [
        "thaifix: 2 without their originals to compare with, the first is box/a.txt",
        "thaifix: 2 copies: 0 compared with their originals, 2 led back to them, "
        "0 files with differences",
    ]


def test_what_would_be_done_is_listed(box: Path) -> None:
    """With its size; of what was done before only the number."""
    (box / "b.txt").write_bytes(b"x" * 1_200_000)
    listed = thaifix("archive", "box", "--to", "out", "--dry-run")
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["correct"] * 2
    assert listed.stderr == (
        "thaifix: 2 to correct (1.2 MB), 0 done before, 0 to skip, 0 refused; nothing written\n"
        "thaifix: what the files hold was not looked at: some may be skipped, or fail, when it is "
        "done\n"
    )
    (box / "b.txt").unlink()
    thaifix("archive", "box", "--to", "out", "--jobs", "1")
    listed = thaifix("archive", "box", "--to", "out", "--dry-run")
    assert (listed.exit_code, listed.stdout) == (ExitCode.OK, "")
    assert "0 to correct (0.0 MB), 1 done before" in listed.stderr


def test_other_options_show_in_a_dry_run_too(box: Path) -> None:
    thaifix("archive", "box", "--to", "out", "--jobs", "1")
    refused = thaifix("archive", "box", "--to", "out", "--dry-run", "--profile", "bold")
    assert refused.exit_code == ExitCode.INPUT
    assert "profile 'normal', now 'bold'" in refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
def test_rows_of_a_dry_run_show_odd_names(box: Path) -> None:
    """A control character and a backslash are escapes in each path of each row, as in the log."""
    odd, shown = "b\x1b[31m\\.txt", r"b\x1b[31m\x5c.txt"
    (box / odd).write_text(OBSERVED, "utf-8")
    (box / "way\x7f").symlink_to("nowhere")
    listed = thaifix("archive", "box", "--to", "out", "--dry-run").stdout
    assert f"/{shown}\t" in listed
    assert f"/out/box/{shown}\n" in listed
    assert "/way\\x7f\tsymbolic link to nothing\n" in listed
    assert not {"\x1b", "\x7f"} & set(listed)
    thaifix("archive", "box", "--to", "out", "--jobs", "1")
    (box / odd).write_text("", "utf-8")
    listed = thaifix("archive", "box", "--to", "out", "--dry-run").stdout
    assert f"refuse\tbox/{shown}\thas changed since it was corrected" in listed
    assert "\x1b" not in listed
