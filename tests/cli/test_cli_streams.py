"""The filter as a process: pipes, terminals, signals, streams that fail, files read and written."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from running import INTENDED, OBSERVED, OBSERVED_AE, THAIFIX, shell, thaifix

from thaifix.cli.exit_codes import ExitCode


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(f"{OBSERVED}\r\n{OBSERVED_AE}".encode())
    return path


def test_output_starts_before_input_ends() -> None:
    """More than a section of a long input is enough to see some output."""
    begin, end = f"{OBSERVED}\n".encode() * 10_000, f"{OBSERVED}\n".encode() * 2000
    with subprocess.Popen(THAIFIX, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(begin)
        process.stdin.flush()
        first = process.stdout.readline()  # would wait for ever if the filter did
        process.stdin.write(end)  # fits in the pipe
        process.stdin.close()
        rest = process.stdout.read()
    assert first + rest == f"{INTENDED}\n".encode() * 12_000
    assert process.returncode == ExitCode.OK


def test_line_buffered() -> None:
    """Each line comes back before the next is given."""
    with subprocess.Popen(
        [*THAIFIX, "--line-buffered"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(3):
            process.stdin.write(f"{OBSERVED}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline() == f"{INTENDED}\n".encode()


def test_one_line_of_many_sections(tmp_path: Path) -> None:
    """A line of half a megabyte goes through like many lines: it is cut between words."""
    line = tmp_path / "line"
    line.write_bytes(b"a b " * 125_000 + OBSERVED.encode())
    done = subprocess.run([*THAIFIX, line], capture_output=True, check=True)
    assert done.stdout == b"a b " * 125_000 + INTENDED.encode()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_broken_pipe_is_quiet(tmp_path: Path) -> None:
    """A reader that goes away is no error, whether in the middle or at the end."""
    for count in 1, 100_000:
        path = tmp_path / str(count)
        path.write_bytes(f"{INTENDED}\n".encode() * count)
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([*THAIFIX, path], stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(writing)
        assert (done.returncode, done.stderr) == (ExitCode.OK, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk(page: Path) -> None:
    """A write error is said once, without a traceback, and has its own status."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*THAIFIX, page], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == ExitCode.OUTPUT
    assert b"cannot write standard output: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"ignored" not in done.stderr
    done = subprocess.run(
        [*THAIFIX, "--edits", "/dev/full", page], capture_output=True, check=False
    )
    assert done.returncode == ExitCode.OUTPUT
    assert b"cannot write /dev/full: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"ignored" not in done.stderr


def test_log_that_cannot_be_opened(page: Path, tmp_path: Path) -> None:
    """Nothing is corrected without the log that was asked for."""
    result = thaifix("--edits", tmp_path / "no" / "log", page)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.OUTPUT, b"")


@pytest.mark.skipif(os.name == "nt", reason="shell of POSIX")
@pytest.mark.parametrize(
    ("redirection", "code"), [("<&-", ExitCode.INPUT), (">&-", ExitCode.OUTPUT)]
)
def test_closed_streams(redirection: str, code: ExitCode) -> None:
    """A stream that the shell closed is reported like any other that fails."""
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", *THAIFIX]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == code
    assert b"is closed" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["{page}"], ExitCode.OK),
        (["missing"], ExitCode.INPUT),
        (["--check", "{page}"], ExitCode.CHANGES),
        (["--stats", "{page}"], ExitCode.OK),
        (["--profile", "x", "{page}"], ExitCode.INPUT),
        (["revert", "{page}"], ExitCode.MISMATCH),
        (["lexicon", "check", "missing"], ExitCode.MODEL),
        (["--check", "--diff", "{page}"], ExitCode.OUTPUT),
    ],
)
def test_a_full_standard_error(page: Path, arguments: list[str], code: ExitCode) -> None:
    """What is said is lost; the status is the same, unless it was asked for."""
    page.write_bytes(page.read_bytes() + b"\xff\n")
    command = [*THAIFIX, *(argument.format(page=page) for argument in arguments)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, check=False)
    assert done.returncode == code


