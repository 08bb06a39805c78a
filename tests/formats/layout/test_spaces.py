"""Spaces between the boxes of single letters."""

from __future__ import annotations

import pytest

from thaifix.formats.layout.markup import Slot, Tag
from thaifix.formats.layout.spaces import measure, single_letters
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
    return lay_out([one]).rstrip("\n")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([("ก", 0, 10), ("ข", 33, 40), ("ค", 65, 70)], "กข ค"),  # 0.23 and 0.25 of a line
        ([("ก", 0, 10), ("2", 33, 40), ("A", 50, 60)], "ก 2A"),  # less is enough beside a digit
        ([("เ", 0, 10), ("ก", 60, 70), ("่", 120, 130)], "เก่"),  # never inside a cluster
        ([("ก", 0, 10), ("่", 900, 910)], "ก ่"),  # but what is far away is apart
        ([("ก", 0, 50), ("่", 20, 30), ("ก", 50, 60)], "ก่ก"),  # boxes may overlap
        ([("ก", 0, 10), ("", 20, 60), ("ข", 70, 80)], "กข"),  # a letter that went left its box
    ],
)
def test_wide_gaps_are_spaces(words: list[tuple[str, float, float]], text: str) -> None:
    assert read(page(*words)) == text


def test_a_page_has_its_own_limit() -> None:
    """Letters set wide: gaps of a quarter of a line are none if there are many, and wider ones."""
    wide = [("ก", at * 35.0, at * 35.0 + 10) for at in range(40)]
    assert read(page(*wide, ("ข", 1450, 1460))) == "ก" * 40 + " ข"
    assert read(page(*wide[:2])) == "ก ก"


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
