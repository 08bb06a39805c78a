"""`thaifix lexicon` from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from running import thaifix

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.curate.mine import COLUMNS as MINED
from thaifix.lexicon.entries import COLUMNS

AGENCY = "สำนักงานส่งเสริมการเลี้ยงผึ้งแห่งชาติ"
HEADER = "\t".join(COLUMNS)


def lexicon(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["lexicon", *map(str, arguments)])


def table(path: Path, *rows: str) -> Path:
    """A lexicon of rows whose last cells may be missing."""
    lines = (row + "\t" * (len(COLUMNS) - 1 - row.count("\t")) for row in rows)
    path.write_text("".join(f"{line}\n" for line in (HEADER, *lines)), encoding="utf-8")
    return path


def findings(result: Result) -> list[tuple[str, str, str, str]]:
    """Line, severity, kind and term of each."""
    cells = [line.split("\t") for line in result.stdout.splitlines()]
    assert {len(row) for row in cells} <= {6}
    return [(row[1], row[2], row[3], row[4]) for row in cells]


def test_a_finding_is_one_line_whatever_the_files_name(tmp_path: Path) -> None:
    path = table(tmp_path / "a\tb\nc.tsv", "a\tกรมเจ้าท่า\tagency", "b\tกรมเจ้าท่า\tagency")
    (line,) = lexicon("check", path).stdout.splitlines()
    assert line.split("\t")[:4] == [f"{tmp_path}/a\\x09b\\x0ac.tsv", "3", "error", "duplicate"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["a\tกรมเจ้าท่า\tagency"], []),
        (["a\t\tagency"], [("2", "error", "form", "")]),
        (["a\tกรมเจ้าท่า\tagency\t\t\tabc"], [("2", "error", "form", "")]),
        (
            ["a\tกรมเจ้าท่า\tagency\t\t\t2560\t2550"],
            [("2", "error", "form", "กรมเจ้าท่า")],
        ),
        (["a\tกรมเจ้าท่า\tagency\t\t\t1999"], [("2", "error", "form", "กรมเจ้าท่า")]),
        (
            ["a\tกรมเจ้าท่า\tagency", "b\tกรมเจ้าท่า\tagency"],
            [("3", "error", "duplicate", "กรมเจ้าท่า")],
        ),
        (
            ["a\tกรมเจ้าท่า\tagency", "a\tกรมที่ดิน\tagency"],
            [("3", "error", "duplicate", "กรมที่ดิน")],
        ),
        (
            ["a\tกรมเจ้าท่า\tagency\t\tกรมที่ดิน", "b\tกรมที่ดิน\tagency"],
            [("2", "error", "ambiguous", "กรมเจ้าท่า")],
        ),
        (
            ["a\tกรมเจ้าท่า\tagency\t\tกรมทาท่า", "b\tกรมที่ดิน\tagency\t\tกรมทาท่า"],
            [("3", "error", "ambiguous", "กรมที่ดิน")],
        ),
        (
            ["a\tกรมเจ้าท่า\tagency\tก.ท.", "b\tกรมที่ดิน\tagency\tก.ท."],
            [("3", "warning", "ambiguous", "กรมที่ดิน")],
        ),
        (
            ["a\tองค์การมหาชน\tagency", "b\tองค์กรมหาชน\tagency"],
            [
                ("2", "warning", "neighbour", "องค์การมหาชน"),
                ("3", "warning", "neighbour", "องค์กรมหาชน"),
            ],
        ),
        (["a\tกระทรวงสาธารณศุข\tagency"], [("2", "warning", "corrected", "กระทรวงสาธารณศุข")]),
    ],
    ids=[
        "nothing", "no term", "no year", "years turned round", "no year B.E.", "same term",
        "same id", "misreading is right", "misreading of two", "alias of two", "neighbours",
        "misspelt",
    ],
)  # fmt: skip
def test_check(rows: list[str], found: list[tuple[str, str, str, str]], tmp_path: Path) -> None:
    """What is wrong is found where it is; only errors make the status."""
    result = lexicon("check", table(tmp_path / "own.tsv", *rows))
    assert set(found) <= set(findings(result))
    assert not {f for f in findings(result) if f[1] == "error"} - set(found)
    error = any(severity == "error" for _, severity, _, _ in found)
    assert result.exit_code == (ExitCode.CHANGES if error else ExitCode.OK)


def test_check_across_files(tmp_path: Path) -> None:
    """Files are used together; the finding names both."""
    one = table(tmp_path / "one.tsv", "a\tกรมเจ้าท่า\tagency")
    two = table(tmp_path / "two.tsv", "b\tกรมเจ้าท่า\tagency")
    result = lexicon("check", one, two)
    assert result.stdout == f"{two}\t2\terror\tduplicate\tกรมเจ้าท่า\talso in {one}:2\n"
    assert result.stderr == "thaifix: 1 error, 0 warnings, 0 notes\n"


def test_check_lists_notes_on_demand(tmp_path: Path) -> None:
    """The beginning of a longer name is no danger, but good to know."""
    rows = "a\tกรมการปกครอง\tagency", "b\tกรมการปกครองท้องถิ่น\tagency"
    path = table(tmp_path / "own.tsv", *rows)
    assert lexicon("check", path).stdout == ""
    noted = ("3", "note", "beginning", "กรมการปกครองท้องถิ่น")
    assert findings(lexicon("check", path, "--notes")) == [noted]


@pytest.mark.parametrize("query", ["กรมเจ้าท่า", "a-1", "จท.", "กรมเจาท่า"])
def test_show(query: str, tmp_path: Path) -> None:
    """An entry is found by all its names and shows what is known of it."""
    path = table(tmp_path / "own.tsv", "a-1\tกรมเจ้าท่า\tagency\tจท.|MD\tกรมเจาท่า\t2402")
    result = lexicon("show", "--lexicon", path, query)
    assert result.exit_code == ExitCode.OK
    assert result.stdout == (
        "กรมเจ้าท่า\n  id: a-1\n  type: agency\n  aliases: จท., MD\n  misreadings: กรมเจาท่า\n"
        "  from: 2402\n\n"
    )


def test_show_neighbours(tmp_path: Path) -> None:
    path = table(tmp_path / "own.tsv", "a\tองค์การ", "b\tองค์กร", "c\tกระทรวง")
    shown = lexicon("show", "--lexicon", path, "องค์การ").stdout
    assert "  neighbours: องค์กร (1)\n" in shown


def test_show_what_is_alike(tmp_path: Path) -> None:
    """What is not there is said, with what was perhaps meant."""
    path = table(tmp_path / "own.tsv", "a\tกรมเจ้าท่า", "b\tโรงเรียน")
    result = lexicon("show", "--lexicon", path, "กรมจ้าวท่า")
    assert (result.exit_code, result.stdout) == (ExitCode.CHANGES, "")
    assert result.stderr == "thaifix: กรมจ้าวท่า: no such entry. Alike: กรมเจ้าท่า\n"


def test_diff(tmp_path: Path) -> None:
    """Like diff: nothing and 0 if equal, lines and 1 if not."""
    old = table(tmp_path / "old.tsv", "a\tกรมเจ้าท่า\tagency", "b\tกรมที่ดิน\tagency")
    new = table(tmp_path / "new.tsv", "a\tกรมเจ้าท่า\tunit", "c\tกรมการค้า\tagency")
    same = lexicon("diff", old, old)
    assert (same.exit_code, same.stdout) == (ExitCode.OK, "")
    result = lexicon("diff", old, new)
    assert result.exit_code == ExitCode.CHANGES
    assert result.stdout.splitlines() == [
        "added\tc\tกรมการค้า\t\t\t",
        "removed\tb\tกรมที่ดิน\t\t\t",
        "changed\ta\tกรมเจ้าท่า\ttype\tagency\tunit",
    ]


def test_merge(tmp_path: Path) -> None:
    """A union, sorted; the same to standard output and to a file."""
    one = table(tmp_path / "one.tsv", "b\tกรมที่ดิน\tagency", "a\tกรมเจ้าท่า\tagency\tจท.")
    two = table(tmp_path / "two.tsv", "x\tกรมเจ้าท่า\tagency\tMD")
    result = lexicon("merge", one, two)
    assert result.exit_code == ExitCode.OK
    rows = [line.split("\t")[:4] for line in result.stdout.splitlines()[1:]]
    assert rows == [["b", "กรมที่ดิน", "agency", ""], ["a", "กรมเจ้าท่า", "agency", "จท.|MD"]]
    out = tmp_path / "out.tsv"
    assert lexicon("merge", one, two, "--out", out).stdout == ""
    assert out.read_bytes() == result.stdout_bytes


def test_merge_conflicts(tmp_path: Path) -> None:
    """Nothing is written unless a side is chosen; the conflict is named either way."""
    one = table(tmp_path / "one.tsv", "a\tกรมเจ้าท่า\tagency")
    two = table(tmp_path / "two.tsv", "a\tกรมเจ้าท่า\tunit")
    result = lexicon("merge", one, two)
    assert (result.exit_code, result.stdout) == (ExitCode.CHANGES, "")
    assert "conflict in type: กรมเจ้าท่า [a] agency / กรมเจ้าท่า [a] unit" in result.stderr
    for side, kept in ("first", "agency"), ("last", "unit"):
        result = lexicon("merge", one, two, "--prefer", side)
        assert result.exit_code == ExitCode.OK
        assert "conflict in type" in result.stderr
        assert result.stdout.splitlines()[1].split("\t")[2] == kept


def test_mined_judged_and_merged(tmp_path: Path) -> None:
    """The whole way: a text gives proposals, a yes makes an entry of one."""
    text = tmp_path / "text"
    text.write_text("".join(f"ทราบว่า {AGENCY} ที่ {i}\n" for i in range(9)), encoding="utf-8")
    own = table(tmp_path / "own.tsv", "a\tกรมเจ้าท่า\tagency")
    result = lexicon("mine", "--lexicon", own, text)
    assert result.exit_code == ExitCode.OK
    header, *lines = result.stdout.splitlines()
    assert header.split("\t") == list(MINED)
    assert AGENCY in {line.split("\t")[1] for line in lines}
    judged = tmp_path / "judged.tsv"
    verdicts = ("yes" if line.split("\t")[1] == AGENCY else "no" for line in lines)
    rows = (line + verdict for line, verdict in zip(lines, verdicts, strict=True))
    judged.write_text("\n".join([header, *rows]), encoding="utf-8")
    merged = lexicon("merge", own, judged).stdout.splitlines()[1:]
    assert [line.split("\t")[1] for line in merged] == ["กรมเจ้าท่า", AGENCY]


def test_mine_goes_on_after_a_missing_text(tmp_path: Path) -> None:
    own = table(tmp_path / "own.tsv", "a\tกรมเจ้าท่า\tagency")
    result = lexicon("mine", "--lexicon", own, tmp_path / "none")
    assert (result.exit_code, result.stdout) == (ExitCode.INPUT, "\t".join(MINED) + "\n")
    assert "none: No such file or directory. Check the name" in result.stderr


@pytest.mark.parametrize("command", ["check", "diff", "merge", "show"])
def test_a_lexicon_of_no_use(command: str, tmp_path: Path) -> None:
    """One error message that names the file."""
    path = tmp_path / "none.tsv"
    extra: dict[str, list[str | Path]] = {"diff": [path], "show": ["--lexicon", path]}
    result = lexicon(command, *extra.get(command, []), path)
    assert (result.exit_code, result.stdout) == (ExitCode.MODEL, "")
    assert f"{path}: cannot read the lexicon" in result.stderr


@pytest.mark.parametrize("command", ["check", "diff", "merge", "mine", "new", "show"])
def test_help_has_an_example(command: str) -> None:
    result = lexicon(command, "--help")
    assert result.exit_code == ExitCode.OK
    assert f"Example:\n    thaifix lexicon {command} " in result.stdout


def test_what_comes_with_thaifix_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of `check`, `show` and `mine`, unless lexicons are named."""
    shipped = table(tmp_path / "shipped.tsv", "a\tกรมเจ้าท่า\tagency", "b\tกรมเจ้าท่า\tagency")
    own = table(tmp_path / "own.tsv", f"c\t{AGENCY}\tagency")
    monkeypatch.setattr("thaifix.lexicon.entries.tables", lambda: [shipped])
    assert f"{shipped}\t3\terror" in lexicon("check").stdout
    assert lexicon("check", own).stdout == ""
    assert lexicon("show", "กรมเจ้าท่า").exit_code == ExitCode.OK
    assert lexicon("show", "--lexicon", own, "กรมเจ้าท่า").exit_code == ExitCode.CHANGES
    text = tmp_path / "text"
    text.write_text("".join(f"ทราบว่า {AGENCY} ที่ {i}\n" for i in range(9)), encoding="utf-8")
    assert AGENCY in lexicon("mine", text).stdout
    assert AGENCY not in lexicon("mine", "--lexicon", own, text).stdout


