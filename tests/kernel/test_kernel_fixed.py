"""What is fixed stays, and what a change may not do."""

from __future__ import annotations

import math
import random
import re

import reference
from random_models import (
    KHO,
    KO,
    NEAR,
    NGO,
    SARA_E,
    ask,
    decoder_of,
    parts,
    random_bounds,
    random_case,
    random_window,
    random_windows,
)

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder, Group
from thaifix.kernel.symbols import ASCII, NEWLINE

GENEROUS = reference.Bounds(budget=9.0, insertion=9.0, deletion=9.0, inside=9.0)


def decoded(
    decoder: Decoder, symbols: bytes, fixed: bytes, bounds: reference.Bounds = GENEROUS
) -> list[Group]:
    model = random_case(0).model  # of which only the window's form is used
    return ask(decoder, reference.Window(model, symbols, fixed, (1, 1), (1,), bounds))


def test_fixed_symbols_stay() -> None:
    """What a group puts in place of its span keeps each fixed symbol, and fixed runs whole."""
    seen = 0
    for seed in range(1500):
        case = random_case(seed, most=60)
        rng = random.Random(seed)
        window = random_window(rng, case, random_bounds(rng), 8)
        window.fixed = bytes(rng.random() < 0.5 for _ in window.o)
        for start, end, intended, _, _ in parts(ask(case.decoder, window)):
            seen += 1
            assert stays(window.o, window.fixed, start, end, intended), (seed, window)
    assert seen > 150


def stays(o: bytes, fixed: bytes, start: int, end: int, intended: bytes) -> bool:
    """Whether `intended` has the fixed symbols of o[start:end], free ones may be anything."""
    pattern = b""
    for i in range(start, end + 1):
        beside = [k for k in (i - 1, i) if 0 <= k < len(o)]
        if not all(fixed[k] for k in beside):
            pattern += b".*"  # free symbols, or an insertion beside one
        if i < end and fixed[i]:
            line_end = o[i] == NEWLINE or (o[i] == ASCII and NEWLINE in o[start:end])
            pattern += b"" if line_end else re.escape(o[i : i + 1])
    return re.fullmatch(pattern, intended, re.DOTALL) is not None


def test_nothing_is_inserted_between_fixed_symbols() -> None:
    """Not even if it would make a word of them; with free letters it is inserted."""
    word = bytes([KO, KHO, NGO])
    decoder = decoder_of([word], Channel([(b"", bytes([s]), 0.1) for s in word], 9.0, 9.0))
    assert decoded(decoder, bytes([KO, NGO]), b"\1\1") == []
    for fixed in (b"\0\0", b"\0\1", b"\1\0"):
        groups = decoded(decoder, bytes([KO, NGO]), fixed)
        assert [part[:3] for part in parts(groups)] == [(0, 2, word)]


def test_blanks_that_are_partly_fixed_stay() -> None:
    """A run of blanks is dropped as a whole or not at all."""
    decoder = decoder_of([bytes([KO])], Channel([], 9.0, 9.0))
    symbols, bounds = bytes([KO, ASCII, ASCII, KO]), GENEROUS._replace(deletion=0.1)
    for fixed in (b"\0\0\1\0", b"\0\1\0\0", b"\0\1\1\0"):
        assert decoded(decoder, symbols, fixed, bounds) == []
    assert [part[:3] for part in parts(decoded(decoder, symbols, b"\1\0\0\1", bounds))] == [
        (1, 3, b"")
    ]


def test_free_misreadings_are_still_changes() -> None:
    """An entry that costs nothing is no part of the observed reading."""
    channel = Channel([(bytes([NGO]), bytes([KHO]), 0.0)], 9.0, 9.0)
    groups = decoded(decoder_of([bytes([KO, KHO])], channel), bytes([KO, NGO]), bytes(2))
    assert [group[:2] for group in groups] == [(0, 2)]
    assert groups[0][4:6] == (0.0, 1)
    assert groups[0][2] > 1.0


def test_an_unknown_word_goes_on_beside_a_deleted_letter() -> None:
    """Two paths to one position: one may go on with its unknown word, the other may not."""
    channel = Channel([(bytes([KHO]), b"", 1.0)], 9.0, 9.0)
    decoder = decoder_of([bytes([SARA_E])], channel, unknown_cost=4.0)
    model = random_case(0).model
    bounds = reference.Bounds(deletion=2.0)
    window = reference.Window(model, bytes([ASCII, KO, KHO, KO]), bytes(4), (1, 1), (), bounds)
    groups = ask(decoder, window)
    # Without the blank (2.0 instead of its 5.0); deleting KHO saves 1.0 but breaks the word.
    assert [(group[0], group[1]) for group in groups] == [(0, 1)]
    assert math.isclose(groups[0][2], 3.0, abs_tol=NEAR)


TIGHTER = (
    {"budget": 2.0},
    {"slack": 6.0},
    {"insertion": math.inf},
    {"deletion": math.inf},
    {"tolerance": -3.0},
    {"tolerance": 0.0},
    {"adjacent": 1.0},
    {"inside": 0.5},
    {"operations": 1},
    {"operations": 0},
)


def test_tighter_bounds_never_gain_more() -> None:
    """The cheapest path of a smaller search is no cheaper; a part has a change or more."""
    seen = 0
    for case, window in random_windows(range(2000, 2100)):
        operations = window.bounds.operations
        answer = reference.decode(window)
        most = answer.keep.cost - min(answer.best.cost, answer.keep.cost)
        bounds = window.bounds
        for tighter in TIGHTER:
            window.bounds = bounds._replace(**tighter)
            groups = ask(case.decoder, window)
            if len(groups) == 1:
                seen += 1
                assert groups[0][2] <= most + NEAR
            for start, end, _, _, _, changes, pieces in groups:
                assert (start, end) == (pieces[0][0], pieces[-1][1])
                assert len(pieces) <= changes <= max(operations, 1) * len(pieces)
    assert seen > 500


def test_without_operations_words_are_read_as_they_stand() -> None:
    """Changes that are no operations of a word remain: spaces and symbols that mean nothing."""
    channel = Channel([(bytes([NGO]), bytes([KHO]), 0.1), (bytes([NGO]), b"", 0.2)], 9.0, 9.0)
    decoder = decoder_of([bytes([KO]), bytes([KO, KHO])], channel)
    symbols = bytes([KO, NGO])
    assert [p[:3] for p in parts(decoded(decoder, symbols, bytes(2)))] == [(0, 2, bytes([KO, KHO]))]
    none = GENEROUS._replace(operations=0)
    assert [p[:3] for p in parts(decoded(decoder, symbols, bytes(2), none))] == [(1, 2, b"")]
