"""The benchmarks are one package, and each is run by its name."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import FOLDER, arranged, commands


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FOLDER), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_without_a_name_they_are_listed(tmp_path: Path) -> None:
    """From any folder, each with what it does; modules without a command are left out."""
    listed = run(folder=tmp_path)
    assert listed.returncode == 0
    lines = [line.split(None, 1) for line in listed.stdout.splitlines()[2:]]
    assert lines == [[name, said] for name, said in commands().items()]
    assert {"bench", "same", "peers.install"} <= commands().keys()
    assert "planting" not in commands()


@pytest.mark.parametrize("name", commands())
def test_commands_are_found_and_named_in_their_docstring(name: str) -> None:
    module = import_module(f"benchmarks.{name}")
    assert callable(module.main)
    assert f"\n    python benchmarks {name}" in (module.__doc__ or "")


def test_the_rest_of_the_command_line_is_the_benchmarks_own(tmp_path: Path) -> None:
    shown = run("speed", "--help", folder=tmp_path)
    assert shown.returncode == 0
    assert "benchmarks speed" in shown.stdout
    assert "--rounds" in shown.stdout


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    refused = run("sped", folder=tmp_path)
    assert refused.returncode == 1
    assert "no benchmark 'sped'" in refused.stderr
    assert "speed" in refused.stderr


def test_the_checkout_stands_behind_what_is_installed() -> None:
    """In front, its `thaifix`, whose kernel is not compiled, would be measured."""
    assert arranged([str(FOLDER), "/packages"]) == ["/packages", str(FOLDER.parent)]


def test_no_module_is_called_like_one_of_python() -> None:
    """Python puts the folder in front of its path while it starts."""
    names = {path.stem for path in FOLDER.iterdir()}
    assert names & sys.stdlib_module_names == set()
