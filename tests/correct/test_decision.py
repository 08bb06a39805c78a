"""Confidences, thresholds, and the weights of the default model."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proposing import proposal

from thaifix.correct.decision import Decision
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.options import PROFILES, Options
from thaifix.correct.proposals import (
    FEATURES,
    features,
)
from thaifix.model.bundle import Model

COUNTS = st.integers(0, 10_000)


def table(**weights: float) -> dict[str, object]:
    return {"weights": weights, "thresholds": {"strict": 0.9, "normal": 0.6, "bold": 0.4}}


def test_weights_and_thresholds_are_read_by_name() -> None:
    decision = Decision(table(b=2.0, a=0.0, unheard_of=9.0), ("a", "b", "without_weight"))
    assert decision.confidence([1.0, 0.0, 7.0]) == 0.5
    assert decision.confidence([1.0, 1.0, 7.0]) == pytest.approx(0.8808, abs=1e-4)
    assert decision.confidence([0.0, -1.0, 7.0]) == pytest.approx(0.1192, abs=1e-4)
    thresholds = [decision.threshold(Options(profile)) for profile in PROFILES]
    assert thresholds == [0.9, 0.6, 0.4]


@pytest.mark.parametrize("number", [1, 3])
def test_another_number_of_features_is_an_error(number: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        Decision(table(a=1.0), ("a", "b")).confidence([1.0] * number)


def test_a_threshold_of_ones_own_goes_before_the_profiles() -> None:
    decision = Decision(table(), ())
    assert decision.threshold(Options("strict", threshold=0.0)) == 0.0
    assert decision.threshold(Options("bold", threshold=0.97)) == 0.97


@given(
    margin=st.one_of(st.floats(0, 1e6), st.just(inf)),
    rival=st.one_of(st.floats(0, 1e6), st.just(inf)),
    weight=st.floats(-1e6, 1e6),
)
def test_confidences_are_probabilities(margin: float, rival: float, weight: float) -> None:
    decision = Decision(table(one=weight, margin=weight, rival=-weight), FEATURES)
    p = proposal(margin=margin, rival=rival)
    assert 0 <= decision.confidence(features(p, "ที", NoiseLevel())) <= 1


@pytest.mark.parametrize("missing", ["weights", "thresholds"])
def test_a_table_without_a_part_is_an_error(missing: str) -> None:
    incomplete = table()
    del incomplete[missing]
    with pytest.raises(KeyError):
        Decision(incomplete, FEATURES)


def test_the_default_model_knows_every_feature_and_profile() -> None:
    decision = Model().header["decision"]
    assert set(decision["weights"]) <= {*FEATURES}
    strict, normal, bold = (decision["thresholds"][name] for name in PROFILES)
    assert 0 < bold <= normal <= strict < 1


def test_the_default_model_trusts_what_is_evident() -> None:
    """Dearer observed text, a noisier page and a user's term speak for a proposal."""
    decision = Decision(Model().header["decision"], FEATURES)
    clean, noisy = NoiseLevel(2000, 0, 0), NoiseLevel(2000, 30, 30)

    def confidence(noise: NoiseLevel, **values: object) -> float:
        p = proposal(**values)  # type: ignore[arg-type]
        return decision.confidence(features(p, "ที", noise))

    assert confidence(noisy, margin=20.0) > confidence(noisy, margin=5.0)
    assert confidence(noisy) > confidence(clean)
    assert confidence(clean, entry="list:1") > confidence(clean)


@given(
    profile=st.sampled_from(PROFILES),
    own=st.floats(0, 1),
    thresholds=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_higher_threshold_lowers_no_bound(
    profile: str, own: float, thresholds: tuple[float, float]
) -> None:
    """From the profile's own threshold up; below it a user asks for what is doubtful, too."""
    decision = Decision(table(), ())
    usual = decision.threshold(Options(profile))
    low, high = sorted(thresholds)
    assert decision.bound(own, Options(profile)) == own
    lower, higher = (decision.bound(own, Options(profile, threshold=t)) for t in (low, high))
    assert lower <= higher
    assert higher >= own if high >= usual else higher == high
