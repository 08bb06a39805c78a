"""Weights and thresholds: how sure a change must be for what a profile promises.

Letters (`decision`) and terms (`terms`) are calibrated alike: proposals are judged, a logistic
model learns from them, and what it thinks of those in clean text, where each of them is harm, says
from which confidence on a profile may make a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from thaifix.training.logistic import logistic, probabilities

DIGITS = 4
"""Decimal places of weights and thresholds in a bundle: by judgement, so that they can be read."""

HARM_UNIT = 10_000
"""Harm is counted in changed spans per so many code points of clean text, as in the README."""


class Promise(NamedTuple):
    """What a profile promises.

    Attributes:
        harm: Changed spans per `HARM_UNIT` code points of held-out clean text, at most.
        confidence: Lowest confidence of a change, whatever the clean text allows.
    """

    harm: float
    confidence: float


class Judged(NamedTuple):
    """A proposal of which it is known whether it is right.

    Attributes:
        features: What the decision knows of it, in the decision's order.
        right: Whether it brings the text nearer to the intended one.
        weight: How much it counts in learning.
        clean: Whether it was made in clean text, where it is harm.
    """

    features: Sequence[float]
    right: bool
    weight: float
    clean: bool


def fit(
    judged: Sequence[Judged],
    names: Sequence[str],
    code_points: int,
    promises: Mapping[str, Promise],
) -> dict[str, Any]:
    """Learn weights and find thresholds: what a bundle stores of a decision.

    Args:
        judged: The proposals, in any order; a changed order may change the last digit.
        names: Of the features, in their order.
        code_points: Of the clean text in which those with `clean` were made.
        promises: One a profile.
    Returns:
        `weights` by name, `thresholds` by profile, and how much they come from: `judged`
        (proposals) and `clean_code_points`. Without proposals all weights are 0.
    """
    x = np.array([j.features for j in judged], float).reshape(-1, len(names))
    right = np.array([j.right for j in judged], float)
    weight = np.array([j.weight for j in judged], float)
    weights = np.round(logistic(x, right, weight), DIGITS)
    harmful = x[[i for i, j in enumerate(judged) if j.clean]]
    return {
        "weights": dict(zip(names, weights.tolist(), strict=True)),
        "thresholds": search(probabilities(harmful, weights).tolist(), code_points, promises),
        "judged": len(judged),
        "clean_code_points": code_points,
    }


def search(
    harmful: Iterable[float], code_points: int, promises: Mapping[str, Promise]
) -> dict[str, float]:
    """Find the lowest threshold at which each profile keeps its promise.

    Args:
        harmful: Confidences of all proposals in a clean text.
        code_points: Of that text.
        promises: One a profile.
    Returns:
        A confidence by profile, from which on a change is made, with `DIGITS` decimal places.
    """
    descending = sorted(harmful, reverse=True)
    thresholds = {}
    for profile, promise in promises.items():
        allowed = int(promise.harm * code_points / HARM_UNIT)
        # Of the proposals that must not become changes, the surest, if there are any.
        refused = descending[allowed : allowed + 1]
        bound = max([promise.confidence, *refused]) + 0.5 * 10**-DIGITS  # so that it is rounded up
        thresholds[profile] = round(bound, DIGITS)
    return thresholds
