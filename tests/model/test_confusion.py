"""The confusion model: counting, pricing, loading."""

from __future__ import annotations

from math import exp, isfinite, log
from unicodedata import category, name

import pytest

from thaifix.kernel.channel import Channel
from thaifix.model.confusion import LOOK_ALIKES, Confusions, costs, count, load, moved_marks


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


@pytest.mark.parametrize(
    ("observed", "intended", "counted"),
    [("ดบ", "ตนม", True), ("ดบ", "ตนมย", False), ("ดบร", "ตน", False), ("ด", "ตนม", True)],
)
def test_long_strings_do_not_count(observed: str, intended: str, counted: bool) -> None:
    """Two letters that are read for three are the most."""
    line = "ก" * 20
    found = count([(line + observed + line, line + intended + line)]).pairs
    assert ((observed, intended) in found) == counted


@pytest.mark.parametrize(("wrong", "counted"), [(4, True), (5, False)])
def test_a_line_counts_up_to_two_wrong_letters_in_five(wrong: int, counted: bool) -> None:
    found = count([("ข" * wrong + "ก" * (10 - wrong), "ค" * wrong + "ก" * (10 - wrong))])
    assert bool(found.letters) == counted


MAI_EK, MAI_THO = "\u0e48", "\u0e49"


@pytest.mark.parametrize(
    ("observed", "intended", "chance"),
    [
        ("ซ", "ช", 4e-3),
        (MAI_THO, MAI_EK, 4e-3),
        ("ซ", "ม", 5e-4),
        ("\u0e34", MAI_EK, 5e-4),
        ("ซ", MAI_EK, 5e-5),
        ("ะ", "ก", 5e-5),
        ("ะ", MAI_EK, 5e-5),
        ("", MAI_EK, 4e-3),
        ("", "ก", 5e-4),
        (MAI_EK, "", 1e-3 * 6000 / 6001),
        ("ก", "", 1e-4 * 6000 / 6001),
    ],
)
def test_prices_of_what_was_never_seen(observed: str, intended: str, chance: float) -> None:
    """By shape and kind alone."""
    assert price(EMPTY)[observed, intended] == round(-log(chance), 3)
    assert price(EMPTY, 0.5)[observed, intended] == round(-log(chance) / 2, 3)


@pytest.mark.parametrize(
    ("times", "letters", "chance"),
    [
        (60, 940, (60 + 60 * 4e-3) / 1000),  # 60 letters' weight of the shape
        (0, 940, 0.15 * 4e-3),  # never below 15 % of that
        (999, 1000, 0.5),  # never above one half
    ],
)
def test_prices_of_what_was_seen(times: int, letters: int, chance: float) -> None:
    assert price(Confusions({("ซ", "ช"): times}, {"ช": letters}))["ซ", "ช"] == round(
        -log(chance), 3
    )


def test_longer_strings_must_be_seen_twice() -> None:
    once, twice = (
        price(Confusions({("ดบ", "ตน"): n, ("ด", "2"): n, ("ด", "ๅ"): n}, {"ต": 9, "น": 99}))
        for n in (1, 2)
    )
    assert ("ดบ", "ตน") not in once
    assert twice["ดบ", "ตน"] == round(-log(2 / (9 + 60)), 3)
    assert {("ด", "2"), ("ด", "ๅ")}.isdisjoint(twice)


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


@pytest.mark.parametrize("group", LOOK_ALIKES, ids=lambda group: name(group[0]))
def test_look_alikes_are_letters_of_one_kind(group: str) -> None:
    """Thai ones, each once, marks among marks."""
    assert len(set(group)) == len(group) > 1
    assert all(name(letter).startswith("THAI CHARACTER") for letter in group)
    assert len({category(letter) for letter in group}) == 1


def test_what_looks_alike() -> None:
    """Of each group a pair: the confusions that every engine makes."""
    letters = "ชซ ดต กถ บป ผฝ ทห นม ลส อฮ ฎฏ ฐธ วร ญณ าว จฉ ยผ เแ โไ"
    pairs = [
        *letters.split(),
        "\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}",
        "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}",
        "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}",
        "\N{THAI CHARACTER SARA AA}\N{THAI CHARACTER SARA AM}",
    ]
    prices = price(EMPTY)
    assert len(pairs) == len(LOOK_ALIKES)
    for pair, group in zip(pairs, LOOK_ALIKES, strict=True):
        a, b = tuple(pair)
        assert {a, b} <= set(group)
        assert prices[a, b] == prices[b, a] == prices["ซ", "ช"]


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


def test_moved_marks() -> None:
    """Each mark that words are spelled with, behind each consonant, for 4 nats."""
    consonants = [chr(code) for code in range(0x0E01, 0x0E2F)]
    marks = [chr(code) for code in (0x0E31, *range(0x0E34, 0x0E3A), *range(0x0E47, 0x0E4D))]
    expected = sorted((c + mark, mark + c, 4.0) for c in consonants for mark in marks)
    assert moved_marks() == expected
    assert load(moved_marks(), 1.0, 1.0)
