"""Numbers that something else proves: each rule where it must act and where it must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Correction, Corrector, Options
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.numbers.stage import Numbers
from thaifix.text.edit import apply
from thaifix.text.number_words import spell_baht
from thaifix.text.numerals import like
from thaifix.text.protect import KeepList

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "numbers.json").read_text(encoding="utf-8")
)
SUM = "จัดซื้อในวงเงิน ๑๑๒,๐๐๐ บาท (หนึ่งแสนหนึ่งหมื่นหกพันบาทถ้วน) โดยวิธีเฉพาะเจาะจง"


def found(text: str, keep: KeepList | None = None, *, scan: bool = False) -> Findings:
    """What the stage finds in a text, alone; of a scan, letters have been corrected, too."""
    state = DocumentState()
    if scan:
        state.noise = NoiseLevel(letters=1000, fired=4, sure=4)
    return Numbers().find(text, keep, state)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    edits, flags = found(text, scan="scan" in case)
    assert apply(text, edits) == case["intended"]
    assert {edit.reason for edit in edits} == {case["rule"]} - {""} if edits else not edits
    proofs = {text[slice(*edit.proof)] for edit in edits if edit.proof}
    assert proofs >= {case["proof"]} - {""}
    assert [flag.reason for flag in flags] == case["flags"]


def test_every_edit_has_its_proof_elsewhere() -> None:
    for case in CASES:
        for edit in found(case["text"], scan="scan" in case).edits:
            assert edit.proof
            start, end = edit.proof
            assert end <= edit.start or edit.end <= start


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_what_was_proved_stays_so(case: dict[str, str]) -> None:
    """Nothing is edited in what the stage has corrected."""
    edits, _ = found(case["intended"], scan="scan" in case)
    assert [*edits] == []


def test_keep_list_protects_numbers() -> None:
    assert found(SUM).edits
    assert found(SUM, KeepList(["๑๑๒,๐๐๐ บาท"])) == Findings([], [])


def sum_of(correction: Correction) -> str:
    return correction.text.partition("วงเงิน ")[2].partition(" ")[0]


def test_strict_flags_what_is_proved(profiles: dict[str, Corrector]) -> None:
    assert sum_of(profiles["normal"].correct(SUM)) == "๑๑๖,๐๐๐"
    strict = profiles["strict"].correct(SUM)
    assert strict.text is SUM
    assert [(flag.reason, flag.note) for flag in strict.flags] == [("sum_in_words", "๑๑๖,๐๐๐")]


def test_switch() -> None:
    assert Corrector(options=Options(numbers=False)).correct(SUM).text is SUM


def test_proof_is_a_span_of_the_source(corrector: Corrector) -> None:
    """Though letters before it and in it have been corrected."""
    text = "สํานักงานขออนุมัติ\n" + SUM.replace("หมื่น", "หมืน")
    correction = corrector.correct(text)
    (edit,) = (edit for edit in correction.edits if edit.reason == "sum_in_words")
    assert edit.proof
    assert text[slice(*edit.proof)] == "หนึ่งแสนหนึ่งหมืนหกพันบาทถ้วน"


@given(st.integers(1, 10**11), st.booleans(), st.booleans(), st.sampled_from(["", "\n", " "]))
def test_a_sum_that_is_right_is_left_alone(satang: int, thai: bool, whole: bool, gap: str) -> None:
    satang -= satang % 100 if whole and satang > 99 else 0
    digits = f"{satang // 100:,}" + ("" if satang % 100 == 0 else f".{satang % 100:02}")
    text = f"เป็นเงิน {like('๑' if thai else '1', digits)} บาท{gap}({spell_baht(satang)})"
    assert found(text) == Findings()
