"""`ocrmypdf --plugin thaifix`, as a user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_files import LINES, found_by_pdfium, need, read_by_poppler, reads_thai, scan

OCRMYPDF = [sys.executable, "-Pm", "ocrmypdf", "-l", "tha+eng"]


def run(*arguments: str | Path, code: int = 0) -> str:
    """What OCRmyPDF says."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(
        [*OCRMYPDF, *map(str, arguments)], capture_output=True, text=True, env=environment
    )
    assert done.returncode == code, done.stderr
    return done.stderr


@pytest.fixture
def given(tmp_path: Path) -> Path:
    reads_thai()
    return scan(tmp_path / "scan.pdf")


@pytest.mark.parametrize(
    "options",
    [["--plugin", "thaifix"], ["--thaifix-profile", "strict"], ["--plugin", "thaifix", "-O0"]],
    ids=" ".join,
)
@pytest.mark.parametrize("kind", ["pdf", "auto", "pdfa"])
def test_words_are_found(given: Path, tmp_path: Path, options: list[str], kind: str) -> None:
    """Whole, with sara am as one letter, in PDF and PDF/A; in the sidecar, too."""
    if kind == "pdfa":
        need("gs")  # which writes the whole text anew
    result, sidecar = tmp_path / "out.pdf", tmp_path / "text.txt"
    run(*options, "--output-type", kind, "--sidecar", sidecar, given, result)
    data = result.read_bytes()
    assert LINES[0] in read_by_poppler(data)
    assert "\u0e4d" not in read_by_poppler(data)
    for word in "สำนักงาน", "กำหนด", "ดำเนินงาน", "English words":
        assert found_by_pdfium(data, word)
    assert LINES[0] in sidecar.read_text("utf-8")


def test_several_pages_in_several_processes(tmp_path: Path) -> None:
    """Each with its own text; nothing is lost between the workers."""
    reads_thai()
    from pdf_files import joined

    lines = [f"กรมตัวอย่างที่ดำเนินงานประจำปี {number}" for number in range(1, 4)]
    pages = [scan(tmp_path / f"{i}.pdf", [line]) for i, line in enumerate(lines)]
    result = tmp_path / "out.pdf"
    given = joined(tmp_path / "all.pdf", *pages)
    run("--plugin", "thaifix", "--jobs", "2", "--no-use-threads", given, result)
    texts = read_by_poppler(result.read_bytes()).split("\f")
    assert ["ดำเนินงานประจำปี" in text for text in texts[:3]] == [True] * 3


def test_a_lexicon_of_the_user(given: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "own.txt"
    lexicon.write_text("สำนักงานตัวอย่าง\n", "utf-8")
    run("--thaifix-lexicon", lexicon, given, tmp_path / "out.pdf")
    assert found_by_pdfium((tmp_path / "out.pdf").read_bytes(), "สำนักงานตัวอย่าง")


def test_nothing_is_corrected_unless_it_is_asked_for(given: Path, tmp_path: Path) -> None:
    run(given, tmp_path / "out.pdf")
    assert not found_by_pdfium((tmp_path / "out.pdf").read_bytes(), "สำนักงาน")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pdf-renderer", "sandwich"], "thaifix does not go with --pdf-renderer sandwich"),
        (["--thaifix-lexicon", "missing"], "thaifix: missing: cannot read the lexicon"),
        (["--ocr-engine", "none"], "thaifix does not go with the engine"),
        (["--thaifix-profile", "mild"], "invalid choice: 'mild'"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    given: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    """Before a page is read; there is no file then."""
    result = tmp_path / "out.pdf"
    code = 2 if "mild" in options else 1
    assert said in run("--plugin", "thaifix", *options, given, result, code=code)
    assert not result.exists()


def test_options_are_explained() -> None:
    need()
    done = subprocess.run([*OCRMYPDF, "--help"], capture_output=True, text=True, check=True)
    assert "--thaifix-profile" in done.stdout
