"""Intervals and tests: as scipy has them, and right where they can be worked out."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from thaifix.evaluation.significance import (
    CONFIDENCE,
    RESAMPLES,
    SEED,
    Estimate,
    blocks,
    bootstrap,
    paired_test,
    percentile,
)


def cer(sums: Sequence[float]) -> float | None:
    return sums[0] / sums[1] if sums[1] else None


def pages(count: int) -> list[tuple[int, int]]:
    """Errors and lengths of pages, some far worse than others."""
    random = Random(7)
    return [(int(random.expovariate(0.05)), random.randint(200, 2_000)) for _ in range(count)]


def test_interval_agrees_with_scipy() -> None:
    """Both resample; with many samples their percentiles differ by little."""
    rows = pages(60)
    (found,) = bootstrap(rows, [cer], resamples=9_999)
    errors, lengths = np.array(rows).T
    expected = stats.bootstrap(
        (errors, lengths),
        lambda e, n, axis: e.sum(axis=axis) / n.sum(axis=axis),
        paired=True,
        vectorized=True,
        method="percentile",
        n_resamples=9_999,
        rng=np.random.default_rng(1),
    ).confidence_interval
    assert found.value == errors.sum() / lengths.sum()
    width = expected.high - expected.low
    assert found.low == pytest.approx(expected.low, abs=0.05 * width)
    assert found.high == pytest.approx(expected.high, abs=0.05 * width)


@given(st.lists(st.integers(-50, 50), min_size=1), st.floats(0, 1))
def test_percentile_agrees_with_numpy(values: list[int], share: float) -> None:
    assert percentile(sorted(values), share) == pytest.approx(np.quantile(values, share))


def test_equal_documents_leave_no_doubt() -> None:
    """Every sample of them is the same."""
    assert bootstrap([(1, 10)] * 5, [cer], resamples=50) == [Estimate(0.1, 0.1, 0.1)]


def test_undefined_figures() -> None:
    """Without a document, or with nothing to divide by, there is no figure."""
    nothing = Estimate(None, None, None)
    assert bootstrap([], [cer]) == [nothing]
    assert bootstrap([(0, 0), (2, 0)], [cer], resamples=20) == [nothing]
    assert percentile([], 0.5) is None


def test_the_seed_decides() -> None:
    rows = pages(20)
    one, same, other = (bootstrap(rows, [cer], resamples=99, seed=seed) for seed in (1, 1, 2))
    assert one == same != other


def test_figures_share_their_samples() -> None:
    """A difference of equal quantities is nothing in every sample."""
    rows = [(a, n, a) for a, n in pages(20)]
    (found,) = bootstrap(rows, [lambda sums: (sums[0] - sums[2]) / sums[1]], resamples=99)
    assert found == Estimate(0, 0, 0)


def test_blocks_keep_the_sums() -> None:
    rows = [(i, 1) for i in range(2_500)]
    pooled = blocks(rows)
    assert len(pooled) == 834  # of three rows each, the last of one
    assert [sum(column) for column in zip(*pooled, strict=True)] == [sum(range(2_500)), 2_500]
    assert blocks(rows[:3]) == [[0, 1], [1, 1], [2, 1]]
    assert blocks([]) == []
    assert (len(blocks(rows[:1_000])), len(blocks(rows[:1_001]))) == (1_000, 501)


@pytest.mark.parametrize(
    ("differences", "p_value"),
    [
        pytest.param([], 1.0, id="nothing"),
        pytest.param([0, 0], 1.0, id="no difference"),
        pytest.param([3], 1.0, id="one document tells nothing: 3 and -3 are as far from 0"),
        pytest.param([1, 1, 1, 1, 1], 2 / 32, id="five of five: all signs + or all -"),
        pytest.param([2, 1, -1], 0.75, id="of 8 sums, 4 2 2 0 0 -2 -2 -4, six reach 2"),
        pytest.param([2, -1, -1], 1.0, id="what is found is 0"),
    ],
)
def test_paired_test_by_hand(differences: list[int], p_value: float) -> None:
    assert paired_test(differences) == p_value


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=9))
def test_paired_test_agrees_with_scipy(differences: list[int]) -> None:
    """Exactly so where all changes of signs can be tried."""
    if any(differences):
        expected = stats.permutation_test(
            (differences, [0] * len(differences)),
            lambda one, other: sum(one) - sum(other),
            permutation_type="samples",
            n_resamples=np.inf,
        ).pvalue
        assert paired_test(differences) == pytest.approx(expected)


def test_random_signs_come_near_the_exact_value() -> None:
    """With 16 documents there are 65,536 changes of signs, and a twentieth of them will do."""
    differences = [5, 3, -2, 8, 1, -4, 6, 2, -1, 7, -3, 4, 9, -5, 2, 1]
    exact = paired_test(differences, resamples=1 << 16)
    assert paired_test(differences, resamples=3_000) == pytest.approx(exact, abs=0.02)


def test_what_is_not_asked_for_is_as_the_manual_says() -> None:
    """2,000 samples of seed 1, and percentiles that hold 95 %."""
    assert (RESAMPLES, SEED, CONFIDENCE) == (2_000, 1, 0.95)
    rows = [(i % 7, 10 + i % 3) for i in range(30)]
    assert bootstrap(rows, [cer]) == bootstrap(rows, [cer], resamples=2_000, seed=1)
    differences = [i % 5 - 1 for i in range(30)]
    assert paired_test(differences) == paired_test(differences, resamples=2_000, seed=1)


def test_figures_are_the_same_everywhere() -> None:
    """Python promises the numbers, and all sums are of integers."""
    rows = [(i % 7, 10 + i % 3) for i in range(30)]
    (found,) = bootstrap(rows, [cer], resamples=99, seed=5)
    assert (found.value, found.low, found.high) == (
        17 / 66,
        0.19013362740010378,
        0.32191543953592144,
    )
    assert paired_test([3, -1, 2, -2, 1] * 6, resamples=99, seed=5) == 8 / 100


@pytest.mark.parametrize("count", [12, 40, 200])
def test_a_random_test_never_says_never(count: int) -> None:
    """All documents are better, and hardly a draw of signs is as extreme: p is small, not 0."""
    p_value = paired_test([1] * count)
    assert 1 / 2_001 <= p_value < 4 / 2_001
    if count > 12:
        assert p_value == 1 / 2_001


def test_all_signs_are_tried_if_they_may_be() -> None:
    """Of three documents there are eight. For seven samples they are drawn, the found one added."""
    assert paired_test([1, 1, 1], resamples=8) == 2 / 8
    drawn = {paired_test([1, 1, 1], resamples=7, seed=seed) for seed in range(20)}
    assert all((8 * p_value).is_integer() and p_value >= 1 / 8 for p_value in drawn)
    assert len(drawn) > 2


def test_sums_that_only_rounding_tells_apart_are_equal() -> None:
    """Of eight sums, 0.6 0.4 0.2 0 and their opposites, four are as far from 0 as 0.4."""
    assert paired_test([-0.1, 0.2, 0.3]) == 4 / 8


def test_undefined_samples_are_left_out() -> None:
    """Of a document without length and one with, all samples that have a length give the rate."""
    (found,) = bootstrap([(0, 0), (2, 10)], [cer], resamples=50)
    assert found == Estimate(0.2, 0.2, 0.2)
