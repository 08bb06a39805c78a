"""Each option of a corrector comes to it, from each command that has it, and no other changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from running import thaifix

from thaifix.cli.exit_codes import ExitCode
from thaifix.correct import corrector as module
from thaifix.correct.options import Options

USUAL: dict[str, Any] = {"model": None, "lexicons": (), "keep": [], "options": Options()}
CHOSEN: list[tuple[Sequence[str], dict[str, Any]]] = [
    ([], {}),
    (["--profile", "strict"], {"options": Options(profile="strict")}),
    (["--profile", "normal"], {}),
    (["--profile", "bold"], {"options": Options(profile="bold")}),
    (["--threshold", "0"], {"options": Options(threshold=0.0)}),
    (["--threshold", "0.03"], {"options": Options(threshold=0.03)}),
    (["--threshold", "1"], {"options": Options(threshold=1.0)}),
    (["--lexicon", "a.tsv"], {"lexicons": ("a.tsv:1",)}),
    (["--lexicon", "a.tsv", "--lexicon", "b.tsv"], {"lexicons": ("a.tsv:1", "b.tsv:1")}),
    (["--keep", "keep.txt"], {"keep": ["กรม", "กอง"]}),
    (["--no-lexicons"], {"options": Options(lexicons=False)}),
    (["--no-memory"], {"options": Options(memory=False)}),
    (["--no-adapt"], {"options": Options(adapt=False)}),
    *(
        (["--orthography", name], {"options": Options(orthography=name)})
        for name in ("auto", "modern", "historic")
    ),
    *(
        (["--engine", name], {"options": Options(engine=name)})
        for name in ("auto", "scan", "letter-spaced", "pdf-layer", "vlm", "paddle")
    ),
    (["--model", "own.bin"], {"model": "own.bin"}),
]
COMMANDS = {
    "filter": [],
    "series": ["series"],
    "archive": ["archive", "./in", "--to", "out"],
    "evaluate": ["evaluate", "pairs.jsonl", "--correct"],
}


class MadeError(Exception):
    """Says what a corrector was made of."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the options name, in the current folder; correctors that say what they are made of."""
    monkeypatch.chdir(tmp_path)
    Path("keep.txt").write_text("# why\nกรม\n\nกอง\n", "utf-8")
    Path("pairs.jsonl").write_text('{"reference": "ก", "hypothesis": "ก"}\n', "utf-8")
    Path("a.tsv").write_text("กรมก\n", "utf-8")
    Path("b.tsv").write_text("กรมข\n", "utf-8")
    Path("own.bin").touch()
    Path("in").mkdir()

    def made(**what: Any) -> None:
        what["lexicons"] = tuple(entry.id for entry in what["lexicons"].entries)
        raise MadeError(what)

    monkeypatch.setattr(module, "Corrector", made)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(("options", "changed"), CHOSEN, ids=lambda part: " ".join(part))
def test_what_a_corrector_is_made_of(
    command: list[str], options: Sequence[str], changed: dict[str, Any]
) -> None:
    error = thaifix(*command, *options, given="ก\n").exception
    assert isinstance(error, MadeError), error
    expected = USUAL | changed
    if command == ["series"]:  # whose first corrector doubts more
        settings = expected["options"]
        doubtful = 0.05 if settings.threshold is None else min(settings.threshold, 0.05)
        names = ("profile", "lexicons", "memory", "adapt", "orthography", "engine")
        kept = {name: getattr(settings, name) for name in names}
        expected |= {"options": Options(threshold=doubtful, **kept)}
    assert error.args == (expected,)


@pytest.mark.parametrize(
    "option",
    [
        ["--profile", "brave"], ["--threshold", "-0.01"], ["--threshold", "1.01"],
        ["--orthography", "royal"], ["--engine", "steam"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_is_no_choice_is_refused(command: list[str], option: list[str]) -> None:
    result = thaifix(*command, *option, given="ก\n")
    assert result.exit_code == ExitCode.INPUT
    assert option[0] in result.stderr
