"""The compiled index of phrases against its oracle."""

from __future__ import annotations

from array import array
from typing import NamedTuple

import pytest
import reference_phrases as oracle
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from thaifix.kernel.phrases import Gap, Phrases

BLANK, NEWLINE = bytes([oracle.BLANK]), bytes([oracle.NEWLINE])


class Token(NamedTuple):
    """A word of a scan that stands alone."""

    symbols: bytes
    word: int
    cost: float  # a multiple of its length, so that 32 bits hold its shares exactly


VOCABULARY = [bytes(w) for w in ([1, 2], [1, 2, 3], [3], [2, 2, 1, 1], [4, 1], [3, 4, 3, 4, 1, 2])]
CUTS = array("I", [0, 0b100, 0, 0b100, 0b10, 0b10100])
UNKNOWN = [Token(bytes(w), 0, 9.0 * len(w)) for w in ([5], [1, 5], [2, 1], [1, 2, 3, 5])]
SIGNS = [
    Token(b"\x46", 7, 1.0),  # ๆ
    Token(b"\x2f", 7, 1.0),  # ฯ
    Token(bytes([oracle.BLANK + 9]), 5, 3.0),
]
GAPS = [
    Token(BLANK, 2, 2.0),
    Token(NEWLINE, 1, 2.0),
    Token(BLANK + NEWLINE, 2, 2.0),
    Token(NEWLINE + NEWLINE, 1, 2.0),
]
BOUNDS = oracle.Bounds(dear=9.0, anchored=3, strong=6, least=4.0, anchor=0.25, alike=2.0)


def word(number: int, cost: int) -> Token:
    symbols = VOCABULARY[number]
    return Token(symbols, oracle.WORDS + number, float(cost * len(symbols)))


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
            tokens.append(Token(NEWLINE, 0, 0.0))
            at += 1
        tokens += phrase
        at += sum(len(token.symbols) for token in phrase)
        ends.append(at)
    return joined(tokens), ends


def kernel(
    known: list[list[Token]], text: list[Token], bounds: oracle.Bounds = BOUNDS, most: int = 10_000
) -> set[Gap]:
    scan, ends = indexed(known)
    index = Phrases(scan.symbols, ends, *scan[1:], CUTS, most)
    return set(
        index.find(
            *joined(text), bounds.dear, bounds.anchored, bounds.strong, bounds.least,
            bounds.anchor, bounds.alike,
        )
    )  # fmt: skip


known_words = st.builds(word, st.integers(0, len(VOCABULARY) - 1), st.integers(0, 4))
phrase_tokens = st.lists(
    st.one_of(known_words, known_words, known_words, st.sampled_from([GAPS[0], *UNKNOWN[:2]])),
    min_size=1,
    max_size=7,
).filter(lambda tokens: tokens[0] not in GAPS and tokens[-1] not in GAPS)
text_tokens = st.one_of(
    known_words, known_words, st.sampled_from(UNKNOWN), st.sampled_from([*GAPS, *SIGNS])
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[list[Token]], list[Token]]:
    """Phrases, and a text that has some of them but for a few tokens."""
    known = draw(st.lists(phrase_tokens, min_size=1, max_size=4))
    text = draw(st.lists(text_tokens, max_size=3))
    for _ in range(draw(st.integers(1, 2))):
        phrase = draw(st.sampled_from(known))
        start = draw(st.integers(0, len(phrase)))
        end = draw(st.integers(start, min(len(phrase), start + 3)))
        text += [*phrase[:start], *draw(st.lists(text_tokens, max_size=3)), *phrase[end:]]
        text += draw(st.lists(text_tokens, max_size=2))
    return known, text


bounds_of_all_kinds = st.builds(
    oracle.Bounds,
    dear=st.sampled_from([4.0, 9.0]),
    anchored=st.integers(1, 4),
    strong=st.integers(2, 8),
    least=st.sampled_from([-50.0, 0.0, 2.5, 8.0]),
    anchor=st.sampled_from([0.0, 0.25, 1.0]),
    alike=st.sampled_from([0.0, 0.5, 2.0]),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), bounds_of_all_kinds)
@example(([], []), BOUNDS)
@example(([[word(0, 1)]], []), BOUNDS)
@example(([[word(4, 1), word(0, 1), word(4, 1)]], [word(4, 1), GAPS[3], word(4, 1)]), BOUNDS)
def test_gaps_are_those_of_the_oracle(
    case: tuple[list[list[Token]], list[Token]], bounds: oracle.Bounds
) -> None:
    known, text = case
    scan, ends = indexed(known)
    assert kernel(known, text, bounds) == oracle.find(scan, ends, joined(text), CUTS, bounds)


PHRASE = [word(3, 1), word(5, 1), word(1, 1), word(3, 1)]
"""Of 2, 3, 2 and 2 atoms, 16 symbols."""


@pytest.mark.parametrize(
    ("text", "intended", "observed", "beside", "why"),
    [
        ([*PHRASE[:2], UNKNOWN[0], PHRASE[3]], (10, 13), (10, 11), (10, 4), "an inner word"),
        ([UNKNOWN[3], *PHRASE[1:]], (0, 4), (0, 4), (0, 13), "the first one"),
        ([*PHRASE[:3], UNKNOWN[3]], (13, 17), (13, 17), (13, 0), "the last one"),
        ([*PHRASE[:2], UNKNOWN[0], *PHRASE[2:]], (10, 10), (10, 11), (10, 7), "one too many"),
        ([*PHRASE[:2], GAPS[1], UNKNOWN[0], PHRASE[3]], (10, 13), (11, 12), (10, 4), "a line end"),
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
    text = [PHRASE[1], UNKNOWN[0], PHRASE[3]]
    for strong, found in ((10, {(10, 13, 6, 7, 6, 4, False)}), (11, set())):
        bounds = BOUNDS._replace(least=-30.0, alike=0.0, strong=strong)
        gaps = {gap[1:8] for gap in kernel([PHRASE], text, bounds)}
        assert {gap for gap in gaps if gap[4] and gap[5]} == found


def test_a_blank_line_ends_everything() -> None:
    bounds = BOUNDS._replace(least=-30.0, alike=0.0)
    for gap, expected in ((GAPS[1], True), (GAPS[3], False)):
        text = [*PHRASE[:2], UNKNOWN[0], gap, PHRASE[3]]
        assert any(g[7] for g in kernel([PHRASE], text, bounds)) is expected


def test_anchors_beside_many_gaps_are_left_out() -> None:
    """With more phrases around one anchor than `most`, none of them is found there."""
    known = [[word(5, 1), *([word(0, 1)] * n), word(2, 1), word(5, 1)] for n in range(1, 5)]
    text = [word(5, 1), UNKNOWN[0], word(5, 1)]
    bounds = BOUNDS._replace(least=-90.0, alike=0.0)
    assert len({gap[0] for gap in kernel(known, text, bounds, most=100)}) > 1
    assert {gap for gap in kernel(known, text, bounds, most=1) if gap[3:5] == (6, 7)} == set()


def test_of_equal_gaps_the_shortest_phrase_stays() -> None:
    """A key with too many gaps keeps one for each thing that may stand there."""
    known = [[word(5, 1), word(0, 1), word(5, 1), *([word(3, 1)] * n)] for n in (2, 0, 1)]
    text = [word(5, 1), UNKNOWN[0], word(5, 1)]
    bounds = BOUNDS._replace(least=-90.0, alike=0.0)
    assert {gap[0] for gap in kernel(known, text, bounds, most=3)} == {0, 1, 2}
    assert {gap[0] for gap in kernel(known, text, bounds, most=1)} == {1}
