"""The rules of normalisation: cases as data, and what holds for any text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thaifix.text.edit import Edit, apply, compose
from thaifix.text.normalize import RULES, normalize
from thaifix.text.script import MARKS, TONE_MARKS


class Case(TypedDict):
    """What `tests/cases/normalize.json` holds."""

    observed: str
    normalized: str
    reasons: list[str]
    why: str


CASES: list[Case] = json.loads(
    (Path(__file__).parents[1] / "cases" / "normalize.json").read_text(encoding="utf-8")
)
LIVELY = st.text(
    alphabet=st.sampled_from(
        "กนป เแาะำๆฯ๑5a\n" + MARKS + "\u00a0\u00ad\u200b\ufeff\u0e9a\u0ec1\u0ec8\u0ea7\u09c7\u0995"
    ),
    max_size=14,
)


@st.composite
def partly_protected(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(LIVELY)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    return text, list(zip(cuts[::2], cuts[1::2], strict=False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: Case) -> None:
    edits = normalize(case["observed"])
    assert apply(case["observed"], edits) == case["normalized"]
    assert [edit.reason for edit in edits] == case["reasons"]


def test_every_rule_has_a_case() -> None:
    assert {rule.__name__ for rule in RULES} == {r for case in CASES for r in case["reasons"]}


def test_edits_are_sure() -> None:
    (edit,) = normalize("ส\u0e4dาคัญ")
    assert edit == Edit(1, 3, "\u0e33", float("inf"), 1.0, "join_nikhahit_aa", None, "\u0e4dา")


@settings(max_examples=500)
@given(LIVELY)
@example("\u0e49\u0e4d\u0e49า")
@example("ก\u0e49\u200b\u0e49\u0e4d\u0e49า")
def test_it_reaches_a_fixed_point(text: str) -> None:
    assert normalize(apply(text, normalize(text))) == ()


@settings(max_examples=500)
@given(LIVELY)
def test_the_quick_look_misses_nothing(text: str) -> None:
    fired = [edit for rule in RULES for edit in rule(text)]
    assert bool(fired) == bool(normalize(text))


@settings(max_examples=500)
@given(partly_protected())
def test_protected_text_and_its_neighbourhood_stay_valid(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, protected = case
    edits = normalize(text, protected)
    for start, end in protected:
        assert all(edit.end <= start or end <= edit.start for edit in edits)
    fixed = apply(text, edits)
    moved = []
    for start, end in protected:
        grown = sum(len(e.replacement) - len(e.observed) for e in edits if e.end <= start)
        assert fixed[start + grown : end + grown] == text[start:end]
        moved.append((start + grown, end + grown))
    assert normalize(fixed, moved) == ()


@given(LIVELY)
def test_edits_are_minimal_and_never_add(text: str) -> None:
    for edit in normalize(text):
        assert len(edit.replacement) <= len(edit.observed)
        assert edit.observed[:1] != edit.replacement[:1] or not edit.replacement
        assert edit.observed[-1:] != edit.replacement[-1:] or not edit.replacement


@given(LIVELY)
def test_what_is_never_touched_stays(text: str) -> None:
    fixed = apply(text, normalize(text))
    never = re.compile(r"[ๆฯ๑5a\n]")
    assert never.findall(fixed) == never.findall(text)
    assert fixed.count(" ") >= text.count(" ")


@given(LIVELY, LIVELY)
def test_text_without_marks_or_foreign_letters_is_the_same_object(one: str, other: str) -> None:
    plain = re.sub(f"[^กนปะา5a\n ]|[{MARKS}]", "", one + other)
    assert apply(plain, normalize(plain)) is plain


def test_edits_compose_with_later_ones() -> None:
    rules = normalize("น\u0e4d\u0e49าท่วม")
    later = (Edit(3, 4, "ถ", observed="ท"),)
    assert apply("น\u0e4d\u0e49าท่วม", compose(rules, later)) == "น้ำถ่วม"


@pytest.mark.parametrize(
    "unit",
    [
        TONE_MARKS,
        "\u0e48\u0e34",
        "\u0e81\u200b",
        "\u0e9a\u200b",
        "\u0e9a\u09c7",
        "\u200b",
        "เ",
        "\u0e33\u0e48",
        "\u0e4d\u0e49",
        "\u00a0",
    ],
)
def test_long_runs_take_few_rounds(unit: str) -> None:
    """Rounds over the whole text must not grow with it: 30,000 code points, well under a second."""
    text = "ก" + unit * (30_000 // len(unit)) + "ก"
    assert normalize(apply(text, normalize(text))) == ()


@pytest.mark.parametrize(("letters", "read"), [(1, True), (2, True), (3, False)])
def test_one_or_two_lao_letters_are_a_misreading(letters: int, read: bool) -> None:
    """More are Lao."""
    text = f"กา{chr(ord('บ') + 0x80) * letters}กา"
    assert apply(text, normalize(text)) == (f"กา{'บ' * letters}กา" if read else text)
