"""The text of a layout file as a tree of pages, paragraphs, lines and words, down to its leaves.

A leaf is a place of the file that holds letters, and knows where its letters stand in the file's
text. That text is what `thaifix text` prints: lines that end with a line feed, an empty line
between paragraphs, a form feed between pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from thaifix.formats.layout.markup import Slot
from thaifix.formats.layout.tags import Tag


@dataclass(slots=True)
class Leaf:
    """A place of the file that holds letters.

    Attributes:
        slot: Where it is; None if an attribute of its element holds the letters.
        text: Its letters.
        tag: The tag of its element.
        start: Where the letters begin in the file's text, in code points; None if the text does not
            have them.
    """

    slot: Slot | None
    text: str
    tag: Tag
    start: int | None = None


@dataclass(slots=True)
class WordBox:
    """What a format calls a word; in Tesseract's Thai a single letter or mark.

    Attributes:
        tag: The tag of its element.
        leaves: Its letters, leaf by leaf.
        left, right: The edges of its box, in the file's units, if known.
        height: The height of its box, in the file's units, if known.
        spaced: Whether a space stands before it; None is yes, unless the boxes say otherwise.
        original: What it said before a correction, if the file has kept that; begins with a
            space if the correction took away the space before it.
        parts: Places that repeat its letters one by one.
        end: Where its element ends in the file's text, if it can be merged with others: if it is as
            the engine wrote it, without children.
    """

    tag: Tag
    leaves: list[Leaf]
    left: float | None = None
    right: float | None = None
    spaced: bool | None = None
    original: str | None = None
    parts: Sequence[Leaf] = ()
    end: int | None = None
    height: float | None = None

    @property
    def text(self) -> str:
        """What it says now."""
        if len(self.leaves) == 1:
            return self.leaves[0].text
        return "".join(leaf.text for leaf in self.leaves)

    @property
    def seen(self) -> str:
        """What it said before any correction."""
        if self.original is not None:
            return self.original.strip(" ")
        return self.leaves[0].text if len(self.leaves) == 1 else self.text  # `text` alone is slower


@dataclass(slots=True)
class TextLine:
    """A line of words.

    Attributes:
        words: From left to right.
        height: The height of its box, in the file's units, if known.
        leaf: The line's text as a whole, if the file has that; it counts more than the words'.
        tag: The tag of its element, if a format needs that.
    """

    words: list[WordBox]
    height: float | None = None
    leaf: Leaf | None = None
    tag: Tag | None = None


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `leaf` is their text as a whole, if the file has that."""

    lines: list[TextLine]
    leaf: Leaf | None = None


@dataclass(slots=True)
class PageText:
    """The text of a page, as paragraphs in reading order."""

    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[TextLine]:
        """Its lines, in order."""
        return (line for paragraph in self.paragraphs for line in paragraph.lines)


def leaves(pages: Iterable[PageText]) -> Iterator[Leaf]:
    """Give all leaves of pages; wholes stand before their parts."""
    for page in pages:
        for paragraph in page.paragraphs:
            if paragraph.leaf:
                yield paragraph.leaf
            for line in paragraph.lines:
                if line.leaf:
                    yield line.leaf
                for word in line.words:
                    yield from word.leaves
                    yield from word.parts


def lay_out(pages: Iterable[PageText]) -> str:
    """Put the text of pages together, and tell each leaf where it stands in it.

    Args:
        pages: Whose words know whether they are `spaced`.
    Returns:
        The file's text.
    Time: linear.
    """
    text = _GrowingText()
    for number, page in enumerate(pages):
        if number:
            text.add("\f")
        for count, paragraph in enumerate(page.paragraphs):
            if count:
                text.add("\n")
            start = text.length
            for line in paragraph.lines:
                _lay_out_line(line, text)
                text.add("\n")
            if paragraph.leaf:
                lines = text.since(start)
                if lines.startswith(paragraph.leaf.text):
                    paragraph.leaf.start = start
    return text.since(0)


class _GrowingText:
    """A text that is put together part by part; `length` counts its code points."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self.length = 0

    def add(self, text: str) -> None:
        self._starts.append(self.length)
        self._parts.append(text)
        self.length += len(text)

    def since(self, start: int) -> str:
        """Give what was added from a place on; something was added there."""
        return "".join(self._parts[bisect_left(self._starts, start) :])


def _lay_out_line(line: TextLine, text: _GrowingText) -> None:
    if line.leaf:
        line.leaf.start = text.length
        text.add(line.leaf.text)
        _find_parts((leaf for word in line.words for leaf in word.leaves), line.leaf)
    else:
        _lay_out_words(line.words, text)
    for word in line.words:
        if word.leaves:
            _find_parts(word.parts, word.leaves[0])


def _lay_out_words(words: Iterable[WordBox], text: _GrowingText) -> None:
    begun, before = False, ""
    for word in words:
        joined = word.original is not None and word.original[:1] == " " != word.text[:1]
        if word.spaced is not False and not joined and begun and before[-1:] != " ":
            text.add(" ")
            before = " "
        for leaf in word.leaves:
            leaf.start = text.length
            text.add(leaf.text)
            before = leaf.text or before
        begun = begun or bool(word.seen)


def _find_parts(parts: Iterable[Leaf], whole: Leaf) -> None:
    """Tell leaves that repeat the letters of another, in its order, where they stand in the text.

    Parts that say something else than the whole stay without a place.
    """
    if whole.start is None:
        return
    at = 0
    for part in parts:
        found = whole.text.find(part.text, at)
        if found >= 0:
            part.start = whole.start + found
            at = found + len(part.text)
