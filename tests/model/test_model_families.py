"""Families of engines: their confusions, and what they make of the model's."""

import math

import pytest

from thaifix.model.bundle import Model
from thaifix.model.families import FAMILIES, confusions, mixed
from thaifix.noise import engines


def test_each_family_with_a_profile_is_an_engine_of_corrupt() -> None:
    """One name for both; `scan` are Tesseract's."""
    assert {*FAMILIES} - {"scan"} <= {*engines.names()}


def test_confusions_are_what_the_profile_counts() -> None:
    """The share of the times that the letter stood there; digits and spaces are never put."""
    engine = engines.load("paddle")
    found = confusions("paddle")
    assert found["ค", "ก"] == engine.letters["ก"]["ค"] / engine.seen["ก"]
    assert "๑" in engine.letters
    assert " " in engine.letters
    assert not any(intended in "๑ " for _, intended in found)
    assert confusions("scan") == confusions("pdf-layer") == confusions("letter-spaced") == {}


def test_no_cost_rises() -> None:
    """What the family confuses more often gets cheaper, and what only it confuses comes in."""
    entries = Model().header["confusions"]
    before = {(observed, intended): cost for observed, intended, cost in entries}
    after = {(observed, intended): cost for observed, intended, cost in mixed(entries, "paddle")}
    assert before.keys() < after.keys()
    assert all(after[pair] <= cost for pair, cost in before.items())
    cheaper = {pair for pair, cost in after.items() if cost < before.get(pair, math.inf)}
    own = confusions("paddle")
    assert cheaper <= own.keys()
    for pair in cheaper:
        assert after[pair] == pytest.approx(-math.log(0.5 * own[pair]))


@pytest.mark.parametrize("family", ["scan", "letter-spaced", "pdf-layer"])
def test_families_whose_letters_are_those_of_scans(family: str) -> None:
    entries = Model().header["confusions"]
    assert mixed(entries, family) is entries
