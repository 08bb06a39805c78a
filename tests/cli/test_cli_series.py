"""`thaifix series` and `thaifix apply` from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.curate.series_table import COLUMNS, identify

TEXT = "ตามกำหนตนั้น\r\nและตามกำหนตนี้\0\n"
DONE = TEXT.replace("กำหนต", "กำหนด")


def thaifix(*arguments: str | Path, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def decide(table: str, decisions: dict[str, str]) -> str:
    """Fill in the table by observed words; "*" is for all others."""
    header, *lines = table.splitlines()
    filled = [header]
    for line in lines:
        cells = line.split("\t")
        cells[1] = decisions.get(cells[2], decisions.get("*", ""))
        filled.append("\t".join(cells))
    return "\n".join(filled) + "\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode() + b"\xff")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "series.tsv"
    row = f"{identify('กำหนต', 'กำหนด')}\tyes\tกำหนต\tกำหนด\n"
    path.write_text("\t".join(COLUMNS[:4]) + "\n" + row, "utf-8")
    return path


def test_round_trip(page: Path, tmp_path: Path, pages: list[dict[str, Any]]) -> None:
    """Series, a person's decisions, apply, revert."""
    other = tmp_path / "other.txt"
    other.write_text("\f".join(p["ocr"] for p in pages[:6]), "utf-8")
    result = thaifix("series", page, other)
    assert result.exit_code == ExitCode.OK
    lines = result.stdout.splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert len(lines) > 20
    cells = next(line.split("\t") for line in lines if "\tกำหนต\tกำหนด\t" in line)
    assert cells[4:6] == ["2", "1"]
    assert cells[10] == "ตาม[กำหนต->กำหนด]นั้น\\r\\nและตามกำหนตนี้"

    series, log = tmp_path / "series.tsv", tmp_path / "log.jsonl"
    series.write_text(decide(result.stdout, {"กำหนต": "กติกา", "*": "no"}), "utf-8")
    applied = thaifix("apply", series, "--edits", log, page, other)
    assert applied.exit_code == ExitCode.OK
    original = page.read_bytes() + other.read_bytes()
    assert applied.stdout_bytes == original.replace("กำหนต".encode(), "กติกา".encode())
    *records, _ = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {(r["reason"], r["entry"]) for r in records} == {("series", cells[0])}
    assert thaifix("revert", log, given=applied.stdout_bytes).stdout_bytes == original

    series.write_text(decide(result.stdout, {"*": "yes"}), "utf-8")
    applied = thaifix("apply", series, "--edits", log, page, other)
    assert len(log.read_text("utf-8").splitlines()) > len(lines) - 1
    assert thaifix("revert", log, given=applied.stdout_bytes).stdout_bytes == original


def test_an_unread_table_changes_nothing(page: Path, tmp_path: Path) -> None:
    """The very table that `series` wrote."""
    (tmp_path / "series.tsv").write_bytes(thaifix("series", page).stdout_bytes)
    assert thaifix("apply", tmp_path / "series.tsv", page).stdout_bytes == page.read_bytes()


def test_standard_input(table: Path) -> None:
    assert "กำหนต\tกำหนด" in thaifix("series", given=TEXT.encode()).stdout
    assert thaifix("apply", table, given=TEXT.encode()).stdout_bytes == DONE.encode()


def test_check_and_diff(table: Path, page: Path, tmp_path: Path) -> None:
    checked = thaifix("apply", table, "--check", page)
    assert (checked.exit_code, checked.stdout_bytes) == (ExitCode.CHANGES, b"")
    shown = thaifix("apply", table, "--diff", page).stdout.splitlines()
    assert shown[0].startswith(f"{page}:1: ตามกำหน[-ต-]{{+ด+}}นั้น")
    assert len(shown) == 2
    page.write_bytes(DONE.encode())
    assert thaifix("apply", table, "--check", page).exit_code == ExitCode.OK


def test_keep_list(table: Path, page: Path, tmp_path: Path) -> None:
    """A never-touch word outweighs a decision, and is not listed."""
    keep = tmp_path / "keep.txt"
    keep.write_text("กำหนต\n", "utf-8")
    assert thaifix("apply", table, "--keep", keep, page).stdout_bytes == page.read_bytes()
    assert "กำหนต" not in thaifix("series", "--keep", keep, page).stdout


