"""Small random models, texts and questions: each for the kernel and for its oracle."""

from __future__ import annotations

import math
import random
import struct
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import reference

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder, Group
from thaifix.kernel.ngram import Ngram, fill_table
from thaifix.kernel.symbols import (
    ASCII,
    FIRST_WORD,
    FOREIGN,
    FULL_STOP,
    LETTERS,
    NEWLINE,
    encode,
)
from thaifix.kernel.trie import Trie, build_trie

STEP = 1 / 12
NEAR = 4e-3
"""Nats: the kernel adds single-precision costs of up to some hundred nats."""

WIDE = 1_000
"""Paths a position: more than there are in a text of some symbols."""

KO, KHO, NGO, SARA_AA, SARA_I, SARA_E = encode("กขงาิเ")
SPELLING = bytes([KO, KHO, NGO, SARA_AA, SARA_I, SARA_E])
ONE = encode("1")[0]
OTHERS = bytes([NEWLINE, ASCII, ONE, FULL_STOP, FOREIGN])


class Case(NamedTuple):
    """The same model twice; the decoder's scan keeps `WIDE` words a position."""

    decoder: Decoder
    model: reference.Model
    word_ids: list[int]
    made_of: tuple[tuple[Any, ...], dict[str, float]]


def single(x: float) -> float:
    """The nearest single-precision number, as the kernel keeps it."""
    rounded: float = struct.unpack("f", struct.pack("f", x))[0]
    return rounded


def table(grams: Sequence[tuple[tuple[int, ...], tuple[int, int]]], size: int) -> array[int]:
    """A hash table of (n-gram, (cost, back-off))."""
    filled = array("I", bytes(4 * size))
    if grams:
        flat = array("I", [word for gram, _ in grams for word in gram])
        rows = memoryview(flat).cast("B").cast("I", shape=[len(grams), len(grams[0][0])])
        cost, backoff = (bytes(column) for column in zip(*(c for _, c in grams), strict=True))
        fill_table(rows, cost, backoff, filled)
    return filled


def random_ngrams(rng: random.Random, words: int, grams: int) -> tuple[Ngram, reference.Ngram]:
    """An n-gram model over classes and words.

    Tables are so large that a fingerprint never meets another one.
    """
    ids = [*range(7), *range(FIRST_WORD, words)]
    cost, backoff = ([rng.randint(*r) for _ in range(words)] for r in ((10, 120), (0, 30)))
    pairs = {
        (rng.choice(ids), rng.choice(ids)): (rng.randint(1, 100), rng.randint(0, 20))
        for _ in range(grams)
    }
    histories = list(pairs)
    triples = {(*rng.choice(histories), rng.choice(ids)): rng.randint(1, 100) for _ in range(grams)}
    kernel = Ngram(
        bytes(cost),
        bytes(backoff),
        table(list(pairs.items()), 64 * grams + 1),
        table([(gram, (cost, 0)) for gram, cost in triples.items()], 64 * grams + 1),
        STEP,
        6.0,
    )
    return kernel, reference.Ngram(cost, backoff, pairs, triples, single(STEP), 6.0)


def lowest(ngram: reference.Ngram) -> bytes:
    """What each word costs at least, whatever stands before it, in steps."""
    least = list(ngram.cost)
    for (_, word), (cost, _) in ngram.pairs.items():
        least[word] = min(least[word], cost)
    for (_, _, word), cost in ngram.triples.items():
        least[word] = min(least[word], cost)
    return bytes(least)


@cache
def letter_costs(seed: int) -> bytes:
    """Random letter costs of 4 to 43 steps."""
    return bytes(b % 40 + 4 for b in random.Random(seed).randbytes(LETTERS**3))


def random_keys(rng: random.Random, most: int, longest: int, letters: bytes) -> list[bytes]:
    drawn = (bytes(rng.choices(letters, k=rng.randint(1, longest))) for _ in range(most))
    return sorted({key for key in drawn if key[0] != ASCII})


