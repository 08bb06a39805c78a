"""Each exit status: what a script that calls thaifix relies on."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest
from running import INTENDED, OBSERVED, shell, thaifix

from thaifix.cli.exit_codes import ExitCode
from thaifix.curate.series_table import identify

DATA = Path(__file__).parents[1] / "data"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell of POSIX")

RUNS = [
    ("thaifix page.txt", 0, ""),
    ("thaifix --check right.txt", 0, ""),
    ("thaifix --check page.txt", 1, ""),
    ("thaifix --check right.txt page.txt right.txt", 1, ""),
    ("thaifix apply --check series.tsv read.txt", 1, ""),
    ("thaifix apply --check series.tsv page.txt", 0, ""),
    ("thaifix lexicon check wrong.tsv", 1, "1 error"),
    ("thaifix lexicon check own.tsv", 0, "0 errors"),
    ("thaifix lexicon diff own.tsv other.tsv", 1, ""),
    ("thaifix lexicon diff own.tsv own.tsv", 0, ""),
    ("thaifix lexicon show --lexicon own.tsv nothing", 1, "no such entry"),
    ("thaifix lexicon merge own.tsv other.tsv", 1, "nothing written"),
    ("thaifix missing", 2, "missing: No such file or directory. Check the name"),
    ("thaifix page.txt missing", 2, "missing: "),
    ("thaifix missing page.txt", 2, "missing: "),
    ("thaifix --check page.txt missing", 2, "missing: "),
    ("thaifix .", 2, "Is a directory. Name the files in it"),
    ("thaifix --no-such-option", 2, "No such option"),
    ("thaifix bad.xml", 2, "not well-formed"),
    ("thaifix text page.txt bad.xml", 2, "not well-formed"),
    ("thaifix text page.txt missing", 2, "missing: "),
    ("thaifix series page.txt missing", 2, "missing: "),
    ("thaifix apply series.tsv page.txt missing", 2, "missing: "),
    ("thaifix apply missing page.txt", 2, "missing: "),
    ("thaifix apply page.txt page.txt", 2, "page.txt"),
    ("thaifix corrupt page.txt missing", 2, "missing: "),
    ("thaifix corrupt --jsonl page.txt missing", 2, "missing: "),
    ("thaifix corrupt --engine none page.txt", 2, "tesseract-tha"),
    ("thaifix evaluate page.txt missing", 2, "missing: "),
    ("thaifix lexicon mine --lexicon own.tsv page.txt missing", 2, "missing: "),
    ("thaifix revert missing", 2, "missing: "),
    ("thaifix revert log missing", 2, "missing: "),
    ("thaifix archive missing --to out", 2, "missing"),
    ("thaifix archive verify missing", 2, "Name a folder that"),
    ("thaifix --model page.txt page.txt", 3, "page.txt"),
    ("thaifix --lexicon missing page.txt", 3, "missing: "),
    ("thaifix --keep missing page.txt", 3, "missing: "),
    ("thaifix lexicon check missing", 3, "missing: "),
    ("thaifix archive box --to out --keep missing", 3, "missing: "),
    ("thaifix --edits no/log page.txt", 4, "no/log: No such file or directory"),
    ("thaifix lexicon merge own.tsv --out no/new.tsv", 4, "no/new.tsv: "),
    ("thaifix evaluate page.txt page.txt --html .", 4, "cannot write .: "),
    ("thaifix apply series.tsv --learn page.txt/own", 4, "page.txt/own"),
    ("thaifix archive box --to page.txt/out", 4, "page.txt/out"),
    ("thaifix revert log read.txt", 5, "Give the log and the text of one and the same run"),
    ("thaifix revert page.hocr", 5, "page.hocr: has not kept what it was"),
    ("thaifix revert plain.jsonl", 5, "plain.jsonl: no record keeps"),
    ("thaifix archive verify archived", 5, "1 files with differences"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the runs name; they write nothing in it that another reads."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "page.txt").write_text(OBSERVED, "utf-8")
    (folder / "right.txt").write_text(INTENDED, "utf-8")
    (folder / "bad.xml").write_text("<alto>\n", "utf-8")
    header = "id\tterm\ttype\n"
    (folder / "own.tsv").write_text(header + "a\tกรมเจ้าท่า\tagency\n", "utf-8")
    (folder / "other.tsv").write_text(header + "a\tกรมเจ้าท่า\tunit\n", "utf-8")
    (folder / "wrong.tsv").write_text(header + "a\t\tagency\n", "utf-8")
    (folder / "read.txt").write_text("ตามกำหนตนั้น", "utf-8")
    row = f"{identify('กำหนต', 'กำหนด')}\tyes\tกำหนต\tกำหนด\n"
    (folder / "series.tsv").write_text("id\tdecision\tobserved\tintended\n" + row, "utf-8")
    (folder / "plain.jsonl").write_text('{"text": "กขค"}\n', "utf-8")
    shutil.copy(DATA / "tesseract.hocr", folder / "page.hocr")
    thaifix("--edits", folder / "log", folder / "page.txt")
    (folder / "box").mkdir()
    (folder / "box" / "a.txt").write_text(OBSERVED, "utf-8")
    thaifix("archive", folder / "box", "--to", folder / "archived", "--jobs", "1")
    (folder / "archived" / "box" / "a.txt").write_text(OBSERVED, "utf-8")
    return folder


@pytest.mark.parametrize(("line", "status", "said"), RUNS, ids=[line for line, _, _ in RUNS])
def test_status(
    line: str, status: int, said: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is said."""
    monkeypatch.chdir(desk)
    done = thaifix(*shlex.split(line)[1:])
    assert (done.exit_code, said in done.stderr) == (status, True), done.stderr


