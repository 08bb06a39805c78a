"""The groups of commands: which command is called, what the usage lines say, what is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from running import INTENDED, OBSERVED, THAIFIX, thaifix

from thaifix.cli import commands, main
from thaifix.cli.exit_codes import ExitCode
from thaifix.version import __version__

HERE = Path(commands.__path__[0])


@pytest.mark.parametrize(
    "arguments",
    [["./revert"], ["--", "revert"], ["--check", "revert"], ["--", "-page.txt"], ["correct", "a"]],
)
def test_a_file_is_no_command(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may have the name of a command, or begin like an option; `correct` may be said."""
    monkeypatch.chdir(tmp_path)
    for name in "revert", "-page.txt", "a":
        Path(name).write_text(OBSERVED, encoding="utf-8")
    result = thaifix(*arguments)
    checked = "--check" in arguments
    assert result.exit_code == (ExitCode.CHANGES if checked else ExitCode.OK)
    assert result.stdout == ("" if checked else INTENDED)


def names(folder: Path) -> set[str]:
    """The commands that a folder holds: a file or a folder each."""
    found = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    return found - {"__init__", "__pycache__"}


def test_every_file_is_a_command() -> None:
    """And every command has a file of its name."""
    context = click.Context(main)
    assert set(main.list_commands(context)) == names(HERE)
    for name in "archive", "lexicon":
        group = main.get_command(context, name)
        assert isinstance(group, click.Group)
        assert set(group.list_commands(context)) == names(HERE / name)
        assert group.list_commands(context) == sorted(group.list_commands(context))


@pytest.mark.parametrize(
    ("arguments", "usage"),
    [
        (["--help"], "Usage: main [OPTIONS] [FILE]..."),
        (["correct", "--help"], "Usage: main [OPTIONS] [FILE]..."),
        (["revert", "--help"], "Usage: main revert [OPTIONS] [EDITS] [FILE]"),
        (["archive", "--help"], "Usage: main archive [OPTIONS] SOURCE..."),
        (["archive", "verify", "--help"], "Usage: main archive verify [OPTIONS] TARGET"),
        (["lexicon", "--help"], "Usage: main lexicon [OPTIONS] COMMAND [ARGS]..."),
    ],
)
def test_usage_lines(arguments: list[str], usage: str) -> None:
    """A command that goes without its name is shown without it."""
    result = thaifix(*arguments)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (ExitCode.OK, usage)


def test_wrong_options_are_told_under_the_name_of_the_program() -> None:
    result = thaifix("--no-such-option")
    assert result.exit_code == ExitCode.INPUT
    assert result.stderr.startswith("Usage: main [OPTIONS] [FILE]...\nTry 'main --help' for help.")


def test_no_command_of_this_name() -> None:
    result = thaifix("lexicon", "chek")
    assert result.exit_code == ExitCode.INPUT
    assert "No such command 'chek'" in result.stderr


def test_help() -> None:
    """Every status and command is named."""
    text = thaifix("--help").stdout
    for code in ExitCode:
        assert f"{code:3}  {code.meaning}" in text
    for name in main.list_commands(click.Context(main)):
        assert name == "correct" or f"thaifix {name}" in text
        assert thaifix(name, "--help").exit_code == ExitCode.OK


def test_version() -> None:
    """The version of the package."""
    assert thaifix("--version").stdout == f"thaifix, version {__version__}\n"


def test_a_shell_completes_commands() -> None:
    """Those that begin like the word, also where a file could stand."""
    environment = {**os.environ, "COMP_WORDS": "thaifix re", "COMP_CWORD": "1"}
    environment["_THAIFIX_COMPLETE"] = "bash_complete"
    code = "from thaifix.cli import main; main(prog_name='thaifix')"
    command = [sys.executable, "-Pc", code]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout == b"plain,revert\n"


def imported(*arguments: str) -> set[str]:
    """The modules that a run in a process of its own imports."""
    code = (
        "import sys; from thaifix.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(*sys.modules)"
    )
    command = [sys.executable, "-Pc", code, *arguments]
    # `make coverage` would import what it needs itself.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(command, input=b"", capture_output=True, check=True, env=env)
    return {*done.stdout.decode().split()}


def test_start_imports_little() -> None:
    """What the plain filter does not use is not imported when it starts."""
    found = imported()
    own = {name.removeprefix("thaifix.") for name in found if name.startswith("thaifix.")}
    folders = {name.partition(".")[0] for name in own}
    assert not folders & {"archive", "curate", "evaluation", "html", "noise", "training"}
    assert {name for name in own if name.startswith("cli.commands.")} == {"cli.commands.correct"}
    seldom = {"importlib.metadata", "numpy", "pythainlp", "rapidfuzz", "sqlite3", "tqdm"}
    assert not found & seldom


def test_a_command_is_imported_alone() -> None:
    """Without its neighbours."""
    found = {name for name in imported("text") if name.startswith("thaifix.cli.commands.")}
    assert found == {"thaifix.cli.commands.text"}


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([*THAIFIX, "--version"], capture_output=True, check=True)
    assert done.stdout.decode() == f"thaifix, version {__version__}\n"
