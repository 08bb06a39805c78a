"""Glyphs of private use: which one a letter has where it stands."""

from __future__ import annotations

import pytest

from thaifix.noise.glyphs import latin_tone, shaped, unshaped
from thaifix.text.script import CONSONANTS, FOLLOWING_VOWELS, LEADING_VOWELS, MARKS

HAN_AKAT, SARA_I, SARA_UEE, SARA_U, SARA_UU, PHINTHU = "\u0e31\u0e34\u0e37\u0e38\u0e39\u0e3a"
MAITAIKHU, MAI_EK, MAI_THO, CHATTAWA, THANTHAKHAT, NIKHAHIT = "\u0e47\u0e48\u0e49\u0e4b\u0e4c\u0e4d"
AM = "\u0e33"


@pytest.mark.parametrize(
    ("before", "letter", "behind", "glyph"),
    [
        pytest.param("ก", MAI_EK, "", "\uf70a", id="a tone with nothing below it is low"),
        pytest.param("ก", THANTHAKHAT, "", "\uf70e", id="thanthakhat too"),
        pytest.param("ก" + SARA_U, MAI_THO, "", "\uf70b", id="a vowel below does not raise it"),
        pytest.param("ก" + SARA_I, MAI_EK, "", "", id="a vowel above does"),
        pytest.param("ก", MAI_THO, AM, "", id="and sara am"),
        pytest.param("ป", MAI_EK, "", "\uf705", id="further left at a tall letter"),
        pytest.param("ป" + SARA_U, CHATTAWA, "", "\uf708", id="the same with a vowel below"),
        pytest.param("ป" + SARA_I, MAI_EK, "", "\uf713", id="raised and further left"),
        pytest.param("ฟ" + SARA_I, THANTHAKHAT, "", "\uf717", id="raised thanthakhat"),
        pytest.param("ป", SARA_I, "", "\uf701", id="a vowel at a tall letter"),
        pytest.param("ฝ", SARA_UEE, "", "\uf704", id="the last vowel"),
        pytest.param("ป", HAN_AKAT, "", "\uf710", id="mai han-akat"),
        pytest.param("ป", NIKHAHIT, "", "\uf711", id="nikhahit"),
        pytest.param("ป", MAITAIKHU, "", "\uf712", id="maitaikhu"),
        pytest.param("ก", MAITAIKHU, "", "", id="at other letters as always"),
        pytest.param("ฎ", SARA_U, "", "\uf718", id="a vowel below a deep letter"),
        pytest.param("ฏ", SARA_UU, "", "\uf719", id="the other vowel"),
        pytest.param("ฏ", PHINTHU, "", "\uf71a", id="phinthu"),
        pytest.param("ก", SARA_U, "", "", id="below other letters as always"),
        pytest.param("", "ฐ", SARA_U, "\uf700", id="without its foot"),
        pytest.param("", "ญ", SARA_U, "\uf70f", id="the other one"),
        pytest.param("", "ญ", SARA_I, "", id="with its foot"),
        pytest.param("", "ก", SARA_U, "", id="without a foot anyway"),
        pytest.param("", MAI_EK, "", "\uf70a", id="a mark without a letter"),
        pytest.param("", SARA_I, "", "", id="a vowel without a letter"),
    ],
)
def test_glyphs_by_shape(before: str, letter: str, behind: str, glyph: str) -> None:
    assert shaped(before + letter + behind, len(before)) == glyph


def test_glyphs_that_stand_anywhere() -> None:
    """Every letter that has a glyph has one of its own."""
    found = {letter: unshaped(letter) for letter in CONSONANTS + MARKS if unshaped(letter)}
    assert len(set(found.values())) == len(found) == 17
    assert found[MAI_EK] == "\uf70a"
    assert found["ญ"] == "\uf70f"
    assert found[SARA_I] == "\uf701"
    assert unshaped("ก") == unshaped(FOLLOWING_VOWELS[0]) == unshaped(LEADING_VOWELS[0]) == ""


def test_tones_in_latin() -> None:
    marks = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
    assert [latin_tone(mark) for mark in marks] == list("ÉÊËÌÍ")
    assert latin_tone(SARA_I) == ""
