"""Documents: lines, paragraphs and pages as one text."""

from __future__ import annotations

from thaifix.formats.layout.markup import Slot, Tag
from thaifix.formats.layout.tree import Leaf, PageText, Paragraph, TextLine, WordBox, lay_out

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
