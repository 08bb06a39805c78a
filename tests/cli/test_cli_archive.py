"""`thaifix archive` from outside."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pdf_files import need, printed

from thaifix.archive.durable import OutputError, TargetFile
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"


def archive(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["archive", *map(str, arguments)])


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source with one text, below the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_text(OBSERVED, "utf-8")
    return tmp_path / "box"


def test_from_a_folder_to_a_verified_copy(box: Path) -> None:
    """The whole way, with what each step tells."""
    made = archive("box", "--to", "out", "--jobs", "1")
    assert (made.exit_code, made.stdout) == (ExitCode.OK, "")
    assert made.stderr == "thaifix: 1 corrected, 0 done before, 0 skipped, 0 failed\n"
    assert Path("out/box/a.txt").read_text("utf-8") == INTENDED

    again = archive("box", "--to", "out")
    assert "0 corrected, 1 done before" in again.stderr

    status = archive("status", "out")
    assert (status.exit_code, status.stdout) == (ExitCode.OK, "")
    assert "run 1: 20" in status.stderr
    assert "1 done, 0 skipped, 0 failed, 0 pending" in status.stderr
    assert "1 edit and 0 flags in 6 code points" in status.stderr

    verified = archive("verify", "out")
    assert (verified.exit_code, verified.stdout) == (ExitCode.OK, "")
    assert "1 copies: 1 compared with their originals, 1 led back to them, 0 files" in (
        verified.stderr
    )

    reported = archive("report", "out", "--html", "report.html")
    assert (reported.exit_code, reported.output) == (ExitCode.OK, "")
    assert "join_nikhahit_aa" in Path("report.html").read_text("utf-8")

    log = "out/.thaifix/edits/box/a.txt.jsonl"
    reverted = CliRunner().invoke(main, ["revert", log, "out/box/a.txt"])
    assert reverted.stdout_bytes == OBSERVED.encode()


def test_the_bytes_are_those_of_the_filter(box: Path) -> None:
    """With the same options."""
    (box / "a.txt").write_text("นาย ก ไปตรวจเยียมพืนทีก่อสร้าง เมือวันที ๕\r\n" * 9, "utf-8", newline="")
    options = ["--profile", "strict", "--no-lexicons", "--no-memory", "--no-adapt"]
    assert archive("box", "--to", "out", *options).exit_code == ExitCode.OK
    filtered = CliRunner().invoke(main, [*options, "box/a.txt"])
    assert Path("out/box/a.txt").read_bytes() == filtered.stdout_bytes


def test_dry_run_writes_nothing(box: Path) -> None:
    os.symlink("/", box / "root")
    listed = archive("box", "--to", "out", "--dry-run")
    assert listed.exit_code == ExitCode.OK
    assert listed.stdout == (
        f"correct\t{box}/a.txt\t{box.parent}/out/box/a.txt\n"
        "skip\t/\tsymbolic link that leaves the source\n"
    )
    assert "1 to correct" in listed.stderr
    assert "what the files hold was not looked at: some may be skipped, or fail" in listed.stderr
    assert not Path("out").exists()
    archive("box", "--to", "out")
    (box / "a.txt").write_text("", "utf-8")
    listed = archive("box", "--to", "out", "--dry-run")
    assert "refuse\tbox/a.txt\thas changed since it was corrected" in listed.stdout


def test_failures_show_in_the_status(box: Path) -> None:
    """What was not done is told at once and listed later."""
    os.symlink("self", box / "self")
    made = archive("box", "--to", "out")
    assert made.exit_code == ExitCode.INPUT
    assert "thaifix: box/self: cannot be read" in made.stderr
    assert "1 corrected, 0 done before, 0 skipped, 1 failed" in made.stderr
    assert archive("status", "out").stdout.startswith("failed\tbox/self\tcannot be read")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["box"], ExitCode.INPUT, "Missing option '--to'"),
        (["--to", "out"], ExitCode.INPUT, "Missing argument 'SOURCE...'"),
        (["missing", "--to", "out"], ExitCode.INPUT, "there is no such file or folder"),
        (["box", "--to", "box/out"], ExitCode.INPUT, "never stand among the originals"),
        (["box", "--to", "out", "--jobs", "0"], ExitCode.INPUT, "not in the range"),
        (["box", "--to", "out", "--lexicon", "missing"], ExitCode.MODEL, "No such file"),
        (["box", "--to", "box.txt/out"], ExitCode.OUTPUT, "Name a TARGET that you may write to"),
        (["box", "--to", "out", "--format", "doc"], ExitCode.INPUT, "give one of text, hocr"),
        (["status", "out"], ExitCode.INPUT, "Name a folder that `thaifix archive` made"),
        (["verify", "out"], ExitCode.INPUT, "Name a folder that `thaifix archive` made"),
        (["report", "out", "--html", "f"], ExitCode.INPUT, "Name a folder that"),
    ],
)
def test_wrong_use_says_what_to_do(
    box: Path, arguments: list[str], code: ExitCode, message: str
) -> None:
    Path("box.txt").touch()
    result = archive(*arguments)
    assert result.exit_code == code
    assert message in result.stderr


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_words_are_not_merged_without_pythainlp(
    box: Path, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is told once, before anything is done, not of file after file."""
    monkeypatch.setitem(sys.modules, "pythainlp", None)
    result = archive("box", "--to", "out", "--merge-words", *more)
    assert (result.exit_code, result.stdout) == (ExitCode.INPUT, "")
    assert result.stderr == (
        "thaifix: whole words (--merge-words) need PyThaiNLP. "
        "Install it: pip install 'thaifix[evaluate]'\n"
    )
    assert not Path("out").exists()
    assert archive("box", "--to", "out", *more).exit_code == ExitCode.OK


