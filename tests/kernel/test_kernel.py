"""The kernel against the oracle (`reference`), on thousands of small random models and texts."""

from __future__ import annotations

import math
import random
import re
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder, Group
from thaifix.kernel.ngram import Ngram, fill_table
from thaifix.kernel.symbols import encode
from thaifix.kernel.trie import Trie, build_trie

STEP = 1 / 12
NEAR = 4e-3  # the kernel adds single-precision costs of up to some hundred nats
BEAM_WIDTH, SCAN_WIDTH = 12, 6
GENEROUS = {"budget": 9.0, "slack": 0.0, "insertion": 9.0, "deletion": 9.0, "inside": 9.0}
KO, KHO, NGO, SARA_AA, SARA_I, SARA_E = 0x01, 0x02, 0x04, 0x32, 0x34, 0x40
LETTERS = bytes([KO, KHO, NGO, SARA_AA, SARA_I, SARA_E])
ONE, FULL_STOP = 64 + ord("1"), 64 + ord(".")
OTHERS = bytes([reference.NEWLINE, reference.BLANK, ONE, FULL_STOP, reference.FOREIGN])
BLANK, NEWLINE, FOREIGN = reference.BLANK, reference.NEWLINE, reference.FOREIGN


# ---------------------------------------------------------------- random models and texts
class Case(NamedTuple):
    """The same model twice."""

    decoder: Decoder
    model: reference.Model
    word_ids: list[int]


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


def random_ngrams(rng: random.Random, words: int, grams: int) -> tuple[Ngram, Any]:
    """An n-gram model over classes and words, for the kernel and for the oracle.

    Tables are so large that a fingerprint never meets another one.
    """
    ids = [*range(7), *range(reference.WORDS, words)]
    cost, backoff = ([rng.randint(*r) for _ in range(words)] for r in ((10, 120), (0, 30)))
    pairs = {
        (rng.choice(ids), rng.choice(ids)): (rng.randint(1, 100), rng.randint(0, 20))
        for _ in range(grams)
    }
    triples = {
        (rng.choice(ids), rng.choice(ids), rng.choice(ids)): rng.randint(1, 100)
        for _ in range(grams)
    }
    kernel = Ngram(
        bytes(cost),
        bytes(backoff),
        table(list(pairs.items()), 64 * grams + 1),
        table([(gram, (cost, 0)) for gram, cost in triples.items()], 64 * grams + 1),
        STEP,
        6.0,
    )
    return kernel, reference.Ngram(cost, backoff, pairs, triples, single(STEP), 6.0)


@cache
def letter_costs(seed: int) -> bytes:
    """Random letter costs of 4 to 43 steps."""
    return bytes(b % 40 + 4 for b in random.Random(seed).randbytes(96**3))


def random_keys(rng: random.Random, most: int, longest: int, letters: bytes) -> list[bytes]:
    drawn = (bytes(rng.choices(letters, k=rng.randint(1, longest))) for _ in range(most))
    return sorted({key for key in drawn if key[0] != BLANK})


