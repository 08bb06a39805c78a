"""The filter from outside, with the model of the package."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from running import INTENDED, INTENDED_AE, OBSERVED, OBSERVED_AE, thaifix

from thaifix.cli.exit_codes import ExitCode


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(f"{OBSERVED}\r\n{OBSERVED_AE}".encode())
    return path


@pytest.mark.parametrize(
    ("given", "corrected"),
    [
        (b"", b""),
        (b"\n", b"\n"),
        (OBSERVED.encode(), INTENDED.encode()),
        (
            f"{OBSERVED}\r\n\r\n{OBSERVED_AE}\r\n".encode(),
            f"{INTENDED}\r\n\r\n{INTENDED_AE}\r\n".encode(),
        ),
        (f"\ufeff{OBSERVED}\n".encode(), f"\ufeff{INTENDED}\n".encode()),
        (f"\0{OBSERVED}\0".encode(), f"\0{INTENDED}\0".encode()),
        (OBSERVED.encode() + b"\xff\n\xe0\xb8", INTENDED.encode() + b"\xff\n\xe0\xb8"),
        (b"caf\xe9, \x07 \x1b[1m\x0c na\xefve\x7f\n",) * 2,
    ],
    ids=["empty", "line end", "no line end", "CRLF", "BOM", "NUL", "not UTF-8", "other bytes"],
)
@pytest.mark.parametrize("options", [[], ["--line-buffered"], ["-"]])
def test_bytes(given: bytes, corrected: bytes, options: list[str]) -> None:
    """Only what is wrong changes, and standard input is the default."""
    result = thaifix(*options, given=given)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.OK, corrected)


def test_files_in_order_with_standard_input_between(page: Path) -> None:
    """Several files make one output, as with `cat`."""
    result = thaifix(page, "-", page, given="|")
    text = f"{INTENDED}\r\n{INTENDED_AE}"
    assert result.stdout_bytes == f"{text}|{text}".encode()


def test_bytes_not_utf8_are_reported_once_a_file(tmp_path: Path) -> None:
    """The report names the file and says what to do; it is no failure."""
    data = (b"\xa1" + "กรมการปกครอง\n".encode()) * 5000
    (tmp_path / "a").write_bytes(data)
    result = thaifix(tmp_path / "a", "-", given=b"\xe0\xb8")
    assert result.exit_code == ExitCode.OK
    assert result.stdout_bytes == data + b"\xe0\xb8"
    first, second = result.stderr.splitlines()
    assert f"{tmp_path / 'a'}: passed through 5,000 bytes" in first
    assert "iconv" in first
    assert "-: passed through 2 bytes" in second


def test_one_bad_file_does_not_stop_the_rest(page: Path, tmp_path: Path) -> None:
    """Missing files and folders are reported; the status remembers."""
    result = thaifix(tmp_path / "missing", page, tmp_path, "-", given=OBSERVED)
    assert result.exit_code == ExitCode.INPUT
    assert result.stdout_bytes == f"{INTENDED}\r\n{INTENDED_AE}{INTENDED}".encode()
    assert f"{tmp_path / 'missing'}: No such file or directory. Check the name" in result.stderr
    assert f"{tmp_path}: Is a directory. Name the files in it" in result.stderr


@pytest.mark.parametrize(("given", "code"), [(OBSERVED, ExitCode.CHANGES), (INTENDED, ExitCode.OK)])
def test_check(given: str, code: ExitCode) -> None:
    """Nothing on standard output, the answer in the status."""
    result = thaifix("--check", given=given)
    assert (result.exit_code, result.stdout_bytes) == (code, b"")


def test_check_with_a_bad_file(page: Path, tmp_path: Path) -> None:
    """A failure outweighs a finding."""
    assert thaifix("--check", tmp_path / "missing", page).exit_code == ExitCode.INPUT


def test_diff(page: Path) -> None:
    """The changed lines in place of the text, without colour outside a terminal."""
    result = thaifix("--diff", page)
    first, second = result.stdout.splitlines()
    assert first.startswith(f"{page}:1: ส[-\N{DOTTED CIRCLE}")
    assert second.startswith(f"{page}:2: [-")
    assert "\x1b" not in result.stdout


def test_check_with_diff(page: Path) -> None:
    """The diff goes to standard error."""
    result = thaifix("--check", "--diff", page)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.CHANGES, b"")
    assert f"{page}:1: " in result.stderr


def test_edits_and_revert(page: Path, tmp_path: Path) -> None:
    """The log leads back, from standard input and from a file."""
    log, corrected = tmp_path / "log.jsonl", tmp_path / "corrected.txt"
    result = thaifix("--edits", log, page, "-", given=b"\xff" + OBSERVED.encode() + b"\r")
    corrected.write_bytes(result.stdout_bytes)
    original = page.read_bytes() + b"\xff" + OBSERVED.encode() + b"\r"
    assert thaifix("revert", log, given=result.stdout_bytes).stdout_bytes == original
    assert thaifix("revert", log, corrected).stdout_bytes == original
    records = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    records = [record for record in records if "reason" in record]
    assert [(record["file"], record["line"]) for record in records] == [
        (str(page), 1),
        (str(page), 2),
        ("-", 1),
    ]
    assert records[0]["margin"] is None
    assert len({record["model"] for record in records}) == 1


def test_a_log_may_begin_with_a_long_line(tmp_path: Path) -> None:
    """Of a loop, whose flag has all its letters: longer than what is read at a time."""
    log, looped = tmp_path / "log", f"{OBSERVED} " * 9000
    result = thaifix("--edits", log, given=looped)
    assert len(log.read_bytes().partition(b"\n")[0]) > 1 << 16
    assert result.stdout_bytes.decode() == f"{INTENDED} " * 9000
    assert thaifix("revert", log, given=result.stdout_bytes).stdout_bytes.decode() == looped


def test_revert_of_a_text_without_its_log(page: Path) -> None:
    result = thaifix("revert", page)
    assert result.exit_code == ExitCode.MISMATCH
    assert f"{page}: is no edit log. A text comes back by the log of the run" in result.stderr
    assert result.stdout == ""


def test_revert_of_another_text(page: Path, tmp_path: Path) -> None:
    """A text that does not match has its own status."""
    thaifix("--edits", tmp_path / "log", page)
    result = thaifix("revert", tmp_path / "log", given="another text")
    assert result.exit_code == ExitCode.MISMATCH
    assert "line 1" in result.stderr
    assert "Give the log and the text of one and the same run" in result.stderr


def test_revert_without_its_files(tmp_path: Path) -> None:
    """Missing files are reported as elsewhere."""
    (tmp_path / "log").touch()
    assert thaifix("revert", tmp_path / "missing").exit_code == ExitCode.INPUT
    assert thaifix("revert", tmp_path / "log", tmp_path / "missing").exit_code == ExitCode.INPUT


def test_stats(page: Path, tmp_path: Path) -> None:
    """Counts are of the source and go to standard error; the model is named as in the log."""
    log = tmp_path / "log"
    result = thaifix("--stats", "--edits", log, page, "-", given=b"1\xff\n25:10 \xe0\xb8\x99.\n")
    assert result.stdout_bytes.startswith(f"{INTENDED}\r\n{INTENDED_AE}1".encode())
    model = json.loads(log.read_text("utf-8").splitlines()[0])["model"]
    letters = len(page.read_bytes().decode()) + len("1?\n25:10 น.\n")
    size = page.stat().st_size + 3 + len("25:10 น.\n".encode())
    assert result.stderr.splitlines()[-5:] == [
        f"thaifix: 4 lines, {letters} code points, {size} bytes (1 not UTF-8)",
        "thaifix: edits: 2 (join_nikhahit_aa 1, join_double_e 1)",
        "thaifix: flags: 1 (impossible_time 1)",
        "thaifix: engines: scan 2",
        f"thaifix: model: {model}",
    ]


def test_stats_of_nothing() -> None:
    assert thaifix("--stats").stderr.splitlines()[:3] == [
        "thaifix: 0 lines, 0 code points, 0 bytes (0 not UTF-8)",
        "thaifix: edits: 0",
        "thaifix: flags: 0",
    ]


def test_flags(tmp_path: Path) -> None:
    """Listed on standard error if asked for; the text stays as it is."""
    given = f"{OBSERVED} เวลา ๑๖.๙๙ น.\n"
    plain = thaifix(given=given)
    assert (plain.stdout, plain.stderr) == (given.replace(OBSERVED, INTENDED), "")
    flagged = thaifix("--flags", given=given)
    assert flagged.stdout == plain.stdout
    (line,) = flagged.stderr.splitlines()
    assert line.startswith("-:1: ")
    assert "impossible_time" in line


@pytest.mark.parametrize("options", [[], ["--diff"], ["--check"], ["--diff", "--check"]])
def test_the_log_is_the_same_whatever_is_written(options: list[str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    thaifix("--edits", log, *options, given=f"{OBSERVED} เวลา ๑๖.๙๙ น.\n")
    *records, seal = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [record.get("reason", record.get("flag")) for record in records] == [
        "join_nikhahit_aa",
        "impossible_time",
    ]
    assert (seal["edits"], seal["flags"]) == (1, 1)
    assert seal["output_sha256"] == sha256(f"{INTENDED} เวลา ๑๖.๙๙ น.\n".encode()).hexdigest()


def test_without_edits_a_log_is_its_seal(tmp_path: Path) -> None:
    """An old one does not stay, and the way back is proved all the same."""
    log = tmp_path / "log"
    log.write_text("{}", "utf-8")
    thaifix("--edits", log, given=INTENDED)
    seal = json.loads(log.read_bytes())
    assert (seal["edits"], seal["flags"]) == (0, 0)
    assert seal["source_sha256"] == seal["output_sha256"] == sha256(INTENDED.encode()).hexdigest()
    assert thaifix("revert", log, given=INTENDED).stdout == INTENDED
    assert thaifix("revert", log, given=OBSERVED).exit_code == ExitCode.MISMATCH


def test_the_log_names_the_engine(tmp_path: Path) -> None:
    log = tmp_path / "log"
    thaifix("--edits", log, "--engine", "scan", given=f"{OBSERVED}\n")
    assert set(json.loads(log.read_bytes().splitlines()[-1])["engines"]) <= {"scan"}