def test_other_options_are_refused(box: Path) -> None:
    archive("box", "--to", "out")
    result = archive("box", "--to", "out", "--merge-words", "--profile", "bold")
    assert result.exit_code == ExitCode.INPUT
    assert "merge_words False, now True; profile 'normal', now 'bold'" in result.stderr
    assert (
        archive("box", "--to", "out", "--profile", "bold", "--overwrite").exit_code == ExitCode.OK
    )


def test_differences_show_in_the_exit_status(box: Path) -> None:
    archive("box", "--to", "out")
    Path("out/box/a.txt").write_text(OBSERVED, "utf-8")
    result = archive("verify", "out")
    assert result.exit_code == ExitCode.MISMATCH
    assert result.stdout == "box/a.txt\tthe copy is not as it was written\n"


def test_what_is_no_text_is_skipped(box: Path) -> None:
    """A table of letters that lies beside pages is left alone, and recorded."""
    (box / "page.tsv").write_text("".join(f"1\t{c}\n" for c in "กรมการปกครองท้องถิ่น"), "utf-8")
    made = archive("box", "--to", "out", "--jobs", "1")
    assert (made.exit_code, made.stderr.splitlines()[-1]) == (
        ExitCode.OK,
        "thaifix: 1 corrected, 0 done before, 1 skipped, 0 failed",
    )
    assert "skipped\tbox/page.tsv\t" in archive("status", "out").stdout
    assert "thaifix: 1 skipped: not checked" in archive("verify", "out").stderr


def test_sources_without_files_are_told(box: Path) -> None:
    """Also in the report, which can be made of them."""
    (box / "a.txt").unlink()
    made = archive("box", "--to", "out", "--jobs", "1")
    assert (made.exit_code, made.stderr.splitlines()) == (
        ExitCode.OK,
        [
            "thaifix: the sources hold no files: nothing was read",
            "thaifix: 0 corrected, 0 done before, 0 skipped, 0 failed",
        ],
    )
    assert archive("report", "out", "--html", "report.html").exit_code == ExitCode.OK
    assert "Nothing was read: no run has found a file." in Path("report.html").read_text("utf-8")