def random_channel(
    rng: random.Random, most: int, letters: bytes
) -> list[tuple[bytes, bytes, float]]:
    shapes = [(0, 1), (1, 0), (1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (2, 3)]
    entries = {}
    for _ in range(most):
        i, j = rng.choice(shapes)
        observed = bytes(rng.choices(letters + bytes([ASCII, ONE, FOREIGN]), k=i))
        intended = bytes(rng.choices(letters + bytes([ASCII]), k=j))
        entries[observed, intended] = single(rng.uniform(0.2, 5))
    return [(o, t, cost) for (o, t), cost in entries.items()]


def random_case(
    seed: int, *, keys: list[bytes] | None = None, letters: bytes = SPELLING, most: int = 30
) -> Case:
    """A model of a few short words; entries may hold blanks and digits."""
    rng = random.Random(seed)
    keys = random_keys(rng, 4, 3, letters) if keys is None else keys
    entries = random_keys(rng, rng.randint(0, 2), 3, letters + bytes([ASCII, ONE]))
    words = FIRST_WORD + len(keys)
    ngram, dictionary = random_ngrams(rng, words, 20)
    channel = random_channel(rng, rng.randint(3, most), letters)
    foreign = single(rng.uniform(1, 6)), single(rng.uniform(2, 8))
    ranges = {
        "unknown_cost": (0, 5),
        "foreign_cost": (0, 8),
        "abbreviation_cost": (0, 3),
        "line_nothing": (0.1, 3),
        "line_space": (0, 3),
        "line_boundary": (0, 3),
        "line_inside": (0.1, 4),
    }
    costs: dict[str, Any] = {name: single(rng.uniform(*r)) for name, r in ranges.items()}
    costs["rate"] = single(rng.choice([0.0, 0.0, 0.31, 0.83]))
    costs["least"] = rng.choice([None, lowest(dictionary)])
    spelling = letter_costs(rng.randrange(3))
    made_of = (
        Trie(*build_trie(keys)),
        ngram,
        Channel(channel, *foreign),
        spelling,
        Trie(*build_trie(entries)) if entries else None,
    )
    decoder = Decoder(*made_of, scan_width=WIDE, **costs)
    model = reference.Model(
        reference.words(keys),
        reference.words(entries),
        dictionary,
        reference.Channel(channel, *foreign),
        spelling,
        **costs,
    )
    word_ids = [*range(7), *range(FIRST_WORD, words + len(entries))]
    return Case(decoder, model, word_ids, (made_of, costs))


def with_scan_width(case: Case, width: int) -> Decoder:
    """The decoder of a case, whose scan keeps so many words a position."""
    arrays, costs = case.made_of
    prices: dict[str, Any] = {**costs}
    return Decoder(*arrays, scan_width=width, **prices)


def decoder_of(
    keys: list[bytes], channel: Channel, ngram: Ngram | None = None, **costs: float
) -> Decoder:
    """A decoder of words that cost 5 nats each; line ends cost 1, what is unknown 9 nats."""
    flat = bytes([60] * (FIRST_WORD + len(keys)))
    empty = array("I", [0])
    lines = dict.fromkeys(("line_nothing", "line_space", "line_boundary", "line_inside"), 1.0)
    unknown = dict.fromkeys(("unknown_cost", "foreign_cost", "abbreviation_cost"), 9.0)
    prices: dict[str, Any] = lines | unknown | costs
    return Decoder(
        Trie(*build_trie(keys)),
        ngram or Ngram(flat, bytes(len(flat)), empty, empty, STEP, 9.0),
        channel,
        bytes([24] * LETTERS**3),
        None,
        **prices,
    )


def random_text(rng: random.Random, case: Case, longest: int) -> bytes:
    """Words, some letters and other signs between them, 1 to `longest` symbols."""
    pieces = [*case.model.ids.values()] * 2 + [bytes([s]) for s in SPELLING + OTHERS]
    length = rng.randint(1, longest)
    text = b""
    while len(text) < length:
        text += rng.choice(pieces)
    return text[:length]


def random_fixed(rng: random.Random, symbols: bytes) -> bytes:
    """A mask: nothing, or a fifth of the symbols."""
    share = rng.choice([0.0, 0.0, 0.0, 0.2, 0.2])
    return bytes(rng.random() < share for _ in symbols)


def random_bounds(rng: random.Random) -> reference.Bounds:
    """Budgets that bind now and then, and no pruning."""
    return reference.Bounds(
        budget=single(rng.uniform(2, 12)),
        slack=rng.choice([0.0, 0.0, 4.0]),
        insertion=rng.choice([2.03, 4.07, math.inf]),
        deletion=rng.choice([2.03, 4.07, math.inf]),
        adjacent=rng.choice([math.inf, math.inf, 3.0]),
        inside=rng.choice([math.inf, 3.0]),
        operations=rng.choice([3, 3, 3, 1, 2, 4]),
        rivals=rng.choice([8, 8, 1, 2]),
        shallow=single(rng.uniform(0, 6)),
    )


def random_pruning(rng: random.Random) -> reference.Bounds:
    """Budgets, and what leaves paths and misreadings out."""
    return random_bounds(rng)._replace(
        tolerance=rng.choice([math.inf, -2.13, -0.57, 0.0, 1.21, 3.37]),
        beam=rng.choice([math.inf, 0.77, 2.61, 5.23]),
        beam_width=rng.choice([WIDE, 1, 2, 3, 5, 8]),
    )


def ask(decoder: Decoder, window: reference.Window, recalled: int = 2048) -> list[Group]:
    """The kernel's answer."""
    w = window
    options: dict[str, Any] = w.bounds._asdict()
    return decoder.decode(w.o, w.fixed, w.left, w.right, recalled=recalled, **options)


def random_window(
    rng: random.Random, case: Case, bounds: reference.Bounds, longest: int = 6
) -> reference.Window:
    symbols = random_text(rng, case, longest)
    left = rng.choice(case.word_ids), rng.choice(case.word_ids)
    right = tuple(rng.choice(case.word_ids) for _ in range(rng.randint(0, 2)))
    fixed = random_fixed(rng, symbols)
    deep = rng.choice([None, None, bytes(rng.choices((0, 1), k=len(symbols)))])
    bounds = bounds._replace(deep=deep)
    return reference.Window(case.model, symbols, fixed, left, right, bounds)


def random_windows(
    seeds: range, *, pruned: bool = False, each: int = 4
) -> Iterator[tuple[Case, reference.Window]]:
    for seed in seeds:
        case = random_case(seed)
        rng = random.Random(-1 - seed)
        for _ in range(each):
            bounds = random_pruning(rng) if pruned else random_bounds(rng)
            yield case, random_window(rng, case, bounds)


def parts(groups: Sequence[Group]) -> list[reference.Part]:
    return [part for group in groups for part in group[-1]]