def test_several_lexicons_are_looked_in(tmp_path: Path) -> None:
    one = table(tmp_path / "one.tsv", "a\tกรมเจ้าท่า\tagency")
    two = table(tmp_path / "two.tsv", "b\tกรมที่ดิน\tagency")
    shown = lexicon("show", "--lexicon", one, "--lexicon", two, "กรมที่ดิน", "กรมเจ้าท่า")
    assert shown.exit_code == ExitCode.OK
    assert [line for line in shown.stdout.splitlines() if line[:1] == "ก"] == [
        "กรมที่ดิน",
        "กรมเจ้าท่า",
    ]


def test_one_that_is_missing_outweighs_one_that_is_there(tmp_path: Path) -> None:
    path = table(tmp_path / "own.tsv", "a\tกรมเจ้าท่า\tagency")
    for terms in ("กรมเจ้าท่า", "ฟฟฟฟฟ"), ("ฟฟฟฟฟ", "กรมเจ้าท่า"):
        result = lexicon("show", "--lexicon", path, *terms)
        assert result.exit_code == ExitCode.CHANGES
        assert result.stdout.startswith("กรมเจ้าท่า\n")
        assert result.stderr == "thaifix: ฟฟฟฟฟ: no such entry. Alike: nothing\n"


@pytest.mark.parametrize(("options", "found"), [([], 5), (["--min-count", "3"], 3)])
def test_how_often_a_term_must_occur(options: list[str], found: int, tmp_path: Path) -> None:
    """Five times by default."""
    own = table(tmp_path / "own.tsv", "a\tกรมเจ้าท่า\tagency")
    for count in found - 1, found:
        text = tmp_path / "text"
        lines = (f"ทราบว่า {AGENCY} ที่ {i}\n" for i in range(count))
        text.write_text("".join(lines), encoding="utf-8")
        result = lexicon("mine", "--lexicon", own, *options, text)
        assert (AGENCY in result.stdout) is (count == found)