def test_what_was_skipped_is_told_as_skipped_again(box: Path) -> None:
    """Not as done before; the run tells what it is, and so does a dry one."""
    (box / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    os.symlink("/", box / "root")
    skipped = ["thaifix: skipped 1: is an image"]
    skipped.append("thaifix: skipped 1: symbolic link that leaves the source")
    first = archive("box", "--to", "out", "--jobs", "1").stderr.splitlines()
    assert first == [*skipped, "thaifix: 1 corrected, 0 done before, 2 skipped, 0 failed"]
    status = archive("status", "out").output
    again = archive("box", "--to", "out", "--jobs", "1").stderr.splitlines()
    assert again == [*skipped, "thaifix: 0 corrected, 1 done before, 2 skipped, 0 failed"]
    assert archive("status", "out").output == status
    dry = archive("box", "--to", "out", "--dry-run")
    assert f"skip\t{box}/image.png\tis an image. " in dry.stdout
    assert "0 to correct (0.0 MB), 1 done before, 2 to skip" in dry.stderr


def test_what_is_passed_over_in_a_file_is_one_line(box: Path) -> None:
    """With counts, whatever there is of it."""
    (box / "r.jsonl").write_text('{"text": "ก"}\noops\n{"x": 1}\n{"x": 2}\noops\n', "utf-8")
    told = archive("box", "--to", "out", "--jobs", "1")
    assert (told.exit_code, told.stderr.splitlines()) == (
        ExitCode.OK,
        [
            "thaifix: box/r.jsonl: 2 records passed over: no such field; "
            "2 lines passed over: no record can be read there",
            "thaifix: 2 corrected, 0 done before, 0 skipped, 0 failed",
        ],
    )


def test_a_page_with_a_text_of_its_own_is_told(box: Path) -> None:
    need()
    printed(box / "own.pdf")
    (box / "own.html").unlink()
    told = archive("box", "--to", "out", "--jobs", "1").stderr
    assert "thaifix: box/own.pdf: 1 page passed over: a text of its own (--redo reads" in told


def test_files_without_the_named_field_are_counted(box: Path) -> None:
    """They are corrected: formats may be mixed."""
    (box / "r.jsonl").write_text(f'{{"x": "{OBSERVED}"}}\n', "utf-8")
    told = archive("box", "--to", "out", "--jobs", "1", "--field", "x")
    assert told.stderr.splitlines() == [
        "thaifix: corrected 1 file of text as a whole: no fields for --field",
        "thaifix: 2 corrected, 0 done before, 0 skipped, 0 failed",
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("cut.hocr", '<?xml version="1.0"?>\n<html>\n<p class="ocr_page">', "line 3: not well-fo"),
        ("kept.jsonl", '{"text": "ก", "text_original": "ข"}', "line 1: has a field"),
        ("bad.jsonl", '{"x": 1}', "no record has a text"),
    ],
)
def test_a_path_is_told_once(box: Path, name: str, data: str, message: str) -> None:
    (box / name).write_text(data, "utf-8")
    told = archive("box", "--to", "out", "--jobs", "1").stderr
    assert told.startswith(f"thaifix: box/{name}: {message}")
    assert told.count("box/") == 1
    assert archive("status", "out").stdout.startswith(f"failed\tbox/{name}\t{message}")


def test_originals_that_are_gone_are_told(box: Path) -> None:
    archive("box", "--to", "out", "--jobs", "1")
    (box / "a.txt").unlink()
    verified = archive("verify", "out")
    assert verified.exit_code == ExitCode.OK
    assert "1 without their originals to compare with, the first is box/a.txt" in verified.stderr


def test_a_report_among_the_copies_is_refused(box: Path) -> None:
    archive("box", "--to", "out", "--jobs", "1")
    refused = archive("report", "out", "--html", "out/box/a.txt")
    assert refused.exit_code == ExitCode.INPUT
    assert "would stand among the copies" in refused.stderr
    assert archive("verify", "out").exit_code == ExitCode.OK


@pytest.mark.parametrize("command", ["status", "verify"])
def test_a_damaged_manifest(box: Path, command: str) -> None:
    archive("box", "--to", "out", "--jobs", "1")
    with closing(sqlite3.connect("out/.thaifix/manifest.sqlite")) as db:
        db.execute("DROP TABLE files")
    told = archive(command, "out")
    assert told.exit_code == ExitCode.INPUT
    assert "the manifest is damaged: no such table" in told.stderr


def test_help_shows_the_options_and_the_other_commands() -> None:
    shown = archive("--help").stdout
    assert shown.startswith("Usage: ")
    assert "archive [OPTIONS] SOURCE..." in shown.splitlines()[0]
    assert "--overwrite" in shown
    assert "archive verify TARGET" in shown
    assert archive("box", "--help").stdout == shown


def test_a_source_with_the_name_of_a_command(box: Path) -> None:
    box.rename("status")
    assert archive("./status", "--to", "out").exit_code == ExitCode.OK
    assert Path("out/status/a.txt").exists()


