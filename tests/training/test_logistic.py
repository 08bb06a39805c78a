"""Logistic regression: known cases, weights, and cases without an answer."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from thaifix.training.logistic import logistic, probabilities  # noqa: E402  (it needs numpy)


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


def test_logistic_is_where_rows_and_penalty_balance() -> None:
    """There the slope of the likelihood equals the weights: a penalty of half their square."""
    rnd = np.random.default_rng(7)
    x = np.column_stack([np.ones(60), rnd.normal(size=(60, 3))])
    y = (rnd.random(60) < 0.4).astype(float)
    weight = rnd.random(60) * 3
    found = logistic(x, y, weight)
    slope = x.T @ (weight * (y - 1 / (1 + np.exp(-x @ found))))
    assert slope == pytest.approx(found, abs=1e-9)
    assert np.abs(found).max() > 0.1


def test_probabilities() -> None:
    x = np.array([[1.0, 0.0], [1.0, 2.0]])
    assert probabilities(x, np.array([0.0, np.log(3)])).tolist() == pytest.approx([0.5, 0.9])
