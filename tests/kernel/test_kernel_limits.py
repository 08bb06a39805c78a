"""Errors, windows at the edge of what can come, threads."""

from __future__ import annotations

import math
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import reference
from random_models import (
    KHO,
    KO,
    NGO,
    OTHERS,
    SARA_E,
    SARA_I,
    SPELLING,
    Case,
    ask,
    decoder_of,
    parts,
    random_bounds,
    random_case,
    random_window,
)

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import ASCII, FIRST_WORD, FOREIGN, LETTERS, NEWLINE, SYMBOLS

OPTIONS: dict[str, Any] = reference.Bounds(budget=9.0, tolerance=1.0, beam=5.0)._asdict()


def test_windows_that_are_refused() -> None:
    """With the oracle's errors, and those of types."""
    case = random_case(0)
    for o, fixed, left in ((b"", b"", (1, 1)), (b"\1", b"", (1, 1)), (b"\1", b"\0", (1,))):
        with pytest.raises(ValueError, match=r"."):
            reference.Window(case.model, o, fixed, left, ())  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=r"."):
            case.decoder.decode(o, fixed, left, (), **OPTIONS)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no symbol: encode the text first"):
        case.decoder.decode(bytes([SYMBOLS]), b"\0", (1, 1), (), **OPTIONS)
    for left, right in (((-1, 1), ()), ((1, 1), (-1,))):
        with pytest.raises(OverflowError):
            case.decoder.decode(b"\1", b"\0", left, right, **OPTIONS)
    wrong: list[tuple[Any, Any]] = [("ก", (1, 1)), (b"\1", [1, 1]), (None, (1, 1))]
    for symbols, words in wrong:
        with pytest.raises(TypeError):
            case.decoder.decode(symbols, b"\0", words, (), **OPTIONS)


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({"beam_width": 0}, "a beam of 0 paths"),
        ({"beam_width": -1}, "a beam of -1 paths"),
        ({"beam_width": 2**30}, "paths over 2 symbols"),
        ({"operations": -1}, "0 to 255"),
        ({"operations": 256}, "0 to 255"),
        ({"rivals": 0}, "at least once"),
        ({"recalled": 0}, "a power of two"),
        ({"recalled": 48}, "a power of two"),
        ({"deep": b"\1"}, "a mask of depth of another length"),
        ({"deep": bytes(3)}, "a mask of depth of another length"),
    ],
)
def test_bounds_that_are_refused(bounds: dict[str, Any], message: str) -> None:
    decoder = random_case(0).decoder
    with pytest.raises(ValueError, match=message):
        decoder.decode(bytes([KO, KO]), bytes(2), (1, 1), (), **OPTIONS | bounds)


def test_models_that_are_refused() -> None:
    """Letter costs of another length, and what is missing."""
    arrays, costs = random_case(0).made_of
    trie, ngram, channel, letters, entries = arrays
    prices: dict[str, Any] = {**costs}
    with pytest.raises(ValueError, match=f"{LETTERS}\\*\\*3 expected"):
        Decoder(trie, ngram, channel, letters[1:], entries, **prices)
    for rate in (-0.1, math.nan):
        with pytest.raises(ValueError, match="nats a symbol"):
            Decoder(trie, ngram, channel, letters, entries, **prices | {"rate": rate})
    for size in (0, ngram.words - 1, ngram.words + 1):
        with pytest.raises(ValueError, match=f"{size} least costs of {ngram.words} words"):
            Decoder(trie, ngram, channel, letters, entries, **prices | {"least": bytes(size)})
    missing: list[Any] = [(None, ngram, channel), (trie, None, channel), (trie, ngram, None)]
    for one, two, three in missing:
        with pytest.raises(TypeError):
            Decoder(one, two, three, letters, entries, **prices)
    del prices["line_inside"]
    with pytest.raises(TypeError, match="line_inside"):
        Decoder(trie, ngram, channel, letters, entries, **prices)


