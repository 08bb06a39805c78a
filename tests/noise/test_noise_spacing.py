"""Letters set apart: where a space can come in, and where never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.noise.places import GAP_KINDS
from thaifix.noise.spacing import TIGHT, gaps
from thaifix.text.script import CONSONANTS

MAI_EK = "\u0e48"
SARA_I = "\u0e34"


def kinds(text: str) -> list[str]:
    """The kinds of gaps in a text, from left to right."""
    return [slip.choices[0][0] for slip in gaps(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("กน", "gap"),
        ("กเ", "gap"),
        ("าน", "gap"),
        (SARA_I + "น", "gap"),
        ("ก" + SARA_I, "gap_before_mark"),
        (SARA_I + MAI_EK, "gap_before_mark"),
        ("ก\N{THAI CHARACTER SARA AM}", "gap_before_mark"),  # whose first half is a mark
        ("กา", "gap_before_vowel"),
        (MAI_EK + "า", "gap_before_vowel"),
        ("ขา", "gap_in_tight"),
        ("ข" + SARA_I, "gap_in_tight"),
        ("ขน", "gap_behind_tight"),
        ("ขเ", "gap_behind_tight"),
        ("เก", "gap_behind_leading_vowel"),
        ("เข", "gap_behind_leading_vowel"),
        ("๑๒", "gap_at_digit"),
        ("ก๑", "gap_at_digit"),
        ("๑ก", "gap_at_digit"),
        ("๑.", "gap_at_digit"),
        ("/๑", "gap_at_digit"),
        ("ก.", "gap_at_sign"),
        ("(ก", "gap_at_sign"),
        ("กๆ", "gap_at_sign"),
    ],
)
def test_kinds_of_gaps(text: str, kind: str) -> None:
    """A space comes in between two code points."""
    (slip,) = gaps(text)
    assert slip == (1, 1, ((kind, " "),))


@pytest.mark.parametrize("text", ["", "ก", "12", "ab", "กa", "aก", "1ก", "๑a", "..", "日本", "ก日"])
def test_other_letters_stay_together(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("space", ["  ", "\n", "\t", "\n ", "\r\n"])
def test_only_lone_spaces_become_two(space: str) -> None:
    """Where there is a space there is no gap."""
    assert kinds(f"ก{space}ข") == []
    assert list(gaps("ก ข")) == [(1, 2, (("double_space", "  "),))]
    assert kinds(" ก ") == []


def test_tight_letters_are_consonants() -> None:
    assert set(TIGHT) < set(CONSONANTS)


@given(st.text(st.sampled_from("กขาเ๑1a. \n" + SARA_I + MAI_EK)))
def test_a_place_has_one_gap(text: str) -> None:
    """Between two code points that are no spaces; nothing but spaces is put in."""
    found = list(gaps(text))
    assert len({slip.start for slip in found}) == len(found)
    for start, end, choices in found:
        ((kind, new),) = choices
        assert kind in GAP_KINDS
        assert not new.strip()
        assert text[start:end] == (" " if kind == "double_space" else "")
        assert text[start - 1 : start].strip()
        assert text[end : end + 1].strip()
