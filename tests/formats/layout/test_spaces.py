"""Spaces between the boxes of single letters."""

from __future__ import annotations

from typing import Any

import pytest

from thaifix.formats.layout.markup import Slot
from thaifix.formats.layout.spaces import measure, single_letters
from thaifix.formats.layout.tags import Tag
from thaifix.formats.layout.tree import Leaf, PageText, Paragraph, TextLine, WordBox, lay_out

TAG, SLOT = Tag("w", True, False, 0, 1), Slot(0, 0, "")


def page(*words: tuple[str, float, float], height: float | None = 100) -> PageText:
    """Make a page of one line, given letters and where they begin and end."""
    return PageText(
        [
            Paragraph(
                [
                    TextLine(
                        [
                            WordBox(TAG, [Leaf(SLOT, text, TAG)], left, right)
                            for text, left, right in words
                        ],
                        height,
                    )
                ]
            )
        ]
    )


def read(one: PageText, *, force: bool = True) -> str:
    measure(one, force=force)
    return lay_out([one]).removesuffix("\n")


def letters(text: str, apart: float, width: float = 20, *, start: float = 0) -> list[Any]:
    """Set letters, their left edges so far apart; a space takes as much."""
    return [
        (letter, start + at * apart, start + at * apart + width)
        for at, letter in enumerate(text)
        if letter != " "
    ]


@pytest.mark.parametrize("apart", [25, 30, 35, 40, 60])
@pytest.mark.parametrize("text", ["กขค งจฉ", "กข ๑๒๓ งจ", "แก ไข", "ก ข ค ง"])
def test_letters_are_apart_as_much_as_they_are_wide(text: str, apart: float) -> None:
    """Narrow or wide typefaces: what counts is how far the middles usually lie apart."""
    filled = "กขคงจฉชซญฎ" * 3
    words = letters(f"{filled} {text}", apart)
    assert read(page(*words)) == f"{filled} {text}"


@pytest.mark.parametrize("width", [1, 10, 20, 29])
def test_a_box_that_was_cut_makes_no_space(width: float) -> None:
    """Its middle is where it was."""
    words = letters("กขคงจฉชซญฎ" * 3, 30)
    words[15] = words[15][0], 15 * 30 + 10 - width / 2, 15 * 30 + 10 + width / 2
    assert read(page(*words)) == "กขคงจฉชซญฎ" * 3


def test_tall_boxes_reach_into_spaces() -> None:
    """What Tesseract draws for want of a better box is wider than its letter."""
    words = letters("กขคงจฉชซญฎ" * 3, 30)
    moved = [(text, left + 16, right + 16) for text, left, right in words[16:]]
    one = page(*words[:15], ("ฉ", 450, 476), *moved)
    assert read(one) == "กขคงจฉชซญฎ" * 3
    one.paragraphs[0].lines[0].words[15].height = 130
    assert read(one) == "กขคงจฉชซญฎกขคงจฉ ชซญฎกขคงจฉชซญฎ"


def test_digits_and_stops_stand_apart_without_spaces() -> None:
    """A gap that is a space elsewhere is none between digits, and none before a stop."""
    filled = "กขคงจฉชซญฎ" * 3
    for two, text in (("กA", "ก A"), ("๑๒", "๑๒"), ("ก.", "ก."), ("ก๑", "ก ๑")):
        words = letters(filled + two, 30)
        words[-1] = two[1], words[-1][1] + 13, words[-1][2] + 13
        assert read(page(*words)) == filled + text


def test_no_space_is_inside_a_cluster() -> None:
    """Unless the boxes are more than two pitches apart."""
    filled = "กขคงจฉชซญฎ" * 3
    for two in ("เก", "ก่", "กำ", "กะ", "กา", "Aา"):
        for far, text in ((62, two), (90, f"{two[0]} {two[1]}")):
            words = letters(filled + two, 35)
            left = words[-2][2] + far
            words[-1] = two[1], left, left + 20
            assert read(page(*words)) == filled + text


def test_lines_of_a_page_have_pitches_of_their_own() -> None:
    """A heading in large letters beside many lines of small ones."""
    small, large = letters("กขคงจฉชซญฎ" * 9, 20, 14), letters("กขคงจฉชซญฎ" * 3 + " ฎก", 80, 48)
    both = page(*small)
    both.paragraphs[0].lines.append(page(*large).paragraphs[0].lines[0])
    assert read(both).split("\n")[1] == "กขคงจฉชซญฎ" * 3 + " ฎก"


def test_boxes_in_disorder_are_no_error() -> None:
    """Of a line that goes from right to left, or stands still."""
    for apart in (-30, 0):
        assert read(page(*letters("กขคงจ", apart))) == "กขคงจ"


def test_a_letter_that_went_left_its_box() -> None:
    assert read(page(("ก", 0, 20), ("", 21, 50), ("ข", 51, 70))) == "กข"


def test_what_the_file_says_counts_more() -> None:
    """Unless all words are single letters."""
    one = page(("ก", 0, 10), ("ข", 900, 910), ("ค", 910, 920))
    words = one.paragraphs[0].lines[0].words
    words[1].spaced, words[2].spaced = False, True
    assert read(one, force=False) == "กข ค"
    assert read(one, force=True) == "ก ขค"


def test_without_boxes_words_are_apart() -> None:
    unknown = page(("ก", 0, 1), ("ข", 1, 2), height=None)
    assert read(unknown) == "ก ข"


@pytest.mark.parametrize(
    ("texts", "single"),
    [("กขค", True), (["กข", "ค", "ง"], True), (["กข", "คง", "จ"], False), ("abc", False)],
)
def test_single_letters(texts: list[str], single: bool) -> None:
    """Most of the words that have Thai letters."""
    assert single_letters([page(*((text, 0, 1) for text in texts))]) is single


def test_words_without_boxes_say_nothing() -> None:
    """What stands behind them is not measured."""
    one = page(("ก", 0, 10), ("ข", 10, 20), ("ค", 20, 30), ("ง", 30, 40))
    words = one.paragraphs[0].lines[0].words
    words[1].left = words[1].right = None
    assert read(one) == "ก ข คง"


def test_a_word_is_measured_by_what_the_engine_saw() -> None:
    """A correction may have changed the letters beside a gap."""
    one = page(("เ", 0, 10), ("ก", 60, 70))
    words = one.paragraphs[0].lines[0].words
    words[0].original = "ก"
    assert read(one) == "เ ก"
    words[0].original, words[1].original = "เ", " ก"
    words[1].leaves[0].text = "่"
    assert read(one) == "เ่"


def test_elsewhere_only_thai_letters_without_spaces_are_measured() -> None:
    one = page(("กข", 0, 10), ("คง", 10, 20), ("A", 20, 30), ("จ", 30, 40))
    assert read(one, force=False) == "กขคง A จ"
