"""Division of a text stream into blocks and sections.

A block is what is decoded, and has its noise estimated, at a time; a section, of several blocks, is
what is held in memory at a time.

A block ends
1. after a form feed; the block after it begins a new document;
2. after the first line end that makes it `BLOCK_SIZE` code points or more (by line: after every
   line end);
3. in a line of more than `LONGEST_LINE` code points before its line end: after the last space
   among so many, else before the last letter whose marks would not fit, so that no cluster is cut
   unless it alone is longer.

Where blocks end depends on the text alone, not on the chunks it comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from thaifix.text.script import starts_cluster

BLOCK_SIZE = 4096
"""Code points from which a block ends with its line. By judgement."""

LONGEST_LINE = 16384
"""Code points of a line, without its line end, that are not divided. By judgement."""

SECTION_SIZE = 65536
"""Code points from which a section ends with its block. By judgement."""

_BREAK = re.compile("[\n\f]")


class Block(NamedTuple):
    """A piece of a text stream.

    Attributes:
        text: Never empty.
        first: It begins a document: the stream's first block, or after a form feed.
    """

    text: str
    first: bool


def blocks(chunks: Iterable[str], *, by_line: bool = False) -> Iterator[Block]:
    """Divide a text stream into blocks.

    Args:
        chunks: The stream in pieces of any size.
        by_line: Make every line a block of its own.
    Yields:
        Blocks, each as soon as its end is known; joined, they are the stream.
    Time: linear. Memory: a chunk and a block, at most `BLOCK_SIZE + LONGEST_LINE` code points.
    """
    held: list[str] = []  # the unfinished block
    size = line = 0  # its length, and of that the lines before the unfinished one
    first = True
    for chunk in chunks:
        at = 0
        while at < len(chunk):
            # One code point more than a line may have shows that it is too long.
            limit = at + LONGEST_LINE + 1 - (size - line)
            found = _BREAK.search(chunk, at, limit)
            end = found.end() if found else min(limit, len(chunk))
            held.append(chunk[at:end])
            size += end - at
            at = end
            if found and (by_line or found[0] == "\f" or size >= BLOCK_SIZE):
                yield Block("".join(held), first)
                first = found[0] == "\f"
                held, size, line = [], 0, 0
            elif found:
                line = size
            elif size - line > LONGEST_LINE:
                text = "".join(held)
                cut = _cut(text, line)
                yield Block(text[:cut], first)
                first = False
                held, size, line = [text[cut:]], size - cut, 0
    if size:
        yield Block("".join(held), first)


def sections(chunks: Iterable[str], *, by_line: bool = False) -> Iterator[Block]:
    """Divide a text stream into sections: what one place of a document can teach another.

    A section is a document, or as many blocks of a long one as make `SECTION_SIZE` code points.

    Args:
        chunks: The stream in pieces of any size.
        by_line: Make every line a section of its own.
    Yields:
        Sections, each as soon as its end is known; joined, they are the stream.
    """
    held: list[str] = []
    size = 0
    first = True
    for block in blocks(chunks, by_line=by_line):
        held.append(block.text)
        size += len(block.text)
        ends = block.text.endswith("\f")
        if by_line or ends or size >= SECTION_SIZE:
            yield Block("".join(held), first)
            held, size, first = [], 0, ends
    if held:
        yield Block("".join(held), first)


def _cut(text: str, line: int) -> int:
    """Find where to cut a block whose last line, from `line` on, is too long."""
    limit = line + LONGEST_LINE
    cut = text.rfind(" ", line, limit) + 1
    if cut:
        return cut
    cut = limit
    while cut > line and not starts_cluster(text, cut):
        cut -= 1
    return cut if cut > line else limit
