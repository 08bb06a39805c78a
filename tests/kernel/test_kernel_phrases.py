"""The compiled index of phrases against its oracle."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

import pytest
import reference_phrases as oracle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thaifix.kernel.phrases import Gap, Phrases
from thaifix.kernel.symbols import (
    ASCII,
    BOUNDARY,
    FIRST_WORD,
    MAIYAMOK,
    MISC,
    NEWLINE,
    PAIYANNOI,
    PUNCTUATION,
    SPACE,
    UNKNOWN,
    encode,
)

BLANK, LINE_END = bytes([ASCII]), bytes([NEWLINE])


class Token(NamedTuple):
    """A word of a scan that stands alone."""

    symbols: bytes
    word: int
    cost: float  # a multiple of its length, so that 32 bits hold its shares exactly


VOCABULARY = [bytes(w) for w in ([1, 2], [1, 2, 3], [3], [2, 2, 1, 1], [4, 1], [3, 4, 3, 4, 1, 2])]
CUTS = array("I", [0, 0b100, 0, 0b100, 0b10, 0b10100])
STRANGE = [Token(bytes(w), UNKNOWN, 9.0 * len(w)) for w in ([5], [1, 5], [2, 1], [1, 2, 3, 5])]
SIGNS = [
    Token(bytes([MAIYAMOK]), PUNCTUATION, 1.0),
    Token(bytes([PAIYANNOI]), PUNCTUATION, 1.0),
    Token(encode(")"), MISC, 3.0),
]
GAPS = [
    Token(BLANK, SPACE, 2.0),
    Token(LINE_END, BOUNDARY, 2.0),
    Token(BLANK + LINE_END, SPACE, 2.0),
    Token(LINE_END + LINE_END, BOUNDARY, 2.0),
]
BOUNDS = oracle.Bounds(dear=9.0, anchored=3, strong=6, least=4.0, anchor=0.25, alike=2.0)
ANYTHING = BOUNDS._replace(least=-90.0, alike=0.0)


def word(number: int, cost: int) -> Token:
    symbols = VOCABULARY[number]
    return Token(symbols, FIRST_WORD + number, float(cost * len(symbols)))


def joined(tokens: list[Token]) -> oracle.Scan:
    starts, at = array("i"), 0
    for token in tokens:
        starts.append(at)
        at += len(token.symbols)
    return oracle.Scan(
        b"".join(token.symbols for token in tokens), starts,
        array("I", [token.word for token in tokens]),
        array("f", [token.cost for token in tokens]),
    )  # fmt: skip


def indexed(lists: list[list[Token]]) -> tuple[oracle.Scan, array[int]]:
    """Phrases as the index takes them: joined by line ends that cost nothing."""
    tokens: list[Token] = []
    ends, at = array("i"), 0
    for phrase in lists:
        if tokens:
            tokens.append(Token(LINE_END, UNKNOWN, 0.0))
            at += 1
        tokens += phrase
        at += sum(len(token.symbols) for token in phrase)
        ends.append(at)
    return joined(tokens), ends


def ask(index: Phrases, text: oracle.Scan, bounds: oracle.Bounds) -> list[Gap]:
    b = bounds
    return index.find(
        text.symbols, text.starts, text.words, text.costs,
        b.dear, b.anchored, b.strong, b.least, b.anchor, b.alike,
        observed_atoms=b.observed_atoms, anchor_symbols=b.anchor_symbols,
        word_apart=b.word_apart, word_symbols=b.word_symbols,
    )  # fmt: skip


def kernel(
    known: list[list[Token]], text: list[Token], bounds: oracle.Bounds = BOUNDS, most: int = 10_000
) -> set[Gap]:
    """What the kernel finds; nothing is found twice."""
    scan, ends = indexed(known)
    index = Phrases(scan.symbols, ends, *scan[1:], CUTS, most, intended_atoms=bounds.intended_atoms)
    found = ask(index, joined(text), bounds)
    assert len(set(found)) == len(found)
    return set(found)


def check(known: list[list[Token]], text: list[Token], bounds: oracle.Bounds) -> int:
    scan, ends = indexed(known)
    expected = oracle.find(scan, ends, joined(text), CUTS, bounds)
    assert kernel(known, text, bounds) == expected
    return len(expected)


known_words = st.builds(word, st.integers(0, len(VOCABULARY) - 1), st.integers(0, 4))
phrase_tokens = st.lists(
    st.one_of(known_words, known_words, known_words, st.sampled_from([GAPS[0], *STRANGE[:2]])),
    min_size=1,
    max_size=5,
).filter(lambda tokens: tokens[0] not in GAPS and tokens[-1] not in GAPS)
text_tokens = st.one_of(
    known_words, known_words, st.sampled_from(STRANGE), st.sampled_from([*GAPS, *SIGNS])
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[list[Token]], list[Token]]:
    """Phrases, and a text that has one of them but for a few tokens."""
    known = draw(st.lists(phrase_tokens, min_size=1, max_size=3))
    phrase = known[0]
    start = draw(st.integers(0, len(phrase)))
    end = draw(st.integers(start, min(len(phrase), start + 2)))
    text = draw(st.lists(text_tokens, max_size=2))
    text += [*phrase[:start], *draw(st.lists(text_tokens, max_size=2)), *phrase[end:]]
    return known, text + draw(st.lists(text_tokens, max_size=2))


bounds_of_all_kinds = st.builds(
    oracle.Bounds,
    dear=st.sampled_from([4.0, 9.0]),
    anchored=st.integers(1, 4),
    strong=st.integers(2, 8),
    least=st.sampled_from([-50.0, 0.0, 2.5, 8.0]),
    anchor=st.sampled_from([0.0, 0.25, 1.0]),
    alike=st.sampled_from([0.0, 0.5, 2.0]),
    intended_atoms=st.sampled_from([5, 5, 0, 1, 2]),
    observed_atoms=st.sampled_from([6, 6, 0, 1, 2]),
    anchor_symbols=st.sampled_from([60, 60, 4]),
    word_apart=st.sampled_from([3, 3, 1]),
    word_symbols=st.sampled_from([10, 10, 2]),
)


@settings(max_examples=300)
@given(cases(), bounds_of_all_kinds)
@example(([], []), BOUNDS)
@example(([[word(0, 1)]], []), BOUNDS)
@example(([[word(4, 1), word(0, 1), word(4, 1)]], [word(4, 1), GAPS[3], word(4, 1)]), BOUNDS)
def test_gaps_are_those_of_the_oracle(
    case: tuple[list[list[Token]], list[Token]], bounds: oracle.Bounds
) -> None:
    check(*case, bounds)


PHRASE = [word(3, 1), word(5, 1), word(1, 1), word(3, 1)]
"""Of 2, 3, 2 and 2 atoms, 17 symbols."""


@pytest.mark.parametrize("least", range(-60, 40, 5))
def test_every_gap_in_a_phrase(least: int) -> None:
    """Every run of its tokens left out or replaced, at every height of what must be saved."""
    found = 0
    for start in range(len(PHRASE) + 1):
        for end in range(start, min(start + 2, len(PHRASE)) + 1):
            for others in ([], [STRANGE[0]], [STRANGE[3]], [STRANGE[1], GAPS[0], STRANGE[2]]):
                text = [word(2, 1), *PHRASE[:start], *others, *PHRASE[end:], STRANGE[0]]
                bounds = BOUNDS._replace(least=float(least), alike=1.0, strong=4)
                found += check([PHRASE, PHRASE[1:3]], text, bounds)
    assert least > 0 or found > 100


@pytest.mark.parametrize("observed", range(1, 16))
@pytest.mark.parametrize("intended", [1, 2, 5, 10, 11, 12])
def test_gaps_are_alike_in_length(intended: int, observed: int) -> None:
    """Neither side is much longer; a word too many or too few has at most ten symbols."""
    sides = [word(5, 1), word(5, 1)]
    part = Token(bytes([6] * intended), UNKNOWN, float(intended))
    other = Token(bytes([7] * observed), UNKNOWN, 9.0 * observed)
    phrases = [[sides[0], part, sides[1]], sides]
    for bounds in (ANYTHING, ANYTHING._replace(word_symbols=4), BOUNDS._replace(least=-20.0)):
        check(phrases, [sides[0], other, sides[1]], bounds)
        check(phrases, [*sides, other], bounds)
        check(phrases, [*sides[:1], *sides[1:]], bounds)


def test_long_gaps_of_one_symbol() -> None:
    """More equal symbols than a byte can count."""
    part = Token(bytes([6] * 700), UNKNOWN, 700.0)
    other = Token(bytes([6] * 600 + [7]), UNKNOWN, 601.0 * 9)
    sides = [word(5, 1)] * 70
    bounds = ANYTHING._replace(alike=1.0, anchor_symbols=1000)
    assert check([[*sides, part, *sides]], [*sides, other, *sides], bounds)


@pytest.mark.parametrize(
    ("text", "intended", "observed", "beside", "why"),
    [
        ([*PHRASE[:2], STRANGE[0], PHRASE[3]], (10, 13), (10, 11), (10, 4), "an inner word"),
        ([STRANGE[3], *PHRASE[1:]], (0, 4), (0, 4), (0, 13), "the first one"),
        ([*PHRASE[:3], STRANGE[3]], (13, 17), (13, 17), (13, 0), "the last one"),
        ([*PHRASE[:2], STRANGE[0], *PHRASE[2:]], (10, 10), (10, 11), (10, 7), "one too many"),
        ([*PHRASE[:2], GAPS[1], STRANGE[0], PHRASE[3]], (10, 13), (11, 12), (10, 4), "a line end"),
    ],
)  # fmt: skip
def test_a_gap(
    text: list[Token], intended: tuple[int, int], observed: tuple[int, int],
    beside: tuple[int, int], why: str,
) -> None:  # fmt: skip
    """The best anchored reading is found, with spans of the phrases and of the text."""
    bounds = BOUNDS._replace(least=-30.0, alike=0.0)
    found = {gap[1:8] for gap in kernel([PHRASE], text, bounds)}
    assert (*intended, *observed, *beside, True) in found, why


def test_other_parts_may_be_missing_too() -> None:
    """If `strong` symbols are there; `whole` says that none is missing."""
    text = [PHRASE[1], STRANGE[0], PHRASE[3]]
    for strong, found in ((10, {(10, 13, 6, 7, 6, 4, False)}), (11, set())):
        bounds = BOUNDS._replace(least=-30.0, alike=0.0, strong=strong)
        gaps = {gap[1:8] for gap in kernel([PHRASE], text, bounds)}
        assert {gap for gap in gaps if gap[4] and gap[5]} == found


def test_a_blank_line_ends_everything() -> None:
    """Two line ends do, in one token or in two; one does not."""
    two = [Token(LINE_END, SPACE, 1.0), Token(LINE_END, SPACE, 1.0)]
    for gap, expected in (([GAPS[1]], True), ([GAPS[2]], True), ([GAPS[3]], False), (two, False)):
        text = [*PHRASE[:2], STRANGE[0], *gap, PHRASE[3]]
        assert any(g[7] for g in kernel([PHRASE], text, ANYTHING)) is expected


def test_a_word_is_divided_where_its_mask_says() -> None:
    """Up to its 31st symbol; words past the masks and classes are not divided."""
    long = bytes([8 + i % 40 for i in range(40)])
    masks = array("I", [1 << 31 | 1 << 5])
    for number, parts in ((FIRST_WORD, 3), (FIRST_WORD + 1, 1), (FIRST_WORD - 1, 1)):
        phrase = oracle.Scan(
            long + bytes([1, 1, 1]), array("i", [0, 40]), array("I", [number, FIRST_WORD + 1]),
            array("f", [40.0, 3.0]),
        )  # fmt: skip
        atoms = oracle.atoms(phrase, masks, 1.0)
        assert len(atoms) == parts + 1
        index = Phrases(phrase.symbols, array("i", [43]), *phrase[1:], masks, 100)
        text = oracle.Scan(
            phrase.symbols[:40] + bytes([5, 5]), array("i", [0, 40]),
            array("I", [number, UNKNOWN]), array("f", [40.0, 99.0]),
        )  # fmt: skip
        found = index.find(*text, 9.0, 1, 1, -90.0, 0.0, 0.0)
        scan = oracle.find(phrase, [43], text, masks, oracle.Bounds(9.0, 1, 1, -90.0, 0.0, 0.0))
        assert {gap[:8] for gap in found} == {gap[:8] for gap in scan}
        assert found


def test_anchors_beside_many_gaps_are_left_out() -> None:
    """Between the same two atoms there are 14 gaps, of which five are different ones."""
    known = [[word(5, 1), *([word(0, 1)] * n), word(2, 1), word(4, 1)] for n in range(1, 5)]
    text = [word(5, 1), STRANGE[3], word(4, 1)]

    def between(most: int) -> int:
        found = kernel(known, text, ANYTHING._replace(strong=1), most)
        return sum(gap[3:5] == (6, 10) and gap[5] > 0 and gap[6] > 0 for gap in found)

    assert [between(most) for most in (100, 14, 13, 5, 4, 1, 0)] == [14, 14, 5, 5, 0, 0, 0]


def test_of_equal_gaps_the_shortest_phrase_stays() -> None:
    """A key with too many gaps keeps one for each thing that may stand there."""
    known = [[word(5, 1), word(0, 1), word(5, 1), *([word(3, 1)] * n)] for n in (2, 0, 1)]
    text = [word(5, 1), STRANGE[0], word(5, 1)]
    assert {gap[0] for gap in kernel(known, text, ANYTHING, most=3)} == {0, 1, 2}
    for most in (2, 1):
        assert {gap[0] for gap in kernel(known, text, ANYTHING, most=most)} == {1}


SCAN, ENDS = indexed([PHRASE, PHRASE[1:]])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ends": array("i", [17, 17])}, "phrase 1 ends at 17"),
        ({"ends": array("i", [17, 18])}, "phrase 1 ends at 18"),
        ({"ends": array("i", [0, 31])}, "phrase 0 ends at 0"),
        ({"ends": array("i", [17, 32])}, "phrase 1 ends at 32"),
        ({"starts": SCAN.starts[:-1]}, "unequal lengths"),
        ({"words": SCAN.words[:-1]}, "unequal lengths"),
        ({"costs": SCAN.costs[:-1]}, "unequal lengths"),
        ({"starts": array("i", [-1, *SCAN.starts[1:]])}, "token 0 has symbols -1"),
        ({"starts": array("i", [0, 0, *SCAN.starts[2:]])}, "token 0 has symbols 0 to 0"),
        ({"starts": array("i", [*SCAN.starts[:-1], 31])}, "token 7 has symbols 31 to 31"),
        ({"intended_atoms": -1}, "-1 atoms in a gap"),
        ({"cuts": array("i", CUTS)}, "mismatch"),
    ],
)
def test_what_is_refused(changed: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {
        "symbols": SCAN.symbols, "ends": ENDS, "starts": SCAN.starts, "words": SCAN.words,
        "costs": SCAN.costs, "cuts": CUTS, "most": 9,
    }  # fmt: skip
    Phrases(**arguments)
    with pytest.raises(ValueError, match=message):
        Phrases(**arguments | changed)


def test_texts_that_are_refused() -> None:
    index = Phrases(SCAN.symbols, ENDS, *SCAN[1:], CUTS, 9)
    with pytest.raises(ValueError, match="unequal lengths"):
        ask(index, SCAN._replace(words=SCAN.words[1:]), BOUNDS)
    with pytest.raises(ValueError, match="token 5 has symbols 18 to 24 of 20"):
        ask(index, SCAN._replace(symbols=SCAN.symbols[:20]), BOUNDS)


def test_phrases_of_any_length() -> None:
    """More symbols than a posting can count are refused, not cut."""
    for size in (65_535, 65_536):
        symbols = bytes([1]) * size
        arguments = (
            symbols, array("i", [size]), array("i", [0, 9]), array("I", [0, 0]),
            array("f", [1.0, 1.0]), CUTS, 9,
        )  # fmt: skip
        if size > 65_535:
            with pytest.raises(ValueError, match="more than 65535 symbols"):
                Phrases(*arguments)
        else:
            Phrases(*arguments)