@pytest.mark.parametrize("cost", [math.inf, math.nan])
def test_costs_must_be_finite(cost: float) -> None:
    """Where no path has a finite cost, nothing can be said."""
    decoder = decoder_of(
        [bytes([KO])], Channel([], 1.0, 1.0),
        unknown_cost=cost, foreign_cost=cost, abbreviation_cost=cost,
    )  # fmt: skip
    with pytest.raises(ValueError, match="finite cost"):
        decoder.decode(bytes([KHO, NGO]), bytes(2), (1, 1), (1,), **OPTIONS)


def test_word_ids_of_entries_come_after_the_models() -> None:
    for seed in range(10):
        case = random_case(seed)
        assert case.decoder.words == len(case.model.ngram.cost)


def windows(seed: int) -> list[bytes]:
    """Windows at the edge of what can come: each symbol alone, and long runs."""
    rng = random.Random(seed)
    everything = bytes(range(SYMBOLS))
    return [
        *(bytes([s]) for s in everything),
        *(bytes([s]) * 200 for s in (ASCII, NEWLINE, SARA_I, SARA_E, FOREIGN, KO)),
        bytes(rng.choices([ASCII, NEWLINE], k=200)),
        *(bytes(rng.choices(everything, k=200)) for _ in range(3)),
        *(bytes(rng.choices(SPELLING + OTHERS, k=200)) for _ in range(3)),
    ]


def both(case: Case, symbols: bytes, beam: float) -> tuple[Any, Any]:
    bounds = reference.Bounds(12.0, 0.0, 1.0, 1.0, inside=9.0, beam=beam, beam_width=12)
    window = reference.Window(case.model, symbols, bytes(len(symbols)), (0, 2), (0, 1), bounds)
    return [list(column) for column in case.decoder.scan(symbols)], ask(case.decoder, window)


def test_any_symbols() -> None:
    """Every window comes back: groups in order, in range, and the same when asked again."""
    for seed in range(3):
        case = random_case(seed, most=60)
        for symbols in windows(seed):
            scanned, groups = both(case, symbols, 9.0)
            assert scanned[0][0] == 0
            at = 0
            for group in groups:
                assert at <= group[0] <= group[1] <= len(symbols)
                at = group[1]
            assert (scanned, groups) == both(case, symbols, 9.0)


def test_only_two_words_to_the_right_count() -> None:
    case = random_case(5)
    rng = random.Random(5)
    for _ in range(20):
        window = random_window(rng, case, random_bounds(rng))
        window.right = (1, 2)
        two = ask(case.decoder, window)
        window.right = (1, 2, 0, 5)
        assert ask(case.decoder, window) == two


def test_a_result_holds_no_more_than_it_says() -> None:
    """Parts are (start, end, symbols, letters before a line end, word id)."""
    word = bytes([KO, KHO, NGO])
    channel = Channel([(bytes([KO]), bytes([NGO]), 0.1)], 9.0, 9.0)
    decoder = decoder_of([word], channel)
    symbols = bytes([KO, KHO, NEWLINE, KO])
    groups = decoder.decode(symbols, bytes(4), (1, 1), (1,), **OPTIONS | {"tolerance": math.inf})
    assert [g[:2] + g[5:] for g in groups] == [(0, 4, 1, [(0, 4, word, 2, FIRST_WORD)])]
    assert parts(groups)[0][2] == word


def test_two_threads() -> None:
    """A decoder is shared; what one thread gets does not depend on the other."""
    case = random_case(3, most=60)
    texts = [symbols for seed in range(2) for symbols in windows(seed)[SYMBOLS:]]
    alone = [both(case, symbols, 9.0) for symbols in texts]
    with ThreadPoolExecutor(2) as pool:
        together = [*pool.map(lambda symbols: both(case, symbols, 9.0), texts * 2)]
    assert together == alone * 2