@pytest.mark.skipif(os.name == "nt", reason="files of POSIX")
def test_input_that_is_also_the_output(page: Path) -> None:
    """`thaifix page >> page` would never end."""
    before = page.read_bytes()
    with page.open("ab") as output:
        done = subprocess.run([*THAIFIX, page], stdout=output, stderr=subprocess.PIPE, check=False)
    assert done.returncode == ExitCode.INPUT
    assert b"is also the output" in done.stderr
    assert page.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupt() -> None:
    """Ctrl-C ends the filter quietly; what was done stays."""
    with subprocess.Popen(
        [*THAIFIX, "--line-buffered"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # undo a shell's `&`
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{OBSERVED}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline() == f"{INTENDED}\n".encode()
        process.send_signal(signal.SIGINT)
        assert process.wait() == ExitCode.INTERRUPTED
        assert process.stderr.read() == b""


@pytest.mark.parametrize("no_colour", [False, True])
def test_colour_in_a_terminal(page: Path, no_colour: bool) -> None:
    """Colours on a terminal, unless NO_COLOR says no."""
    pty = pytest.importorskip("pty")
    terminal, side = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"NO_COLOR": "1"} if no_colour else {}
    subprocess.run([*THAIFIX, "--diff", page], stdout=side, env=environment, check=True)
    shown = os.read(terminal, 4096).decode()
    os.close(terminal)
    os.close(side)
    assert ("\x1b[31;9m" in shown) is not no_colour
    assert ("[-" in shown) is no_colour


def test_colour_of_a_diff_on_standard_error(page: Path) -> None:
    """With --check the diff goes there; what counts is whether that is a terminal."""
    pty = pytest.importorskip("pty")
    terminal, side = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    command = [*THAIFIX, "--diff", str(page)]
    checking = [*command, "--check"]
    subprocess.run(checking, stdout=subprocess.DEVNULL, stderr=side, env=environment, check=False)
    shown = os.read(terminal, 4096).decode()
    os.close(terminal)
    os.close(side)
    assert "\x1b[31;9m" in shown
    for elsewhere in command, checking:
        done = subprocess.run(elsewhere, capture_output=True, check=False)
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("option", ["--lexicon", "--keep", "--model", "input", "symlink"])
def test_log_does_not_overwrite_what_is_read(option: str, page: Path, tmp_path: Path) -> None:
    """`--edits` must name a file of its own."""
    before = page.read_bytes()
    other = tmp_path / "other.txt"
    if option == "symlink":
        other.symlink_to(page)
    arguments = {"input": [page], "symlink": [other]}.get(option, [option, page])
    result = thaifix("--edits", page, *arguments)
    assert result.exit_code == ExitCode.INPUT
    assert "Name another file" in result.stderr
    assert page.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="shell of POSIX")
@pytest.mark.parametrize(
    "line",
    [
        "thaifix --edits out page.txt > out",
        "thaifix --edits out page.txt >> out",
        "thaifix --edits /dev/stdout page.txt > out",
        "thaifix --edits page.txt < page.txt",
        "thaifix --edits page.txt - < page.txt",
        "thaifix apply --edits out series.tsv page.txt > out",
        "thaifix corrupt --edits out page.txt > out",
        "thaifix corrupt --edits page.txt page.txt",
    ],
)
def test_log_does_not_overwrite_the_output(line: str, page: Path, tmp_path: Path) -> None:
    """Neither standard output, where that is a file, nor standard input."""
    before = page.read_bytes()
    (tmp_path / "series.tsv").write_text("id\tdecision\tobserved\tintended\n", "utf-8")
    done = shell(line, tmp_path)
    assert done.returncode == ExitCode.INPUT
    assert b"would overwrite what this run reads or writes. Name another file" in done.stderr
    assert page.read_bytes() == before
    assert not (tmp_path / "out").exists() or (tmp_path / "out").read_bytes() == b""


def test_other_files_are_no_obstacle(page: Path, tmp_path: Path) -> None:
    """Not even an output beside the log, or a log that is there already."""
    (tmp_path / "log").write_text("old", "utf-8")
    done = shell("thaifix --edits log page.txt > out", tmp_path)
    assert (done.returncode, done.stderr) == (ExitCode.OK, b"")
    assert (tmp_path / "log").read_bytes().startswith(b'{"file": "page.txt"')


def test_what_cannot_be_joined_does_not_cost_the_log(tmp_path: Path) -> None:
    """Wrong usage is told before a file is opened for writing."""
    (tmp_path / "log").write_text("old", "utf-8")
    for name in "ab":
        (tmp_path / name).write_text("<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'/>")
    result = thaifix("--edits", tmp_path / "log", tmp_path / "a", tmp_path / "b")
    assert result.exit_code == ExitCode.INPUT
    assert (tmp_path / "log").read_text("utf-8") == "old"
