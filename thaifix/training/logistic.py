"""Logistic regression, as calibration needs it: a few features, a few thousand weighted rows."""

from __future__ import annotations

from typing import Any

import numpy as np

_RIDGE = 1.0
"""Penalty on the square of each weight, halved, in nats: by judgement, about one row's worth."""

_MOST_STEPS = 50
"""Newton's method doubles the right digits each step and needs about ten; this many, by judgement,
end it where rounding keeps it from settling."""

_SETTLED = 1e-9
"""A step that changes no weight by more than this is the last: far below the four decimal places
that a bundle stores."""


def logistic(x: Any, y: Any, weight: Any) -> Any:
    """Weights of a ridge-penalised logistic regression, by Newton's method.

    Args:
        x: Features, a row a case. There is no intercept: give a column of ones.
        y: 1 where a case is right, else 0.
        weight: How much each case counts.
    Returns:
        A weight for each feature, in nats for a unit of the feature.
    Time: O(rows * features**2) a step.
    """
    b = np.zeros(x.shape[1])
    for _ in range(_MOST_STEPS):
        p = probabilities(x, b)
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(len(b))
        step = np.linalg.solve(curve, x.T @ (weight * (y - p)) - _RIDGE * b)
        b += step
        if np.abs(step).max() < _SETTLED:
            break
    return b


def probabilities(x: Any, weights: Any) -> Any:
    """How likely each row of features is right, 0 to 1."""
    return 1 / (1 + np.exp(-x @ weights))
