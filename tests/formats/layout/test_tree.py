"""Lines, paragraphs and pages as one text."""

from __future__ import annotations

import pytest

from thaifix.formats.layout.markup import Slot
from thaifix.formats.layout.tags import Tag
from thaifix.formats.layout.tree import (
    Leaf,
    PageText,
    Paragraph,
    TextLine,
    WordBox,
    lay_out,
    leaves,
)

TAG = Tag("w", True, False, 0, 1)
SLOT = Slot(0, 0, "")


def leaf(text: str) -> Leaf:
    return Leaf(SLOT, text, TAG)


def word(text: str, *, spaced: bool = False, original: str | None = None) -> WordBox:
    return WordBox(TAG, [leaf(text)], spaced=spaced, original=original)


def line(text: str) -> TextLine:
    """Make a line of one word a letter, with spaces where the text has some."""
    words = []
    for part in text.split(" "):
        words += [word(letter, spaced=not at) for at, letter in enumerate(part)]
    return TextLine(words)


def test_a_text_has_lines_paragraphs_and_pages() -> None:
    pages = [
        PageText([Paragraph([line("กข ค"), line("ง")]), Paragraph([line("จ")])]),
        PageText([Paragraph([line("ฉ")])]),
    ]
    assert lay_out(pages) == "กข ค\nง\n\nจ\n\fฉ\n"
    leaves = [word.leaves[0] for page in pages for line in page.lines for word in line.words]
    assert [leaf.start for leaf in leaves] == [0, 1, 3, 5, 8, 11]


def test_the_text_of_a_whole_counts_more_than_that_of_its_parts() -> None:
    """Parts are found in it as far as they agree."""
    whole, other = TextLine([word("กข"), word("ขค")], leaf=leaf("กข ขค")), word("ฆ")
    whole.words.append(other)
    region = Paragraph([whole, line("ง")], leaf=leaf("กข ขค\nง"))
    assert lay_out([PageText([region])]) == "กข ขค\nง\n"
    assert region.leaf is not None
    assert [word.leaves[0].start for word in whole.words] == [0, 3, None]
    assert region.leaf.start == 0


def test_a_space_that_went_is_remembered_by_the_original() -> None:
    """What a correction joined stays joined, whatever the boxes say."""
    words = [word("ก"), word("ข", spaced=True, original=" ข"), word("ค", spaced=True)]
    assert lay_out([PageText([Paragraph([TextLine(words)])])]) == "กข ค\n"


def test_leaves_are_all_places_of_letters() -> None:
    """A whole stands before its parts."""
    one, other = word("ก"), word("ข")
    one.parts = [leaf("ค")]
    row = TextLine([one, other], leaf=leaf("ง"))
    region = Paragraph([row], leaf=leaf("จ"))
    found = leaves([PageText([region]), PageText([Paragraph([line("ฉ")])])])
    assert [leaf.text for leaf in found] == ["จ", "ง", "ก", "ค", "ข", "ฉ"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([("ก", None), ("ข", None)], "ก ข"),  # unknown is a space
        ([("ก", True), ("ข", False)], "กข"),
        ([("ก ", False), ("ข", True)], "ก ข"),  # one space is enough
        ([("ก ", False), ("", True), ("ข", True)], "ก ข"),
        ([("", False), ("ข", True)], "ข"),  # none at the beginning of a line
        ([("ก", False), ("", True), ("ข", True)], "ก ข"),
        ([("ก", False), (" ข", True)], "ก  ข"),  # but what a word says itself is there
    ],
)
def test_a_space_stands_before_a_word(words: list[tuple[str, bool | None]], text: str) -> None:
    row = TextLine([WordBox(TAG, [leaf(said)], spaced=spaced) for said, spaced in words])
    assert lay_out([PageText([Paragraph([row])])]) == text + "\n"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([("ก", None), ("ข", " ค")], "กข"),  # the space before it is gone
        ([("ก", None), ("ข", "ค")], "ก ข"),
        ([("ก", None), (" ข", " ค")], "ก  ข"),  # and was put back
        ([("", "ก"), ("ข", None)], " ข"),  # what went leaves its space
        ([("", " "), ("ข", None)], "ข"),
    ],
)
def test_originals_say_where_spaces_were(words: list[tuple[str, str | None]], text: str) -> None:
    row = TextLine([word(said, spaced=True, original=original) for said, original in words])
    assert lay_out([PageText([Paragraph([row])])]) == text + "\n"


def test_words_say_what_their_leaves_say() -> None:
    """And, what the engine saw, without the space that a correction took away."""
    one = word("ก")
    assert (one.text, one.seen) == ("ก", "ก")
    one.leaves.append(leaf("ข"))
    assert (one.text, one.seen) == ("กข", "กข")
    one.original = " ค"
    assert (one.text, one.seen) == ("กข", "ค")
    assert WordBox(TAG, []).text == ""


def test_parts_are_found_in_their_order() -> None:
    """The same letters twice; what is not there leaves the next where it is."""
    one = word("กขก")
    one.parts = [leaf(text) for text in ("ก", "ค", "ก", "ก")]
    before = line("งจ")
    assert lay_out([PageText([Paragraph([before, TextLine([one])])])]) == "งจ\nกขก\n"
    assert [part.start for part in one.parts] == [3, None, 5, None]
    empty = WordBox(TAG, [], parts=[leaf("ก")])
    lay_out([PageText([Paragraph([TextLine([empty])])])])
    assert empty.parts[0].start is None


def test_a_region_has_a_place_if_it_says_what_its_lines_say() -> None:
    """From its own first line on."""
    same, other = (Paragraph([line("กข")], leaf=leaf(text)) for text in ("กข", "ข"))
    first = Paragraph([line("ค")])
    assert lay_out([PageText([first, same, other])]) == "ค\n\nกข\n\nกข\n"
    assert same.leaf is not None
    assert other.leaf is not None
    assert (same.leaf.start, other.leaf.start) == (3, None)
