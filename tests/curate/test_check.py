"""What is wrong in lexicons, as data; `test_cli_lexicon` has the cases from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from thaifix import Corrector
from thaifix.curate.check import SEVERITIES, Finding, check
from thaifix.lexicon.entries import Entry, render


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


def test_columns_that_are_not_read(tmp_path: Path, corrector: Corrector) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("term\tsince\nกรมเจ้าท่า\t2402\n", encoding="utf-8")
    (finding,) = check([path], corrector)
    assert (finding.line, finding.severity, finding.kind) == (1, "note", "form")
    assert "'since'" in finding.detail
