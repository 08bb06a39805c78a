"""What is wrong in lexicons, as data; `test_cli_lexicon` has the cases from outside."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from thaifix import Corrector
from thaifix.curate import check as checks
from thaifix.curate.check import SEVERITIES, EntryRow, Finding, check
from thaifix.lexicon.entries import COLUMNS, Entry, render
from thaifix.model.words import Words, WordSpan
from thaifix.text.edit import Correction, Edit


@pytest.fixture
def write(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    entries = [
        Entry("กรมเจ้าท่า", "a", "agency"),
        Entry("สมชายดี", "b", "given"),
        Entry("สมชาญดี", "c", "given"),
        Entry("ศูนย์ฮฮฆฆแห่งชาติ", "d", "agency"),
        Entry("นักรังสีการแพทย์", "e", "position"),
        Entry("นักรังสีการแพทย", "f", "position"),
    ]
    path.write_text(render(entries), encoding="utf-8")
    return path


def of(found: list[Finding], term: str) -> set[tuple[str, str]]:
    return {(finding.severity, finding.kind) for finding in found if finding.term == term}


def test_findings(write: Path, corrector: Corrector) -> None:
    """Each is about its own row; names alike are but a note."""
    found = check([write], corrector)
    assert of(found, "กรมเจ้าท่า") == set()
    assert ("note", "neighbour") in of(found, "สมชายดี")
    assert ("warning", "neighbour") not in of(found, "สมชายดี")
    assert ("warning", "unknown_word") in of(found, "ศูนย์ฮฮฆฆแห่งชาติ")
    assert ("warning", "neighbour") in of(found, "นักรังสีการแพทย์")
    assert ("warning", "misspelt") in of(found, "นักรังสีการแพทย")
    assert ("warning", "misspelt") not in of(found, "นักรังสีการแพทย์")
    lines = write.read_text(encoding="utf-8").splitlines()
    assert all(finding.term in lines[finding.line - 1].split("\t") for finding in found)
    assert {finding.severity for finding in found} <= set(SEVERITIES)


def test_order(write: Path, tmp_path: Path, corrector: Corrector) -> None:
    """Files as they are given, then lines."""
    other = tmp_path / "a.tsv"
    other.write_text(render([Entry("กรมเจ้าท่า", "z", "agency")]), encoding="utf-8")
    found = check([write, other], corrector)
    places = [(finding.file == str(other), finding.line) for finding in found]
    assert places == sorted(places)
    assert found[-1][2:5] == ("error", "duplicate", "กรมเจ้าท่า")
    assert check(iter([write, other]), corrector) == found


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("term\tsince\nกรมเจ้าท่า\t2402\n", ["since"]),
        ("# ours\n\nterm\tsince\tmore\nกรมเจ้าท่า\n", ["since", "more"]),
        ("term\tjudge\nกรมเจ้าท่า\tyes\n", []),
        ("term\tcount\tdocuments\texamples\tjudge\nกรมเจ้าท่า\t1\t1\tx\tyes\n", []),
        ("\t".join(COLUMNS) + "\nx\tกรมเจ้าท่า\n", []),
        ("กรมเจ้าท่า\n", []),
    ],
)
def test_columns_that_are_not_read(
    text: str, unread: list[str], tmp_path: Path, corrector: Corrector
) -> None:
    """Of a table; a list has none."""
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    found = check([path], corrector)
    assert [(f.file, f.line, f.severity, f.kind, f.term) for f in found] == [
        (str(path), 1, "error", "column", "") for _ in unread
    ]
    for finding, name in zip(found, sorted(unread), strict=True):
        assert finding.detail == f"column {name!r} is not read; columns are {', '.join(COLUMNS)}"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("misreding", "misreadings"), ("Term ", "term"), ("alias", "aliases"), ("From", "from")],
)
def test_a_misspelt_column_is_told_apart(
    name: str, meant: str, tmp_path: Path, corrector: Corrector
) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"term\t{name}\nกรมเจ้าท่า\t\n", encoding="utf-8")
    [finding] = check([path], corrector)
    assert finding.detail == f"column {name!r} is not read; did you mean {meant!r}?"


def test_rows_that_cannot_be_read(tmp_path: Path, corrector: Corrector) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("term\tfrom\nกรมเจ้าท่า\tabc\n", encoding="utf-8")
    assert check([path], corrector) == [
        Finding(str(path), 2, "error", "form", "", "'abc' is no year")
    ]


def test_by_default_terms_are_changed_as_bold_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a confidence of 0.5 on."""
    made: list[Any] = []

    def corrector(**arguments: Any) -> Any:
        made.append(arguments["options"])
        return SimpleNamespace(correct=lambda text: Correction(text, text))

    monkeypatch.setattr(checks, "Corrector", corrector)
    path = tmp_path / "own.tsv"
    path.write_text("กรมเจ้าท่า\n", encoding="utf-8")
    assert check([path]) == []
    assert [(options.profile, options.threshold) for options in made] == [("bold", 0.5)]