@pytest.mark.parametrize("count", ["1", "0", "x"])
def test_a_term_that_occurs_once_is_no_proposal(count: str) -> None:
    result = lexicon("mine", "--min-count", count, "text")
    assert result.exit_code == ExitCode.INPUT
    assert "Invalid value for '--min-count'" in result.stderr


def test_conflicts_show_what_contradicts(tmp_path: Path) -> None:
    """Years, if there are any; nothing is written to the file either."""
    one = table(tmp_path / "one.tsv", "a\tกรมเจ้าท่า\tagency\t\t\t2402\t")
    two = table(tmp_path / "two.tsv", "a\tกรมเจ้าท่า\tagency\t\t\t2403\t2500")
    out = tmp_path / "out.tsv"
    result = lexicon("merge", one, two, "--out", out)
    assert result.exit_code == ExitCode.CHANGES
    assert "กรมเจ้าท่า [a] agency 2402- / กรมเจ้าท่า [a] agency 2403-2500" in result.stderr
    assert "Mend the files, or choose --prefer first|last" in result.stderr
    assert not out.exists()


def test_counts_of_findings(tmp_path: Path) -> None:
    """All are counted, notes too; warnings alone leave the status at 0."""
    rows = "a\tกรมการปกครอง\tagency\tก.ท.", "b\tกรมการปกครองท้องถิ่น\tagency\tก.ท."
    result = lexicon("check", table(tmp_path / "own.tsv", *rows))
    assert result.exit_code == ExitCode.OK
    assert result.stderr == "thaifix: 0 errors, 1 warning, 1 note\n"
    assert [cells[1] for cells in findings(result)] == ["warning"]


