"""Number words and sums that stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.text.number_words import spell, spell_baht
from thaifix.text.numerals import grouped, like
from thaifix.text.protect import protected_spans
from thaifix.text.sums import proved_sums, well_formed


def protected(text: str) -> list[str]:
    return [text[start:end] for start, end in protected_spans(text)]


@given(st.integers(1, 10**12), st.booleans(), st.sampled_from(["", " ", "\n"]))
def test_sums_that_agree_are_proved(baht: int, thai: bool, space: str) -> None:
    """In either script, with white space where lines break."""
    number, words = like("๑" if thai else "1", grouped(baht)), spell_baht(100 * baht)
    text = f"เป็นเงิน {number} บาท{space}({words})"
    assert [text[start:end] for start, end in proved_sums(text)] == [number, words]


@pytest.mark.parametrize(
    "text",
    [
        "๑,๐๐๒ บาท (หนึ่งพันเอ็ดบาทถ้วน)",
        "๑,๐๐๑ บาท (หนึ่งพันเจ็ดบาทถ้วน)",
        "๑,๐๐๑ บาท (หนึงพันเอ็ดบาทถ้วน)",
        "๑,๐๐๑ บาท (ค่าที่พัก)",
        "๑,๐๐๑ บาท หนึ่งพันเอ็ดบาทถ้วน",
    ],
)
def test_others_are_not(text: str) -> None:
    assert list(proved_sums(text)) == []


@given(st.integers(111, 10**9))
def test_well_formed_words_are_protected(value: int) -> None:
    words = spell(value)
    found = ["".join(w for w in protected(f"จำนวน {words} คน"))]
    spans = list(well_formed(words))
    assert not spans or found == [words[slice(*spans[0])]]


@pytest.mark.parametrize("text", ["สองพันธุ์", "หนึ่งพัน", "สิบสิบสิบ", "พันร้อยเอ็ด", "สองร้อยคน"])
def test_what_is_no_number_is_not(text: str) -> None:
    assert list(well_formed(text)) == []
