"""The table that a lexicon is begun with."""

from __future__ import annotations

from pathlib import Path

import pytest

from thaifix.curate.check import check
from thaifix.lexicon.entries import COLUMNS, read_entries
from thaifix.lexicon.template import EXAMPLES, MEANINGS, template


@pytest.fixture(params=[False, True], ids=["tabs", "commas"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "own"
    path.write_bytes(template(spreadsheet=request.param))
    return path


def test_it_has_no_entries_yet(path: Path) -> None:
    assert read_entries(path) == []
    assert check([path]) == []


def test_the_examples_are_entries(path: Path) -> None:
    """Without their signs, as the hint says; the comments stay."""
    text = path.read_text("utf-8")
    for row in EXAMPLES:
        text = text.replace(f"#{row[0]}", row[0])
    path.write_text(text, "utf-8")
    assert [(e.id, e.term, e.since) for e in read_entries(path)] == [
        (row[0], row[1], int(row[5]) if row[5] else None) for row in EXAMPLES
    ]
    assert [finding for finding in check([path]) if finding.severity == "error"] == []


def test_all_columns_are_explained() -> None:
    assert tuple(MEANINGS) == COLUMNS
    assert {len(row) for row in EXAMPLES} == {len(COLUMNS)}


def test_a_spreadsheet_sees_that_it_is_utf_8() -> None:
    assert template(spreadsheet=True).startswith("\ufeffid,term,".encode())
    assert template().startswith(b"id\tterm\t")