def random_channel(
    rng: random.Random, most: int, letters: bytes
) -> list[tuple[bytes, bytes, float]]:
    shapes = [(0, 1), (1, 0), (1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (2, 3)]
    entries = {}
    for _ in range(most):
        i, j = rng.choice(shapes)
        observed = bytes(rng.choices(letters + bytes([BLANK, ONE, FOREIGN]), k=i))
        intended = bytes(rng.choices(letters + bytes([BLANK]), k=j))
        entries[observed, intended] = single(rng.uniform(0.2, 5))
    return [(o, t, cost) for (o, t), cost in entries.items()]


def random_case(
    seed: int, *, keys: list[bytes] | None = None, letters: bytes = LETTERS, most: int = 30
) -> Case:
    """A model of a few short words; entries may hold blanks and digits."""
    rng = random.Random(seed)
    keys = random_keys(rng, 4, 3, letters) if keys is None else keys
    entries = random_keys(rng, rng.randint(0, 2), 3, letters + bytes([BLANK, ONE]))
    words = reference.WORDS + len(keys)
    ngram, dictionary = random_ngrams(rng, words, 20)
    channel = random_channel(rng, rng.randint(3, most), letters)
    foreign = single(rng.uniform(1, 6)), single(rng.uniform(2, 8))
    costs: dict[str, Any] = {
        "unknown_cost": single(rng.uniform(0, 5)),
        "foreign_cost": single(rng.uniform(0, 8)),
        "abbreviation_cost": single(rng.uniform(0, 3)),
        "line_nothing": single(rng.uniform(0.1, 3)),
        "line_space": single(rng.uniform(0, 3)),
        "line_boundary": single(rng.uniform(0, 3)),
        "line_inside": single(rng.uniform(0.1, 4)),
    }
    spelling = letter_costs(rng.randrange(3))
    decoder = Decoder(
        Trie(*build_trie(keys)),
        ngram,
        Channel(channel, *foreign),
        spelling,
        Trie(*build_trie(entries)) if entries else None,
        **costs,
    )
    model = reference.Model(
        reference.words(keys),
        reference.words(entries),
        dictionary,
        reference.Channel(channel, *foreign),
        spelling,
        **costs,
    )
    return Case(decoder, model, [*range(7), *range(reference.WORDS, words + len(entries))])


def random_text(rng: random.Random, case: Case, longest: int) -> bytes:
    """Words, some letters and other signs between them, 1 to `longest` symbols."""
    pieces = [*case.model.ids.values()] * 2 + [bytes([s]) for s in LETTERS + OTHERS]
    length = rng.randint(1, longest)
    text = b""
    while len(text) < length:
        text += rng.choice(pieces)
    return text[:length]


class Question(NamedTuple):
    """What `decode` is asked, without pruning: only budgets that the oracle has too."""

    window: reference.Window
    options: dict[str, float]

    def ask(self, decoder: Decoder, **other: float) -> list[Group]:
        """The kernel's answer."""
        w = self.window
        options: dict[str, Any] = {
            **self.options,
            "adjacent": w.adjacent,
            "tolerance": math.inf,
            "rate": 0.0,
            "beam": math.inf,
            **other,
        }
        return decoder.decode(w.o, w.fixed, w.left, w.right, **options)

    def answer(self) -> reference.Decoding:
        """The oracle's."""
        return reference.decode(self.window, **self.options)


def random_question(rng: random.Random, case: Case, longest: int = 6) -> Question:
    symbols = random_text(rng, case, longest)
    fixed = (
        bytes(rng.random() < 0.2 for _ in symbols) if rng.random() < 0.4 else bytes(len(symbols))
    )
    left = rng.choice(case.word_ids), rng.choice(case.word_ids)
    right = tuple(rng.choice(case.word_ids) for _ in range(rng.randint(0, 2)))
    adjacent = rng.choice([math.inf, math.inf, 3.0])
    options = {
        "budget": single(rng.uniform(2, 12)),
        "slack": rng.choice([0.0, 0.0, 4.0]),
        "insertion": rng.choice([2.03, 4.07, math.inf]),
        "deletion": rng.choice([2.03, 4.07, math.inf]),
        "inside": rng.choice([math.inf, 3.0]),
    }
    window = reference.Window(case.model, symbols, fixed, left, right, adjacent)
    return Question(window, options)


def random_questions(seeds: range, each: int = 4) -> Iterator[tuple[Case, Question]]:
    for seed in seeds:
        case = random_case(seed)
        rng = random.Random(-1 - seed)
        for _ in range(each):
            yield case, random_question(rng, case)


# ---------------------------------------------------------------- symbols and tries
def test_encode() -> None:
    """Every code point of the basic plane, surrogates included, and others at random."""
    letters = [*range(0x10000), *random.Random(0).sample(range(0x10000, sys.maxunicode + 1), 2000)]
    text = "".join(map(chr, letters))
    assert encode(text) == reference.encode(text)
    assert encode("") == b""
    assert max(encode(text)) == reference.OPAQUE


KEYS = st.lists(st.binary(max_size=4).map(lambda key: bytes(s % 3 for s in key)), max_size=12)


@given(KEYS, st.booleans())
def test_trie(keys: list[bytes], prepared: bool) -> None:
    """Finds its words and nothing else, spells every node, and refuses what the oracle refuses."""
    if prepared:
        keys = sorted(set(keys) - {b""})
    try:
        words = reference.words(keys)
    except ValueError:
        with pytest.raises(ValueError, match="key"):
            build_trie(keys)
        return
    trie = Trie(*build_trie(keys))
    prefixes = {key[:k] for key in keys for k in range(len(key) + 1)} | {b""}
    for key in [*prefixes, b"\x03", *(key + b"\x03" for key in keys)]:
        assert trie.find(key) == words.get(key, -1)
    assert {trie.key(node) for node in range(trie.nodes)} == prefixes
    assert trie.nodes == len(prefixes)


def test_trie_errors() -> None:
    """Arrays must fit one another; a node must exist."""
    first, label, word = build_trie([b"\x01", b"\x01\x02"])
    with pytest.raises(ValueError, match="unequal"):
        Trie(first, label, word[:-1])
    with pytest.raises(ValueError, match="unequal"):
        Trie(first[:-1], label, word)
    with pytest.raises(IndexError):
        Trie(first, label, word).key(3)


# ---------------------------------------------------------------- n-grams and channel
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
        assert kernel.words == 110


def test_full_table_keeps_every_gram() -> None:
    """Stored costs survive in a table with a single empty cell."""
    rng = random.Random(0)
    pairs = {
        (rng.randrange(1000), rng.randrange(1000)): (rng.randrange(256), rng.randrange(256))
        for _ in range(400)
    }
    costs = bytes(rng.randrange(256) for _ in range(1000))
    ngram = Ngram(
        costs, costs, table(list(pairs.items()), len(pairs) + 1), array("I", [0]), STEP, 1.0
    )
    for (a, b), (cost, _) in pairs.items():
        assert math.isclose(ngram.cost2(a, b), cost * STEP, abs_tol=1e-4)


def test_ngram_errors() -> None:
    """A full table and arrays of unequal length are refused."""
    with pytest.raises(ValueError, match="too small"):
        table([((1, 2), (3, 4)), ((5, 6), (7, 8))], 2)
    empty = array("I", [0])
    for cost, backoff in ((bytes(102), bytes(103)), (bytes(101), bytes(101))):
        with pytest.raises(ValueError, match="unigram"):
            Ngram(cost, backoff, empty, empty, STEP, 1.0)


@given(
    st.lists(
        st.tuples(
            st.binary(max_size=3).map(lambda s: bytes(b % 196 for b in s)),
            st.binary(max_size=4).map(lambda s: bytes(b % 196 for b in s)),
            st.one_of(st.floats(-1, 9, width=32), st.sampled_from([math.inf, math.nan, -0.0])),
        ),
        max_size=2,
    )
)
def test_channel_errors(entries: list[tuple[bytes, bytes, float]]) -> None:
    """The kernel refuses just those entries that the oracle refuses."""
    try:
        reference.Channel(entries, 1.0, 1.0)
    except ValueError:
        with pytest.raises(ValueError, match=r"entry|cost|symbol"):
            Channel(entries, 1.0, 1.0)
    else:
        Channel(entries, 1.0, 1.0)


# ---------------------------------------------------------------- scan
def test_scan() -> None:
    """The cheapest words of a text, at the oracle's cost; items tile the text."""
    checked = 0
    for seed in range(1500):
        case = random_case(seed)
        if any(BLANK in key for key in case.model.entries):
            continue  # the oracle's words across a line end and a blank are the decoder's
        rng = random.Random(seed)
        for _ in range(3):
            symbols = random_text(rng, case, 14)
            starts, words, costs = case.decoder.scan(symbols)
            best = reference.scan(case.model, symbols)
            assert sum(costs) >= best.cost - NEAR
            if best.widest <= SCAN_WIDTH:
                checked += 1
                assert math.isclose(sum(costs), best.cost, abs_tol=NEAR)
            assert [*starts] == sorted({0, *starts})
            assert len(starts) == len(words) == len(costs)
            assert starts[-1] < len(symbols)
            for start, end, word in zip(starts, [*starts[1:], len(symbols)], words, strict=True):
                piece = symbols[start:end].replace(bytes([NEWLINE]), b"")
                if word in case.model.ids:
                    assert piece.replace(bytes([BLANK]), b"") == case.model.ids[word]
    assert checked > 3000


def test_scan_of_nothing() -> None:
    """No text, no words."""
    starts, words, costs = random_case(0).decoder.scan(b"")
    assert len(starts) == len(words) == len(costs) == 0


# ---------------------------------------------------------------- decode
def parts(groups: Sequence[Group]) -> list[reference.Part]:
    return [part for group in groups for part in group[-1]]


def assert_equal(groups: list[Group], answer: reference.Decoding) -> None:
    """Same cost of the best path and, unless two paths tie, the same groups."""
    expected = answer.groups()
    cost = answer.price(parts(groups)) if groups else answer.keep.cost
    assert math.isclose(cost, min(answer.best.cost, answer.keep.cost), abs_tol=NEAR)
    for group in groups:
        assert group[2] + NEAR > 0
        assert group[3] > -NEAR
    if len(groups) == 1:
        assert math.isclose(groups[0][2], answer.keep.cost - answer.best.cost, abs_tol=NEAR)
    if [group[:2] + group[5:] for group in groups] == [g[:2] + g[5:] for g in expected]:
        for group, g in zip(groups, expected, strict=True):
            assert group[2:5] == pytest.approx(g[2:5], abs=NEAR)


def test_decode() -> None:
    """Best path, margins, rivals and operations are the oracle's, where no beam can bind."""
    checked = changed = tied = 0
    for case, question in random_questions(range(1200)):
        groups, answer = question.ask(case.decoder), question.answer()
        if max(answer.keep.widest, answer.best.widest) > BEAM_WIDTH:
            assert not groups or answer.price(parts(groups)) >= answer.best.cost - NEAR
            continue
        assert_equal(groups, answer)
        checked += 1
        changed += bool(groups)
        tied += parts(groups) != parts(answer.groups())
    assert checked > 4000
    assert changed > 1000
    assert tied < 0.01 * checked


def test_decode_with_many_branches() -> None:
    """Nodes with more than ten children, where the channel is searched, not the children."""
    letters = bytes(range(0x01, 0x0F))
    keys = sorted(
        [*(bytes([s]) for s in letters), *(bytes([0x01, s]) for s in letters), b"\x02\x03"]
    )
    changed = 0
    for seed in range(300):
        case = random_case(seed, keys=keys, letters=letters, most=60)
        rng = random.Random(seed)
        for _ in range(2):
            symbols = bytes(
                rng.choices(letters + bytes([FOREIGN, SARA_I, ONE]), k=rng.randint(1, 3))
            )
            question = random_question(rng, case)
            window = reference.Window(case.model, symbols, bytes(len(symbols)), (1, 1), (1,))
            question = Question(window, question.options | {"budget": 2.5})
            answer = question.answer()
            if max(answer.keep.widest, answer.best.widest) <= BEAM_WIDTH:
                groups = question.ask(case.decoder)
                assert_equal(groups, answer)
                changed += bool(groups)
    assert changed > 50


def test_an_unknown_word_goes_on_beside_a_deleted_letter() -> None:
    """Two paths to one position: one may go on with its unknown word, the other may not."""
    ngram = Ngram(bytes([60] * 103), bytes(103), array("I", [0]), array("I", [0]), STEP, 9.0)
    costs: dict[str, Any] = dict.fromkeys(
        ("line_nothing", "line_space", "line_boundary", "line_inside"), 1.0
    )
    decoder = Decoder(
        Trie(*build_trie([bytes([SARA_E])])),
        ngram,
        Channel([(bytes([KHO]), b"", 1.0)], 9.0, 9.0),
        bytes([24] * 96**3),
        None,
        unknown_cost=4.0,
        foreign_cost=9.0,
        abbreviation_cost=9.0,
        **costs,
    )
    options: dict[str, Any] = dict.fromkeys(
        ("budget", "tolerance", "adjacent", "inside", "beam"), math.inf
    )
    options |= {"slack": 0.0, "insertion": math.inf, "deletion": 2.0, "rate": 0.0}
    symbols = bytes([BLANK, KO, KHO, KO])
    groups = decoder.decode(symbols, bytes(4), (1, 1), (), **options)
    # Without the blank (2.0 instead of its 5.0); deleting KHO saves 1.0 but breaks the word.
    assert [(group[0], group[1]) for group in groups] == [(0, 1)]
    assert math.isclose(groups[0][2], 3.0, abs_tol=NEAR)


def test_fixed_symbols_stay() -> None:
    """What a group puts in place of its span keeps each fixed symbol, and fixed runs whole."""
    groups_seen = 0
    for seed in range(1500):
        case = random_case(seed, most=60)
        rng = random.Random(seed)
        for _ in range(3):
            question = random_question(rng, case, 8)
            o = question.window.o
            fixed = bytes(rng.random() < 0.5 for _ in o)
            question = question._replace(
                window=reference.Window(case.model, o, fixed, (1, 1), (1,)),
            )
            for start, end, intended, _, _ in parts(question.ask(case.decoder)):
                groups_seen += 1
                assert stays(o, fixed, start, end, intended), (seed, o, fixed, start, end, intended)
    assert groups_seen > 500


def stays(o: bytes, fixed: bytes, start: int, end: int, intended: bytes) -> bool:
    """Whether `intended` has the fixed symbols of o[start:end], free ones may be anything."""
    pattern = b""
    for i in range(start, end + 1):
        beside = [k for k in (i - 1, i) if 0 <= k < len(o)]
        if not all(fixed[k] for k in beside):
            pattern += b".*"  # free symbols, or an insertion beside one
        if i < end and fixed[i]:
            line_end = o[i] == NEWLINE or (o[i] == BLANK and NEWLINE in o[start:end])
            pattern += b"" if line_end else re.escape(o[i : i + 1])
    return re.fullmatch(pattern, intended, re.DOTALL) is not None


def test_nothing_is_inserted_between_fixed_symbols() -> None:
    """Not even if it would make a word of them; with free letters it is inserted."""
    word = bytes([KO, KHO, NGO])
    for seed in range(50):
        case = random_case(seed, keys=[word], most=3)
        channel = Channel([(b"", bytes([s]), 0.1) for s in word], 9.0, 9.0)
        decoder = replace_channel(case, channel)
        window = reference.Window(case.model, bytes([KO, NGO]), b"\1\1", (1, 1), (1,))
        assert Question(window, GENEROUS).ask(decoder) == []
        window.fixed = b"\0\0"
        free = Question(window, GENEROUS).ask(decoder)
        assert {part[2] for part in parts(free)} <= {word, bytes([BLANK])}


def replace_channel(case: Case, channel: Channel) -> Decoder:
    model = case.model
    keys = [*model.words]
    ngram, _ = random_ngrams(random.Random(0), reference.WORDS + len(keys), 5)
    return Decoder(
        Trie(*build_trie(keys)), ngram, channel, model.letters, None,
        unknown_cost=9.0, foreign_cost=9.0, abbreviation_cost=9.0,
        line_nothing=1.0, line_space=1.0, line_boundary=1.0, line_inside=1.0,
    )  # fmt: skip


def test_blanks_that_are_partly_fixed_stay() -> None:
    """A run of blanks is dropped as a whole or not at all."""
    for seed in range(50):
        case = random_case(seed)
        for fixed in (b"\0\0\1\0", b"\0\1\0\0"):
            symbols = bytes([KO, BLANK, BLANK, KO])
            window = reference.Window(case.model, symbols, fixed, (1, 1), (1,))
            groups = Question(window, {**GENEROUS, "deletion": 0.1}).ask(case.decoder)
            for start, end, intended, _, _ in parts(groups):
                assert intended or not any(fixed[start:end])


def test_free_misreadings_are_still_changes() -> None:
    """An entry that costs nothing is no part of the observed reading."""
    keys = [bytes([KO, KHO])]
    for seed in range(50):
        case = random_case(seed, keys=keys)
        channel = Channel([(bytes([NGO]), bytes([KHO]), 0.0)], 9.0, 9.0)
        window = reference.Window(case.model, bytes([KO, NGO]), bytes(2), (1, 1), (1,))
        groups = Question(window, GENEROUS).ask(replace_channel(case, channel))
        assert [group[:2] for group in groups] == [(0, 2)]
        assert groups[0][4] == 0.0
        assert groups[0][5] == 1
        assert groups[0][2] > 1.0


TIGHTER = (
    {"budget": 2.0},
    {"slack": 6.0},
    {"insertion": math.inf},
    {"deletion": math.inf},
    {"tolerance": -3.0},
    {"tolerance": 0.0, "rate": 0.5},
    {"adjacent": 1.0},
    {"inside": 0.5},
)


def test_tighter_budgets_never_gain_more() -> None:
    """The cheapest path of a smaller search is no cheaper."""
    seen = 0
    for case, question in random_questions(range(2000, 2250)):
        answer = question.answer()
        if max(answer.keep.widest, answer.best.widest) > BEAM_WIDTH:
            continue
        most = answer.keep.cost - min(answer.best.cost, answer.keep.cost)
        for tighter in TIGHTER:
            groups = question.ask(case.decoder, **tighter)
            if len(groups) == 1:
                seen += 1
                assert groups[0][2] <= most + NEAR
            for group in groups:
                start, end, _, _, _, changes, pieces = group
                assert (start, end) == (pieces[0][0], pieces[-1][1])
                assert len(pieces) <= changes <= 3 * len(pieces)
    assert seen > 500


def test_decode_errors() -> None:
    """The same errors as the oracle's, and types."""
    case = random_case(0)
    question = random_question(random.Random(0), case)
    window = question.window
    options: dict[str, Any] = {
        **question.options,
        "tolerance": 1.0,
        "rate": 0.0,
        "adjacent": 1.0,
        "beam": 5.0,
    }
    for o, fixed, left in ((b"", b"", (1, 1)), (b"\1", b"", (1, 1)), (b"\1", b"\0", (1,))):
        with pytest.raises(ValueError, match=r".") as expected:
            reference.Window(case.model, o, fixed, left, ())  # type: ignore[arg-type]
        with pytest.raises(expected.type, match=r"."):
            case.decoder.decode(o, fixed, left, (), **options)  # type: ignore[arg-type]
    with pytest.raises(OverflowError):
        case.decoder.decode(window.o, window.fixed, (-1, 1), (), **options)
    with pytest.raises(TypeError):
        case.decoder.decode("ก", b"\0", (1, 1), (), **options)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        case.decoder.scan(None)  # type: ignore[arg-type]


def test_costs_must_be_finite() -> None:
    """Where no path has a finite cost, nothing can be said."""
    case = random_case(0, keys=[bytes([KO])])
    ngram, _ = random_ngrams(random.Random(0), reference.WORDS + 1, 5)
    for cost in (math.inf, math.nan):
        decoder = Decoder(
            Trie(*build_trie([bytes([KO])])),
            ngram, Channel([], 1.0, 1.0), case.model.letters, None,
            unknown_cost=cost, foreign_cost=cost, abbreviation_cost=cost,
            line_nothing=cost, line_space=cost, line_boundary=cost, line_inside=cost,
        )  # fmt: skip
        window = reference.Window(case.model, bytes([KHO, NGO]), bytes(2), (1, 1), (1,))
        question = Question(window, random_question(random.Random(0), case).options)
        with pytest.raises(ValueError, match="cost"):
            question.ask(decoder)


# ---------------------------------------------------------------- memory and threads
def windows(seed: int) -> list[bytes]:
    """Windows at the edge of what can come."""
    rng = random.Random(seed)
    everything = bytes(range(194))
    return [
        *(bytes([s]) for s in everything),
        bytes([BLANK]) * 200,
        bytes([NEWLINE]) * 200,
        bytes(rng.choices([BLANK, NEWLINE], k=200)),
        bytes([SARA_I]) * 200,
        bytes([SARA_E]) * 200,
        bytes([FOREIGN]) * 200,
        bytes([KO]) * 200,
        *(bytes(rng.choices(everything, k=200)) for _ in range(5)),
        *(bytes(rng.choices(LETTERS + OTHERS, k=200)) for _ in range(5)),
    ]


def wild_decode(case: Case, symbols: bytes, beam: float) -> tuple[Any, Any]:
    options = {"budget": 12.0, "slack": 0.0, "insertion": 1.0, "deletion": 1.0, "inside": 9.0}
    window = reference.Window(case.model, symbols, bytes(len(symbols)), (0, 2), (0, 1))
    scanned = [list(column) for column in case.decoder.scan(symbols)]
    return scanned, Question(window, options).ask(case.decoder, beam=beam)


def test_any_symbols() -> None:
    """Every window comes back: groups in order, in range, and the same when asked again."""
    for seed in range(4):
        case = random_case(seed, most=60)
        for symbols in windows(seed):
            scanned, groups = wild_decode(case, symbols, math.inf)
            assert scanned[0][0] == 0
            at = 0
            for group in groups:
                assert at <= group[0] <= group[1] <= len(symbols)
                at = group[1]
            assert (scanned, groups) == wild_decode(case, symbols, math.inf)


def test_more_readings_than_there_is_room_for() -> None:
    """Foreign letters that may be any of thousands of words."""
    letters = bytes(range(0x01, 0x0F))
    keys = [bytes([a, b, c]) for a in letters for b in letters for c in letters]
    case = random_case(1, keys=keys, letters=letters, most=200)
    for size in (2, 3, 30):
        _, groups = wild_decode(case, bytes([FOREIGN]) * size, 5.0)
        assert groups == wild_decode(case, bytes([FOREIGN]) * size, 5.0)[1]
        assert all(len(part[2]) <= 3 for part in parts(groups))


def test_two_threads() -> None:
    """A decoder is shared; what one thread gets does not depend on the other."""
    case = random_case(3, most=60)
    texts = [symbols for seed in range(3) for symbols in windows(seed)[194:]]
    alone = [wild_decode(case, symbols, 9.0) for symbols in texts]
    with ThreadPoolExecutor(2) as pool:
        together = [*pool.map(lambda symbols: wild_decode(case, symbols, 9.0), texts * 2)]
    assert together == alone * 2
