"""Facts about Thai letters, and clusters."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.evaluation.graphemes import graphemes
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import UNKNOWN, encode
from thaifix.model.bundle import Model
from thaifix.model.decoder import build_decoder
from thaifix.text import script
from thaifix.text.script import attaches, clusters, consonant_at, letter_at, starts_cluster

SARA_AM = "\N{THAI CHARACTER SARA AM}"
MAI_THO = "\N{THAI CHARACTER MAI THO}"
WRITTEN = st.text(
    alphabet=st.one_of(
        st.sampled_from("\r\n\t \u00ad\u200b\u200c\u200d\ufeff\u0301\u0e33\u0eb3"),
        st.characters(min_codepoint=0x20, max_codepoint=0x17F),
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0ECD, categories=["L", "M", "N"]),
    )
)
OBSOLETE = "\N{THAI CHARACTER KHO KHUAT}\N{THAI CHARACTER KHO KHON}"  # no modern word has one
THAI = st.text(
    alphabet=st.sampled_from(script.LETTERS + script.PAIYANNOI + script.MAIYAMOK)
    | st.sampled_from(OBSOLETE + script.LEADING_VOWELS + script.FOLLOWING_VOWELS)
)


def test_kinds_of_letters_are_disjoint_and_complete() -> None:
    kinds = [script.CONSONANTS, script.LEADING_VOWELS, script.FOLLOWING_VOWELS, script.MARKS]
    letters = "".join(kinds)
    assert len(set(letters)) == len(letters) == len(script.LETTERS)
    others = script.DIGITS + script.PAIYANNOI + script.MAIYAMOK
    assigned = {chr(c) for c in range(0x0E00, 0x0E80) if unicodedata.category(chr(c))[0] in "LMN"}
    assert assigned == set(letters + others)


def test_marks_are_what_unicode_calls_marks() -> None:
    marks = {chr(c) for c in range(0x0E00, 0x0E80) if unicodedata.category(chr(c)) == "Mn"}
    assert marks == set(script.MARKS)


def test_digits_count_from_zero() -> None:
    assert [unicodedata.digit(digit) for digit in script.DIGITS] == list(range(10))


def test_marks_stand_in_order() -> None:
    """Vowels and maitaikhu, tone marks, thanthakhat; phinthu, nikhahit and yamakkan stay."""
    vowels = {m for m, rank in script.MARK_RANK.items() if rank == 0}
    assert vowels == set(script.ABOVE_BELOW_VOWELS + script.MAITAIKHU)
    assert {m for m, rank in script.MARK_RANK.items() if rank == 1} == set(script.TONE_MARKS)
    assert {m: r for m, r in script.MARK_RANK.items() if r > 1} == {script.THANTHAKHAT: 2}


def test_lao_twins_are_these() -> None:
    """Six consonants, all vowels but lakkhangyao, and all marks but phinthu and yamakkan."""
    others = script.FOLLOWING_VOWELS[-1] + script.PHINTHU + script.YAMAKKAN + script.MAITAIKHU
    vowels_and_marks = set(script.LETTERS) - set(script.CONSONANTS) - set(others)
    assert set(script.LAO_TWINS.values()) == set("จบปฝพฟ") | vowels_and_marks
    assert len(script.LAO_TWINS) == 6 + 5 + 3 + 7 + 4 + 2


def test_lao_twins_correspond_by_place_in_the_block() -> None:
    assert all(unicodedata.name(chr(lao)).startswith("LAO ") for lao in script.LAO_TWINS)
    assert all(lao - 0x80 == ord(thai) for lao, thai in script.LAO_TWINS.items())


@pytest.mark.parametrize(
    ("text", "parts", "why"),
    [
        ("น้ำใจดีมาก", ["น้ำ", "ใจ", "ดี", "มา", "ก"], "leading and following vowels belong to it"),
        ("กะ เก่ง", ["กะ", " ", "เก่", "ง"], "marks too"),
        ("เฅนาฅ", ["เฅ", "นา", "ฅ"], "obsolete consonants are consonants"),
        ("เเก แเา", ["เ", "เก", " ", "แ", "เา"], "a leading vowel belongs to one letter"),
        ("เ1 เๆ", ["เ", "1", " ", "เ", "ๆ"], "or to none"),
        ("ฤๅษี ฯาๆ่", ["ฤๅ", "ษี", " ", "ฯา", "ๆ่"], "lakkhangyao; signs are letters here"),
        ("1า า", ["1", "า", " ", "า"], "a following vowel stands alone behind other signs"),
        ("1่ ่", ["1่", " ่"], "a mark does not"),
        ("\r\n\n\r", ["\r\n", "\n", "\r"], "CR LF"),
        (f"\n{MAI_THO}{SARA_AM}", ["\n", MAI_THO + SARA_AM], "nothing attaches to a line end"),
        ("e\u0301ກ\u0eb3ເກ", ["e\u0301", "ກ\u0eb3", "ເ", "ກ"], "general and Lao marks"),
        ("", [], "nothing"),
    ],
)
def test_clusters(text: str, parts: list[str], why: str) -> None:
    assert [text[start:end] for start, end in clusters(text)] == parts


@given(st.text() | THAI | WRITTEN)
def test_clusters_cover_any_text_without_a_gap(text: str) -> None:
    assert "".join(text[start:end] for start, end in clusters(text)) == text


@given(st.text() | THAI | WRITTEN)
def test_starts_cluster_says_the_same(text: str) -> None:
    starts = [position for position in range(len(text)) if starts_cluster(text, position)]
    assert starts == [start for start, _ in clusters(text)]
    assert starts_cluster(text, len(text))


@given(THAI)
def test_the_kernel_spells_unknown_words_by_clusters(text: str) -> None:
    """Its scan gives an item for each cluster of an unknown word; a known word cuts none."""
    starts, words, _ = decoder().scan(encode(text))
    spans = clusters(text)
    assert set(starts) <= {start for start, _ in spans}
    for span, word in zip(pairwise([*starts, len(text)]), words, strict=True):
        assert word != UNKNOWN or span in spans


def test_most_of_such_texts_is_unknown_to_the_kernel() -> None:
    """So that the test above does test."""
    assert set(decoder().scan(encode("เฅนาฅแฃ่ฅํฃ"))[1]) == {UNKNOWN}


@cache
def decoder() -> Decoder:
    return build_decoder(Model())


@pytest.mark.parametrize(
    ("text", "mine", "annex"),
    [
        ("เก", ["เก"], ["เ", "ก"]),
        ("กาะ", ["กาะ"], ["ก", "า", "ะ"]),
        ("ฤๅ", ["ฤๅ"], ["ฤ", "ๅ"]),
        ("क्ष", ["क", "्", "ष"], ["क्ष"]),
        ("कि", ["क", "ि"], ["कि"]),
        ("🇹🇭", ["🇹", "🇭"], ["🇹🇭"]),
        ("👩\u200d🔬", ["👩\u200d", "🔬"], ["👩\u200d🔬"]),
        ("👍🏽", ["👍", "🏽"], ["👍🏽"]),
        ("\u1112\u1161", ["\u1112", "\u1161"], ["\u1112\u1161"]),
    ],
)
def test_known_differences_to_grapheme_clusters(
    text: str, mine: list[str], annex: list[str]
) -> None:
    assert [text[start:end] for start, end in clusters(text)] == mine
    assert graphemes(text) == annex


@given(WRITTEN)
def test_marks_attach_where_grapheme_clusters_do_not_end(text: str) -> None:
    """In Thai, Lao and Latin, CR LF excepted."""
    position = 0
    for part in graphemes(text):
        assert not attaches(text, position)
        if part != "\r\n":
            inside = range(position + 1, position + len(part))
            assert all(attaches(text, within) for within in inside)
        position += len(part)
    assert not attaches(text, position)


def test_letters_at_positions_outside_the_text() -> None:
    assert [letter_at("กาๆ", i) for i in range(-1, 4)] == [False, True, True, False, False]
    assert [consonant_at("กาๆ", i) for i in range(-1, 4)] == [False, True, False, False, False]
