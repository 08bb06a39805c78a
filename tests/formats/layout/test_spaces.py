"""Spaces between the boxes of single letters."""

from __future__ import annotations

import pytest

from thaifix.formats.layout.markup import Slot, Tag
from thaifix.formats.layout.spaces import _limit, measure, single_letters
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


def gap(width: float, left: str = "ก", right: str = "ข") -> str:
    """Two letters with a gap of so many hundredths of a line height."""
    return read(page((left, 0, 10), (right, 10 + width, 20 + width)))


@pytest.mark.parametrize(
    ("left", "right", "limit"),
    [
        ("ก", "ข", 24),
        ("ก", "2", 19.2),
        ("A", "ข", 19.2),
        ("A", "2", 19.2),
        ("ๆ", "ก", 19.2),  # a sign is no letter
        ("ก", "", 24),  # a box without letters
        ("เ", "ก", 100),
        ("ก", "่", 100),
        ("ก", "ำ", 100),
        ("ก", "ะ", 100),
        ("ก", "า", 100),
        ("A", "า", 100),
    ],
)
def test_limits_of_a_page_with_few_gaps(left: str, right: str, limit: float) -> None:
    """In hundredths of its line height."""
    assert gap(limit + 0.01, left, right) == f"{left} {right}"
    assert gap(limit, left, right) == left + right


def test_the_usual_line_height_counts() -> None:
    """The median of the lines that have one."""
    lines = [page(("ก", 0, 10), ("ข", 40, 50), height=height) for height in (20, 100, 200)]
    blank = page(("ก", 0, 1), height=None)
    zero = page(("ก", 0, 1), height=0)
    paragraphs = [one.paragraphs[0] for one in [*lines, blank, zero]]
    assert read(PageText(paragraphs)) == "\n\n".join(["ก ข"] * 3 + ["ก"] * 2)
    for one in lines:
        one.paragraphs[0].lines[0].height = 200
    assert read(PageText(paragraphs)) == "\n\n".join(["กข"] * 3 + ["ก"] * 2)


@pytest.mark.parametrize(
    ("gaps", "limit"),
    [
        ([0.1] * 15 + [0.5] * 15, (0.24 + 0.3) / 2),  # the mean of 0.24 and of what is midway
        ([0.1] * 15 + [0.5] * 14, 0.24),  # one gap less says nothing
        ([0.1] * 30 + [0.5], 0.27),
        ([0.3] * 30 + [0.6], (0.24 + 0.45) / 2),  # letters set wide
        ([0.1] * 15 + [0.5] * 15 + [0.8, 0.9, 9] * 20, 0.27),  # what is clear counts for nothing
        ([0.1] * 15 + [0.5] * 15 + [-5, 0, 0.05] * 20, 0.27),
        ([0.1] * 15 + [0.5] * 14 + [0.79], 0.27),
        ([0.06] + [0.1] * 14 + [0.5] * 15, 0.27),
        ([0.3, 0.1, 0.2] * 5 + [0.7, 0.6] * 8, (0.24 + 0.45) / 2),  # between 0.3 and 0.6
        ([0.1] * 10 + [0.3] * 10 + [0.7] * 10, (0.24 + 0.5) / 2),  # where most parts them best
        ([0.1] * 10 + [0.5] * 10 + [0.7] * 10, 0.27),
        ([0.25] * 40, 0.24),
        ([], 0.24),
    ],
)
def test_a_page_of_many_gaps_has_its_own_limit(gaps: list[float], limit: float) -> None:
    """Which parts the narrow from the wide ones best, in whatever order they come."""
    assert _limit(gaps) == pytest.approx(limit)


def test_gaps_inside_clusters_say_nothing_about_the_page() -> None:
    """However many there are."""
    words = [("เ", at * 60.0, at * 60.0 + 10) for at in range(99)]
    assert read(page(*words, ("ก", 99 * 60.0, 99 * 60.0 + 10), ("ข", 5974.5, 5980))).endswith("ก ข")


def test_words_without_boxes_say_nothing() -> None:
    """What stands behind them is not measured."""
    one = page(("ก", 0, 10), ("ข", 10, 20), ("ค", 20, 30), ("ง", 30, 40))
    words = one.paragraphs[0].lines[0].words
    words[1].left = words[1].right = None
    assert read(one) == "ก ข คง"


def test_a_word_is_measured_by_what_the_engine_saw() -> None:
    """A correction may have changed the letters beside a gap."""
    one = page(("เ", 0, 10), ("ก", 50, 60))
    words = one.paragraphs[0].lines[0].words
    words[0].original = "ก"
    assert read(one) == "เ ก"
    words[0].original, words[1].original = "เ", " ก"
    words[1].leaves[0].text = "่"
    assert read(one) == "เ่"


def test_elsewhere_only_thai_letters_without_spaces_are_measured() -> None:
    one = page(("กข", 0, 10), ("คง", 10, 20), ("A", 20, 30), ("จ", 30, 40))
    assert read(one, force=False) == "กขคง A จ"
