"""A correction of a document's text, shared out among the places of the file that hold letters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.errors import EditError
from thaifix.formats.layout.document import Leaf
from thaifix.text.edit import Edit, apply
from thaifix.text.script import LEADING_VOWELS, attaches

_SEPARATORS = " \n\f"


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


class _Block(NamedTuple):
    """A span of the source and the span of the corrected text that took its place."""

    start: int
    end: int
    to: int
    to_end: int


def changes(text: str, edits: Sequence[Edit], leaves: Iterable[Leaf]) -> Iterator[Change]:
    """Share a correction out among leaves.

    Every letter stays in its leaf. A new mark goes to the leaf of its letter, a new leading vowel
    to that of the letter behind it; at a space or a line's end new letters go to the leaf that has
    a letter there.

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
        while cut < block.to_end and attaches(corrected, cut):
            cut += 1
        return cut

    ends = [block.end for block in blocks]
    for leaf in leaves:
        if leaf.start is None:
            continue
        end = leaf.start + len(leaf.text)
        near = bisect_left(ends, leaf.start - 1)  # the first block that may touch it, or its spaces
        if near == len(blocks) or starts[near] > end + 1:
            continue
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
    while cut > block.to and attaches(corrected, cut):
        cut -= 1
    while cut > block.to and corrected[cut - 1] in LEADING_VOWELS:
        cut -= 1
    return cut
