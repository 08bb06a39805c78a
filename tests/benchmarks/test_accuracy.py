"""Harm in correct text, and what a reader has judged of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy import change, judged_slips, report_harm
from thaifix import Corrector

JUDGED = Path(__file__).parents[2] / "corpora" / "clean" / "judged.tsv"


def test_what_is_judged_a_slip_is_not_wrong(
    corrector: Corrector, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody has judged is."""
    path = tmp_path / "a.txt"
    path.write_text("เจ้าหน้าที่ปฎิบัติงาน\n", "utf-8")
    [edit] = corrector.correct(path.read_text("utf-8")).edits
    for slips, wrong in ((set(), 1), ({change(path, edit)}, 0)):
        report_harm([path], corrector, show=True, slips=slips)
        table, _, last = capsys.readouterr().out.rstrip("\n").rpartition("\n")
        assert last.split()[:3] == ["all", "1", "22"]
        assert float(last.split()[-1]) == pytest.approx(10_000 * wrong / 22, abs=0.01)
        assert table.count("[ฎ->ฏ]") == wrong


def test_the_table_of_judged_changes_is_whole() -> None:
    rows = JUDGED.read_text("utf-8").split("\n")
    assert rows[0].split("\t") == ["text", "start", "observed", "replacement", "judged"]
    assert {row.split("\t")[4] for row in rows[1:-1]} == {"slip", "harm"}
    assert len(judged_slips(JUDGED)) == sum(row.endswith("\tslip") for row in rows)
