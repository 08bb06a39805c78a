"""Each option that decides about a correction has its effect, on the command line and in Python."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from running import thaifix

from thaifix import Corrector, Options
from thaifix.cli.exit_codes import ExitCode

LETTER = "ตามกำหนตนั้น"
SPACE = "ผู้ว่าราชการจัง หวัด"
FACT = "องค์กรอนามัยโลก (World Health Organization - WHO)"
NAME = (
    "พล.ต.อ.วิชัย แก้วมโนรมย์ เป็นประธาน\nนายวิชัย แก้วมโนรมซ์ กล่าว\n"
    "นายวิชัย แก้วมโนรมย์ ตอบ\nนายวิชัย แก้วมโนรมย์ กล่าวต่อ\n"
)
TERM = "ตามที่กรมพิทักษ์ผื้งหลวงแจ้ง"
SUM = "เป็นเงิน ๑๑๒,๐๐๐ บาท (หนึ่งแสนหนึ่งหมื่นหกพันบาทถ้วน)\n"
CLEAN = Path(__file__).parents[2] / "corpora" / "clean"
ENGINE = (
    re.sub("(ง[^ง]*ง[^ง]*)ง", r"\1จ", (CLEAN / "official.txt").read_text("utf-8")[:5000])
    + "\n\nทุกสัปดาห์ วัจวน ๒.๓ ตัว"
)
"""An engine that reads every third ง as จ; the last place alone is not sure enough."""


class Effect(NamedTuple):
    """What an option changes.

    Attributes:
        options: On the command line.
        settings: The same in Python.
        text: What is corrected.
        without: What is then in the result without the option, and not with it.
        with_: What is then in the result with the option, and not without it.
    """

    options: Sequence[str]
    settings: dict[str, Any]
    text: str
    without: str
    with_: str


TERMS = {"lexicons": [["กรมพิทักษ์ผึ้งหลวง"]]}
EFFECTS = [
    Effect(["--profile", "strict"], {"profile": "strict"}, LETTER, "กำหนด", "กำหนต"),
    Effect(["--profile", "bold"], {"profile": "bold"}, SPACE, "จัง หวัด", "จังหวัด"),
    Effect(["--threshold", "0.7"], {"options": Options(threshold=0.7)}, LETTER, "กำหนด", "กำหนต"),
    Effect(["--threshold", "0.3"], {"options": Options(threshold=0.3)}, SPACE, "จัง ", "จังหวัด"),
    Effect(["--no-lexicons"], {"options": Options(lexicons=False)}, FACT, "องค์การ", "องค์กร"),
    Effect(
        ["--no-memory"], {"options": Options(memory=False)}, NAME, "มโนรมย์ กล่าว\n", "มโนรมซ์ กล่าว\n"
    ),
    Effect(["--no-adapt"], {"options": Options(adapt=False)}, ENGINE, "วังวน", "วัจวน"),
    Effect(["--no-numbers"], {"options": Options(numbers=False)}, SUM, "๑๑๖", "๑๑๒"),
    Effect(["--lexicon", "terms.txt"], TERMS, TERM, "ผื้งหลวง", "ผึ้งหลวง"),
    Effect(["--lexicon", "o.txt", "--lexicon", "terms.txt"], TERMS, TERM, "ผื้งหลวง", "ผึ้งหลวง"),
    Effect(["--lexicon", "terms.txt", "--lexicon", "o.txt"], TERMS, TERM, "ผื้งหลวง", "ผึ้งหลวง"),
    Effect(["--keep", "keep.txt"], {"keep": ["กำหนต"]}, LETTER, "กำหนด", "กำหนต"),
]


@pytest.fixture(autouse=True)
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the options name, in the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("terms.txt").write_text("กรมพิทักษ์ผึ้งหลวง\n", "utf-8")
    Path("o.txt").write_text("กรมสมมุติ\n", "utf-8")
    Path("keep.txt").write_bytes("\ufeff# why\r\n\r\n  กำหนต \r\n".encode())


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: " ".join(effect.options))
def test_effect(effect: Effect, corrector: Corrector) -> None:
    """The same on the command line and in Python, and not what is done without the option."""
    for options, in_python, present, absent in [
        ([], corrector, effect.without, effect.with_),
        (effect.options, Corrector(**effect.settings), effect.with_, effect.without),
    ]:
        result = thaifix(*options, given=effect.text)
        assert result.exit_code == ExitCode.OK
        assert present in result.stdout
        assert absent not in result.stdout
        assert result.stdout == in_python.correct(effect.text).text


def test_a_threshold_outweighs_the_profile() -> None:
    result = thaifix("--profile", "strict", "--threshold", "0.6", given=LETTER)
    assert result.stdout == "ตามกำหนดนั้น"


@pytest.mark.parametrize("threshold", ["-0.1", "1.1", "much"])
def test_a_threshold_is_a_probability(threshold: str) -> None:
    result = thaifix("--threshold", threshold, given=LETTER)
    assert (result.exit_code, result.stdout) == (ExitCode.INPUT, "")
    assert "Invalid value for '--threshold'" in result.stderr


@pytest.mark.parametrize("threshold", ["0", "1"])
def test_both_ends_are_allowed(threshold: str) -> None:
    assert thaifix("--threshold", threshold, given="x").exit_code == ExitCode.OK


def test_rules_hold_in_every_profile() -> None:
    for profile in "strict", "normal", "bold":
        assert thaifix("--profile", profile, given="ส\u0e4d\u0e32คัญ").stdout == "ส\u0e33คัญ"


def test_stats_say_what_was_learned() -> None:
    """How many confusions have become cheaper; with --no-adapt nothing is said."""
    assert "adapted: 1 confusions, to the documents' own" in thaifix("--stats", given=ENGINE).stderr
    assert "adapted" not in thaifix("--stats", "--no-adapt", given=ENGINE).stderr


def test_comments_and_empty_lines_are_no_words_to_keep() -> None:
    assert thaifix("--keep", "keep.txt", given=NAME).stdout == thaifix(given=NAME).stdout
    assert thaifix("--keep", "keep.txt", given=f"# why {LETTER}").stdout == f"# why {LETTER}"


@pytest.mark.parametrize("option", ["--lexicon", "--keep", "--model"])
@pytest.mark.parametrize("content", [None, b"\xff\xfe\n"], ids=["missing", "of no use"])
def test_a_corrector_that_cannot_be_made(option: str, content: bytes | None) -> None:
    """Nothing is read or written without it; the message names the file."""
    if content is not None:
        Path("file").write_bytes(content)
    result = thaifix(option, "file", given=LETTER)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.MODEL, b"")
    assert "thaifix: file: " in result.stderr


# Options of formats.

RECORDS = "".join(
    json.dumps({"a": a, "b": b}, ensure_ascii=False) + "\n"
    for a, b in [(LETTER, LETTER * 2), (LETTER, "")]
)


@pytest.mark.parametrize(
    ("options", "field"), [([], "b"), (["--field", "a"], "a"), (["--field", "b"], "b")]
)
def test_field_of_records(options: list[str], field: str) -> None:
    """The named one is corrected, printed and given back; without a name, the longest text."""
    corrected = thaifix(*options, given=RECORDS)
    assert corrected.exit_code == ExitCode.OK
    first = json.loads(corrected.stdout.splitlines()[0])
    repaired = {name for name in "ab" if "กำหนด" in first[name]}
    assert repaired == {field}
    assert thaifix("revert", *options, given=corrected.stdout).stdout == RECORDS
    text = thaifix("text", *options, given=RECORDS).stdout
    assert text.count("กำหนต") == (3 if field == "a" else 2) - (field == "a")


@pytest.mark.parametrize("name", ["parquet", "arrow"])
def test_column_of_tables(name: str) -> None:
    """The same of tables."""
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table({"a": [LETTER], "b": [LETTER * 2]})
    path = Path(f"given.{name}")
    _write(path, table)
    for column in "a", "b":
        corrected = thaifix("--field", column, path)
        assert corrected.exit_code == ExitCode.OK
        Path("corrected").write_bytes(corrected.stdout_bytes)
        found = _read(Path("corrected"), name)
        assert {c for c in "ab" if "กำหนด" in found[c][0].as_py()} == {column}
        reverted = thaifix("revert", "--field", column, "corrected")
        Path("reverted").write_bytes(reverted.stdout_bytes)
        assert _read(Path("reverted"), name).equals(table)
        assert (
            thaifix("text", "--field", column, path).stdout.strip("\f\n")
            == table[column][0].as_py()
        )


def _write(path: Path, table: Any) -> None:
    if path.suffix == ".parquet":
        from pyarrow import parquet

        parquet.write_table(table, path)
        return
    from pyarrow import ipc

    with ipc.new_file(path, table.schema) as file:
        file.write_table(table)


def _read(path: Path, name: str) -> Any:
    if name == "parquet":
        from pyarrow import parquet

        return parquet.read_table(path)
    from pyarrow import ipc

    with ipc.open_file(path) as file:
        return file.read_all()


@pytest.mark.parametrize("command", [[], ["text"], ["revert"]])
def test_a_format_is_taken_at_its_word(command: list[str]) -> None:
    """What it is told to be outweighs what it looks like; a name that is none is refused."""
    refused = thaifix(*command, "--format", "docx", given=RECORDS)
    assert refused.exit_code in (ExitCode.INPUT, ExitCode.MISMATCH)
    assert "docx" in refused.stderr
    for name in "text", "hocr", "jsonl":
        assert name in refused.stderr


def test_records_as_text() -> None:
    assert thaifix("text", "--format", "text", given=RECORDS).stdout == RECORDS
    record = json.dumps({"a": LETTER}, ensure_ascii=False) + "\n"
    corrected = thaifix("--format", "text", given=record).stdout
    assert corrected == record.replace("กำหนต", "กำหนด")