# One check alone


def rows(*entries: Entry, file: str = "a") -> list[EntryRow]:
    return [EntryRow(file, line, entry) for line, entry in enumerate(entries, 2)]


def told(found: Any) -> list[tuple[int, str, str]]:
    """Line, severity and detail of findings."""
    return [(f.line, f.severity, f.detail) for f in found]


@pytest.mark.parametrize(
    ("term", "since", "until", "details"),
    [
        ("ก ข", None, None, []),
        ("ก  ข", None, None, ["two spaces together"]),
        ("ก", 2300, 2700, []),
        ("ก", 2299, None, ["2299 is no year of the Buddhist era"]),
        ("ก", None, 2701, ["2701 is no year of the Buddhist era"]),
        ("ก", 2500, 2500, []),
        ("ก", 2501, 2500, ["ends (2500) before it begins"]),
        ("ก", None, 2500, []),
        ("ก", 1999, None, ["1999 is no year of the Buddhist era"]),
    ],
)
def test_form(term: str, since: int | None, until: int | None, details: list[str]) -> None:
    entry = Entry(term, "x", since=since, until=until)
    assert told(checks.form(rows(entry))) == [(2, "error", detail) for detail in details]


def test_duplicate() -> None:
    """An error in one file, or of one type; elsewhere good to know. An id is of one term."""
    first = rows(Entry("ก", "x", "given"), Entry("ก", "x", "agency"))
    assert told(checks.duplicate(first)) == [(3, "error", "also in a:2")]
    other = rows(Entry("ก", "y", "agency"), file="b")
    assert told(checks.duplicate([*first[:1], *other])) == [(2, "note", "also in a:2")]
    other = rows(Entry("ก", "y", "given"), file="b")
    assert told(checks.duplicate([*first[:1], *other])) == [(2, "error", "also in a:2")]
    other = rows(Entry("ข", "x"), file="b")
    detail = "x is also the id of ก in a:2"
    assert told(checks.duplicate([*first[:1], *other])) == [(2, "error", detail)]


def test_ambiguous() -> None:
    """What is an alias or a misreading here must not be something else there."""
    agency, short = Entry("ก", "1", aliases=("ค.",)), Entry("ค.", "2", "abbreviation")
    assert told(checks.ambiguous(rows(agency, short))) == []
    term = short._replace(type="agency")
    assert told(checks.ambiguous(rows(agency, term))) == [(2, "warning", "ค. is a term in a:3")]
    two = rows(agency, Entry("ข", "3", aliases=("ค.",)), agency)
    assert told(checks.ambiguous(two)) == [(3, "warning", "ค. also stands for ก in a:2")]
    wrong = Entry("ก", "1", misreadings=("ฃ",))
    assert told(checks.ambiguous(rows(wrong, wrong))) == []
    for right in Entry("ฃ", "2"), Entry("ง", "2", aliases=("ฃ",)):
        assert told(checks.ambiguous(rows(wrong, right))) == [(2, "error", "ฃ is right in a:3")]
    two = rows(wrong, Entry("ข", "3", misreadings=("ฃ",)))
    assert told(checks.ambiguous(two)) == [(3, "error", "ฃ also stands for ก in a:2")]


