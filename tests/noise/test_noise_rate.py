"""The rate that is asked for: the scale that meets it, the steering that keeps it, its limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.noise.engines import NoiseError
from thaifix.noise.rate import TargetRate
from thaifix.text.edit import Edit


def insertion(text: str, reason: str = "confusion") -> Edit:
    return Edit(0, 0, text, reason=reason)


@pytest.mark.parametrize("rate", [-0.01, 0.51, float("nan")])
def test_a_rate_out_of_range(rate: float) -> None:
    with pytest.raises(NoiseError, match=r"is not from 0 to 0\.5\. Give a share of code points"):
        TargetRate(rate)


@pytest.mark.parametrize("rate", [0, 0.5, None])
def test_rates_within_range(rate: float | None) -> None:
    assert TargetRate(rate).asked == rate


def test_without_a_rate_the_engine_is_left_alone() -> None:
    """Nothing is asked, nothing steered, nothing out of reach."""
    rate = TargetRate(None)
    assert rate.scale(lambda scale: pytest.fail(f"asked for {scale}"), 1_000) == 1.0
    rate.count([], 1_000_000)
    assert rate.steering == 1.0
    rate.check("toy")


def test_errors_that_are_within_reach() -> None:
    """A tenth of 1,000 code points, and 3 % more for those that lie on others."""
    rate = TargetRate(0.1)
    assert rate.within_reach(103.1, 1_000)
    assert not rate.within_reach(102.9, 1_000)
    assert TargetRate(None).within_reach(0, 1_000)


@given(
    asked=st.floats(0.001, 0.4),
    steepness=st.floats(0.001, 0.5),
    size=st.integers(1, 100_000),
)
def test_the_scale_meets_the_rate(asked: float, steepness: float, size: int) -> None:
    """Of errors that rise ever more slowly; a little more is made, as some lie on others."""

    def expected(scale: float) -> float:
        return size * scale * steepness / (1 + scale * steepness)

    scale = TargetRate(asked).scale(expected, size)
    wanted = asked * (1 + 0.3 * asked) * size
    assert expected(scale) == pytest.approx(wanted, rel=0.003)
    assert scale == round(scale, 6)


def test_a_steep_rise_takes_few_tries() -> None:
    """What is dear to compute is not computed at every scale that is asked for."""
    tried: list[float] = []

    def expected(scale: float) -> float:
        tried.append(scale)
        return 1_000 * scale

    assert TargetRate(0.4).scale(expected, 1_000) == pytest.approx(0.448, rel=0.002)
    assert tried[0] == 1.0
    assert len(tried) == 2  # a straight line is met at once


def test_a_rate_that_rises_only_far_out() -> None:
    """Scales grow by four until the rate is reached."""
    tried: list[float] = []

    def expected(scale: float) -> float:
        tried.append(scale)
        return 0.0 if scale < 60 else 1_000.0

    TargetRate(0.1).scale(expected, 1_000)
    assert tried[:4] == [1, 4, 16, 64]
    assert len(tried) == 44  # forty tries between 16 and 64: such a leap cannot be met


def test_a_rate_out_of_reach() -> None:
    """Nothing is expected at any scale, or a little less than was asked for."""
    rate = TargetRate(0.1)
    tried: list[float] = []

    def expected(scale: float) -> float:
        tried.append(scale)
        return 50.0

    assert rate.scale(expected, 1_000) == tried[-1] == 4**10
    with pytest.raises(
        NoiseError, match=r"rate 0\.1 is out of reach: toy can bring this text to 0"
    ):
        rate.check("toy")


@pytest.mark.parametrize(("reached", "enough"), [(96.0, True), (94.0, False)])
def test_almost_the_rate_is_enough(reached: float, enough: bool) -> None:
    """Of all sections together: 0.95 of it."""
    rate = TargetRate(0.1)
    for size in (400, 600):
        rate.scale(lambda scale, size=size: reached * size / 1_000, size)  # type: ignore[misc]
    if enough:
        rate.check("toy")
    else:
        with pytest.raises(NoiseError, match=r"to 0\.094\. Ask for less"):
            rate.check("toy")


def test_nothing_was_read_yet() -> None:
    TargetRate(0.1).check("toy")
    TargetRate(0).check("toy")


def test_steering_by_hand() -> None:
    """Asked for 103 errors in 1,000 code points; what is missing is spread over 20,000."""
    rate = TargetRate(0.1)
    rate.count([], 1_000)
    assert rate.steering == 1.05
    rate.count([insertion("x" * 103)] * 2, 1_000)
    assert rate.steering == 1.0
    rate.count([insertion("x" * 103)] * 5, 1_000)
    assert rate.steering == 0.8


@pytest.mark.parametrize(("made", "steering"), [(0, 1.6), (100_000, 0.5)])
def test_steering_has_bounds(made: int, steering: float) -> None:
    rate = TargetRate(0.1)
    rate.count([insertion("x" * made)], 100_000)
    assert rate.steering == steering


@pytest.mark.parametrize(
    ("edit", "errors"),
    [
        (Edit(0, 1, "ข", reason="confusion", observed="ก"), 1),
        (Edit(0, 1, "\u0e4d\u0e32", reason="confusion", observed="\u0e33"), 0),
        (insertion("\n", "blank_line"), 0),
        (insertion("   - .  ", "margin"), 4),  # one space, and what is not at the end of the line
        (insertion("- .\n", "phantom_line"), 4),
        (Edit(0, 3, "", reason="lost_line", observed="กข\n"), 3),
    ],
)
def test_errors_that_a_measure_counts(edit: Edit, errors: int) -> None:
    """What is made beyond them is not made up for."""
    rate = TargetRate(0.1)
    rate.count([edit], 100)
    assert rate.steering == round(1 + (10.3 - errors) / (0.103 * 20_000), 6)
