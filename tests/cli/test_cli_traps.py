"""Slips that everybody makes once: what is said, and that it is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode


def thaifix(*arguments: str | Path, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), input=given)


@pytest.mark.parametrize(
    ("name", "command"), [("lexcion", "lexicon"), ("evalute", "evaluate"), ("revrt", "revert")]
)
def test_a_misspelt_command(name: str, command: str) -> None:
    done = thaifix(name, "x")
    assert done.exit_code == ExitCode.INPUT
    assert f"{name}: no such file. Is the command '{command}' meant?" in done.stderr


def test_a_file_may_be_named_like_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lexcion").write_text("ก", "utf-8")
    assert thaifix("lexcion").stdout == "ก"
    assert "Is the command" not in thaifix("page.txt").stderr


def test_a_script_is_no_text() -> None:
    done = thaifix(given="#!/bin/sh\necho สํานัก\n".encode())
    assert done.exit_code == ExitCode.INPUT
    assert "-: is a script, no text" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_lexicon_of_a_spreadsheet(tmp_path: Path, mark: str) -> None:
    """With commas, semicolons or tabs, quotes and a byte order mark."""
    path = tmp_path / "own.csv"
    rows = [("id", "term", "note"), ("a1", '"สำนักงานทดสอบระบบ"', '"ก"'), ("a2", "กองตัวอย่าง", "")]
    path.write_text("".join(mark.join(row) + "\r\n" for row in rows), "utf-8-sig")
    done = thaifix("lexicon", "show", "--lexicon", path, "a2")
    assert "กองตัวอย่าง" in done.stdout
    assert thaifix("--lexicon", path, given=b"x").exit_code == ExitCode.OK


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_lexicon_with_a_thai_header(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"คำศัพท์{mark}ประเภท\nกรมตัวอย่าง{mark}หน่วยงาน\n", "utf-8")
    done = thaifix("--lexicon", path, given=b"x")
    assert done.exit_code == ExitCode.MODEL
    assert f"{path}:1: name the columns in English: the one with the terms is `term`" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_a_terminal_is_told_what_is_read() -> None:
    import pty

    near, far = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-Pm", "thaifix"],
        stdin=far,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(far)
        os.write(near, b"\x04")
        out, said = process.communicate()
        os.close(near)
    assert (process.returncode, out) == (0, b"")
    assert said.decode().startswith("thaifix: reads what is typed here, up to Ctrl-D.")
