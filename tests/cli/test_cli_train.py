"""`thaifix train` from outside; the training itself has tests of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from running import thaifix

from thaifix.cli.exit_codes import ExitCode

NEEDED = ["--text", "text.xz", "--pairs", "pairs.jsonl", "--lexicons", "terms", "--out", "own"]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the training was called with, instead of training."""
    decision = pytest.importorskip("thaifix.training.bundle")
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(decision, "build", lambda **given: calls.append(given))
    return calls


def test_options(built: list[dict[str, Any]]) -> None:
    """Each reaches the training under its name."""
    assert thaifix("train", *NEEDED).exit_code == ExitCode.OK
    more = ["--language", "old", "--leave-out", "2", "5"]
    assert thaifix("train", *NEEDED, *more).exit_code == ExitCode.OK
    files = {
        "text": Path("text.xz"),
        "pairs": Path("pairs.jsonl"),
        "lexicons": Path("terms"),
        "out": Path("own"),
    }
    assert built == [
        {**files, "language": None, "leave_out": None},
        {**files, "language": Path("old"), "leave_out": (2, 5)},
    ]


@pytest.mark.parametrize("missing", ["--text", "--pairs", "--lexicons", "--out"])
def test_what_is_needed(missing: str, built: list[dict[str, Any]]) -> None:
    at = NEEDED.index(missing)
    result = thaifix("train", *NEEDED[:at], *NEEDED[at + 2 :])
    assert (result.exit_code, built) == (ExitCode.INPUT, [])
    assert f"Missing option '{missing}'" in result.stderr


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (FileNotFoundError(2, "No such file", "text.xz"), ExitCode.INPUT, "text.xz: No such file"),
        (FileNotFoundError(2, "No such file", "own"), ExitCode.OUTPUT, "own: No such file"),
        (OSError(28, "No space left", "own.new"), ExitCode.OUTPUT, "own.new: No space left"),
        (OSError(28, "No space left"), ExitCode.OUTPUT, "own: No space left"),
    ],
)
def test_files_that_fail(
    error: OSError, status: ExitCode, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read is the input's fault, what cannot be written the output's."""
    decision = pytest.importorskip("thaifix.training.bundle")

    def build(**given: Any) -> None:
        raise error

    monkeypatch.setattr(decision, "build", build)
    result = thaifix("train", *NEEDED)
    assert result.exit_code == status
    assert message in result.stderr


def test_without_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing data are reported as elsewhere."""
    pytest.importorskip("thaifix.training.bundle")
    monkeypatch.chdir(tmp_path)
    result = thaifix("train", *NEEDED)
    assert result.exit_code == ExitCode.INPUT
    assert "No such file or directory. Check the name" in result.stderr


def test_without_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "thaifix.training.bundle", None)
    result = thaifix("train", *NEEDED)
    assert result.exit_code == ExitCode.INPUT
    assert "Training needs: pip install 'thaifix[train]'" in result.stderr