def test_neighbour() -> None:
    """The three nearest are named. Unsafe are those of types that are corrected anywhere."""
    one, other = Entry("abcdefgh", "1", "agency"), Entry("abcdefgk", "2", "agency")
    assert told(checks.neighbour(rows(one, other))) == [
        (2, "warning", "abcdefgk (1)"),
        (3, "warning", "abcdefgh (1)"),
    ]
    for kinds in ("given", "agency"), ("agency", "given"), ("city", "surname"):
        alike = [e._replace(type=kind) for e, kind in zip((one, other), kinds, strict=True)]
        assert {severity for _, severity, _ in told(checks.neighbour(rows(*alike)))} == {"note"}
    longer = Entry("a" * 16, "1"), Entry("a" * 16 + "bc", "2")
    assert {severity for _, severity, _ in told(checks.neighbour(rows(*longer)))} == {"note"}
    inside = Entry("a" * 16, "1"), Entry("a" * 14 + "bc", "2")
    assert {s for _, s, _ in told(checks.neighbour(rows(*inside)))} == {"warning"}
    letter = Entry("abcdefgh", "1"), Entry("abcdefghi", "2")
    assert {s for _, s, _ in told(checks.neighbour(rows(*letter)))} == {"warning"}
    five = [Entry(f"abcdefg{letter}", letter) for letter in "vwxyz"]
    shown = {line: detail for line, _, detail in told(checks.neighbour(rows(*five)))}
    assert shown[2] == "abcdefgw (1), abcdefgx (1), abcdefgy (1) and 1 more"
    shown = {line: detail for line, _, detail in told(checks.neighbour(rows(*five[:4])))}
    assert shown[2] == "abcdefgw (1), abcdefgx (1), abcdefgy (1)"


def test_beginning() -> None:
    """Of eight letters and more."""
    found = checks.beginning(rows(Entry("abcdefgh", "1"), Entry("abcdefghij", "2")))
    assert told(found) == [(3, "note", "begins with abcdefgh (a:2)")]
    assert told(checks.beginning(rows(Entry("abcdefg", "1"), Entry("abcdefghij", "2")))) == []


def test_corrected() -> None:
    """The surest edit counts; each reason is named once."""
    edits = (
        Edit(0, 1, "x", 1.0, 0.61, "respell", observed="a"),
        Edit(1, 2, "y", 1.0, 0.777, "term", observed="b"),
        Edit(2, 3, "z", 1.0, 0.5, "respell", observed="c"),
    )
    corrections = {"abc": Correction("abc", "xyz", edits), "d": Correction("d", "d")}
    corrector = cast(Corrector, SimpleNamespace(correct=corrections.__getitem__))
    found = checks.corrected(rows(Entry("d", "1"), Entry("abc", "2")), corrector)
    assert told(found) == [(3, "warning", "xyz (respell, term, 0.78)")]


class CostlyWords:
    """Cuts terms at spaces; "x" is unknown, and a word costs what its first digit says."""

    def cut(self, text: str) -> list[WordSpan]:
        found = []
        at = 0
        for part in text.split(" "):
            end = at + len(part)
            digits = [float(letter) for letter in part if letter.isdigit()]
            kind = "unknown" if "x" in part else "word"
            found.append(WordSpan(at, end, kind, sum(digits)))
            at = end + 1
        return found


WORDS = cast(Words, CostlyWords())


def test_unknown_word() -> None:
    """A part of a term is rather an error than a whole term."""
    entries = [Entry(term, term) for term in ("ab cd", "xb", "ab xd", "xa ab xd")]
    assert told(checks.unknown_word(rows(*entries), WORDS)) == [
        (3, "note", "xb"),
        (4, "warning", "xd"),
        (5, "warning", "xa, xd"),
    ]


@pytest.mark.parametrize(
    ("usual", "rare", "is_told"),
    [
        ("abcdefg0", "abcdefg9", True),
        ("abcdefg0", "abcdefg8", False),
        ("abcdefg1", "abcdefg9", False),
        ("abcdef0", "abcdef9", False),
        ("abc 90fgh", "abc 99fgh", True),
        ("aaaaaaaaaaaaaa00", "aaaaaaaaaaaaaa99", False),
    ],
)
def test_misspelt(usual: str, rare: str, is_told: bool) -> None:
    """Terms of eight letters and more, one letter apart, if the rare one costs 8 nats more."""
    for entries in ([usual, rare], [rare, usual]):
        found = told(checks.misspelt(rows(*(Entry(term, term) for term in entries)), WORDS))
        at = {term: line for line, term in enumerate(entries, 2)}
        assert found == [(at[rare], "warning", f"{usual} (a:{at[usual]})?")] * is_told


def test_rows_say_where_they_stand() -> None:
    (row,) = rows(Entry("ก", "x"))
    assert str(row) == "a:2"
    assert row.finding("note", "form", "why") == Finding("a", 2, "note", "form", "ก", "why")
