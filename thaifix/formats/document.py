"""Text with layout: lines whose letters know where they stand in a file.

A document's text is what `thaifix text` prints: lines that end with a line feed, an empty line
between paragraphs, a form feed between pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.edit import Edit, apply
from thaifix.errors import EditError
from thaifix.formats.markup import Slot, Tag
from thaifix.script import LEADING_VOWELS, starts_cluster

_SEPARATORS = " \n\f"


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
    parts: list[Leaf] = field(default_factory=list)
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
        return self.text if self.original is None else self.original.strip(" ")


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


class Change(NamedTuple):
    """What a correction makes of a leaf.

    Attributes:
        leaf: The leaf.
        text: What it is to say.
        joined: The space before it went.
    """

    leaf: Leaf
    text: str
    joined: bool


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
        for part in word.parts if word.leaves else []:
            at = _find(part, word.leaves[0], at)


def _find(leaf: Leaf, whole: Leaf, at: int) -> int:
    """Find a leaf in one that repeats its letters, from `at` on; return where it ends there."""
    found = whole.text.find(leaf.text, at)
    if found < 0 or whole.start is None:
        return at
    leaf.start = whole.start + found
    return found + len(leaf.text)


class _Block(NamedTuple):
    """A span of the source and the span of the corrected text that took its place."""

    start: int
    end: int
    to: int
    to_end: int


def changes(text: str, edits: Sequence[Edit], leaves: Iterable[Leaf]) -> Iterator[Change]:
    """Share a correction out among leaves.

    Every letter stays in its leaf; a new letter goes to the leaf of its cluster, or, at a space or
    a line's end, to the one that has a letter there.

    Args:
        text: A document's text.
        edits: Of it; they keep its line feeds.
        leaves: Of the document; leaves may repeat each other's letters.
    Yields:
        The leaves that change.
    Time: linear in text and edits, plus leaves times the logarithm of the edits.
    """
    if not edits:
        return
    corrected = apply(text, edits)
    blocks = list(_blocks(edits))
    starts = [block.start for block in blocks]

    def to(position: int) -> int:
        """Where what begins there in the source begins in the corrected text."""
        number = bisect_right(starts, position) - 1
        if number < 0:
            return position
        block = blocks[number]
        if position > block.end:
            return position - block.end + block.to_end
        if position == block.start < block.end:
            return block.to
        if position == block.end > block.start:
            return block.to_end
        if block.start == block.end:
            return _cut(text, position, corrected, block)
        cut = min(block.to + position - block.start, block.to_end)
        while cut < block.to_end and not starts_cluster(corrected, cut):
            cut += 1
        return cut

    for leaf in leaves:
        if leaf.start is None:
            continue
        end = leaf.start + len(leaf.text)
        low, high = to(leaf.start), to(end)
        if leaf.text and text[end : end + 1] == " ":  # letters that took the place of the space
            high += len(corrected[high : to(end + 1)].rstrip(" "))
        joined = bool(
            leaf.text
            and leaf.start
            and text[leaf.start - 1] == " "
            and corrected[low - 1 : low] != " "
        )
        if corrected[low:high] != leaf.text or joined:
            yield Change(leaf, corrected[low:high], joined)


def _blocks(edits: Iterable[Edit]) -> Iterator[_Block]:
    """List what differs, as few and as small as edits allow; what touches is one block."""
    block = _Block(-1, -1, -1, -1)
    for start, end, to, to_end in _differences(edits):
        if start == block.end:
            block = block._replace(end=end, to_end=to_end)
        else:
            if block.start >= 0:
                yield block
            block = _Block(start, end, to, to_end)
    if block.start >= 0:
        yield block


def _differences(edits: Iterable[Edit]) -> Iterator[tuple[int, int, int, int]]:
    grown = 0
    for edit in edits:
        start = edit.start
        observed, replacement = edit.observed.split("\n"), edit.replacement.split("\n")
        if len(observed) != len(replacement):
            raise EditError(f"edit {edit.start}:{edit.end} takes or makes a line feed")
        for old, new in zip(observed, replacement, strict=True):
            there = start + grown
            for part in Levenshtein.opcodes(old, new):
                if part.tag != "equal":
                    yield (
                        start + part.src_start,
                        start + part.src_end,
                        there + part.dest_start,
                        there + part.dest_end,
                    )
            start += len(old) + 1
            grown += len(new) - len(old)


def _cut(text: str, position: int, corrected: str, block: _Block) -> int:
    """Divide what was put in between what is before and what is after it."""
    if text[position : position + 1] in _SEPARATORS:  # also at the text's end
        return block.to_end
    if position == 0 or text[position - 1] in _SEPARATORS:
        return block.to
    cut = block.to_end
    while cut > block.to and not starts_cluster(corrected, cut):
        cut -= 1
    while cut > block.to and corrected[cut - 1] in LEADING_VOWELS:
        cut -= 1
    return cut
