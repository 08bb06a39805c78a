"""Text with layout: lines whose letters know where they stand in a file.

A document's text is what `thaifix text` prints: lines that end with a line feed, an empty line
between paragraphs, a form feed between pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from thaifix.formats.layout.markup import Slot, Tag


@dataclass(slots=True)
class Leaf:
    """A place of the file that holds letters.

    Attributes:
        slot: Where it is; None for the attribute of its element that holds letters.
        text: What it says.
        tag: Of the element that says it.
        start: Where that is in the document's text; None if it is nowhere to be found there.
    """

    slot: Slot | None
    text: str
    tag: Tag
    start: int | None = None


@dataclass(slots=True)
class Word:
    """What a format calls a word; in Tesseract's Thai a single letter or mark.

    Attributes:
        tag: Of its element.
        leaves: Its letters, leaf by leaf.
        left, right: Between which it stands on the page, in the file's units, if known.
        spaced: Whether a space is before it; None is yes, unless the boxes say otherwise.
        original: What it said before a correction, if the file has kept that; begins with a
            space if the correction took one away there.
        parts: Places that repeat its letters one by one.
        end: Where its element ends in the file's text, if it can be made one with others.
    """

    tag: Tag
    leaves: list[Leaf]
    left: float | None = None
    right: float | None = None
    spaced: bool | None = None
    original: str | None = None
    parts: Sequence[Leaf] = ()
    end: int | None = None

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
        return self.leaves[0].text if len(self.leaves) == 1 else self.text


@dataclass(slots=True)
class Line:
    """A line of words.

    Attributes:
        words: From left to right.
        height: Of its box, if known.
        leaf: The line's text as a whole, if the file has that; it counts more than the words'.
    """

    words: list[Word]
    height: float | None = None
    leaf: Leaf | None = None


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `leaf` is their text as a whole, if the file has that."""

    lines: list[Line]
    leaf: Leaf | None = None


@dataclass(slots=True)
class Page:
    """A page, as paragraphs in reading order."""

    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[Line]:
        """Its lines, in order."""
        return (line for paragraph in self.paragraphs for line in paragraph.lines)


def lay_out(pages: Iterable[Page]) -> str:
    """Put the text of pages together, and tell each leaf where it stands in it.

    Args:
        pages: Whose words know whether they are `spaced`.
    Time: linear.
    """
    text = _Text()
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


class _Text:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self.length = 0

    def add(self, text: str) -> None:
        self._starts.append(self.length)
        self._parts.append(text)
        self.length += len(text)

    def since(self, start: int) -> str:
        """Give what was added from such a place on."""
        return "".join(self._parts[bisect_right(self._starts, start - 1) :])


def _lay_out_line(line: Line, text: _Text) -> None:
    if line.leaf:
        line.leaf.start = text.length
        text.add(line.leaf.text)
        at = 0
        for word in line.words:
            for leaf in word.leaves:
                at = _find(leaf, line.leaf, at)
    else:
        begun, before = False, ""
        for word in line.words:
            gone = word.original is not None and word.original[:1] == " " != word.text[:1]
            if word.spaced is not False and not gone and begun and before[-1:] != " ":
                text.add(" ")
                before = " "
            for leaf in word.leaves:
                leaf.start = text.length
                text.add(leaf.text)
                before = leaf.text or before
            begun = begun or bool(word.seen)
    for word in line.words:
        at = 0
        for part in word.parts if word.leaves else ():
            at = _find(part, word.leaves[0], at)


def _find(leaf: Leaf, whole: Leaf, at: int) -> int:
    """Find a leaf in one that repeats its letters, from `at` on; return where it ends there."""
    found = whole.text.find(leaf.text, at)
    if found < 0 or whole.start is None:
        return at
    leaf.start = whole.start + found
    return found + len(leaf.text)
