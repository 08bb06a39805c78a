"""Wrong usage: each way to go wrong ends with what to do instead, and writes nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from running import OBSERVED, thaifix

from thaifix import cli
from thaifix.cli.exit_codes import ExitCode

TABLE = "id\tdecision\tobserved\tintended\n"
WRONG = [
    ("page.hocr page.hocr", "page.hocr is hocr; several such files cannot be written to one"),
    ("lexcion check own.tsv", "lexcion: no such file. Is the command 'lexicon' meant?"),
    ("--edits page.txt page.txt", "--edits page.txt would overwrite what this run reads or writes"),
    ("--edits log --format doc page.txt", "--format doc: give one of text, hocr"),
    ("--format-message unix page.txt", "--format-message goes with --check, and without --diff"),
    ("--jobs 2 --line-buffered page.txt", "--jobs reads ahead, --line-buffered does not: give one"),
    ("apply table --learn new page.txt", "--learn reads no text: leave the files and the other"),
    ("apply table --learn new --diff", "--learn reads no text: leave the files and the other"),
    ("apply table --learn new --edits log", "--learn reads no text: leave the files and the other"),
    ("apply table --learn new --check", "--learn reads no text: leave the files and the other"),
    ("apply table --edits table page.txt", "--edits table would overwrite what this run reads"),
    ("archive run page.txt --to new --format doc", "--format doc: give one of text, hocr"),
    ("archive report out --html out/report", "--html out/report would stand among the copies"),
    ("corrupt --jsonl --edits log page.txt", "--jsonl holds the edits: give --jsonl or --edits"),
    ("corrupt --edits page.txt page.txt", "--edits page.txt would overwrite what this run reads"),
    ("corrupt --engine abbyy page.txt", "abbyy: no such engine. Known are letter-spaced, paddle"),
    ("corrupt --rate 0.7 page.txt", "rate 0.7 is not from 0 to 0.5"),
    ("evaluate page.txt page.txt --html -", "--html -: standard output has the figures. Name a"),
    ("evaluate page.txt page.txt --html no/r", "--html no/r: there is no such folder. Make it"),
    ("evaluate page.txt page.txt --html page.txt", "--html page.txt would overwrite what this run"),
    ("evaluate page.txt page.txt --no-adapt", "--no-adapt says how to correct. Give --correct"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page, a page in hOCR, a table of decisions and an archive's target."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(f"{OBSERVED}\n", "utf-8")
    Path("page.hocr").write_text("<div class='ocr_page'></div>", "utf-8")
    Path("table").write_text(TABLE, "utf-8")
    assert thaifix("archive", "page.txt", "--to", "out").exit_code == ExitCode.OK
    return tmp_path


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("line", "message"), WRONG, ids=[line for line, _ in WRONG])
def test_wrong_usage(line: str, message: str, here: Path) -> None:
    before = files(here)
    result = thaifix(*line.split())
    assert (result.exit_code, result.stdout) == (ExitCode.INPUT, "")
    assert message in " ".join(result.stderr.split())
    assert files(here) == before


def messages() -> list[str]:
    """A pattern of the message of each `UsageError` that the commands raise."""
    found = []
    for path in sorted(Path(cli.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.UsageError":
                (message,) = node.args
                parts = message.values if isinstance(message, ast.JoinedStr) else [message]
                texts = [part.value if isinstance(part, ast.Constant) else "" for part in parts]
                found.append(".+".join(re.escape(str(text)) for text in texts))
    return found


def test_every_usage_error_is_among_the_wrong(here: Path) -> None:
    """Whoever adds one adds a line to the table."""
    said = [thaifix(*line.split()).stderr for line, _ in WRONG]
    assert len(messages()) > 5
    for message in messages():
        assert any(re.search(message, one) for one in said), message
