"""`--check --format-message unix`: what editors and pre-commit read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from thaifix.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("ดี\nที่ สํานักงาน\nเปิดเวลา ๑๖.๙๙ น.\n", "utf-8")
    return "page.txt"


def test_changes_are_listed_with_their_places(page: str) -> None:
    """And nothing else; columns are code points, from 1."""
    result = CliRunner().invoke(main, ["--check", "--format-message", "unix", page])
    assert result.exit_code == 1
    assert result.stdout == "page.txt:2:6: join_nikhahit_aa: \u25ccํา -> \u25ccำ\n"
    assert result.stderr == ""


def test_flags_are_listed_if_they_are_asked_for(page: str) -> None:
    result = CliRunner().invoke(main, ["--check", "--format-message", "unix", "--flags", page])
    assert result.stdout.splitlines()[1] == "page.txt:3:10: impossible_time: no such time of day"
    assert result.stderr == ""


def test_nothing_is_said_of_a_clean_file(page: str) -> None:
    Path(page).write_text("ดี\n", "utf-8")
    result = CliRunner().invoke(main, ["--check", "--format-message", "unix", page])
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("given", [[], ["--check", "--diff"]])
def test_it_goes_with_check_alone(page: str, given: list[str]) -> None:
    result = CliRunner().invoke(main, [*given, "--format-message", "unix", page])
    assert result.exit_code == 2
    assert "--format-message goes with --check" in result.stderr


def test_the_hook_of_pre_commit_is_a_command(page: str) -> None:
    """One that this thaifix knows; it is given names of files."""
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").splitlines()
    (entry,) = [line.partition("entry: ")[2] for line in lines if "entry: " in line]
    program, *options = entry.split()
    assert program == "thaifix"
    assert CliRunner().invoke(main, [*options, page]).exit_code == 1