def test_show_needs_a_query() -> None:
    result = lexicon("show")
    assert result.exit_code == ExitCode.INPUT
    assert "Missing argument 'TERM|ID" in result.stderr


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """What a spreadsheet would carry out is escaped, as in paths; numbers and signs stay."""
    path = table(tmp_path / "own.tsv", "one\t=cmd()", "two\t=cmd()")
    cells = [line.split("\t") for line in lexicon("check", path).stdout.splitlines()]
    assert any("\\x3dcmd()" in row for row in cells)
    assert all(cell[:1] not in "=+-@" or len(cell) < 2 for row in cells for cell in row)


@pytest.mark.parametrize("options", [[], ["--csv"]])
def test_a_new_table_can_be_used_at_once(options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "own"
    path.write_bytes(lexicon("new", *options).stdout_bytes)
    assert lexicon("check", path).stdout == ""
    done = thaifix("--lexicon", path, given=b"x")
    assert (done.exit_code, done.stdout, done.stderr) == (ExitCode.OK, "x", "")


def test_a_spoilt_row_stops_no_run(tmp_path: Path) -> None:
    """The rows that cannot be used are named, the others are used."""
    path = tmp_path / "own.tsv"
    rows = "".join(f"b{n}\tกอง{n}\t25x{n}\n" for n in range(25))
    path.write_text(f"id\tterm\tfrom\na\t{AGENCY}\t\n{rows}", "utf-8")
    page = f"ทราบว่า {AGENCY.replace('ผึ้ง', 'ผื้ง')} แล้ว\n"
    done = thaifix("--lexicon", path, given=page)
    assert (done.exit_code, done.stdout) == (ExitCode.OK, f"ทราบว่า {AGENCY} แล้ว\n")
    said = done.stderr.splitlines()
    assert said[0] == f"thaifix: {path}:3: '25x0' is no year; the row is left out"
    assert len(said) == 21
    assert said[-1] == "thaifix: so are 5 more rows"
