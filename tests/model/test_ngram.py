"""The n-gram model: costs from running text."""

from __future__ import annotations

from math import exp, log
from typing import Any

import pytest

from thaifix.kernel.ngram import Ngram
from thaifix.model import ngram
from thaifix.model.ngram import estimate, load

np = pytest.importorskip("numpy")

WORDS = 110
BOUNDARY = 1
A, B, C, D = range(102, 106)  # ids below are classes
SENTENCE = [BOUNDARY, A, B, C, BOUNDARY, D, B, A]


def tokens(sentence: list[int], times: int = 50) -> Any:
    return np.array(sentence * times, np.uint32)


def unigram(*weights: float) -> Any:
    p = np.array(weights or (1.0,) * WORDS)
    return p / p.sum()


@pytest.fixture(scope="module")
def model() -> Ngram:
    return load(*estimate(tokens(SENTENCE), unigram(), pairs=100, triples=100)[:4])


def test_sizes(model: Ngram) -> None:
    assert model.words == WORDS
    assert model.step == pytest.approx(1 / 12)
    assert model.entry_cost == pytest.approx(ngram.ENTRY_COST)


def test_what_follows_is_cheap_and_what_never_follows_is_dear(model: Ngram) -> None:
    assert model.cost2(A, B) < log(WORDS) / 2
    assert model.cost(BOUNDARY, A, B) < 0.2
    assert model.cost2(C, A) > model.cost2(C, BOUNDARY) + 2


def test_costs_are_not_negative_and_add_up_to_about_one(model: Ngram) -> None:
    """After every history seen, P(word) sums to one, but for rounding to a step."""
    for a, b in [(BOUNDARY, A), (A, B), (B, C), (D, B), (C, C), (0, 0)]:
        costs = [model.cost(a, b, c) for c in range(WORDS)]
        assert min(costs) >= 0
        assert sum(exp(-cost) for cost in costs) == pytest.approx(1, abs=0.12)


def test_unseen_words_keep_their_unigram_order() -> None:
    weights = (50.0, *[9.0] * (WORDS - 2), 1.0)
    model = load(*estimate(tokens(SENTENCE), unigram(*weights), pairs=9, triples=9)[:4])
    assert model.cost(A, B, 0) < model.cost(A, B, WORDS - 2) < model.cost(A, B, WORDS - 1)


def test_a_users_entry_costs_the_same_everywhere(model: Ngram) -> None:
    assert model.cost(0, 0, WORDS) == pytest.approx(ngram.ENTRY_COST)
    assert model.cost(A, B, WORDS + 5) == pytest.approx(ngram.ENTRY_COST)


def test_only_so_many_are_kept() -> None:
    """The best ones; without room the unigrams decide."""
    few = estimate(tokens(SENTENCE), unigram(), pairs=1, triples=0)
    assert [int((table != 0).sum()) for table in (few.pairs, few.triples)] == [1, 0]
    bare = load(*estimate(tokens(SENTENCE), unigram(), pairs=0, triples=0)[:4])
    assert bare.cost(A, B, C) == pytest.approx(log(WORDS), abs=1 / 12)


def test_what_was_seen_twice_is_not_kept() -> None:
    rare = estimate(np.array([1, A, B, 1, A, B, 1], np.uint32), unigram(), pairs=9, triples=9)
    assert int((rare.pairs != 0).sum()) == 0


def test_equal_text_gives_equal_arrays() -> None:
    first = estimate(tokens(SENTENCE), unigram(), pairs=9, triples=9)
    second = estimate(tokens(SENTENCE), unigram(), pairs=9, triples=9)
    arrays: list[tuple[Any, Any]] = list(zip(first, second, strict=True))
    for a, b in arrays:
        assert a.tobytes() == b.tobytes()
        assert a.dtype == b.dtype


def test_arrays_have_the_bundles_types() -> None:
    arrays = estimate(tokens(SENTENCE), unigram(), pairs=9, triples=9)
    assert [a.dtype.itemsize for a in arrays] == [1, 1, 4, 4, 1]
    assert len(arrays.cost) == len(arrays.backoff) == WORDS


def test_the_least_cost_of_a_word_is_that_after_its_best_words() -> None:
    arrays = estimate(tokens(SENTENCE), unigram(), pairs=9, triples=9)
    model = load(*arrays[:4])
    for word in range(WORDS):
        costs = [model.cost(a, b, word) for a in range(WORDS) for b in range(WORDS)]
        lowest = min(*costs, *(model.cost2(a, word) for a in range(WORDS)))
        assert arrays.least[word] * model.step == pytest.approx(lowest, abs=1e-4)
