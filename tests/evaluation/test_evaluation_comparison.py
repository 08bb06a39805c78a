"""Texts compared over documents: figures of sums, paired."""

import pytest

from thaifix.evaluation.comparison import compare


def test_figures_by_hand() -> None:
    """Three documents of 10; text 1 has half the errors, is better once and worse once."""
    found = compare([10, 10, 10], [[4, 1], [2, 2], [0, 0]], resamples=200, seed=1)
    assert [estimate.value for estimate in found.cer] == [6 / 30, 3 / 30]
    assert [estimate.value for estimate in found.preference] == [0, 1 / 3]
    pair = found.pairs[0, 1]
    assert (pair.cer.value, pair.reduction.value) == (3 / 30, 0.5)
    assert pair.p_value == 1.0  # one difference alone
    assert pair.cer.low is not None
    assert pair.cer.high is not None
    assert pair.cer.low <= 3 / 30 <= pair.cer.high


def test_preference_counts_documents_that_are_worse() -> None:
    found = compare([10] * 4, [[1, 2], [1, 2], [1, 0], [1, 1]], resamples=20, seed=1)
    assert found.preference[1].value == (1 - 2) / 4


def test_no_errors_and_no_text() -> None:
    """Nothing can be reduced where nothing is wrong, and nothing is no rate."""
    found = compare([0], [[0, 0]], resamples=20, seed=1)
    assert found.cer[0].value is None
    assert found.pairs[0, 1].reduction.value is None
    assert found.pairs[0, 1].p_value == 1.0


@pytest.mark.parametrize("documents", [999, 2_500])
def test_many_documents_are_pooled(documents: int) -> None:
    """Which changes no figure, only the samples."""
    lengths = [100] * documents
    errors = [[i % 7, i % 5] for i in range(documents)]
    found = compare(lengths, errors, resamples=10, seed=1)
    first, second = (sum(column) for column in zip(*errors, strict=True))
    assert found.cer[0].value == first / sum(lengths)
    assert found.pairs[0, 1].cer.value == (first - second) / sum(lengths)
    better = sum((a > b) - (a < b) for a, b in errors)
    assert found.preference[1].value == better / documents
