"""Logistic regression, for calibration only."""

from __future__ import annotations

from typing import Any

import numpy as np

_RIDGE = 1.0


def logistic(x: Any, y: Any, weight: Any) -> Any:
    """Weights of a ridge-penalised logistic regression, by Newton's method."""
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(len(b))
        step = np.linalg.solve(curve, x.T @ (weight * (y - p)) - _RIDGE * b)
        b += step
        if np.abs(step).max() < 1e-9:
            break
    return b
