"""Noise levels add, fade and give rates."""

from __future__ import annotations

from math import isfinite, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.noise_level import NoiseLevel

COUNTS = st.integers(0, 10_000)


def test_noise_adds_and_fades() -> None:
    first = NoiseLevel().add(1000, 4, 2, carried=0.5)
    assert first == NoiseLevel(1000, 4, 2)
    assert first.add(500, 0, 1, carried=0.5) == NoiseLevel(1000, 2, 2)
    assert first.add(500, 0, 1, carried=0.0) == NoiseLevel(500, 0, 1)


@given(letters=COUNTS, fired=COUNTS, sure=COUNTS, own=st.integers(0, 1))
def test_rates_are_finite_and_rise_with_the_counts(
    letters: int, fired: int, sure: int, own: int
) -> None:
    noise = NoiseLevel(letters, fired, sure)
    rates = noise.rates(own)
    assert all(map(isfinite, rates))
    more = NoiseLevel(letters, fired + 1, sure + 1).rates(own)
    assert more[0] > rates[0]
    assert more[1] >= rates[1]
    assert noise.rates(1)[1] <= noise.rates(0)[1]


def test_rates_are_per_thousand_letters() -> None:
    """With half a thousand more, and small constants that keep logarithms finite."""
    level = NoiseLevel(1500, 4, 3)
    assert level.evident == (3 + 2) / 2
    assert level.rates() == pytest.approx((log(4.1 / 2), log(3.2 / 2)))
    assert level.rates(1) == pytest.approx((log(4.1 / 2), log(2.2 / 2)))
    assert NoiseLevel(1500, 0, 0).rates(1) == pytest.approx((log(0.1 / 2), log(0.2 / 2)))
