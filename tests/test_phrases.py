"""Phrases: the compiled index against its oracle, strings, and scanned phrases as data."""

from __future__ import annotations

from array import array
from typing import NamedTuple

import pytest
import reference_phrases as oracle
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from thaifix import Corrector, _kernel, _phrases, phrases
from thaifix.lexicon import Entry
from thaifix.phrases import Index, Scanned

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
) -> set[_phrases.Gap]:
    scan, ends = indexed(known)
    index = _phrases.Phrases(scan.symbols, ends, *scan[1:], CUTS, most)
    return set(index.find(*joined(text), *bounds))


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


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), st.sampled_from([BOUNDS, oracle.Bounds(4.0, 1, 2, -50.0, 0.0, 0.0)]))
def test_gaps_are_those_of_the_oracle(
    case: tuple[list[list[Token]], list[Token]], bounds: oracle.Bounds
) -> None:
    known, text = case
    scan, ends = indexed(known)
    assert kernel(known, text, bounds) == oracle.find(scan, ends, joined(text), CUTS, bounds)
