"""`thaifix evaluate` from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from running import shell

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode

OBSERVED, INTENDED = "เเละการประชุม", "และการประชุม"  # two sara e for sara ae


def run(*arguments: str | Path) -> Result:
    fast = ["--resamples", "10"]
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments), *fast])


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.jsonl"
    records = [{"id": i, "gold": INTENDED, "ocr": OBSERVED} for i in range(3)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_json(pages: Path) -> None:
    """Of three pages each has one letter for two: one substituted, one inserted."""
    output = run(pages, "--json")
    assert (output.exit_code, output.stderr) == (ExitCode.OK, "")
    result = json.loads(output.stdout)
    assert result["documents"] == 3
    assert result["cer"] == {"errors": 6, "total": 36, "rate": 6 / 36}
    assert "corrected" not in result


def test_table(pages: Path) -> None:
    output = run(pages)
    assert output.exit_code == ExitCode.OK
    assert output.stdout.startswith("3 documents, 36 code points, ")


def test_correct_judges_thaifix_itself(pages: Path) -> None:
    """It repairs all three pages, and its edits make a curve."""
    result = json.loads(run(pages, "--json", "--correct", "--profile", "strict").stdout)
    corrected = result["corrected"]
    assert corrected["name"] == "thaifix strict"
    assert corrected["cer"]["errors"] == 0
    assert (result["repaired"], result["damaged"], result["damage"]) == (3, 0, 0)
    assert corrected["curve"][0]["good"] == 3


def test_correct_beside_a_given_correction(tmp_path: Path) -> None:
    """Files are not written; both are compared."""
    names = {"gold.txt": INTENDED, "ocr.txt": OBSERVED, "mine.txt": OBSERVED}
    for name, text in names.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = json.loads(run(*(tmp_path / name for name in names), "--correct", "--json").stdout)
    assert [system["name"] for system in result["corrected"]] == ["mine.txt", "thaifix normal"]
    assert [system["cer"]["errors"] for system in result["corrected"]] == [2, 0]
    assert [d["second"] for d in result["differences"]] == ["thaifix normal"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_folders_with_missing_pages(tmp_path: Path) -> None:
    for folder, names in ("gold", "12"), ("ocr", "1"):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.txt").write_text("ก", encoding="utf-8")
    folders = tmp_path / "gold", tmp_path / "ocr"
    refused = run(*folders)
    assert refused.exit_code == ExitCode.INPUT
    assert "ocr lacks 1 page (2)" in refused.stderr
    assert refused.stdout == ""
    empty = json.loads(run(*folders, "--missing", "empty", "--json").stdout)
    assert empty["cer"] == {"errors": 1, "total": 2, "rate": 0.5}
    skipped = run(*folders, "--missing", "skip", "--json")
    assert json.loads(skipped.stdout)["cer"] == {"errors": 0, "total": 1, "rate": 0}
    assert "left out 1 page" in skipped.stderr


def test_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"k": {"n": "x"}, "t": "ab", "h": "a", "c": "ab"}', encoding="utf-8")
    options = ["--id-field", "k.n", "--reference-field", "t", "--hypothesis-field", "h"]
    result = json.loads(run(path, "--json", *options, "--corrected-field", "c").stdout)
    assert [page["id"] for page in result["per_document"]] == ["x"]
    assert result["corrected"]["cer"]["errors"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no.txt", "none.txt"], "no.txt: No such file or directory. Check the name"),
        (["no.txt"], "no.txt: No such file or directory. Check the name"),
        (["/dev/null"], "/dev/null alone is not enough"),
        ([], "Missing argument"),
        (["a.txt", "b.txt", "--missing", "guess"], "Invalid value"),
        (["a.txt", "b.txt", "--resamples", "0"], "Invalid value"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    output = CliRunner().invoke(main, ["evaluate", *arguments])
    assert output.exit_code == ExitCode.INPUT
    assert message in output.stderr


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "tis620.txt"
    path.write_bytes("ก".encode("tis-620"))
    output = run(path, path)
    assert output.exit_code == ExitCode.INPUT
    assert f"thaifix: {path}: byte 0 is not UTF-8" in output.stderr


def test_help_names_the_ways_to_call_it() -> None:
    """One a line."""
    shown = run("--help").stdout
    assert "\n  thaifix evaluate gold/ ocr/\n  thaifix evaluate gold/ ocr/ mine/" in shown
    assert "--correct" in shown


def test_html(pages: Path, tmp_path: Path) -> None:
    """The report is written beside the table, and never over what is compared."""
    page = tmp_path / "report.html"
    result = run(pages, "--html", page)
    assert result.exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    result = run(pages, "--html", pages)
    assert result.exit_code == 2
    assert "would overwrite" in result.stderr


def test_html_over_what_is_read(tmp_path: Path) -> None:
    """A page in a folder, or a list of words, is read, too."""
    (tmp_path / "gold").mkdir()
    page, keep = tmp_path / "gold" / "1.txt", tmp_path / "keep.txt"
    for path in page, keep:
        path.write_text(INTENDED, encoding="utf-8")
    folder = page.parent
    for arguments in (
        (folder, folder, "--html", page),
        (page, page, "--correct", "--keep", keep, "--html", keep),
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "would overwrite what this run reads or writes" in result.stderr
    assert page.read_text("utf-8") == keep.read_text("utf-8") == INTENDED


def test_how_to_correct_without_being_asked_to(pages: Path) -> None:
    result = run(pages, "--profile", "strict")
    assert result.exit_code == 2
    assert "--profile says how to correct. Give --correct, too" in result.stderr


def test_names_give_the_terminal_no_orders(tmp_path: Path) -> None:
    for folder, name in ("gold", "b.txt"), ("ocr", "a\x1b[31m\x9b.txt"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("ก", encoding="utf-8")
    result = run(tmp_path / "gold", tmp_path / "ocr")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "a\N{SYMBOL FOR ESCAPE}[31m\N{REPLACEMENT CHARACTER}" in result.stderr


def test_html_that_cannot_be_written(pages: Path, tmp_path: Path) -> None:
    """What can be known before is told before."""
    result = run(pages, "--html", tmp_path / "no" / "report.html")
    assert result.exit_code == 2
    assert "report.html: there is no such folder" in result.stderr
    assert result.stdout == ""
    result = run(pages, "--html", tmp_path)
    assert result.exit_code == 4
    assert "cannot write" in result.stderr
    result = run(pages, "--html", "-")
    assert result.exit_code == 2


def test_pattern_says_which_files_are_pages(tmp_path: Path) -> None:
    for folder in "gold", "ocr":
        (tmp_path / folder).mkdir()
        for name, text in ("1.txt", "ก"), ("2.md", "กข"):
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    folders = tmp_path / "gold", tmp_path / "ocr"
    totals = {
        pattern: json.loads(run(*folders, "--json", *options).stdout)["cer"]["total"]
        for pattern, options in {
            "": [],
            "*.md": ["--pattern", "*.md"],
            "*": ["--pattern", "*"],
        }.items()
    }
    assert totals == {"": 1, "*.md": 2, "*": 3}


def test_samples_and_their_seed(pages: Path) -> None:
    """They are those of the options, and 2,000 with seed 1 otherwise."""
    command = ["evaluate", str(pages), "--json"]
    plain = json.loads(CliRunner().invoke(main, command).stdout)["bootstrap"]
    assert (plain["resamples"], plain["seed"]) == (2000, 1)
    more = json.loads(
        CliRunner().invoke(main, [*command, "--resamples", "7", "--seed", "5"]).stdout
    )
    assert (more["bootstrap"]["resamples"], more["bootstrap"]["seed"]) == (7, 5)


@pytest.mark.parametrize(
    ("options", "name", "errors"),
    [
        ([], "thaifix normal", 0),
        (["--threshold", "0.7"], "thaifix normal from 0.7 on", 1),
        (["--profile", "strict", "--threshold", "0.6"], "thaifix strict from 0.6 on", 0),
    ],
)
def test_options_of_the_corrector(
    options: list[str], name: str, errors: int, tmp_path: Path
) -> None:
    """They reach it, and the report names what they change."""
    for page, text in ("gold.txt", "ตามกำหนดนั้น"), ("ocr.txt", "ตามกำหนตนั้น"):
        (tmp_path / page).write_text(text, encoding="utf-8")
    files = tmp_path / "gold.txt", tmp_path / "ocr.txt"
    corrected = json.loads(run(*files, "--correct", "--json", *options).stdout)["corrected"]
    assert (corrected["name"], corrected["cer"]["errors"]) == (name, errors)


@pytest.mark.parametrize(
    "option",
    [
        ["--threshold", "0.9"],
        ["--lexicon", "a"],
        ["--keep", "a"],
        ["--model", "a"],
        ["--no-lexicons"],
        ["--no-memory"],
        ["--no-adapt"],
    ],
)
def test_every_option_of_a_corrector_needs_one(option: list[str], pages: Path) -> None:
    result = run(pages, *option)
    assert result.exit_code == ExitCode.INPUT
    assert f"{option[0]} says how to correct. Give --correct, too" in result.stderr


def test_several_pages_left_out(tmp_path: Path) -> None:
    for folder, names in ("gold", "1234"), ("ocr", "14"):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.txt").write_text("ก", encoding="utf-8")
    result = run(tmp_path / "gold", tmp_path / "ocr", "--missing", "skip")
    assert "left out 2 pages that not all have" in result.stderr


def test_the_report_has_the_names_of_what_is_compared(pages: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    run(pages, "--html", report)
    assert "<title>pages.jsonl" in report.read_text(encoding="utf-8")


def test_a_report_over_standard_output(pages: Path, tmp_path: Path) -> None:
    """Where that is a file, it has the figures."""
    done = shell("thaifix evaluate pages.jsonl --html out --resamples 9 > out", pages.parent)
    assert done.returncode == ExitCode.INPUT
    assert b"would overwrite what this run reads or writes" in done.stderr
    assert (tmp_path / "out").read_bytes() == b""


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "1.txt").write_text("ก", "utf-8")
    nope = tmp_path / "nope"
    for arguments in ([tmp_path / "gold", nope], [nope, tmp_path / "gold"], [nope]):
        told = run(*arguments)
        assert told.exit_code == ExitCode.INPUT
        assert told.stderr == f"thaifix: {nope}: No such file or directory. Check the name\n"
