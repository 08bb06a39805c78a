"""Text layers: what can stand for sara am, a mark or a consonant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.noise.layers import am_slips, glyph_slips
from thaifix.noise.places import AM_KINDS, GAP_KINDS, REASONS, Slip
from thaifix.text.script import DIGITS, LETTERS

AA, AM, NIKHAHIT = "\u0e32", "\u0e33", "\u0e4d"
HAN_AKAT, SARA_I, MAI_EK, MAI_THO = "\u0e31\u0e34\u0e48\u0e49"
Finder = Callable[[str], Iterator[Slip]]


def outcomes(find: Finder, text: str, kind: str) -> list[str]:
    """What a text becomes if one slip of a kind happens to it, at each place."""
    return [
        text[:start] + new + text[end:]
        for start, end, choices in find(text)
        for name, new in choices
        if name == kind
    ]


@pytest.mark.parametrize(
    ("kind", "observed"),
    [
        ("am_gap", f"ส {AA}นัก"),
        ("am_apart", f"ส{NIKHAHIT} {AA}นัก"),
        ("am_joined", f"ส{NIKHAHIT}{AA}นัก"),
        ("am_swapped", f"ส{AA}{NIKHAHIT}นัก"),
        ("am_swapped_gap", f"ส{AA}{NIKHAHIT} นัก"),
        ("am_doubled", f"ส{AM}{AA}นัก"),
        ("am_as_aa", f"ส{AA}นัก"),
        ("am_unreadable", f"ส\ufffd{AA}นัก"),
    ],
)
def test_sara_am(kind: str, observed: str) -> None:
    assert outcomes(am_slips, f"ส{AM}นัก", kind) == [observed]


def test_every_sara_am_is_found() -> None:
    """No space comes behind it where there is one, or a line end."""
    text = f"{AM}ก{AM} ข{AM}\n{AM}"
    assert [(slip.start, slip.end) for slip in am_slips(text)] == [(0, 1), (2, 3), (5, 6), (7, 8)]
    assert outcomes(am_slips, text, "am_swapped_gap") == [f"{AA}{NIKHAHIT} {text[1:]}"]
    assert list(am_slips("กขค")) == []


@pytest.mark.parametrize(
    ("text", "observed"),
    [
        (f"พน{HAN_AKAT}กงาน", [f"พนก{HAN_AKAT}งาน"]),
        (f"จ{HAN_AKAT}ด", [f"จด{HAN_AKAT}"]),
        (f"หน{MAI_THO}า", [f"หนา{MAI_THO}"]),
        (f"ผ{SARA_I}{MAI_THO}อ", [f"ผ{SARA_I}อ{MAI_THO}"]),  # the last mark alone
        (f"ข{MAI_THO}เ", []),  # a leading vowel belongs to what follows
        (f"ข{MAI_THO} ก", []),
        (f"ข{MAI_THO}กม{SARA_I}", [f"ขก{MAI_THO}ม{SARA_I}"]),
        (f"ข{MAI_THO}ก{SARA_I}", []),  # no room above
        (f"ข{MAI_THO}ก{AM}", []),
        (f"ข{MAI_THO}{AM}", []),
        (f"ข{MAI_THO}", []),
        (f"ข{MAI_THO}a", []),
    ],
)
def test_marks_move_over_a_letter(text: str, observed: list[str]) -> None:
    assert outcomes(glyph_slips, text, "mark_moved") == observed


@pytest.mark.parametrize(
    ("text", "observed"),
    [
        (f"ข{MAI_THO}อมล", [f"ขอ{MAI_THO} มล"]),
        (f"จ{HAN_AKAT}ด", []),  # at the end it would not be seen
        (f"จ{HAN_AKAT}ด ก", []),
        (f"จ{HAN_AKAT}ด\nก", []),
    ],
)
def test_marks_move_with_a_space_behind(text: str, observed: list[str]) -> None:
    assert outcomes(glyph_slips, text, "mark_moved_gap") == observed


@pytest.mark.parametrize(
    ("kind", "text", "observed"),
    [
        ("mark_parted", f"ถ{SARA_I}{MAI_EK}ง", [f"ถ {SARA_I}{MAI_EK}ง"]),  # the first mark alone
        ("mark_parted", f"{MAI_EK}a{MAI_EK}", []),
        ("mark_doubled", f"ถ{SARA_I}", [f"ถ{SARA_I}{SARA_I}"]),
        ("mark_unreadable", f"ถ{SARA_I}", ["ถ\ufffd"]),
        ("letter_unreadable", f"ถ{SARA_I}เ", [f"\ufffd{SARA_I}เ"]),
        ("tone_latin", f"ท{SARA_I}{MAI_EK}", [f"ท{SARA_I}É"]),
        ("private_use", f"ก{MAI_EK}", ["ก\uf70a"]),
        ("private_use", f"ก{SARA_I}", []),
        ("private_use_always", f"ก{SARA_I}", ["ก\uf701"]),
        ("private_use_always", "ฐ", ["\uf700"]),
    ],
)
def test_marks_and_consonants(kind: str, text: str, observed: list[str]) -> None:
    assert outcomes(glyph_slips, text, kind) == observed


@given(st.text(st.sampled_from(LETTERS + DIGITS + "a1 \n日")))
def test_every_kind_has_a_finder(text: str) -> None:
    """Kinds are known; what is found changes the text, and touches Thai letters alone."""
    for find, kinds in (
        (am_slips, AM_KINDS),
        (glyph_slips, REASONS.keys() - AM_KINDS - GAP_KINDS),
    ):
        for start, end, choices in find(text):
            assert {kind for kind, _ in choices} <= kinds
            assert all(letter in LETTERS for letter in text[start:end])
            assert all(new != text[start:end] for _, new in choices)
