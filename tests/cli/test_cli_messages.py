"""What is said, and how rows and bytes are written, each alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from running import INTENDED, OBSERVED, thaifix

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail, reason, warn
from thaifix.cli.streams import STDIN, identity, overwrites
from thaifix.cli.tables import write_rows
from thaifix.text import tsv


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file"), "f: No such file. Check the name"),
        (IsADirectoryError(21, "Is a directory"), "f: Is a directory. Name the files in it"),
        (PermissionError(13, "Not permitted"), "f: Not permitted. Ask its owner for access"),
        (OSError(5, "Input/output error"), "f: Input/output error"),
        (OSError("odd"), "f: odd"),
    ],
)
def test_reason(error: OSError, said: str) -> None:
    """What went wrong and, where that is known, what to do."""
    assert reason("f", error) == said


def test_messages_give_the_terminal_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters are shown as pictures; tabs, line ends and Thai stay."""
    warn("a\x1b[31m\x00\x7f\x9b\x85b\tc\nกำ\u00a0é")
    shown = "a␛[31m␀\ufffd\ufffd\ufffdb\tc\nกำ\u00a0é"
    assert capsys.readouterr().err == f"thaifix: {shown}\n"


def test_fail_says_why_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.exceptions.Exit) as ended:
        fail(ExitCode.MODEL, "no model")
    assert ended.value.exit_code == 3
    assert capsys.readouterr() == ("", "thaifix: no model\n")


def test_rows(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Tabs between the cells; what is no UTF-8 is written as an escape."""
    write_rows([("ก", 1, None), ("a\udcff",)])
    write_rows([])
    assert capsysbinary.readouterr().out == "ก\t1\tNone\na\\udcff\n".encode()


def test_a_row_is_one_line_whatever_is_in_its_cells(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Tabs and line ends are written as escapes; other signs, a backslash among them, stay."""
    write_rows([("a\tb", "c\r\nd", "\\x09"), ("", "\u2028\x0b")])
    written = capsysbinary.readouterr().out.decode()
    assert written == "a\\x09b\tc\\x0d\\x0ad\t\\x09\n\t\u2028\x0b\n"
    assert [len(cells) for _, cells in tsv.read(written)] == [3, 2]


def test_identity(tmp_path: Path) -> None:
    """A link and an open file are the file; a folder, a device and nothing are no regular files."""
    file, link, other = tmp_path / "file", tmp_path / "link", tmp_path / "other"
    file.touch()
    other.touch()
    link.symlink_to(file)
    with file.open() as stream:
        assert identity(str(file)) == identity(str(link)) == identity(stream) is not None
    assert identity(str(other)) != identity(str(file))
    for none in str(tmp_path), "/dev/null", str(tmp_path / "missing"), None:
        assert identity(none) is None


def test_what_would_be_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inputs, standard input and standard output, where these are files."""
    names = "a", "b", "in", "out"
    for name in names:
        (tmp_path / name).touch()
    a, b, given, out = (str(tmp_path / name) for name in names)
    with open(given, encoding="utf-8") as stdin, open(out, "w", encoding="utf-8") as stdout:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stdout", stdout)
        assert [overwrites(name, [a, STDIN]) for name in (a, b, given, out)] == [1, 0, 1, 1]
        assert [overwrites(name, [b]) for name in (a, b, given, out)] == [0, 1, 0, 1]
        assert overwrites(STDIN, [])
    assert not overwrites("/dev/null", ["/dev/null"])
    assert not overwrites(str(tmp_path / "new"), [str(tmp_path / "missing")])


def test_files_that_go_together_and_those_that_do_not(tmp_path: Path) -> None:
    """Unknown formats are refused one by one; a missing file hinders nothing."""
    page, table, missing = tmp_path / "a.txt", tmp_path / "b.xml", tmp_path / "missing"
    page.write_text(f"{OBSERVED}\n", "utf-8")
    table.write_text('<?xml version="1.0"?>\n<rows/>\n', "utf-8")
    result = thaifix(page, missing, table, page)
    assert result.exit_code == ExitCode.INPUT
    assert result.stdout == f"{INTENDED}\n" * 2
    said = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in said] == [str(missing), str(table)]


def test_a_format_for_all_counts_when_they_are_joined(tmp_path: Path) -> None:
    """Whatever they look like."""
    for name in "ab":
        (tmp_path / name).write_text(f"{OBSERVED}\n", "utf-8")
    refused = thaifix("--format", "hocr", tmp_path / "a", tmp_path / "b")
    assert refused.exit_code == ExitCode.INPUT
    assert f"{tmp_path / 'a'} is hocr; several such files" in refused.stderr
    (tmp_path / "a").write_text("<alto>\n", "utf-8")
    joined = thaifix("--format", "text", tmp_path / "a", tmp_path / "b")
    assert (joined.exit_code, joined.stdout) == (ExitCode.OK, f"<alto>\n{INTENDED}\n")


def test_text_passes_bytes_through(tmp_path: Path) -> None:
    """Bytes that are not UTF-8, and a failure behind what was printed."""
    (tmp_path / "a").write_bytes(b"\xff\xe0\n")
    result = thaifix("text", tmp_path / "a", tmp_path / "missing", tmp_path / "a")
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.INPUT, b"\xff\xe0\n" * 2)


def test_a_log_longer_than_a_chunk_leads_back(tmp_path: Path) -> None:
    """Its lines are put together again, whatever pieces it comes in."""
    log, text = tmp_path / "log", f"{OBSERVED}\n" * 2000
    corrected = thaifix("--edits", log, given=text)
    assert log.stat().st_size > 3 * 65536
    assert thaifix("revert", log, given=corrected.stdout_bytes).stdout == text
    log.write_bytes(log.read_bytes().rstrip(b"\n"))
    assert thaifix("revert", log, given=corrected.stdout_bytes).stdout == text


def test_a_log_and_a_corrected_file_are_told_apart(tmp_path: Path) -> None:
    """Records of a user may look like a log only if they have all its keys."""
    log = tmp_path / "log"
    corrected = thaifix("--edits", log, given=OBSERVED).stdout
    (tmp_path / "corrected").write_text(corrected, "utf-8")
    assert thaifix("revert", log, tmp_path / "corrected").stdout == OBSERVED
    records = f'{{"source": "{OBSERVED}", "observed": "ก"}}\n'
    changed = thaifix(given=records)
    assert INTENDED in changed.stdout
    assert thaifix("revert", given=changed.stdout).stdout == records
    for no_log in "[1]\n", "{\n", "ข้อความ\n":
        result = thaifix("revert", given=no_log)
        assert (result.exit_code, result.stdout) == (ExitCode.MISMATCH, "")
