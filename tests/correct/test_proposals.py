"""Proposals: which are evidence of noise, and what the decision is told of each."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from proposing import proposal

from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.proposals import (
    FEATURES,
    Proposal,
    drops_sign,
    features,
    in_name,
    in_word,
    is_quoted,
    keeping_space,
)

COUNTS = st.integers(0, 10_000)


def value(name: str, p: Proposal, text: str = "", noise: NoiseLevel | None = None) -> float:
    return features(p, text, noise or NoiseLevel())[FEATURES.index(name)]


def test_every_feature_has_a_name() -> None:
    assert len(features(proposal(), "ที", NoiseLevel())) == len(FEATURES)
    assert len(set(FEATURES)) == len(FEATURES)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("นาย", True),
        ("นางสาว ", True),
        ("พล.ต.อ. สมศักดิ์ ", True),
        ("นายสมชาย ใจ", True),
        ("ดร. ", True),
        ("ด.ช.", True),
        ("นาย ก ข ค ง จ ฉ ช ", False),
        ("ประกาศ ณ วัน", False),
        ("นาย\n\n1. ", False),
        ("", False),
    ],
)
def test_names_follow_titles(before: str, expected: bool) -> None:
    assert in_name(proposal(len(before)), before + "ที") is expected


def test_a_title_far_away_makes_no_name() -> None:
    before = "นาย" + "ก" * 100
    assert not in_name(proposal(len(before)), before + "ที")


@pytest.mark.parametrize(
    ("name", "observed", "intended", "values", "expected"),
    [
        ("stop", "กพ", "ก.พ.", {}, True),
        ("stop", "ที", "ที่", {}, False),
        ("mark", "ที", "ที่", {}, True),
        ("mark", "ดี", "ตี", {}, False),
        ("short", "ที", "ที่", {}, True),
        ("short", "ก า ร", "การ", {}, False),
        ("long", "คณะกรรมดาร", "คณะกรรมการ", {}, True),
        ("line", "กา\nร", "การ", {}, True),
        ("entry", "ที", "ที่", {"entry": "list:1"}, True),
        ("join", "ก าร", "การ", {"reason": "join"}, True),
        ("foreign", "กาຣเงิน", "การเงิน", {"reason": "foreign_letter"}, True),
        ("foreign", "กาຣ", "การ", {"reason": "foreign_letter"}, False),
    ],
)
def test_features(
    name: str, observed: str, intended: str, values: dict[str, object], expected: bool
) -> None:
    p = proposal(0, observed, intended, **values)
    assert bool(value(name, p, observed)) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"margin": 6.0}, True),
        ({"margin": 5.9}, False),
        ({"channel": 8.0}, True),
        ({"channel": 8.1}, False),
        ({"reason": "join"}, False),
        ({"reason": "foreign_letter"}, True),
    ],
)
def test_sure_proposals(values: dict[str, object], expected: bool) -> None:
    assert proposal(**values).sure is expected  # type: ignore[arg-type]


def test_a_proposal_is_no_evidence_for_itself() -> None:
    noise = NoiseLevel(1000, 0, 1)
    assert value("errors", proposal(), "ที", noise) < value("errors", proposal(margin=1), "ที", noise)


@pytest.mark.parametrize(
    ("observed", "intended", "kept"),
    [
        (" พม:", "พม.", " พม."),
        ("  อว", "อว.", "  อว."),
        ("พม:", "พม.", "พม."),
        (" การ", "การ", "การ"),
    ],
)
def test_a_space_before_an_abbreviation_stays(observed: str, intended: str, kept: str) -> None:
    assert keeping_space(proposal(observed=observed, intended=intended)).intended == kept


@pytest.mark.parametrize(
    ("observed", "intended", "dropped"),
    [
        ("ก-ข", "กข", True),
        ("ก-ข-", "ก-ข", True),
        ("ก-ข", "ก-ค", False),
        ('"ก', "ก", True),
        ("ก/ข", "กข", True),
        ("ก\u2013ข", "กข", True),
        ("ก.ข", "กข", False),
    ],
)
def test_signs_that_people_mean(observed: str, intended: str, dropped: bool) -> None:
    assert drops_sign(proposal(observed=observed, intended=intended)) is dropped


@pytest.mark.parametrize(
    ("text", "reason", "quoted"),
    [
        ('"ก" , "ข"', "strip", True),
        ('"ก"  ,  "ข"', "strip", False),  # too far away to part them
        ('"ก" , ข', "strip", False),
        ('ก , "ข"', "strip", False),
        ('"ก" , "ข"', "respell", False),
    ],
)
def test_signs_between_quotation_marks_part_strings(text: str, reason: str, quoted: bool) -> None:
    assert is_quoted(proposal(text.index(","), ",", "", reason=reason), text) is quoted


@pytest.mark.parametrize(
    ("text", "observed", "values", "inside"),
    [
        ("กาຣเงิน", "ຣ", {}, True),
        ("กา ຣเงิน", "ຣ", {}, False),
        ("กาຣ เงิน", "ຣ", {}, False),
        ("การwงิน", "wง", {}, True),
        ("การwงิน", "w", {}, False),  # alone it may be meant
        ("การwงิน", "wง", {"rival": 3.9}, False),
        ("การwงิน", "wง", {"margin": 3.9}, False),
        ("การwงิน", "wง", {"margin": 4.0, "rival": 4.0}, True),
    ],
)
def test_foreign_letters_within_words(
    text: str, observed: str, values: dict[str, object], inside: bool
) -> None:
    p = proposal(text.index(observed), observed, "ร", reason="foreign_letter", **values)
    assert in_word(p, text) is inside


def test_features_have_their_scale() -> None:
    """Each as the weights of the bundle know it."""
    p = proposal(0, "ที", "ที่", margin=3.0, rival=2.0, operations=3, unknown=True)
    values = dict(zip(FEATURES, features(p, "ที", NoiseLevel()), strict=True))
    expected = {
        "one": 1.0, "margin": 0.3, "low_margin": 0.75, "rival": 0.2, "operations": 1.5,
        "unknown": True, "known_margin": 0.0, "stop": False, "short": True, "long": False,
    }  # fmt: skip
    assert {name: values[name] for name in expected} == pytest.approx(expected)
    assert values["margin_errors"] == pytest.approx(0.3 * values["errors"])
    assert values["unknown_errors"] == pytest.approx(values["errors"])
    sure = proposal(0, "ที", "ที่", margin=40.0, rival=30.0)
    assert value("margin", sure, "ที") == 2.5
    assert value("low_margin", sure, "ที") == 1.0
    assert value("known_margin", sure, "ที") == 1.5
    assert value("rival", sure, "ที") == 2.5


@pytest.mark.parametrize(("letters", "named"), [(61, True), (62, False)])
def test_a_title_is_looked_for_64_code_points_before(letters: int, named: bool) -> None:
    """Of three long words behind it, none may have more than 24 letters."""
    name = "ก" * 24 + " " + "ก" * 24 + " " + "ก" * 24
    before = f"นาย{name[:letters]}"
    assert in_name(proposal(len(before)), before + "ที") is named


@pytest.mark.parametrize(
    ("margin", "rival", "safe"), [(4.0, 9.0, 1), (9.0, 4.0, 1), (3.9, 9.0, 0), (9.0, 3.9, 0)]
)
def test_a_foreign_letter_is_read_safely_from_four_nats_on(
    margin: float, rival: float, safe: int
) -> None:
    """It must beat the text as it stands, and the next best reading."""
    p = proposal(1, "\u0e81", "ก", margin=margin, rival=rival, reason="foreign_letter")
    assert value("foreign", p, "ก\u0e81ก") == safe