@pytest.mark.parametrize("status", sorted({status for _, status, _ in RUNS}))
def test_status_of_a_process(status: int, desk: Path) -> None:
    """The first run of each; `test_cli_streams.py` has the one that is interrupted."""
    line, said = next((line, said) for line, code, said in RUNS if code == status)
    done = shell(line, desk)
    assert (done.returncode, said in done.stderr.decode()) == (status, True), done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "line",
    [
        "thaifix --diff page.txt",
        "thaifix text page.txt",
        "thaifix revert log right.txt",
        "thaifix series page.txt",
        "thaifix corrupt page.txt",
        "thaifix corrupt --jsonl page.txt",
        "thaifix lexicon diff own.tsv other.tsv",
        "thaifix lexicon show --lexicon own.tsv กรมเจ้าท่า",
        "thaifix lexicon merge own.tsv",
        "thaifix archive verify archived",
    ],
)
def test_output_that_cannot_be_written(line: str, desk: Path) -> None:
    """What is not written is told, by every command."""
    done = shell(f"{line} > /dev/full", desk)
    assert done.returncode == ExitCode.OUTPUT
    assert b"cannot write standard output: No space left on device" in done.stderr
    assert b"make room or name another file" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"ignored" not in done.stderr


@pytest.mark.parametrize("line", ["thaifix text -", "thaifix lexicon diff own.tsv other.tsv"])
def test_a_reader_that_has_gone_away(line: str, desk: Path) -> None:
    """That is no failure, of no command; the input is more than a pipe holds."""
    many = "i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i + 1)); done"
    done = shell(f"exec 3>&1; {many} | {{ {line}; echo $? >&3; }} | :", desk)
    assert done.stdout in (b"0\n", b"1\n")
    assert done.stderr == b""


def test_codes_are_those_that_scripts_know() -> None:
    """They never change their numbers."""
    assert {code.name: int(code) for code in ExitCode} == {
        "OK": 0,
        "CHANGES": 1,
        "INPUT": 2,
        "MODEL": 3,
        "OUTPUT": 4,
        "MISMATCH": 5,
        "INTERRUPTED": 130,
    }
