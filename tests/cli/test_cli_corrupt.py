"""`thaifix corrupt` from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.text.edit import Edit, apply

TEXT = "จำนวนผู้เข้าร่วมประชุมตามหนังสือของกรมการปกครอง\r\n" * 30 + "\0\f" + "ตามกำหนดนั้น\n" * 9
BYTES = "\ufeff".encode() + TEXT.encode() + b"\xe0\xb8\xff end"


def thaifix(*arguments: str | Path, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(BYTES)
    return path


@pytest.mark.parametrize(
    "options",
    [
        ["tesseract-tha", "--rate", "0.1"],
        ["tesseract-script-thai", "--rate", "0.1"],
        ["vlm", "--rate", "0.1"],
        ["paddle", "--rate", "0.1"],
        ["letter-spaced"],
        ["pdf-layer"],
    ],
    ids=lambda options: options[0],
)
def test_revert_gives_the_clean_bytes_back(page: Path, tmp_path: Path, options: list[str]) -> None:
    """Byte order mark, CR LF, NUL, form feed and bytes that are not UTF-8 included."""
    log, noisy = tmp_path / "edits.jsonl", tmp_path / "noisy.txt"
    made = thaifix("corrupt", "--engine", *options, "--edits", log, page)
    assert made.exit_code == ExitCode.OK
    assert made.stdout_bytes != BYTES
    noisy.write_bytes(made.stdout_bytes)
    assert thaifix("revert", log, noisy).stdout_bytes == BYTES


def test_log_lines_are_those_of_the_filter(page: Path, tmp_path: Path) -> None:
    log = tmp_path / "edits.jsonl"
    thaifix("corrupt", "--rate", "0.1", "--seed", "7", "--edits", log, page)
    first = json.loads(log.read_text("utf-8").splitlines()[0])
    assert list(first) == [
        "file", "line", "source", "observed", "output", "replacement", "reason", "margin",
        "confidence", "entry", "model",
    ]  # fmt: skip
    assert first["model"] == "tesseract-tha 0.1 seed 7"


def test_records(page: Path) -> None:
    """A document is a record whose edits make its ocr of its gold."""
    result = thaifix("corrupt", "--rate", "0.1", "--jsonl", page)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["id"] for record in records] == [f"{page}:1", f"{page}:31"]
    assert "".join(r["gold"] for r in records).startswith(TEXT)
    for record in records:
        edits = [
            Edit(start, end, e["replacement"], reason=e["reason"], observed=e["observed"])
            for e in record["edits"]
            for start, end in [e["source"]]
        ]
        assert edits
        assert apply(record["gold"], edits) == record["ocr"]


def test_records_can_be_evaluated(page: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages.jsonl"
    pages.write_bytes(thaifix("corrupt", "--rate", "0.1", "--jsonl", page).stdout_bytes)
    report = json.loads(thaifix("evaluate", pages, "--json", "--resamples", "9").stdout)
    assert 0 < report["cer"]["rate"] < 0.5


def test_standard_input_and_equal_seeds() -> None:
    once = thaifix("corrupt", "--rate", "0.1", given=BYTES)
    assert once.stdout_bytes == thaifix("corrupt", "--rate", "0.1", "-", given=BYTES).stdout_bytes
    other = thaifix("corrupt", "--rate", "0.1", "--seed", "2", given=BYTES)
    assert other.stdout_bytes != once.stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "abbyy"], "abbyy: no such engine. Known are letter-spaced, paddle, "),
        (["--engine", "none.json"], "none.json: cannot read the profile"),
        (["--rate", "0.7"], "rate 0.7 is not from 0 to 0.5"),
        (["--jsonl", "--edits", "log"], "give --jsonl or --edits, not both"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    result = thaifix("corrupt", *arguments, given=b"text")
    assert result.exit_code == ExitCode.INPUT
    assert message in result.stderr


def test_a_rate_out_of_reach_is_told() -> None:
    result = thaifix("corrupt", "--rate", "0.2", given="日本語".encode() * 500)
    assert result.exit_code == ExitCode.INPUT
    assert "out of reach" in result.stderr


def test_a_profile_that_is_none(tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    for content in ("[]", "{", '{"version": 1}', '{"version": 9}'):
        profile.write_text(content, "utf-8")
        result = thaifix("corrupt", "--engine", profile, given=b"text")
        assert result.exit_code == ExitCode.INPUT
        assert "Make one from pages again" in result.stderr


def test_every_record_has_an_id_of_its_own(tmp_path: Path) -> None:
    """Though pages, or parts of a very long line, begin in one line, and files are given twice."""
    pages, long = tmp_path / "pages.txt", tmp_path / "long.txt"
    pages.write_text("ประเทศไทย\fกรุงเทพมหานคร\fเชียงใหม่\n", encoding="utf-8")
    long.write_text("ประเทศไทย" * 20_000, encoding="utf-8")
    result = thaifix("corrupt", "--jsonl", pages, pages, long)
    ids = [json.loads(line)["id"] for line in result.stdout.splitlines()]
    assert ids[:3] == [f"{pages}:1", f"{pages}:1#2", f"{pages}:1#3"]
    assert len(set(ids)) == len(ids) == 9


def test_engine_and_rate_have_an_effect() -> None:
    """The engine that is not named is Tesseract with its Thai model."""
    plain = thaifix("corrupt", given=BYTES).stdout_bytes
    named = thaifix("corrupt", "--engine", "tesseract-tha", "--seed", "1", given=BYTES).stdout_bytes
    other = thaifix("corrupt", "--engine", "tesseract-script-thai", given=BYTES).stdout_bytes
    many = thaifix("corrupt", "--rate", "0.3", given=BYTES).stdout_bytes
    assert plain == named
    assert len({plain, other, many}) == 3
    assert sum(a != b for a, b in zip(many, BYTES, strict=False)) > 200


def test_an_unfinished_character_is_no_record(tmp_path: Path) -> None:
    """Nor is a byte order mark; what follows it is the document."""
    result = thaifix("corrupt", "--jsonl", given="\ufeffกรม".encode())
    (record,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (record["id"], record["gold"]) == ("-:1", "กรม")


def test_a_rate_out_of_reach_is_told_of_records_too() -> None:
    result = thaifix("corrupt", "--jsonl", "--rate", "0.2", given="日本語".encode() * 500)
    assert result.exit_code == ExitCode.INPUT
    assert "out of reach" in result.stderr
