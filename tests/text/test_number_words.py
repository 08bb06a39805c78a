"""Number words: the way there and back, and what misread letters may say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import bahttext, num_to_thaiword

from thaifix.text.number_words import LONGEST, parse, readings, spell, spell_baht

VALUES = st.integers(0, 10**15) | st.integers(0, 2000)


@given(VALUES)
def test_parse_undoes_spell(value: int) -> None:
    assert parse(spell(value)) == value


@given(VALUES)
def test_spell_is_what_pythainlp_says(value: int) -> None:
    assert spell(value) == num_to_thaiword(value)


@given(st.integers(1, 10**9))
def test_amounts_are_what_pythainlp_says(satang: int) -> None:
    assert spell_baht(satang) == bahttext(satang / 100).removeprefix("ศูนย์บาท")


@given(st.integers(1, 10**13))
def test_amounts_are_read(satang: int) -> None:
    (read,) = readings(spell_baht(satang), most_errors=0)
    assert (read.hundredths, read.money, read.errors) == (satang, True, 0)


def test_spell_refuses_negative_values() -> None:
    with pytest.raises(ValueError, match="begin at 0"):
        spell(-1)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("หนึ่งร้อยหนึ่ง", 101),
        ("หนึ่งร้อยเอ็ด", 101),
        ("ยี่สิบเอ็ด", 21),
        ("ล้าน", 1_000_000),
        ("ร้อย", 100),
        ("สองล้านครึ่ง", 2_500_000),
        ("สามร้อยครึ่ง", 350),
        ("หนึ่งล้านล้าน", 10**12),
        ("สอง หมื่น\nห้าพัน", 25_000),
        ("ศูนย์", 0),
        *((words, None) for words in ("", "บาท", "สองสาม", "เอ็ด", "ยี่", "ยี่ร้อย", "สองสิบ", "หนึ่งสิบ")),
        *((words, None) for words in ("ห้าร้อยสองพัน", "สิบห้าคน", "ศูนย์สิบ", "สิบบาท", "ครึ่ง")),
    ],
)
def test_parse(words: str, value: int | None) -> None:
    assert parse(words) == value


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("เก้าแสนแปดหมินเจ็ดพันหาร้อยบาทถวน", "เก้าแสนแปดหมื่นเจ็ดพันห้าร้อยบาทถ้วน"),
        ("ยีสิบเอดบาทหาสิบสตางค", "ยี่สิบเอ็ดบาทห้าสิบสตางค์"),
    ],
)
def test_misread_words(words: str, said: str) -> None:
    first, *others = readings(words)
    assert first.words == said
    assert all(other.errors > first.errors for other in others)


@given(st.text("หนึ่งสองร้อยพันบาทก \n", max_size=40))
def test_any_letters_are_read_without_error(letters: str) -> None:
    for reading in readings(letters):
        assert reading.errors or reading.words == "".join(letters.split())


def test_long_letters_are_not_read() -> None:
    assert readings("ล้าน" * LONGEST) == []
