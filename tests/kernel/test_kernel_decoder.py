"""Decoding against the oracle: lattice, search and groups, on thousands of small random models."""

from __future__ import annotations

import math
import random
from array import array

import pytest
import reference
from random_models import (
    NEAR,
    ONE,
    SARA_I,
    STEP,
    WIDE,
    Case,
    ask,
    decoder_of,
    parts,
    random_bounds,
    random_case,
    random_windows,
)

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Group
from thaifix.kernel.ngram import Ngram
from thaifix.kernel.symbols import FIRST_WORD, FOREIGN


def agree(groups: list[Group], expected: list[reference.Group]) -> bool:
    """Whether two answers have the same groups, with the same parts and costs."""
    if [(*g[:2], *g[5:]) for g in groups] != [(*g[:2], *g[5:]) for g in expected]:
        return False
    costs = [group[2:5] for group in groups]
    return all(a == pytest.approx(b[2:5], abs=NEAR) for a, b in zip(costs, expected, strict=True))


def check(case: Case, window: reference.Window) -> tuple[bool, bool]:
    """Compare an answer with the oracle's: whether it has groups, and whether the same ones.

    They differ only where two paths cost the same: the answer's costs as much as the oracle's.
    What is remembered of n-grams makes no difference.
    """
    groups, answer = ask(case.decoder, window), reference.decode(window)
    assert ask(case.decoder, window, recalled=1) == groups
    equal = agree(groups, answer.groups())
    if not equal and (window.bounds.beam_width, window.bounds.beam) == (WIDE, math.inf):
        cost = answer.price(parts(groups)) if groups else answer.keep.cost
        assert math.isclose(cost, min(answer.best.cost, answer.keep.cost), abs_tol=NEAR)
    return bool(groups), equal


def test_best_paths_margins_rivals_operations() -> None:
    """The oracle's, with all budgets and numbers of operations and tries."""
    results = [check(*asked) for asked in random_windows(range(600))]
    assert sum(changed for changed, _ in results) > 500
    assert sum(not equal for _, equal in results) < 0.005 * len(results)


def test_what_is_left_out() -> None:
    """Misreadings dearer than the observed reading allows, and paths outside the beam."""
    results = [check(*asked) for asked in random_windows(range(3000, 3600), pruned=True)]
    assert sum(changed for changed, _ in results) > 350
    assert sum(not equal for _, equal in results) < 0.005 * len(results)


def test_many_branches() -> None:
    """Nodes with more than ten children."""
    letters = bytes(range(0x01, 0x0F))
    keys = sorted(
        [*(bytes([s]) for s in letters), *(bytes([0x01, s]) for s in letters), b"\x02\x03"]
    )
    changed = 0
    for seed in range(200):
        case = random_case(seed, keys=keys, letters=letters, most=60)
        rng = random.Random(seed)
        symbols = bytes(rng.choices(letters + bytes([FOREIGN, SARA_I, ONE]), k=rng.randint(1, 3)))
        bounds = random_bounds(rng)._replace(budget=2.5)
        window = reference.Window(case.model, symbols, bytes(len(symbols)), (1, 1), (1,), bounds)
        changed += check(case, window)[0]
    assert changed > 25


@pytest.mark.parametrize("cheap", [0, 1, 1023, 1024, 1025, 2000, 2742, 2743])
@pytest.mark.parametrize("size", [2, 3])
def test_none_of_thousands_of_readings_is_lost(cheap: int, size: int) -> None:
    """Of all words that foreign letters may be, the cheapest one is found."""
    letters = bytes(range(0x01, 0x0F))
    keys = [bytes([a, b, c]) for a in letters for b in letters for c in letters]
    costs = bytes([255] * FIRST_WORD + [120] * len(keys))
    costs = costs[: FIRST_WORD + cheap] + bytes([12]) + costs[FIRST_WORD + cheap + 1 :]
    empty = array("I", [0])
    ngram = Ngram(costs, bytes(len(costs)), empty, empty, STEP, 9.0)
    decoder = decoder_of(keys, Channel([], 0.5, 0.75), ngram, unknown_cost=99.0)
    groups = decoder.decode(
        bytes([FOREIGN] * size), bytes(size), (1, 1), (1,),
        budget=2.0, slack=0.0, insertion=9.0, deletion=9.0, tolerance=math.inf,
        adjacent=9.0, inside=9.0, beam=9.0,
    )  # fmt: skip
    assert [part[2] for part in parts(groups)] == [keys[cheap]]
