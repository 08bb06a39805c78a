"""The scan against its oracle."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
import reference
from random_models import (
    KHO,
    KO,
    NEAR,
    NGO,
    Case,
    decoder_of,
    random_case,
    random_text,
    with_scan_width,
)

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import ASCII, FIRST_WORD, LINE_END, NEWLINE, SYMBOLS


def test_the_cheapest_words() -> None:
    """At the oracle's cost, and each token at its own; tokens tile the text."""
    for seed in range(700):
        case = random_case(seed)
        rng = random.Random(seed)
        for _ in range(2):
            check(case.decoder, case, random_text(rng, case, 12), reference.Bounds().beam_width)


@pytest.mark.parametrize(("width", "times"), [(1, 150), (2, 40), (3, 5)])
def test_narrow_scans(width: int, times: int) -> None:
    """So many last words are kept at a position, the cheapest ones."""
    bound = 0
    for seed in range(200):
        case = random_case(seed)
        symbols = random_text(random.Random(seed), case, 12)
        decoder = with_scan_width(case, width)
        check(decoder, case, symbols, width)
        bound += reference.scan(case.model, symbols).widest > width
    assert bound >= times


def check(decoder: Decoder, case: Case, symbols: bytes, width: int) -> None:
    starts, words, costs = decoder.scan(symbols)
    best = reference.scan(case.model, symbols, width)
    assert math.isclose(sum(costs), best.cost, abs_tol=NEAR)
    assert [*starts] == sorted({0, *starts})
    assert len(starts) == len(words) == len(costs)
    ends = [*starts[1:], len(symbols)]
    for start, end, word in zip(starts, ends, words, strict=True):
        piece = symbols[start:end].replace(bytes([NEWLINE]), b"")
        if word in case.model.ids:
            key = case.model.ids[word]
            assert piece.replace(bytes([ASCII]), b"") == key.replace(bytes([ASCII]), b"")
    expected = [(e.start, LINE_END if e.word is None else e.word) for e in best.edges]
    if [*zip(starts, words, strict=True)] == expected:  # else two ways cost the same
        steps = [b - a for a, b in zip([0.0, *best.costs], best.costs, strict=False)]
        assert list(costs) == pytest.approx(steps, abs=NEAR)


def test_what_scan_gives_is_mostly_the_oracles() -> None:
    """Token for token: ties are rare."""
    equal = asked = 0
    for seed in range(150):
        case = random_case(seed)
        symbols = random_text(random.Random(seed), case, 12)
        starts, words, _ = case.decoder.scan(symbols)
        edges = reference.scan(case.model, symbols).edges
        expected = [(e.start, LINE_END if e.word is None else e.word) for e in edges]
        equal += [*zip(starts, words, strict=True)] == expected
        asked += 1
    assert equal > 0.95 * asked


def test_only_one_line_end_inside_a_word() -> None:
    """Though it costs nothing."""
    word = bytes([KO, KHO, NGO])
    decoder = decoder_of([word], Channel([], 9.0, 9.0), line_inside=0.0)
    once = bytes([KO, NEWLINE, KHO, NGO])
    twice = bytes([KO, NEWLINE, KHO, NEWLINE, NGO])
    assert list(decoder.scan(once)[1]) == [FIRST_WORD]
    assert FIRST_WORD not in decoder.scan(twice)[1]


def test_types_of_the_arrays() -> None:
    starts, words, costs = random_case(0).decoder.scan(bytes([KO, ASCII, KO]))
    assert (starts.typecode, words.typecode, costs.typecode) == ("i", "I", "f")


def test_scan_of_nothing() -> None:
    """No text, no words."""
    assert [len(column) for column in random_case(0).decoder.scan(b"")] == [0, 0, 0]


def test_scan_errors() -> None:
    case = random_case(0)
    wrong: list[Any] = [None, "ก", bytearray(b"\1")]
    for symbols in wrong:
        with pytest.raises(TypeError):
            case.decoder.scan(symbols)
    with pytest.raises(ValueError, match="no symbol: encode the text first"):
        case.decoder.scan(bytes([KO, SYMBOLS]))
    for width in (0, -1):
        with pytest.raises(ValueError, match="at least one word"):
            with_scan_width(case, width)
