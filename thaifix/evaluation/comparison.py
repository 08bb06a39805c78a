"""Several texts of the same documents compared, and how sure the differences are.

Text 0 is the hypothesis, the others are what each system made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from thaifix.evaluation.significance import Estimate, blocks, bootstrap, paired_test

# The columns that are summed: how many documents (0), length of the reference (1), errors of each
# text (from 2), and for each text whether it is better (1) or worse (-1) than text 0.
_DOCUMENTS, _LENGTH, _FIRST_ERRORS = 0, 1, 2


class Pair(NamedTuple):
    """Two texts compared.

    Attributes:
        cer: Error rate of the first, less that of the second.
        reduction: Share of the errors of the first that the second does not have; None if the
            first has no errors.
        p_value: Of the paired test on the errors of each document, 0 to 1.
    """

    cer: Estimate
    reduction: Estimate
    p_value: float


class Comparison(NamedTuple):
    """Texts compared; each is known by its number.

    Attributes:
        cer: The error rate of each text.
        preference: For each text the share of documents in which it is better than text 0, less
            the share in which it is worse.
        pairs: The comparison of each two texts, by their numbers, the smaller one first.
    """

    cer: list[Estimate]
    preference: list[Estimate]
    pairs: dict[tuple[int, int], Pair]


def compare(
    lengths: Sequence[int], errors: Sequence[Sequence[int]], *, resamples: int, seed: int
) -> Comparison:
    """Compare texts over documents.

    Args:
        lengths: Length of each document's reference, in code points.
        errors: For each document the errors of each text.
        resamples: How many samples the intervals and tests are computed from.
        seed: Of the random numbers.
    Time: O(min(documents, 1,000) * texts**2 * resamples).
    """

    def error(text: int) -> int:
        return _FIRST_ERRORS + text

    texts = range(len(errors[0]) if errors else 0)
    rows = blocks(
        [
            [1, length, *counts, *((counts[0] > n) - (counts[0] < n) for n in counts)]
            for length, counts in zip(lengths, errors, strict=True)
        ]
    )
    signs = _FIRST_ERRORS + len(texts)
    columns = list(zip(*rows, strict=True))[_FIRST_ERRORS:signs]
    pairs = list(combinations(texts, 2))
    estimates = iter(
        bootstrap(
            rows,
            [
                *(_ratio(error(i), _LENGTH) for i in texts),
                *(_ratio(signs + i, _DOCUMENTS) for i in texts),
                *(_ratio(error(i), _LENGTH, less=error(k)) for i, k in pairs),
                *(_ratio(error(i), error(i), less=error(k)) for i, k in pairs),
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
    """Make a figure of sums: a column, less another one if there is one, divided by a third."""

    def figure(sums: Sequence[float]) -> float | None:
        taken = 0.0 if less is None else sums[less]
        return (sums[column] - taken) / sums[by] if sums[by] else None

    return figure
