"""`--jobs`: what comes out, byte for byte, is what one process writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from running import THAIFIX, shell, thaifix

from thaifix.cli.exit_codes import ExitCode

WRONG = "ที่ประชุมกำหนตให้ดำเนินการตามแผน คณะกรรมการได้กำหนตไว้แล้ว"
SHOWN = ("--edits", "log", "--stats", "--flags")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of several formats, of several documents each."""
    texts = [f"{WRONG} {number}\n\n{WRONG}\n" for number in range(9)]
    (tmp_path / "pages.txt").write_text("\f".join(texts), "utf-8")
    (tmp_path / "other.txt").write_bytes("ตอนต้น".encode()[:-1])  # cut within a character
    (tmp_path / "empty.txt").touch()
    lines = [json.dumps({"text": text}) for text in texts]
    lines[3] = "no record"
    (tmp_path / "pages.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "pages.json").write_text(json.dumps([{"text": text} for text in texts]), "utf-8")
    line = "<span class='ocr_line' title='bbox 0 0 900 30'>{}</span>"
    page = f"<div class='ocr_page'><p class='ocr_par'>{line.format(WRONG)}</p></div>"
    (tmp_path / "pages.hocr").write_text(f"<html><body>{page * 3}</body></html>", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "thaifix JOBS --edits log --stats --flags pages.txt other.txt empty.txt pages.txt",
        "thaifix JOBS --edits log --stats --flags < pages.txt",
        "cat pages.jsonl | thaifix JOBS --edits log --stats",
        "cat pages.hocr | thaifix JOBS --edits log - ",
        "thaifix JOBS --check --diff pages.jsonl gone.txt - pages.json < pages.txt",
        "thaifix JOBS --field pages pages.json",
        "thaifix JOBS --format hocr pages.txt",
        "mkfifo pipe; cat pages.txt > pipe & thaifix JOBS other.txt pipe pages.txt",
    ],
)
def test_the_same_bytes(line: str, folder: Path) -> None:
    came = []
    for jobs in ("", "--jobs 1", "--jobs 2"):
        done = shell(line.replace("JOBS", jobs), folder)
        log = folder / "log"
        came.append((done.returncode, done.stdout, done.stderr, log.exists() and log.read_bytes()))
        log.unlink(missing_ok=True)
        (folder / "pipe").unlink(missing_ok=True)
    assert came[0] == came[1] == came[2]


def test_evaluate(folder: Path) -> None:
    pages = [{"id": str(k), "gold": WRONG, "ocr": WRONG + str(k)} for k in range(5)]
    path = folder / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, pages)), "utf-8")
    one, two = (thaifix("evaluate", path, "--correct", "--json", "--jobs", n) for n in "12")
    assert one.exit_code == 0
    assert one.stdout == two.stdout


def test_what_does_not_go_together(folder: Path) -> None:
    done = thaifix("--jobs", "2", "--line-buffered", folder / "pages.txt")
    assert done.exit_code == ExitCode.INPUT
    assert "--jobs reads ahead, --line-buffered does not" in done.stderr
    done = thaifix("evaluate", "--jobs", "2", folder, folder)
    assert done.exit_code == ExitCode.INPUT
    assert "--jobs says how to correct" in done.stderr


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """A run whose input does not end: it waits when it has corrected what there is."""
    process = subprocess.Popen(
        [*THAIFIX, "--jobs", "2", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin
    process.stdin.write(f"{WRONG}\f".encode() * 3)
    process.stdin.flush()
    assert process.stdout
    process.stdout.read(1)  # so it has begun
    return process


def left_of(group: int) -> bool:
    """Whether a process of a group is still there."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_an_interrupted_run_leaves_no_process_and_no_traceback() -> None:
    with started() as process:
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate()
    assert (process.returncode, said.strip()) == (ExitCode.INTERRUPTED, b"")
    assert not left_of(process.pid)


def test_a_reader_that_goes_away_ends_the_run() -> None:
    with started() as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        with suppress(BrokenPipeError):  # it may have ended by then
            process.stdin.write(f"{WRONG}\f".encode() * 2000)
            process.stdin.flush()
        assert process.wait(60) == ExitCode.OK  # though its input has not ended
        assert process.stderr.read() == b""
    assert not left_of(process.pid)
