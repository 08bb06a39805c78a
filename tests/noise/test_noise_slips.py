"""Slips: drawn as often as the style says, at no place twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_engine import Always, Known

from thaifix.noise.draws import Draws
from thaifix.noise.engines import Style
from thaifix.noise.places import REASONS
from thaifix.noise.slips import Slips, SlipSurvey
from thaifix.text.edit import Edit, apply, invert
from thaifix.text.script import LETTERS

AA, AM, NIKHAHIT = "\u0e32", "\u0e33", "\u0e4d"
MAI_EK = "\u0e48"


def slips(draws: Draws, **shares: float) -> Slips:
    return Slips(Style("made up", 1, shares), draws)


def planned(text: str, draws: Draws, scale: float = 1.0, **shares: float) -> list[Edit]:
    found = slips(draws, **shares)
    return found.plan(text, found.survey(text), scale)


def test_without_a_style_nothing_happens() -> None:
    """And nothing is drawn."""
    none = Slips(None, Known())
    survey = none.survey("ทำก่อน")
    assert survey == SlipSurvey([], {})
    assert none.expected(survey, 1) == 0
    assert none.plan("ทำก่อน", survey, 1) == []


def test_only_what_the_style_has_is_found() -> None:
    text = f"ท{AM}ก{MAI_EK}อน"
    found = slips(Always(0.0), am_gap=0.5, am_apart=0.25).survey(text).slips
    assert found == [(1, 2, (("am_gap", f" {AA}"), ("am_apart", f"{NIKHAHIT} {AA}")))]
    found = slips(Always(0.0), mark_parted=0.5, gap=0.25).survey(text).slips
    assert [(start, choices[0][0]) for start, _, choices in found] == [
        (2, "gap"), (3, "mark_parted"), (4, "gap"), (5, "gap"),
    ]  # fmt: skip


def test_expected_errors_by_hand() -> None:
    """A space is one error, ` า` for sara am two; nikhahit and sara aa are none."""
    text = f"กน ก{AM}"
    gaps = slips(Always(0.0), gap=0.5, double_space=0.5)
    assert gaps.expected(gaps.survey(text), 1) == pytest.approx(0.5)
    assert gaps.expected(gaps.survey(text), 1.5) == pytest.approx(0.75)
    assert gaps.expected(gaps.survey(text), 99) == pytest.approx(1)
    am = slips(Always(0.0), am_gap=0.2, am_joined=0.2)
    assert am.expected(am.survey(text), 1) == pytest.approx(0.4)
    assert am.expected(am.survey(text), 99) == pytest.approx(1)  # half of the places
    assert am.expected(am.survey(text * 3), 1) == pytest.approx(1.2)


def test_one_choice_is_drawn() -> None:
    """The first of a share of 0.2, the second of 0.3, and none else."""
    found = [
        planned(f"ก{AM}", Known(drawn), am_gap=0.2, am_joined=0.3)
        for drawn in (0.0, 0.19, 0.21, 0.49, 0.51, 0.99)
    ]
    gap = Edit(1, 2, f" {AA}", reason="parted_am", observed=AM)
    joined = Edit(1, 2, NIKHAHIT + AA, reason="parted_am", observed=AM)
    assert found == [[gap], [gap], [joined], [joined], [], []]


def test_shares_of_more_than_one_are_divided() -> None:
    """Something happens at every place then, and each choice as often as before."""
    found = [
        planned(f"ก{AM}", Known(drawn), 10, am_gap=0.2, am_joined=0.3) for drawn in (0.39, 0.41)
    ]
    assert [edits[0].replacement for edits in found] == [f" {AA}", NIKHAHIT + AA]
    assert planned(f"ก{AM}", Known(0.99), 10, am_gap=0.2, am_joined=0.3)


def test_of_slips_that_overlap_the_first_happens() -> None:
    """A mark that has moved over a letter leaves that letter readable."""
    edits = planned(f"ก{MAI_EK}อน", Always(0.0), mark_moved=0.5, letter_unreadable=0.5)
    assert [(edit.start, edit.end, edit.reason) for edit in edits] == [
        (0, 1, "unreadable"), (1, 3, "moved_mark"), (3, 4, "unreadable"),
    ]  # fmt: skip


def test_as_often_as_the_style_says() -> None:
    text = f"ก{AM} " * 2_000
    for scale, times in (0.5, 600), (1.0, 1_200), (9.0, 2_000):
        edits = planned(text, Draws("often"), scale, am_gap=0.6)
        assert len(edits) == pytest.approx(times, abs=60)


def test_every_kind_of_slip_has_a_place() -> None:
    """In a text that has all that is spoiled."""
    text = "ป้ายที่ ๑๒ ในฝ่าย (ขอนแก่น) กฎุมพี ผู้จัดทำนา ขลุ่ย"
    for kind, reason in REASONS.items():
        edits = planned(text, Always(0.0), **{kind: 1.0})
        assert {edit.reason for edit in edits} == {reason}


@given(
    st.text(st.sampled_from(LETTERS + "ำำ  ๑๒a.\n"), max_size=60),
    st.dictionaries(st.sampled_from(sorted(REASONS)), st.floats(0.01, 1), min_size=1),
    st.integers(0, 99),
)
def test_slips_lead_there_and_back(text: str, shares: dict[str, float], seed: int) -> None:
    """Whatever a style has; the log gives each the reason of its kind."""
    edits = planned(text, Draws(f"{seed}"), 1.0, **shares)
    assert invert(apply(text, edits), edits) == text
    assert {edit.reason for edit in edits} <= {REASONS[kind] for kind in shares}
