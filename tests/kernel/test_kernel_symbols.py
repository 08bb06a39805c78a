"""Symbols, classes and clusters against the names that Unicode gives to letters."""

from __future__ import annotations

import random
import string
import sys
import unicodedata
from typing import Any

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st

from thaifix.kernel import symbols
from thaifix.kernel.symbols import (
    ASCII,
    ATTACHED,
    BLANK,
    CONSONANT,
    DIGIT,
    FIRST_WORD,
    FOREIGN,
    FULL_STOP,
    JOINER,
    KINDS,
    LEADING,
    LETTERS,
    LINE_END,
    MAIYAMOK,
    NEWLINE,
    OPAQUE,
    OTHER,
    PAIYANNOI,
    PUNCTUATION,
    ROMAN,
    SYMBOLS,
    THAI,
    UNKNOWN,
    cluster_end,
    decode,
    encode,
)

FOLDED = {0x09: " ", 0xA0: " ", 0x0D: "\n", **dict.fromkeys(range(0x2010, 0x2016), "-")}
FOLDED |= dict.fromkeys(range(0x2018, 0x201C), "'") | dict.fromkeys(range(0x201C, 0x2020), '"')
SCRIPTS = {
    "Lao": (0x0E80, 0x0EFF),
    "Bengali and Gurmukhi": (0x0980, 0x0A7F),
    "kana": (0x3040, 0x30FF),
    "Han": (0x4E00, 0x9FFF),
    "Hangul": (0xAC00, 0xD7A3),
    "Cyrillic": (0x0400, 0x04FF),
    "Devanagari": (0x0900, 0x097F),
    "Khmer": (0x1780, 0x17FF),
    "Burmese": (0x1000, 0x109F),
}


def expected(letter: str) -> int:
    """The symbol of a code point."""
    c = ord(letter)
    plain = FOLDED.get(c, letter)
    if plain == "\n":
        return NEWLINE
    if 0x0E01 <= c <= 0x0E5B:
        return c - 0x0E00
    if " " <= plain <= "~":
        return ASCII + ord(plain) - 0x20
    if c < 0x20 or c == 0x7F or 0xD800 <= c <= 0xDFFF:
        return OPAQUE
    return FOREIGN if any(lo <= c <= hi for lo, hi in SCRIPTS.values()) else OTHER


def test_every_code_point_has_its_symbol() -> None:
    """All of the basic plane, surrogates included, and others at random."""
    others = random.Random(0).sample(range(0x10000, sys.maxunicode + 1), 2000)
    for first in range(0, 0x10000, 0x1000):
        text = "".join(map(chr, range(first, first + 0x1000)))
        assert encode(text) == bytes(map(expected, text))
    assert encode("".join(map(chr, others))) == bytes([OTHER] * len(others))
    assert encode("") == b""


def test_symbols_are_numbered_without_gap() -> None:
    """Thai, line end, ASCII and what has no letter: the model's arrays are laid out so."""
    assert (NEWLINE, LETTERS, ASCII) == (0x5F, NEWLINE + 1, NEWLINE + 1)
    assert list(encode("".join(map(chr, range(0x20, 0x7F))))) == [*range(ASCII, FOREIGN)]
    assert (*range(FOREIGN, FOREIGN + 4),) == (FOREIGN, OTHER, OPAQUE, SYMBOLS)
    assert encode("ฯๆ.") == bytes([PAIYANNOI, MAIYAMOK, FULL_STOP])
    assert len(KINDS) == SYMBOLS


def test_word_ids_are_numbered_without_gap() -> None:
    names = [
        "UNKNOWN",
        "BOUNDARY",
        "SPACE",
        "NUMBER",
        "LATIN",
        "MISC",
        "ABBREVIATION",
        "PUNCTUATION",
    ]
    assert [getattr(symbols, name) for name in names] == [*range(8)]
    assert FIRST_WORD == PUNCTUATION + FOREIGN - ASCII
    assert LINE_END == 2**32 - 1


def classes(letter: str) -> int:
    """The classes of a letter that its name and category in Unicode tell."""
    name = unicodedata.name(letter, "")
    category = unicodedata.category(letter)
    if letter in " \n":
        return BLANK
    if category == "Nd":
        return DIGIT
    if letter in string.ascii_letters:
        return ROMAN
    if letter in ",./:-":
        return JOINER
    if not name.startswith("THAI CHARACTER"):
        return 0
    if letter in "ฯๆ":
        return THAI
    if letter in "เแโใไ":
        return THAI | LEADING
    if category == "Mn" or letter in "ะาำๅ":
        return THAI | ATTACHED
    return THAI | CONSONANT if category == "Lo" else 0


def test_classes() -> None:
    """Every symbol that stands for a letter has the classes of that letter."""
    letters = [chr(c) for c in (*range(0x0E01, 0x0E5C), 0x0A, *range(0x20, 0x7F))]
    assert len({*encode("".join(letters))}) == len(letters)
    for letter in letters:
        assert KINDS[encode(letter)[0]] == classes(letter), unicodedata.name(letter, letter)
    assert KINDS[0] == KINDS[FOREIGN] == KINDS[OTHER] == KINDS[OPAQUE] == 0


@given(
    st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from("a .\n"))
)
def test_decode_undoes_encode(text: str) -> None:
    assert decode(encode(text)) == text


@pytest.mark.parametrize("symbol", [FOREIGN, OTHER, OPAQUE, SYMBOLS, 255])
def test_what_stands_for_many_letters_cannot_be_decoded(symbol: int) -> None:
    with pytest.raises(ValueError, match="only Thai and ASCII"):
        decode(bytes([1, symbol]))


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("กำลัง", ["กำ", "ลั", "ง"]),
        ("เก่า", ["เก่า"]),
        ("เเก", ["เ", "เก"]),
        ("เ1", ["เ", "1"]),
        ("เ", ["เ"]),
        ("น้ำใจ", ["น้ำ", "ใจ"]),
        ("ๆๆฯ", ["ๆ", "ๆ", "ฯ"]),
        ("่ก", ["่", "ก"]),
        ("a่b", ["a่", "b"]),
    ],
)
def test_clusters(text: str, clusters: list[str]) -> None:
    """A leading vowel takes its consonant with it, marks belong to what is before them."""
    found, at = [], 0
    while at < len(text):
        end = cluster_end(encode(text), at)
        found.append(text[at:end])
        at = end
    assert found == clusters


@given(st.lists(st.integers(0, SYMBOLS - 1), min_size=1, max_size=9).map(bytes))
def test_a_cluster_is_the_oracles(text: bytes) -> None:
    for at in range(len(text)):
        assert cluster_end(text, at) == reference.cluster_end(text, at)


def test_cluster_errors() -> None:
    for at in (-1, 2):
        with pytest.raises(IndexError):
            cluster_end(b"\1\2", at)
    with pytest.raises(ValueError, match=f"{SYMBOLS} is no symbol"):
        cluster_end(bytes([1, SYMBOLS, 2]), 0)
    assert cluster_end(bytes([SYMBOLS - 1]), 0) == 1


def test_types_are_those_of_str_and_bytes() -> None:
    wrong: Any
    for wrong in (b"\1", None, 1):
        with pytest.raises(TypeError):
            encode(wrong)
    for wrong in ("ก", None, 1):
        with pytest.raises(TypeError):
            decode(wrong)


def test_unknown_is_false() -> None:
    """Callers ask `not word` for it."""
    assert not UNKNOWN