def test_learn(table: Path, tmp_path: Path) -> None:
    """The files work with the filter; a second time changes nothing."""
    name = identify("ธีรรัตน", "ธีรรัตน์")
    with table.open("a", encoding="utf-8") as file:
        file.write(f"{name}\tno\tธีรรัตน\tธีรรัตน์\n")
    learned = tmp_path / "learned"
    for _ in range(2):
        result = thaifix("apply", table, "--learn", learned)
        assert (result.exit_code, result.output) == (ExitCode.OK, "")
        assert (learned / "keep.txt").read_text("utf-8") == "ธีรรัตน\n"
        header, line = (learned / "lexicon.tsv").read_text("utf-8").splitlines()
        row = dict(zip(header.split("\t"), line.split("\t"), strict=True))
        assert (row["term"], row["misreadings"]) == ("กำหนด", "กำหนต")
    options: list[str | Path] = [
        "--lexicon",
        learned / "lexicon.tsv",
        "--keep",
        learned / "keep.txt",
    ]
    result = thaifix(*options, given="นายธีรรัตน ใจดี".encode())
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "นายธีรรัตน ใจดี")


def test_learn_tells_what_it_cannot(table: Path, tmp_path: Path) -> None:
    table.write_text(
        "id\tdecision\tobserved\tintended\n" + f"{identify('ก', 'ข')}\t=\tก\tข\n", "utf-8"
    )
    result = thaifix("apply", table, "--learn", tmp_path / "learned")
    assert result.exit_code == ExitCode.OK
    why = "'ก' is deleted, and a lexicon can only replace"
    assert result.stderr == f"thaifix: {table}:2: not learned: {why}\n"


