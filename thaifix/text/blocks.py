"""Division of a text stream into blocks, whose noise is estimated, and sections, which are held in
memory at once.

A block ends
1. after a form feed; the block after it begins a new document;
2. after the first line end that makes it `ENOUGH` code points or more (by line: after every one);
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

ENOUGH = 4096  # code points
LONGEST_LINE = 16384  # code points, without the line end
SECTION = 65536  # code points

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
    Time: linear. Memory: a chunk and a block, at most `ENOUGH + LONGEST_LINE` code points.
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
            if found and (by_line or found[0] == "\f" or size >= ENOUGH):
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

    A section is a document, or so many blocks of a long one as make `SECTION` code points.

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
        if by_line or ends or size >= SECTION:
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
