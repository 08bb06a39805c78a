"""The filter from outside, with the model of the package.

Its inputs need no model to be repaired: nikhahit and aa for am, and two sara e for sara ae.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.version import __version__

THAIFIX = [sys.executable, "-Pm", "thaifix"]
OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
OBSERVED_AE, INTENDED_AE = "\N{THAI CHARACTER SARA E}" * 2 + "ละ", "\N{THAI CHARACTER SARA AE}ละ"


def thaifix(*arguments: str | Path, given: str | bytes = b"") -> Result:
    data = given.encode() if isinstance(given, str) else given
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=data)


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
        (bytes(range(32)) + bytes(range(127, 256)),) * 2,
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


def test_file_named_like_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`./revert` is a file."""
    monkeypatch.chdir(tmp_path)
    Path("revert").write_text(OBSERVED, encoding="utf-8")
    assert thaifix("./revert").stdout_bytes == INTENDED.encode()


def test_bytes_not_utf8_are_reported_once_a_file(tmp_path: Path) -> None:
    """The report names the file and says what to do; it is no failure."""
    (tmp_path / "a").write_bytes(b"\xa1\n" * 5000)
    result = thaifix(tmp_path / "a", "-", given=b"\xe0\xb8")
    assert result.exit_code == ExitCode.OK
    assert result.stdout_bytes == b"\xa1\n" * 5000 + b"\xe0\xb8"
    first, second = result.stderr.splitlines()
    assert f"{tmp_path / 'a'}: passed through 5000 bytes" in first
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
    records = [record for record in records if "flag" not in record]
    assert [(record["file"], record["line"]) for record in records] == [
        (str(page), 1),
        (str(page), 2),
        ("-", 1),
    ]
    assert records[0]["margin"] is None
    assert len({record["model"] for record in records}) == 1


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


def test_keep(tmp_path: Path) -> None:
    """Words of the list stay; comments and empty lines are no words."""
    keep = tmp_path / "keep.txt"
    keep.write_text(f"\ufeff# why\n\n{OBSERVED}\r\n", encoding="utf-8")
    assert thaifix("--keep", keep, given=OBSERVED).stdout_bytes == OBSERVED.encode()
    assert thaifix("--keep", keep, given=OBSERVED_AE).stdout_bytes == INTENDED_AE.encode()


def test_lexicon(tmp_path: Path) -> None:
    """Repeatable; its terms do no harm to the rest."""
    (tmp_path / "a.txt").write_text("กระทรวงสมมุติ\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("กรมสมมุติ\n", encoding="utf-8")
    lexicons: list[str | Path] = ["--lexicon", tmp_path / "a.txt", "--lexicon", tmp_path / "b.txt"]
    assert thaifix(*lexicons, given=OBSERVED).stdout_bytes == INTENDED.encode()


@pytest.mark.parametrize("option", ["--lexicon", "--keep", "--model"])
@pytest.mark.parametrize("content", [None, b"\xff\xfe\n"], ids=["missing", "of no use"])
def test_model_errors(option: str, content: bytes | None, tmp_path: Path) -> None:
    """Nothing is read or written without a corrector; the message names the file."""
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    result = thaifix(option, path, given=OBSERVED)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.MODEL, b"")
    assert str(path) in result.stderr


def test_train_without_its_files(tmp_path: Path) -> None:
    """Missing data are reported as elsewhere."""
    pytest.importorskip("numpy")
    pytest.importorskip("tqdm")
    options = ["text", "pairs", "lexicons", "out"]
    arguments = [argument for name in options for argument in (f"--{name}", tmp_path / name)]
    result = thaifix("train", *arguments)
    assert result.exit_code == ExitCode.INPUT
    assert "No such file or directory. Check the name" in result.stderr


def test_stats(page: Path) -> None:
    """Counts are of the source and go to standard error."""
    result = thaifix("--stats", page)
    assert result.stdout_bytes == f"{INTENDED}\r\n{INTENDED_AE}".encode()
    counts = f"2 lines, {len(page.read_bytes().decode())} code points, {page.stat().st_size} bytes"
    assert counts in result.stderr
    assert "edits: 2 (" in result.stderr
    assert "model: " in result.stderr


@pytest.mark.parametrize("profile", ["strict", "normal", "bold"])
def test_profiles(profile: str) -> None:
    """Rules hold in each."""
    assert thaifix("--profile", profile, given=OBSERVED).stdout_bytes == INTENDED.encode()


@pytest.mark.parametrize("arguments", [["--no-such-option"], ["--profile", "x"], ["--edits", "-"]])
def test_usage(arguments: list[str]) -> None:
    """Wrong usage has the status of unreadable input."""
    assert thaifix(*arguments).exit_code == ExitCode.INPUT


def test_help() -> None:
    """Every status and command is documented, under the name of the program."""
    text = thaifix("--help").stdout
    assert text.startswith("Usage: main [OPTIONS] [FILE]...")
    for code in ExitCode:
        assert f"{code:3}  {code.meaning}" in text
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command
        assert name == "correct" or f"thaifix {name}" in text
        assert all(p.help for p in command.params if isinstance(p, click.Option))
        assert thaifix(name, "--help").exit_code == ExitCode.OK


def test_version() -> None:
    """The version of the package."""
    assert thaifix("--version").stdout == f"thaifix, version {__version__}\n"


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


def test_one_line_of_ten_megabytes(tmp_path: Path) -> None:
    """Memory is bounded by blocks, not by lines: one line goes through like many."""
    line = tmp_path / "line"
    line.write_bytes(b"a b " * 2_500_000 + OBSERVED.encode())
    done = subprocess.run([*THAIFIX, line], capture_output=True, check=True)
    assert done.stdout == b"a b " * 2_500_000 + INTENDED.encode()


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


def test_start_imports_little() -> None:
    """What the plain filter does not use is not imported when it starts."""
    code = (
        "import sys; from thaifix.cli import main; main([], standalone_mode=False); "
        "print(*{'importlib.metadata', 'numpy', 'pythainlp', 'rapidfuzz', 'tqdm', "
        "'thaifix.cli.commands.revert', 'thaifix.cli.commands.train'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-Pc", code], input=b"", capture_output=True, check=True)
    assert done.stdout.split() == []
