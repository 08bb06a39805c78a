"""Logistic regression: known cases, weights, and cases without an answer."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from thaifix.training.logistic import logistic  # noqa: E402  (it needs numpy)


def test_logistic_finds_the_weights_of_a_known_case() -> None:
    """Of 1,000 pairs of each kind the share that is right decides: log odds, shrunk by 1 %."""
    x = np.array([[1.0, 0.0]] * 2000 + [[1.0, 1.0]] * 2000)
    y = np.array([1.0] * 500 + [0.0] * 1500 + [1.0] * 1600 + [0.0] * 400)
    base, gain = logistic(x, y, np.ones(4000))
    assert base == pytest.approx(np.log(500 / 1500), abs=0.02)
    assert base + gain == pytest.approx(np.log(1600 / 400), abs=0.02)


def test_logistic_weighs_its_rows() -> None:
    x = np.ones((2, 1))
    y = np.array([1.0, 0.0])
    [balance] = logistic(x, y, np.array([9000.0, 1000.0]))
    assert balance == pytest.approx(np.log(9), abs=0.01)


def test_logistic_stays_finite_where_all_are_right() -> None:
    [weight] = logistic(np.ones((50, 1)), np.ones(50), np.ones(50))
    assert 1 < weight < 10


def test_logistic_ignores_what_never_varies() -> None:
    x = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert logistic(x, np.array([1.0, 0.0]), np.ones(2))[1] == 0
