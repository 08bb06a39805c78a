"""Texts of several systems compared over documents: how sure the differences are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from thaifix.evaluation.significance import Estimate, blocks, bootstrap, paired_test

_LENGTH, _FIRST = 1, 2  # columns: documents, length of the reference, errors of each text, signs


class Pair(NamedTuple):
    """Two texts compared.

    Attributes:
        cer: Rate of the first less rate of the second.
        reduction: Share of the errors of the first that the second does not have; None without.
        p_value: Of the paired test on errors by document.
    """

    cer: Estimate
    reduction: Estimate
    p_value: float


class Comparison(NamedTuple):
    """Texts compared, by number.

    Attributes:
        cer: The rate of each text.
        preference: For each text the share of documents in which it is better than text 0, less
            the share in which it is worse.
        pairs: For each two texts, the smaller number first.
    """

    cer: list[Estimate]
    preference: list[Estimate]
    pairs: dict[tuple[int, int], Pair]


def compare(
    lengths: Sequence[int], errors: Sequence[Sequence[int]], *, resamples: int, seed: int
) -> Comparison:
    """Compare texts over documents.

    Args:
        lengths: Length of each document's reference.
        errors: For each document the errors of each text.
        resamples, seed: See `significance`.
    Time: O(min(documents, 1,000) * texts**2 * resamples).
    """
    texts = range(len(errors[0]) if errors else 0)
    rows = blocks(
        [
            [1, length, *counts, *((counts[0] > n) - (counts[0] < n) for n in counts)]
            for length, counts in zip(lengths, errors, strict=True)
        ]
    )
    signs = _FIRST + len(texts)
    columns = list(zip(*rows, strict=True))[_FIRST:signs]
    pairs = list(combinations(texts, 2))
    estimates = iter(
        bootstrap(
            rows,
            [
                *(_ratio(_FIRST + i, _LENGTH) for i in texts),
                *(_ratio(signs + i, 0) for i in texts),
                *(_ratio(_FIRST + i, _LENGTH, less=_FIRST + k) for i, k in pairs),
                *(_ratio(_FIRST + i, _FIRST + i, less=_FIRST + k) for i, k in pairs),
            ],
            resamples=resamples,
            seed=seed,
        )
    )
    cer, preference = ([next(estimates) for _ in texts] for _ in range(2))
    differences, reductions = ([next(estimates) for _ in pairs] for _ in range(2))
    tests = [
        paired_test(
            [a - b for a, b in zip(columns[i], columns[k], strict=True)],
            resamples=resamples,
            seed=seed,
        )
        for i, k in pairs
    ]
    found = zip(pairs, map(Pair, differences, reductions, tests), strict=True)
    return Comparison(cer, preference, dict(found))


def _ratio(
    column: int, by: int, *, less: int | None = None
) -> Callable[[Sequence[float]], float | None]:
    """Make a figure of sums: one column, less another one, by a third."""

    def figure(sums: Sequence[float]) -> float | None:
        taken = 0.0 if less is None else sums[less]
        return (sums[column] - taken) / sums[by] if sums[by] else None

    return figure
