"""The letter model: costs of letters after two others."""

from __future__ import annotations

from math import exp, log
from typing import Any

import pytest

from thaifix.kernel.symbols import encode
from thaifix.model import ngram

np = pytest.importorskip("numpy")

from thaifix.training.letter_model import letter_costs  # noqa: E402  (it needs numpy)


def letter(costs: Any, a: int, b: int) -> Any:
    """P(letter | a, b) of all letters."""
    table = costs.reshape(96, 96, 96)
    return np.exp(-table[a, b].astype(float) * ngram.STEP)


def test_letter_costs_add_up_to_about_one() -> None:
    """After every history, seen or not; costs of a byte's end are the least there is."""
    costs = letter_costs(["กาน", "กาม", "การ", "มานี", "มานา"])
    least = exp(-255 * ngram.STEP)
    ko, aa = encode("กา")
    for a, b in [(0, 0), (0, ko), (ko, aa), (aa, aa), (95, 95)]:
        p = letter(costs, a, b)
        assert p.sum() == pytest.approx(1, abs=0.06 + 96 * least)


def test_letters_that_were_seen_are_cheaper() -> None:
    costs = letter_costs(["กาน", "กาม", "การ"])
    ko, aa, no, kho = encode("กานข")
    assert letter(costs, 0, 0)[ko] > 0.8
    assert letter(costs, ko, aa)[no] > letter(costs, ko, aa)[kho] * 5


def test_letter_costs_do_not_depend_on_the_order() -> None:
    words = ["กาน", "มานี", "การ"]
    assert letter_costs(words).tobytes() == letter_costs(words[::-1]).tobytes()


@pytest.mark.parametrize(
    ("before", "letter", "p"),
    [
        # In "กา" at large P(ก) = 1.5 / 51, P(ข) = 0.5 / 51. With one letter before, what was seen
        # has half, and the other half is P at large; likewise with two before.
        ("", "ก", (1 + (1 + 1.5 / 51) / 2) / 2),
        ("", "ข", 0.5 / 51 / 4),
        ("ก", "า", (1 + (1 + 1.5 / 51) / 2) / 2),
        ("กา", "", (1 + (1 + 1.5 / 51) / 2) / 2),
        ("ขก", "า", (1 + 1.5 / 51) / 2),
        ("ขก", "ข", 0.5 / 51 / 2),
        ("ขค", "ก", 1.5 / 51),
        ("ขค", "ข", 0.5 / 51),
    ],
)
def test_shorter_histories_are_mixed_in(before: str, letter: str, p: float) -> None:
    """By as many parts as kinds of letters were seen after the longer one."""
    *_, a, b, s = (0, 0, *encode(before), *(encode(letter) or b"\0"))
    assert letter_costs(["กา"]).reshape(96, 96, 96)[a, b, s] == round(-log(p) / ngram.STEP)


def test_what_is_no_thai_letter_is_left_out() -> None:
    assert letter_costs(["ก.ม.\n", "ab"]).tobytes() == letter_costs(["กม", ""]).tobytes()
    assert letter_costs(["กม"]).tobytes() != letter_costs(["กม", ""]).tobytes()
