"""What Transkribus says of parts of a line: the attribute `custom` of PAGE XML.

    custom="readingOrder {index:0;} person {offset:3; length:5; continued:true;}"

Offsets and lengths count UTF-16 units of the line's text, as Java does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate

from thaifix.formats.layout.changes import LeafChange, Places
from thaifix.formats.layout.markup import Markup, Splice
from thaifix.formats.layout.tags import Tag
from thaifix.formats.layout.tree import TextLine
from thaifix.text.edit import Edit

_ABOUT = re.compile(r"\{[^{}]*\}")
_OFFSET = re.compile(r"\boffset\s*:\s*(\d{1,9})\b")
_LENGTH = re.compile(r"\blength\s*:\s*(\d{1,9})\b")


def move(markup: Markup, line: Tag, old: str, new: str) -> Iterator[Splice]:
    """Let what is said of parts of a line follow them.

    What reaches beyond the line is left alone.

    Args:
        markup: The file.
        line: The tag that has the attribute, if any.
        old, new: The line's text before and after.
    """
    slot = markup.slot(line, "custom")
    if slot is None:
        return
    places: Places | None = None
    before = {unit: at for at, unit in enumerate(_units(old))}
    after = _units(new)
    for about in _ABOUT.finditer(markup.text, slot.start, slot.end):
        offset, length = (
            pattern.search(markup.text, *about.span()) for pattern in (_OFFSET, _LENGTH)
        )
        if not offset or not length:
            continue
        start, end = int(offset[1]), int(offset[1]) + int(length[1])
        if start not in before or end not in before:
            continue
        places = places or Places(old, [Edit(0, len(old), new, reason="custom", observed=old)])
        to, to_end = after[places.to(before[start])], after[places.to(before[end])]
        for match, was, now in (offset, start, to), (length, end - start, max(0, to_end - to)):
            if was != now:
                yield Splice(*match.span(1), str(now))


def move_in_words(
    markup: Markup, line: TextLine, changes: Mapping[int, LeafChange]
) -> Iterator[Splice]:
    """Do the same for a line that has no text but that of its words.

    Args:
        markup: The file.
        line: A line that is laid out.
        changes: What changes, by the `id` of its leaf.
    """
    if line.leaf or line.tag is None:
        return
    old = new = ""
    for leaf in (leaf for word in line.words for leaf in word.leaves):
        change = changes.get(id(leaf))
        first = line.words[0].leaves[0] if line.words[0].leaves else leaf
        if leaf.start is None or first.start is None:
            return
        space = " " * (leaf.start - first.start - len(old))
        old += space + leaf.text
        new += ("" if change and change.joined else space) + (change.text if change else leaf.text)
    yield from move(markup, line.tag, old, new)


def _units(text: str) -> list[int]:
    """Give the UTF-16 unit at which each code point begins, and at the end that of the end."""
    return list(accumulate((1 + (letter > "\uffff") for letter in text), initial=0))
