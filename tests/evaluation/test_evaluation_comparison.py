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


def test_three_texts_are_compared_in_pairs() -> None:
    """Over two documents of 10 and 30 code points; the smaller number stands first."""
    found = compare([10, 30], [[4, 2, 0], [4, 4, 8]], resamples=50, seed=1)
    assert [estimate.value for estimate in found.cer] == [8 / 40, 6 / 40, 8 / 40]
    assert [estimate.value for estimate in found.preference] == [0, 1 / 2, 0]
    assert {numbers: pair.cer.value for numbers, pair in found.pairs.items()} == {
        (0, 1): 2 / 40,
        (0, 2): 0,
        (1, 2): -2 / 40,
    }
    assert {numbers: pair.reduction.value for numbers, pair in found.pairs.items()} == {
        (0, 1): 2 / 8,
        (0, 2): 0,
        (1, 2): -2 / 6,
    }
    # Of the differences 2 and -4 two of four sums reach 2 ... all of them: 2, 6, -6, -2.
    assert [pair.p_value for pair in found.pairs.values()] == [1, 1, 1]


def test_samples_and_seed_are_passed_on() -> None:
    """To intervals and tests alike."""
    errors = [[i % 7, i % 5] for i in range(20)]
    one, same, other = (compare([100] * 20, errors, resamples=30, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.cer != other.cer
    assert one.pairs[0, 1].p_value != other.pairs[0, 1].p_value
    more = compare([100] * 20, errors, resamples=31, seed=1)
    assert more.cer != one.cer
    assert more.pairs[0, 1].p_value != one.pairs[0, 1].p_value


def test_nothing_to_compare() -> None:
    assert compare([], [], resamples=5, seed=1) == ([], [], {})
