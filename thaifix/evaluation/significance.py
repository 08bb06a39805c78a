"""How far figures can be trusted: bootstrap intervals and a paired test.

Both work on documents, which are independent of each other, and not on letters, which are not. The
numbers are the same on every machine for one seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor
from random import Random
from typing import NamedTuple

RESAMPLES = 2_000
"""Samples that intervals and tests are computed from, unless the caller says otherwise. By
judgement: another seed then moves the bounds of an interval by a hundredth or two of its width."""

SEED = 1
"""Seed of the random numbers, unless the caller says otherwise; any number would do."""

CONFIDENCE = 0.95
"""Share of the resampled figures that an interval holds; the custom of the field."""

MOST_RESAMPLED_ROWS = 1_000
"""Rows that are resampled; more are first added up. By judgement: it bounds the
time to a few seconds."""

_EQUAL_SUMS = 1e-12  # share by which two equal sums of floats may differ


class Estimate(NamedTuple):
    """A figure with the interval of its bootstrap distribution.

    Attributes:
        value: The figure for all documents; None if it is undefined.
        low, high: Percentiles of the resampled figures, see `CONFIDENCE`; None if it is undefined
            in all samples.
    """

    value: float | None
    low: float | None
    high: float | None


def blocks(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Add up runs of neighbouring rows, so that at most `MOST_RESAMPLED_ROWS` are left."""
    if not rows:
        return []
    size = -(-len(rows) // MOST_RESAMPLED_ROWS)
    return [
        [sum(column) for column in zip(*rows[i : i + size], strict=True)]
        for i in range(0, len(rows), size)
    ]


def bootstrap(
    rows: Sequence[Sequence[float]],
    figures: Sequence[Callable[[Sequence[float]], float | None]],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Estimate]:
    """Estimate figures that are computed from sums over documents.

    Args:
        rows: For each document the same quantities, such as errors before, errors after, length.
        figures: Each computes a figure from the sums of all rows; all see the same resamples, so
            that differences are paired.
        resamples: How many samples are drawn; each has as many rows, drawn with replacement.
        seed: Of the random numbers.
    Returns:
        An estimate for each figure. Samples for which it is undefined (None) are left out.
    Time: O(rows * quantities * resamples).
    Source: Efron and Tibshirani (1993), percentile intervals.
    """
    random = Random(seed)
    columns = list(zip(*rows, strict=True))
    known: list[list[float]] = [[] for _ in figures]
    for _ in range(resamples if rows else 0):
        chosen = random.choices(range(len(rows)), k=len(rows))
        sums = [sum(map(column.__getitem__, chosen)) for column in columns]
        for figure, values in zip(figures, known, strict=True):
            if (value := figure(sums)) is not None:
                values.append(value)
    whole = [sum(column) for column in columns]
    tail = (1 - CONFIDENCE) / 2
    return [
        Estimate(
            figure(whole) if rows else None,
            percentile(values, tail),
            percentile(values, 1 - tail),
        )
        for figure, values in zip(figures, map(sorted, known), strict=True)
    ]


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """Give the value below which a share of sorted values lies, interpolated; None of no values."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def paired_test(
    differences: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED
) -> float:
    """Test whether differences between two systems could be chance (two-sided).

    If the systems were alike, each document's difference could as well have the other sign. The
    p value is the share of all ways to choose the signs whose sum is at least as far from zero as
    the sum that was found. If there are more ways than `resamples`, so many of them are drawn, and
    the way that was found counts as one more; so the p value is never 0.

    Args:
        differences: For each document, the errors of one system less those of the other.
        resamples: How many ways to choose the signs are tried, at most.
        seed: Of the random numbers.
    Returns:
        The p value, above 0 and up to 1; it is 1 if there is no difference.
    Time: O(documents * resamples).
    Source: Fisher's randomisation test, as in Good (2000), "Permutation Tests".
    """
    sizes = [abs(difference) for difference in differences if difference]
    found = abs(sum(differences))
    if not sizes:
        return 1.0
    everything = sum(sizes)
    all_signs = 1 << len(sizes)
    exact = all_signs <= resamples
    random = Random(seed)
    signs = (
        range(all_signs) if exact else (random.getrandbits(len(sizes)) for _ in range(resamples))
    )
    as_far = 0
    for bits in signs:
        negative = sum(size for i, size in enumerate(sizes) if bits >> i & 1)
        as_far += abs(everything - 2 * negative) >= found * (1 - _EQUAL_SUMS)
    return as_far / all_signs if exact else (as_far + 1) / (resamples + 1)