@pytest.mark.parametrize("options", [[], ["--learn", "own"], ["--check"]])
def test_what_is_no_decision_ends_the_run(
    table: Path, page: Path, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows that are good are not carried out either; an archive is not begun."""
    monkeypatch.chdir(table.parent)
    with table.open("a", encoding="utf-8") as file:
        for number, said in enumerate(["maybe", "?"]):
            words = f"ที{number}", f"ที่{number}"
            file.write("\t".join([identify(*words), said, *words]) + "\n")
    apply = ["apply", str(table), *options, *[str(page)] * ("own" not in options)]
    for command in apply, ["archive", "--decisions", str(table), str(page), "--to", "out"]:
        done = thaifix(*command)
        assert (done.exit_code, done.stdout) == (ExitCode.INPUT, "")
        assert f"{table}: no decisions: line 3 ('maybe'), line 4 ('?'). Nothing" in done.stderr
    assert not Path("own").exists()
    assert not Path("out").exists()


def test_conflict_in_learning(table: Path, tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("กำหนต\n", "utf-8")
    result = thaifix("apply", table, "--learn", tmp_path)
    assert result.exit_code == ExitCode.INPUT
    assert f"{table}: 'กำหนต' is kept ({tmp_path / 'keep.txt'}:1) and misread" in result.stderr


@pytest.mark.parametrize("option", ["--diff", "--check"])
def test_learning_reads_no_text(option: str, table: Path, tmp_path: Path) -> None:
    result = thaifix("apply", table, option, "--learn", tmp_path)
    assert result.exit_code == ExitCode.INPUT
    assert "--learn reads no text" in result.stderr


def test_bad_table(page: Path, tmp_path: Path) -> None:
    """One line that says what to do, and nothing on standard output."""
    bad = tmp_path / "bad.tsv"
    for data, message in [
        (b"observed\tintended\n", f"{bad}:1: no column id, decision"),
        ("id\tdecision".encode("utf-16"), f"{bad}: is UTF-16"),
        (b"id\tdecision\tobserved\tintended\ns1\tyes\ta\tb\n", f"{bad}:2: the id 's1'"),
    ]:
        bad.write_bytes(data)
        result = thaifix("apply", bad, page)
        assert (result.exit_code, result.stdout_bytes) == (ExitCode.INPUT, b"")
        assert message in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_missing_files(table: Path, page: Path, tmp_path: Path) -> None:
    """A missing table ends the run, a missing text does not."""
    result = thaifix("apply", tmp_path / "missing", page)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.INPUT, b"")
    assert "No such file or directory. Check the name" in result.stderr
    result = thaifix("apply", table, tmp_path / "missing", page)
    assert (result.exit_code, result.stdout_bytes) == (ExitCode.INPUT, DONE.encode() + b"\xff")
    result = thaifix("series", tmp_path / "missing", page)
    assert result.exit_code == ExitCode.INPUT
    assert "กำหนต\tกำหนด" in result.stdout


def test_log_never_overwrites_the_table(table: Path, page: Path) -> None:
    before = table.read_bytes()
    assert thaifix("apply", table, "--edits", table, page).exit_code == ExitCode.INPUT
    assert table.read_bytes() == before


LETTER = "ตามกำหนตนั้น"
DOUBTFUL = "การโยกย้ายถาวรสหภพ"  # the term is likely by 0.024
TERM = "ตามที่กรมพิทักษ์ผื้งหลวงแจ้ง"


def rows(*options: str | Path, given: str) -> dict[tuple[str, str], list[str]]:
    """The cells of each row, by observed and intended words."""
    result = thaifix("series", *options, given=given.encode())
    assert result.exit_code == ExitCode.OK
    lines = [line.split("\t") for line in result.stdout.splitlines()[1:]]
    return {(cells[2], cells[3]): cells for cells in lines}


@pytest.mark.parametrize(
    ("options", "applied"),
    [
        ([], "1"),
        (["--profile", "strict"], "0"),
        (["--threshold", "0.6"], "1"),
        (["--threshold", "0.7"], "0"),
    ],
)
def test_what_the_profile_corrects_by_itself(options: list[str], applied: str) -> None:
    """The options change that count, not what is suspected."""
    (cells,) = rows(*options, given=LETTER).values()
    assert cells[2:4] == ["กำหนต", "กำหนด"]
    assert cells[4:7] == ["1", "1", applied]


def test_a_threshold_below_suspicion_widens_it() -> None:
    """What is corrected is listed, however doubtful."""
    known = {cells[8] for cells in rows(given=DOUBTFUL).values()}
    wider = rows("--threshold", "0.02", given=DOUBTFUL)
    assert "term" not in known
    (cells,) = [cells for cells in wider.values() if cells[8] == "term"]
    assert cells[6] == "1"


def test_rules_are_listed_on_request() -> None:
    given = "ส\u0e4d\u0e32คัญ"
    assert rows(given=given) == {}
    assert [cells[8] for cells in rows("--rules", given=given).values()] == ["join_nikhahit_aa"]


def test_lexicon_and_model(tmp_path: Path) -> None:
    """They are those of `series` in `apply`, too."""
    own = tmp_path / "own.txt"
    own.write_text("กรมพิทักษ์ผึ้งหลวง\n", "utf-8")
    assert not [row for row in rows(given=TERM).values() if "ผึ้งหลวง" in row[3]]
    assert [row for row in rows("--lexicon", own, given=TERM).values() if "ผึ้งหลวง" in row[3]]
    for option in "--lexicon", "--model", "--keep":
        for command in (["series"], ["apply", tmp_path / "table"]):
            (tmp_path / "table").write_text("id\tdecision\tobserved\tintended\n", "utf-8")
            result = thaifix(*command, option, tmp_path / "missing", given=b"x")
            assert (result.exit_code, result.stdout) == (ExitCode.MODEL, "")


def test_decisions_reach_over_line_ends(tmp_path: Path) -> None:
    """A document is read in sections, not line by line."""
    observed, intended = "ตาม\nกำหนต", "ตาม\nกำหนด"
    cells = [identify(observed, intended), "yes", observed, intended]
    row = "\t".join(cell.replace("\n", "\\n") for cell in cells)
    (tmp_path / "table").write_text("\t".join(COLUMNS[:4]) + f"\n{row}\n", "utf-8")
    given = f"เป็นไป{observed}นั้น\n"
    applied = thaifix("apply", tmp_path / "table", given=given.encode())
    assert applied.stdout == given.replace(observed, intended)


def test_edits_and_files_teach_nothing(table: Path, page: Path, tmp_path: Path) -> None:
    """With --learn neither a log nor a text makes sense."""
    for arguments in (["--edits", tmp_path / "log"], [page]):
        result = thaifix("apply", table, "--learn", tmp_path / "own", *arguments)
        assert result.exit_code == ExitCode.INPUT
        assert "--learn reads no text" in result.stderr
        assert not (tmp_path / "own").exists()
