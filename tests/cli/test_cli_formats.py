"""Formats from outside: the filter, `text` and `revert`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pdf_files import need, printed
from replacements import AM, NIKHAHIT_AA
from running import thaifix

from thaifix.cli.exit_codes import ExitCode

DATA = Path(__file__).parents[1] / "data"
PAGES = ["tesseract.hocr", "tesseract.xml", "ocrd-2019.xml", "transkribus-2013.xml", "ocropus.html"]


@pytest.mark.parametrize("name", PAGES)
def test_there_and_back(name: str, tmp_path: Path) -> None:
    """From a file and from standard input; the text of the result is the corrected text."""
    original = (DATA / name).read_bytes()
    result = thaifix(DATA / name)
    assert result.exit_code == ExitCode.OK
    assert thaifix(given=original).stdout_bytes == result.stdout_bytes != original
    (tmp_path / "corrected").write_bytes(result.stdout_bytes)
    assert thaifix("revert", tmp_path / "corrected").stdout_bytes == original
    assert thaifix("revert", given=result.stdout_bytes).stdout_bytes == original
    before = thaifix("text", DATA / name).stdout
    assert NIKHAHIT_AA in before
    assert thaifix("text", "-", given=result.stdout_bytes).stdout == thaifix(given=before).stdout


def test_edits_are_logged_with_places_of_the_text(tmp_path: Path) -> None:
    log = tmp_path / "log"
    thaifix("--edits", log, DATA / "tesseract.xml")
    text = thaifix("text", DATA / "tesseract.xml").stdout
    *records, _ = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert records
    for record in records:
        start, end = record["source"]
        assert text[start:end] == record["observed"]
        assert record["line"] == text.count("\n", 0, start) + 1


def test_words_can_be_merged_and_originals_left_out() -> None:
    name = DATA / "tesseract.hocr"
    merged = thaifix("--merge-words", name).stdout
    assert f">ส{AM}นักงาน</span>" in merged
    assert "thaifix-original" in merged
    plain = thaifix("--no-originals", name).stdout
    assert "thaifix-original" not in plain
    assert "thaifix-undo" not in plain
    assert plain != name.read_text("utf-8")
    assert AM in plain


def test_a_format_can_be_forced(tmp_path: Path) -> None:
    """As text, markup is text."""
    page = tmp_path / "page"
    page.write_text(f"<alto>\nท{NIKHAHIT_AA}งาน\n", "utf-8")
    result = thaifix(page)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.INPUT, b"")
    assert f"{page}, line 3: not well-formed XML" in result.stderr
    assert "--format text" in result.stderr
    result = thaifix("--format", "text", page)
    assert result.stdout == f"<alto>\nท{AM}งาน\n"
    assert thaifix("--format", "docx", page).exit_code == ExitCode.INPUT


def test_pages_are_not_written_behind_each_other(tmp_path: Path) -> None:
    """Text and records are, and pages that are only checked."""
    pages = [DATA / "tesseract.hocr", DATA / "tesseract.xml"]
    result = thaifix(*pages)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.INPUT, b"")
    assert "tesseract.hocr is hocr" in result.stderr
    assert "one by one" in result.stderr
    assert thaifix("--check", *pages).exit_code == ExitCode.CHANGES
    assert f"[-◌{NIKHAHIT_AA}-]" in thaifix("--diff", *pages).stdout
    records = tmp_path / "records.jsonl"
    records.write_text('{"text": "ก"}\n', "utf-8")
    assert thaifix(records, records).stdout == '{"text": "ก"}\n' * 2
    text = "".join(thaifix("text", page).stdout for page in pages)
    assert thaifix("text", *pages).stdout == text


def test_records_that_are_skipped_are_told(tmp_path: Path) -> None:
    given = f'{{"text": "ท{NIKHAHIT_AA}"}}\noops\n'
    result = thaifix("--stats", given=given)
    assert result.exit_code == ExitCode.OK
    assert result.stdout.endswith("\noops\n")
    assert "-: line 2 stays as it is: Expecting value" in result.stderr
    assert "skipped_record 1" in result.stderr
    assert thaifix("revert", given=result.stdout_bytes).stdout == given


def test_what_leads_nowhere_is_told(tmp_path: Path) -> None:
    result = thaifix("revert", DATA / "tesseract.hocr")
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.MISMATCH, b"")
    assert "has not kept what it was" in result.stderr
    assert thaifix("revert", "--format", "text", DATA / "tesseract.txt").exit_code
    assert thaifix("text", tmp_path / "missing").exit_code == ExitCode.INPUT
    assert "not well-formed" in thaifix("text", given=b"<alto>").stderr


def test_pages_of_a_pdf_that_stay_are_told(tmp_path: Path) -> None:
    need()
    path = printed(tmp_path / "own.pdf")
    done = thaifix(path)
    assert done.exit_code == ExitCode.OK
    assert done.stdout_bytes == path.read_bytes()
    assert f"{path}: 1 page passed over: a text of its own" in done.stderr
    assert thaifix("--language", "xyz", path).exit_code == ExitCode.OK  # nothing is read


@pytest.mark.parametrize("fields", [["a", "b"], ["x.a", "x.b"]])
def test_several_fields_lead_back_as_they_were_named(fields: list[str], tmp_path: Path) -> None:
    """The advice that is given works when it is typed."""
    inner = {"a": f"ท{NIKHAHIT_AA}", "b": f"น{NIKHAHIT_AA}"}
    given = json.dumps({"x": inner} if "x.a" in fields else inner) + "\n"
    named = [option for field in fields for option in ("--field", field)]
    corrected = thaifix(*named, given=given).stdout
    assert corrected.count("_original") == 2
    refused = thaifix("revert", given=corrected)
    assert refused.exit_code == ExitCode.MISMATCH
    assert " ".join(f"--field '{field}'" for field in fields) in refused.stderr
    assert thaifix("revert", *named, given=corrected).stdout == given