def test_a_terminal_shows_a_bar(box: Path) -> None:
    """With files, rate and time; elsewhere there are lines only when it takes long."""
    pty = pytest.importorskip("pty")
    termios = pytest.importorskip("termios")
    terminal, side = pty.openpty()
    termios.tcsetwinsize(side, (24, 100))
    command = [sys.executable, "-Pm", "thaifix", "archive", "box", "--to", "out"]
    subprocess.run(command, stderr=side, check=True)
    os.close(side)
    shown = b""
    while chunk := _read(terminal):
        shown += chunk
    os.close(terminal)
    assert b"1 of 1 files" in shown
    assert b"100%" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other side is closed
        return b""


def test_start_of_the_filter_loads_nothing_of_it() -> None:
    """Nor of the libraries that it needs."""
    code = (
        "import sys; before = {*sys.modules}; "  # `make coverage` brings sqlite3 along
        "from thaifix.cli import main; main([], standalone_mode=False); "
        "names = 'archive', 'sqlite', 'tqdm', 'jinja2', 'lxml', 'xml'; "
        "loaded = {*sys.modules} - before; "
        "print([name for name in loaded if name.startswith(names) or '.archive' in name])"
    )
    done = subprocess.run([sys.executable, "-Pc", code], input=b"", capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def without(library: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command where a library is not installed."""
    code = (
        f"import sys; sys.modules[{library!r}] = None; "
        f"from thaifix.cli import main; main({['archive', *arguments]!r})"
    )
    return subprocess.run(
        [sys.executable, "-Pc", code], capture_output=True, text=True, check=False
    )


def test_only_the_report_needs_an_extra(box: Path) -> None:
    """It says which, and an older report stays."""
    assert without("jinja2", "box", "--to", "out", "--mets").returncode == ExitCode.OK
    assert without("jinja2", "verify", "out").returncode == ExitCode.OK
    assert without("jinja2", "status", "out").returncode == ExitCode.OK
    Path("report.html").write_text("an older report", "utf-8")
    refused = without("jinja2", "report", "out", "--html", "report.html")
    assert refused.returncode == ExitCode.INPUT
    assert refused.stderr == (
        "thaifix: jinja2 is missing. Install it: pip install 'thaifix[archive]'\n"
    )
    assert Path("report.html").read_text("utf-8") == "an older report"


def test_lxml_is_not_needed(box: Path) -> None:
    assert without("lxml", "box", "--to", "out", "--mets").returncode == ExitCode.OK
    assert len(list(Path("out/.thaifix/provenance").iterdir())) == 2


def test_a_report_that_cannot_be_made_leaves_the_older_one(box: Path) -> None:
    archive("box", "--to", "out", "--jobs", "1")
    Path("out/.thaifix/edits/box/a.txt.jsonl").unlink()
    Path("report.html").write_text("an older report", "utf-8")
    refused = archive("report", "out", "--html", "report.html")
    assert refused.exit_code == ExitCode.INPUT
    assert "See what else is: thaifix archive verify" in refused.stderr
    assert Path("report.html").read_text("utf-8") == "an older report"


def test_a_link_among_the_records_is_refused(box: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / ".thaifix").mkdir(parents=True)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "12-3").touch()
    link = tmp_path / "out" / ".thaifix" / "unfinished"
    link.symlink_to(tmp_path / "theirs")
    refused = archive("box", "--to", "out")
    assert refused.exit_code == ExitCode.OUTPUT
    assert f"{link} is there already, and is no folder" in refused.stderr
    assert (tmp_path / "theirs" / "12-3").exists()
    assert not Path("out/box").exists()


INTERRUPTED = """
import os, signal, sys, time
from thaifix import formats
from thaifix.archive.manifest import Manifest
from thaifix.cli import main
correct = formats.correct
def interrupt(*arguments, name, **options):
    if name == "box/z.txt":
        with Manifest("out/.thaifix/manifest.sqlite") as manifest:
            while manifest.counts().get("done") is None:
                time.sleep(0.02)
        os.kill(os.getppid(), getattr(signal, sys.argv[1]))
        signal.pause()
    return correct(*arguments, name=name, **options)
formats.correct = interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)
main(["archive", "box", "--to", "out", "--jobs", "1"])
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupted_run_says_how_to_go_on(box: Path, name: str) -> None:
    """In the middle of a file, of which nothing is left; what was done before is done."""
    (box / "z.txt").write_text(OBSERVED, "utf-8")
    stopped = subprocess.run(
        [sys.executable, "-Pc", INTERRUPTED, name], capture_output=True, text=True, check=False
    )
    assert (stopped.returncode, stopped.stderr) == (
        ExitCode.INTERRUPTED,
        "thaifix: interrupted. Run the same command again to go on\n",
    )
    assert list(Path("out/.thaifix/unfinished").iterdir()) == []
    assert [path.name for path in Path("out/box").iterdir()] == ["a.txt"]
    again = archive("box", "--to", "out")
    assert again.stderr == "thaifix: 1 corrected, 1 done before, 0 skipped, 0 failed\n"


def test_a_full_disk_ends_the_run(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the status of output, and with what to do."""

    def full(self: TargetFile, data: bytes) -> int:
        raise OutputError("cannot write it: no room. Make room", hopeless=True)

    monkeypatch.setattr(TargetFile, "write", full)
    stopped = archive("box", "--to", "out", "--jobs", "1")
    assert (stopped.exit_code, stopped.stderr) == (
        ExitCode.OUTPUT,
        "thaifix: cannot write it: no room. Make room\n",
    )


def options_of(target: str) -> dict[str, object]:
    """What the manifest says was chosen in the last run."""
    with Manifest(Places(target).manifest) as manifest:
        return manifest.runs()[-1].options


def test_options_come_to_the_files(box: Path) -> None:
    """Each shows in what is written."""
    (box / "b.jsonl").write_text(f'{{"text": "{"ก" * 99}", "ocr": "{OBSERVED}"}}\n', "utf-8")
    usual = archive("box", "--to", "usual", "--jobs", "1", "--field", "ocr")
    assert usual.exit_code == ExitCode.OK
    written = Path("usual/box/b.jsonl").read_text("utf-8")
    assert f'"ocr": "{INTENDED}"' in written
    assert OBSERVED in written  # beside it, as the original
    archive("box", "--to", "bare", "--jobs", "1", "--field", "ocr", "--no-originals")
    assert OBSERVED not in Path("bare/box/b.jsonl").read_text("utf-8")
    archive("box", "--to", "text", "--jobs", "1", "--format", "text")
    assert f'"ocr": "{INTENDED}"' in Path("text/box/b.jsonl").read_text("utf-8")
    assert not Path("text/.thaifix/provenance/run-0001.mets.xml").exists()
    archive("box", "--to", "mets", "--jobs", "1", "--mets")
    assert Path("mets/.thaifix/provenance/run-0001.mets.xml").exists()


def test_words_to_keep_are_kept_and_noted(box: Path) -> None:
    (box / "a.txt").write_text("เมือวันที ๕\n" * 5, "utf-8")
    Path("keep.txt").write_text("เมือวันที\n", "utf-8")
    archive("box", "--to", "usual", "--jobs", "1")
    assert Path("usual/box/a.txt").read_text("utf-8") != (box / "a.txt").read_text("utf-8")
    archive("box", "--to", "kept", "--jobs", "1", "--keep", "keep.txt", "--lexicon", "keep.txt")
    assert Path("kept/box/a.txt").read_bytes() == (box / "a.txt").read_bytes()
    options = options_of("kept")
    assert (options["keep"], options["lexicon"]) == ("keep.txt", ["keep.txt"])


def test_overwrite_replaces_what_was_altered(box: Path) -> None:
    archive("box", "--to", "out", "--jobs", "1")
    Path("out/box/a.txt").write_text("altered", "utf-8")
    refused = archive("box", "--to", "out", "--jobs", "1")
    assert refused.exit_code == ExitCode.INPUT
    assert "Replace the copy with --overwrite" in refused.stderr
    assert archive("box", "--to", "out", "--jobs", "1", "--overwrite").exit_code == ExitCode.OK
    assert Path("out/box/a.txt").read_text("utf-8") == INTENDED


def test_status_tells_of_bytes_that_are_no_text(box: Path) -> None:
    """And how to convert them."""
    (box / "a.txt").write_bytes("กรม".encode("tis-620") * 10 + OBSERVED.encode() * 20)
    archive("box", "--to", "out", "--jobs", "1")
    assert (
        "passed through 30 bytes of another encoding than UTF-8" in archive("status", "out").stderr
    )
