"""Facts about Thai letters, and clusters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.text import script
from thaifix.text.script import clusters, consonant_at, letter_at, starts_cluster

SARA_AM = "\N{THAI CHARACTER SARA AM}"
MAI_THO = "\N{THAI CHARACTER MAI THO}"
WRITTEN = st.text(
    alphabet=st.one_of(
        st.sampled_from("\r\n\t \u00ad\u200b\u200c\u200d\ufeff\u0301\u0e33\u0eb3"),
        st.characters(min_codepoint=0x20, max_codepoint=0x17F),
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0ECD, categories=["L", "M", "N"]),
    )
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


def test_lao_twins_correspond_by_place_in_the_block() -> None:
    assert all(unicodedata.name(chr(lao)).startswith("LAO ") for lao in script.LAO_TWINS)
    assert all(lao - 0x80 == ord(thai) for lao, thai in script.LAO_TWINS.items())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("น้ำใจดีมาก", ["น้ำ", "ใ", "จ", "ดี", "ม", "า", "ก"]),
        ("กะ เก่ง", ["ก", "ะ", " ", "เ", "ก่", "ง"]),
        ("\r\n\n\r", ["\r\n", "\n", "\r"]),
        (f"\n{MAI_THO}{SARA_AM}", ["\n", MAI_THO + SARA_AM]),
        ("", []),
    ],
)
def test_clusters(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in clusters(text)] == parts


@given(st.text())
def test_clusters_cover_any_text_without_a_gap(text: str) -> None:
    assert "".join(text[start:end] for start, end in clusters(text)) == text


@given(WRITTEN)
def test_starts_cluster_agrees_with_clusters(text: str) -> None:
    """In Thai, Lao and Latin, without the library."""
    starts = [position for position in range(len(text)) if starts_cluster(text, position)]
    assert starts == [start for start, _ in clusters(text)]
    assert starts_cluster(text, len(text))


def test_letters_at_positions_outside_the_text() -> None:
    assert [letter_at("กาๆ", i) for i in range(-1, 4)] == [False, True, True, False, False]
    assert [consonant_at("กาๆ", i) for i in range(-1, 4)] == [False, True, False, False, False]
