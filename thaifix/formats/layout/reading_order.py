"""The reading order of a PAGE XML file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from thaifix.formats.layout.markup import Markup
from thaifix.formats.layout.tags import Tag

_CUSTOM = re.compile(r"\breadingOrder\s*\{[^{}]*?\bindex\s*:\s*(\d{1,9})")


@dataclass(slots=True)
class _OrderNode:
    """A group, or a reference to a region, and its place among its siblings.

    A group may itself refer to the region that holds those of its members.
    """

    place: int
    region: str
    children: list[_OrderNode] = field(default_factory=list)

    def regions(self) -> Iterator[str]:
        """Give the regions in order, without recursion: groups may be nested ever so deep."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.region:
                yield node.region
            # The last comes off first, so the first stands last; of equal places as in the file.
            last_first = node.children[::-1]
            waiting.extend(sorted(last_first, key=lambda child: child.place, reverse=True))


def ranks(markup: Markup, number: int) -> dict[str, int]:
    """Number the regions of a page as they are to be read.

    Args:
        markup: The file.
        number: Which of its tags is `<ReadingOrder>`.
    Returns:
        The rank of each region that is listed, from 0, by its id.
    """
    root = _OrderNode(0, "")
    open_ = [root]
    for tag in markup.tags[number + 1 :]:
        if tag.name == "ReadingOrder":
            break
        if tag.opens:
            node = _node(markup, tag, len(open_[-1].children))
            open_[-1].children.append(node)
            open_.append(node)
        if tag.closes and len(open_) > 1:
            open_.pop()
    return {region: rank for rank, region in enumerate(dict.fromkeys(root.regions()))}


def _node(markup: Markup, tag: Tag, place: int) -> _OrderNode:
    """Read a tag of the reading order; without an `index` its place counts."""
    values = markup.values(tag)
    index = values.get("index", "")
    known = index_of(index)
    return _OrderNode(place if known is None else known, values.get("regionRef", ""))


def index_of(value: str) -> int | None:
    """Read an `index`; None if it is none, or has more than nine digits."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def custom_index(custom: str) -> int | None:
    """Read the place that Transkribus writes into the attribute `custom`; None if there is none."""
    found = _CUSTOM.search(custom)
    return int(found[1]) if found else None
