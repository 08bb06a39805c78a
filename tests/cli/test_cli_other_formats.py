"""Files of another format than was said: each is told with status 2, and none is corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import OBSERVED, thaifix

from thaifix.cli.exit_codes import ExitCode
from thaifix.formats import FORMATS

GIVEN = {
    "plain.txt": f"{OBSERVED}\nบรรทัดที่สอง\n",
    "page.md": f"# {OBSERVED}\n",
    "page.html": f"<p>{OBSERVED}</p>\n",
    "table.csv": f"a,b\n1,{OBSERVED}\n",
    "record.jsonl": f'{{"text": "{OBSERVED}"}}\n',
}
OF = {"record.jsonl": {"jsonl"}}
"""Formats that a file has besides text."""
READ = {"hocr", "jsonl"}
"""Formats as which any text can be read: it passes through."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in GIVEN.items():
        Path(name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "text"])
def test_a_file_of_another_format_is_told(here: Path, format_: str, name: str) -> None:
    """Nothing of it is corrected; what can be read comes out as it is."""
    if format_ in OF.get(name, set()):
        return
    done = thaifix("--format", format_, name)
    assert done.exit_code == ExitCode.INPUT
    assert f"thaifix: {name}" in done.stderr
    assert done.stdout in ("", GIVEN[name])
    assert done.stdout == GIVEN[name] or format_ not in READ
    for command in "text", "series", "corrupt":
        told = thaifix(command, "--format", format_, name)
        assert told.exit_code == ExitCode.INPUT, command
        assert f"thaifix: {name}" in told.stderr, command


@pytest.mark.parametrize(
    ("format_", "name", "said"),
    [
        ("hocr", "plain.txt", "is no hOCR: no element has the class ocr_page"),
        ("alto", "page.html", "is no ALTO: its root element is p, not alto"),
        ("page", "page.html", "is no PAGE XML: its root element is p, not PcGts"),
        ("jsonl", "plain.txt", "is no JSON lines: no line is a JSON object"),
        ("pdf", "plain.txt", "is no PDF, or a damaged one"),
    ],
)
def test_the_message_says_what_is_wrong(here: Path, format_: str, name: str, said: str) -> None:
    if format_ == "pdf":
        pytest.importorskip("ocrmypdf")
    assert f"{name}: {said}" in thaifix("--format", format_, name).stderr


def test_an_archive_records_it(here: Path) -> None:
    """As failed: there is no copy."""
    done = thaifix("archive", "plain.txt", "--to", "out", "--format", "hocr", "--jobs", "1")
    assert done.exit_code == ExitCode.INPUT
    assert "0 corrected, 0 done before, 0 skipped, 1 failed" in done.stderr
    assert not Path("out/plain.txt").exists()


@pytest.mark.parametrize(
    ("format_", "empty"),
    [
        ("hocr", "<html><body><div class='ocr_page'></div></body></html>"),
        ("hocr", "<html><head><meta name='ocr-system' content='x'/></head></html>"),
        ("alto", "<alto/>"),
        ("page", "<PcGts/>"),
        ("jsonl", "\n\n"),
    ],
)
def test_a_page_without_text_is_of_its_format(format_: str, empty: str) -> None:
    done = thaifix("--format", format_, given=empty)
    assert (done.exit_code, done.stdout, done.stderr) == (ExitCode.OK, empty, "")


@pytest.mark.parametrize("name", [name for name in GIVEN if name != "record.jsonl"])
@pytest.mark.parametrize("command", [[], ["text"], ["series"], ["corrupt"], ["lexicon", "mine"]])
def test_a_field_of_a_file_without_fields_is_refused(
    here: Path, command: list[str], name: str
) -> None:
    """Not all of the file was meant; the filter lets it through."""
    done = thaifix(*command, "--field", "a", name)
    assert done.exit_code == ExitCode.INPUT
    assert f"{name}: is text, which has no fields. Leave --field out" in done.stderr
    if command in ([], ["corrupt"]):
        assert done.stdout == GIVEN[name]
    else:
        assert OBSERVED not in done.stdout


def test_files_with_the_field_are_corrected_beside_it(here: Path) -> None:
    done = thaifix("--field", "text", "plain.txt", "record.jsonl")
    assert done.exit_code == ExitCode.INPUT
    assert done.stdout.startswith(GIVEN["plain.txt"])
    assert '"text_original"' in done.stdout


def test_a_missing_file_is_only_missing(here: Path) -> None:
    """Whatever format it was said to have."""
    for options in ["--format", "alto"], ["--format", "hocr"], ["--field", "a"]:
        for command in [], ["text"]:
            done = thaifix(*command, *options, "missing")
            assert done.exit_code == ExitCode.INPUT
            assert done.stderr == "thaifix: missing: No such file or directory. Check the name\n"


@pytest.mark.parametrize("command", [["series"], ["corrupt", "--jsonl"]])
def test_what_is_passed_over_is_told_by_every_command(here: Path, command: list[str]) -> None:
    Path("some.jsonl").write_text('{"text": "ก"}\n{"x": 1}\noops\n', "utf-8")
    assert thaifix(*command, "some.jsonl").stderr.splitlines() == [
        "thaifix: some.jsonl: 1 record passed over: no such field",
        "thaifix: some.jsonl: 1 line passed over: no record can be read there",
    ]


def test_of_many_bad_lines_the_first_are_told(here: Path) -> None:
    done = thaifix(given='{"text": "ก"}\n' + "oops\n" * 25)
    *lines, last = done.stderr.splitlines()
    assert len(lines) == 10
    assert last == "thaifix: -: so do 15 more lines"
