"""N-gram costs: stored ones, back-off, full tables."""

from __future__ import annotations

import math
import random
from array import array

import pytest
from random_models import STEP, random_ngrams, table

from thaifix.kernel.ngram import Ngram, fill_table
from thaifix.kernel.symbols import FIRST_WORD

EMPTY = array("I", [0])


def test_ngram_costs() -> None:
    """Stored grams at their cost, all others by back-off, ids past the last as entries."""
    for seed in range(20):
        rng = random.Random(seed)
        kernel, oracle = random_ngrams(rng, 110, 200)
        stored = [*oracle.triples, *((*pair, 3) for pair in oracle.pairs)]
        asked = [tuple(rng.randrange(114) for _ in range(3)) for _ in range(1000)]
        for a, b, c in [*stored, *asked]:
            assert math.isclose(kernel.cost(a, b, c), oracle.three(a, b, c), abs_tol=1e-4)
            assert math.isclose(kernel.cost2(a, b), oracle.two(a, b), abs_tol=1e-4)
        assert (kernel.words, kernel.entry_cost) == (110, 6.0)
        assert math.isclose(kernel.step, STEP, rel_tol=1e-6)


def test_the_dearest_costs() -> None:
    """A step is counted in a byte; sums of two are not cut."""
    kernel = Ngram(
        bytes([255] * 104), bytes([255] * 104),
        table([((1, 2), (255, 255))], 3), table([((1, 2, 3), (255, 0))], 3),
        1.0, 7.0,
    )  # fmt: skip
    assert (kernel.cost(1, 2, 3), kernel.cost2(1, 2)) == (255.0, 255.0)
    assert kernel.cost2(2, 3) == 510.0
    assert kernel.cost(1, 2, 4) == 765.0
    assert kernel.cost(2, 3, 103) == 510.0
    assert [kernel.cost(1, 2, 104), kernel.cost(104, 1, 2), kernel.cost(1, 104, 2)] == [
        7.0, 255.0, 255.0,
    ]  # fmt: skip


@pytest.mark.parametrize("order", [2, 3])
def test_a_full_table_keeps_every_gram(order: int) -> None:
    """Stored costs survive in a table with a single free cell; they wrap around its end."""
    rng = random.Random(0)
    grams = {
        tuple(rng.randrange(1000) for _ in range(order)): (rng.randrange(256), rng.randrange(256))
        for _ in range(300)
    }
    full = table(list(grams.items()), len(grams) + 1)
    assert sum(cell == 0 for cell in full) == 1
    costs = bytes(1000)
    histories = [((a, b), (9, 9)) for a, b in dict.fromkeys(gram[:2] for gram in grams)]
    pairs, triples = (full, EMPTY) if order == 2 else (table(histories, 500), full)
    ngram = Ngram(costs, costs, pairs, triples, 1.0, 1.0)
    for gram, (cost, _) in grams.items():
        found = ngram.cost2(*gram) if order == 2 else ngram.cost(*gram)
        assert found == cost


def test_cells() -> None:
    """A cell holds a fingerprint, cost and back-off, at the hash's place: bundles store them so."""
    assert list(table([((102, 103), (7, 9))], 5)) == [0, 0, 0x09CC0709, 0, 0]
    assert list(table([((102, 103, 104), (7, 9))], 5)) == [0, 0, 0, 0x151B0D07, 0]


def test_fill_table_errors() -> None:
    """What does not fit is refused, and nothing is written."""
    rows = memoryview(array("I", [1, 2, 3, 4, 5, 6, 7, 8])).cast("B")
    two, four = rows.cast("I", shape=[4, 2]), rows.cast("I", shape=[2, 4])
    cells = array("I", bytes(4 * 4))
    with pytest.raises(ValueError, match="too small"):
        fill_table(two, bytes(4), bytes(4), cells)
    with pytest.raises(ValueError, match="2- and 3-grams"):
        fill_table(four, bytes(2), bytes(2), cells)
    for cost, backoff in ((3, 4), (4, 3)):
        with pytest.raises(ValueError, match="another length"):
            fill_table(two, bytes(cost), bytes(backoff), cells)
    assert cells == array("I", bytes(16))


def test_ngram_errors() -> None:
    """Arrays of unequal length, tables without a free cell, more words than ids are refused."""
    for cost, backoff in ((102, 103), (103, 102), (101, 101)):
        with pytest.raises(ValueError, match="unigram"):
            Ngram(bytes(cost), bytes(backoff), EMPTY, EMPTY, STEP, 1.0)
    flat = bytes(FIRST_WORD)
    for pairs, triples in (
        (array("I", [1, 2]), EMPTY),
        (EMPTY, array("I", [1])),
        (EMPTY, EMPTY[:0]),
    ):
        with pytest.raises(ValueError, match="without a free cell"):
            Ngram(flat, flat, pairs, triples, STEP, 1.0)
    many = bytes((1 << 20) + 1)
    with pytest.raises(ValueError, match="20 bits"):
        Ngram(many, many, EMPTY, EMPTY, STEP, 1.0)
    assert Ngram(many[1:], many[1:], EMPTY, EMPTY, STEP, 1.0).words == 1 << 20
