"""The confusion model: counting, pricing, loading."""

from __future__ import annotations

from math import exp, isfinite

import pytest

from thaifix.kernel.channel import Channel
from thaifix.model.confusion import LOOK_ALIKES, Confusions, costs, count, load


def price(confusions: Confusions, scale: float = 1.0) -> dict[tuple[str, str], float]:
    return {(o, t): cost for o, t, cost in costs(confusions, scale)}


EMPTY = Confusions({}, {})


@pytest.mark.parametrize(
    ("observed", "intended", "pairs"),
    [
        ("การงาน", "การงาน", {}),
        ("การงาบ", "การงาน", {("บ", "น"): 1}),
        ("การทำที", "การทำที่", {("", "\u0e48"): 1}),
        ("การทำท", "การทำที่", {("", "\u0e48"): 1, ("", "\u0e35"): 1}),
        ("การ.งาน", "การงาน", {(".", ""): 1}),
        ("การนํางาน", "การนำงาน", {("ํา", "ำ"): 1}),
        ("การดบงาน", "การตนงาน", {("ด", "ต"): 1, ("บ", "น"): 1, ("ดบ", "ตน"): 1}),
    ],
)
def test_count(observed: str, intended: str, pairs: dict[tuple[str, str], int]) -> None:
    confusions = count([(observed, intended)])
    assert confusions.pairs == pairs
    assert sum(confusions.letters.values()) == len(intended)


@pytest.mark.parametrize(("observed", "intended"), [("", "กา"), ("กา", ""), ("กขคง", "จฉชซ")])
def test_lines_that_align_by_chance_do_not_count(observed: str, intended: str) -> None:
    assert count([(observed, intended)]) == EMPTY


def test_counts_add() -> None:
    assert count([("งาบ", "งาน")] * 3).pairs == {("บ", "น"): 3}


def test_costs_are_sorted_positive_and_finite() -> None:
    entries = costs(EMPTY, 1.0)
    assert entries == sorted(entries)
    assert all(isfinite(cost) and cost > 0 for _, _, cost in entries)
    assert all(len(o) <= 2 and len(t) <= 3 and o != t for o, t, _ in entries)


def test_look_alikes_are_cheaper_than_others() -> None:
    """Before anything was seen, shape alone decides."""
    price_of = price(EMPTY)
    assert price_of["ซ", "ช"] < price_of["ซ", "ม"] < price_of["ซ", "\u0e48"]
    for group in LOOK_ALIKES:
        for a in group:
            assert all(price_of[a, b] < 6 for b in group if b != a and (a, b) in price_of)


def test_what_is_seen_becomes_cheaper() -> None:
    letters = {"น": 1000, "บ": 1000}
    rare, frequent = (Confusions({("บ", "น"): n}, letters) for n in (2, 200))
    assert (
        price(frequent)["บ", "น"]
        < price(rare)["บ", "น"]
        < price(Confusions({}, letters))["บ", "น"] + 1
    )
    assert exp(-price(frequent)["บ", "น"]) == pytest.approx(200 / 1060, rel=0.05)


def test_what_is_never_seen_keeps_its_floor() -> None:
    """However much text shows no such misreading: another engine may make it."""
    unseen = price(Confusions({}, {"น": 10**9}))["บ", "น"]
    assert unseen < price(EMPTY)["บ", "น"] + 2


def test_digits_and_line_ends_are_never_intended() -> None:
    seen = {("ต", "๓"): 100, ("o", "๐"): 100, ("\n", "น"): 9, ("น", "\n"): 9, ("a", "b"): 9}
    entries = costs(Confusions(seen, {"๓": 100, "๐": 100, "น": 100, "\n": 100, "b": 100}), 1.0)
    assert not any(letter.isdigit() or letter in "\nb" for _, t, _ in entries for letter in t)
    assert not any("\n" in o for o, _, _ in entries)


def test_scale() -> None:
    single, double = price(EMPTY, 1.0), price(EMPTY, 2.0)
    assert double == pytest.approx({key: 2 * cost for key, cost in single.items()}, abs=2e-3)


def test_load_takes_all_that_is_priced() -> None:
    """Symbols fold some letters: of what becomes the same, the cheapest counts."""
    assert isinstance(load(costs(EMPTY, 1.0), 6.0, 8.0), Channel)
    assert isinstance(load([("\u2013", "-", 2.0), ("-", "\u2014", 1.0)], 6.0, 8.0), Channel)


@pytest.mark.parametrize("entry", [("ก", "ข", -1.0), ("กกก", "ข", 1.0), ("ก", "ขขขข", 1.0)])
def test_load_refuses_what_the_kernel_cannot(entry: tuple[str, str, float]) -> None:
    with pytest.raises(ValueError, match=r"cost|entry|symbols"):
        load([entry], 6.0, 8.0)
