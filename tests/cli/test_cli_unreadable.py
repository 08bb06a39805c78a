"""Files that the system says cannot be read: thaifix opens them, and tells what comes of it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from running import OBSERVED, thaifix

from thaifix.curate.series_table import identify

HEADER = "id\tdecision\tobserved\tintended\n"
LINES = [
    "thaifix page.txt",
    "thaifix --edits old.log page.txt",
    "thaifix text page.txt",
    "thaifix series page.txt",
    "thaifix apply series.tsv page.txt",
    "thaifix revert log page.txt",
    "thaifix revert kept.jsonl",
    "thaifix archive box --to new",
    "thaifix archive status archived",
    "thaifix archive verify archived",
    "thaifix archive report archived --html report.html",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the lines name."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "box").mkdir()
    for name in ("raw.txt", "box/a.txt"):
        (folder / name).write_text(OBSERVED, "utf-8")
    corrected = thaifix("--edits", folder / "log", folder / "raw.txt")
    (folder / "page.txt").write_bytes(corrected.stdout_bytes)
    row = f"{identify('กำหนต', 'กำหนด')}\tyes\tกำหนต\tกำหนด\n"
    (folder / "series.tsv").write_text(HEADER + row, "utf-8")
    (folder / "raw.jsonl").write_text(f'{{"text": "{OBSERVED}"}}\n', "utf-8")
    (folder / "kept.jsonl").write_bytes(thaifix(folder / "raw.jsonl").stdout_bytes)
    for name in ("report.html", "old.log"):
        (folder / name).write_text("an older one", "utf-8")
    thaifix("archive", folder / "box", "--to", folder / "archived", "--jobs", "1")
    return folder


@pytest.mark.parametrize("line", LINES)
def test_what_can_be_opened_is_read(line: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the permissions say beforehand: they may be of another user, or of a network."""
    monkeypatch.chdir(desk)
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode, **more: mode != os.R_OK and access(path, mode, **more)
    )
    done = thaifix(*shlex.split(line)[1:])
    assert done.exit_code == 0, done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is barred to root")
def test_what_cannot_be_opened_is_told_and_passed_over(tmp_path: Path) -> None:
    shut, page = tmp_path / "shut.txt", tmp_path / "page.txt"
    shut.write_text("shut", "utf-8")
    page.write_text("หน้า", "utf-8")
    shut.chmod(0)
    done = thaifix(shut, page)
    assert (done.exit_code, done.stdout) == (2, "หน้า")
    assert f"{shut}: Permission denied" in done.stderr


@pytest.mark.parametrize("command", ["text", "lexicon mine"])
def test_what_a_text_is_without_is_told(command: str, tmp_path: Path) -> None:
    """The first lines that are no records each, the others by their number."""
    good = '{"text": "สำนักงาน"}\n'
    path = tmp_path / "box.jsonl"
    path.write_text(good + '{"text": "\\ud800"}\n' + good + "no record\n" * 10, "utf-8")
    said = thaifix(*command.split(), path)
    lines = said.stderr.splitlines()
    assert said.exit_code == 0
    assert lines[0] == f"thaifix: {path}: line 2 is left out: a lone surrogate, \\ud800"
    assert lines[1].startswith(f"thaifix: {path}: line 4 is left out: ")
    assert lines[10:] == [f"thaifix: {path}: so is 1 more line"]
