"""Chance: the same on every machine, and as even as it should be."""

from __future__ import annotations

from collections import Counter
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_engine import Known

from thaifix.noise.draws import QUANTILES, Draws, Even, Hits, Weighted, means, products

NUMBERS = st.lists(st.integers(0, 1000).map(float), min_size=1, max_size=100)


def test_numbers_are_those_of_the_seed() -> None:
    """Python promises them for `random` seeded with a string; a change would change all noise."""
    draws = Draws("1/1")
    assert [round(draws.random(), 6) for _ in range(3)] == [0.494748, 0.624852, 0.691431]


@pytest.mark.parametrize(
    ("drawn", "number", "letter"), [(0.0, 0, "a"), (0.499, 4, "b"), (0.5, 5, "c"), (0.999, 9, "d")]
)
def test_all_methods_go_back_to_random(drawn: float, number: int, letter: str) -> None:
    """A share of the unit interval stands for each choice."""
    assert Known(drawn).randrange(10) == number
    assert Known(drawn).choice("abcd") == letter


def test_means_by_hand() -> None:
    """Sorted, cut into parts that are as equal as they can be, each with its mean."""
    assert means([3, 1, 2], 2) == (1, 2.5)
    assert means([7, 5, 1, 3], 2) == (2, 6)
    assert means([5, 1]) == (1, 5)
    assert means(range(2 * QUANTILES)) == tuple(2 * k + 0.5 for k in range(QUANTILES))


@given(NUMBERS, st.integers(1, 30))
def test_means_rise_and_are_not_more_than_asked(values: list[float], parts: int) -> None:
    found = means(values, parts)
    assert len(found) == min(parts, len(values))
    assert list(found) == sorted(found)
    if len(values) % len(found) == 0:
        assert sum(found) / len(found) == pytest.approx(sum(values) / len(values))


def test_products_by_hand() -> None:
    """All products of two factors, and quantiles of them if there are many."""
    assert products() == (1.0,)
    assert products([1, 3], [2, 4]) == (2, 4, 6, 12)
    many = products(range(1, 9), range(1, 7))
    assert len(many) == QUANTILES
    assert many[:4] == (1.5, 2.5, 3.5, 4)  # of 1 and 2, 2 and 3, 3 and 4, 4 and 4
    assert sum(many) / len(many) == pytest.approx(4.5 * 3.5)


def test_weighted_strings_are_drawn_as_often_as_they_were_seen() -> None:
    """One in four is the first, three are the second."""
    weighted = Weighted({"a": 1, "b": 3})
    drawn = [weighted.draw(Known(share)) for share in (0, 0.2499, 0.25, 0.999)]
    assert drawn == ["a", "a", "b", "b"]
    draws = Draws("weights")
    counts = Counter(weighted.draw(draws) for _ in range(4_000))
    assert counts["a"] == pytest.approx(1_000, rel=0.1)


def test_even_draws_step_by_the_golden_ratio() -> None:
    """From 0.5 on: 0.118, 0.736, 0.354, 0.972, 0.590 of ten values."""
    even = Even(range(10), Known(0.5))
    assert [even.draw() for _ in range(5)] == [1, 7, 3, 9, 5]


@given(st.integers(0, 1_000), st.integers(1, 40))
def test_few_even_draws_have_the_mean_of_all(seed: int, count: int) -> None:
    """Of n draws, as many lie in each half of the values as there should, but for two."""
    even = Even([0, 1], Draws(f"{seed}"))
    assert sum(even.draw() for _ in range(count)) == pytest.approx(count / 2, abs=2)


def test_hits_by_hand() -> None:
    """One event in each stretch of four, where the drawn share of it has been reached."""
    hits = Hits(Known(0.5, 0.0, 0.75, 0.25))
    assert [hits.hit(0.25) for _ in range(12)] == [
        *(False, True, False, True),  # at 0.5 of the first, at 0.0 of the second
        *(False, False, False, False),
        *(False, False, True, False),  # at 0.75 of the third
    ]


@given(st.lists(st.floats(0, 1), max_size=80), st.integers(0, 99))
def test_hits_are_as_many_as_expected(probabilities: list[float], seed: int) -> None:
    """But for one, whatever the places."""
    hits = Hits(Draws(f"{seed}"))
    happened = sum(hits.hit(probability) for probability in probabilities)
    expected = sum(probabilities)
    assert floor(expected) - 1 <= happened <= ceil(expected)
