"""Weights and thresholds: what profiles promise of clean text is kept, and no more than that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

np = pytest.importorskip("numpy")

from thaifix.training.logistic import logistic  # noqa: E402  (they need numpy)
from thaifix.training.thresholds import Judged, Promise, fit, search  # noqa: E402

FOUR = [0.20002, 0.90002, 0.50002, 0.70002]


@pytest.mark.parametrize(
    ("harmful", "code_points", "harm", "least", "threshold"),
    [
        ([], 10_000, 0.0, 0.30002, 0.3001),
        ([0.90002], 10_000, 0.0, 0.3, 0.9001),
        ([0.20002], 10_000, 0.0, 0.30002, 0.3001),
        (FOUR, 10_000, 0.0, 0.3, 0.9001),
        (FOUR, 10_000, 1.0, 0.3, 0.7001),
        (FOUR, 10_000, 1.99, 0.3, 0.7001),
        (FOUR, 20_000, 1.0, 0.3, 0.5001),
        (FOUR, 9_999, 1.0, 0.3, 0.9001),
        (FOUR, 10_000, 3.0, 0.1, 0.2001),
        (FOUR, 10_000, 4.0, 0.10002, 0.1001),
        ([0.61234], 10_000, 0.0, 0.3, 0.6124),
        ([0.61238], 10_000, 0.0, 0.3, 0.6124),
    ],
)
def test_thresholds(
    harmful: list[float], code_points: int, harm: float, least: float, threshold: float
) -> None:
    """Just above the surest proposal that must not become a change, with four digits."""
    found = search(harmful, code_points, {"some": Promise(harm, least)})
    assert found == {"some": pytest.approx(threshold, abs=1e-9)}


@given(st.lists(st.floats(0, 1)), st.integers(0, 100_000), st.floats(0, 2), st.floats(0.01, 0.99))
def test_promises_are_kept(
    harmful: list[float], code_points: int, harm: float, least: float
) -> None:
    """No more harm than promised, no confidence below the least, and no higher than need be."""
    threshold = search(harmful, code_points, {"some": Promise(harm, least)})["some"]
    allowed = int(harm * code_points / 10_000)
    assert threshold >= least
    assert sum(confidence > threshold for confidence in harmful) <= allowed
    if threshold > least + 1.01e-4:
        assert sum(confidence >= threshold - 1.01e-4 for confidence in harmful) > allowed


def test_profiles_do_not_depend_on_each_other() -> None:
    one, other = Promise(1.0, 0.3), Promise(0.0, 0.95)
    harmful = [0.4, 0.8]
    both = search(harmful, 10_000, {"one": one, "other": other})
    assert both == search(harmful, 10_000, {"one": one}) | search(harmful, 10_000, {"other": other})
    assert [*both] == ["one", "other"]


CASES = [
    *(Judged([1.0, 0.0], i < 5, 1.0, False) for i in range(20)),
    *(Judged([1.0, 1.0], i < 16, 1.0, False) for i in range(20)),
    *(Judged([1.0, 0.5], False, 2.0, True) for _ in range(3)),
]


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    return fit(CASES, ["one", "gain"], 10_000, {"some": Promise(0.0, 0.1)})


def test_weights_are_those_of_the_regression(table: dict[str, Any]) -> None:
    """Of all proposals, each with its weight, and with four digits."""
    x = np.array([case.features for case in CASES])
    right = np.array([float(case.right) for case in CASES])
    weight = np.array([case.weight for case in CASES])
    assert [*table["weights"]] == ["one", "gain"]
    weights = [*table["weights"].values()]
    assert weights == pytest.approx(logistic(x, right, weight), abs=5.01e-5)
    assert weights == [round(value, 4) for value in weights]
    assert weights[1] > 1


def test_only_clean_text_sets_thresholds(table: dict[str, Any]) -> None:
    """Those on pages are surer, but no harm."""
    one, gain = table["weights"].values()
    harmful = 1 / (1 + np.exp(-one - gain / 2))
    assert table["thresholds"] == {"some": pytest.approx(harmful, abs=1.01e-4)}
    assert table["thresholds"]["some"] > harmful
    assert (table["judged"], table["clean_code_points"]) == (43, 10_000)


def test_nothing_judged_gives_no_weights() -> None:
    assert fit([], ["one", "gain"], 0, {"some": Promise(5.0, 0.5)}) == {
        "weights": {"one": 0.0, "gain": 0.0},
        "thresholds": {"some": pytest.approx(0.5, abs=1.01e-4)},
        "judged": 0,
        "clean_code_points": 0,
    }


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"reshape|length"):
        fit([Judged([1.0], True, 1.0, False)], ["one", "gain"], 0, {})
