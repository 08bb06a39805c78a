"""The reading order of a PAGE XML file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from thaifix.formats.layout.markup import Markup, Tag

_REFERENCES = frozenset(["RegionRef", "RegionRefIndexed"])


@dataclass(slots=True)
class _Node:
    """A group, or a reference to a region, and its place among its siblings."""

    place: int
    region: str
    children: list[_Node] = field(default_factory=list)

    def regions(self) -> Iterator[str]:
        """Give the regions in order; nested groups cannot exhaust the stack."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.region:
                yield node.region
            waiting.extend(sorted(node.children, key=lambda child: child.place, reverse=True))


def ranks(markup: Markup, number: int) -> dict[str, int]:
    """Number the regions of a page as they are to be read.

    Args:
        markup: The file.
        number: Of its tag `<ReadingOrder>`.
    Returns:
        The rank of each region that is listed, by its id.
    """
    root = _Node(0, "")
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


def _node(markup: Markup, tag: Tag, place: int) -> _Node:
    values = markup.values(tag)
    index = values.get("index", "")
    region = values.get("regionRef", "") if tag.name in _REFERENCES else ""
    return _Node(int(index) if index.isascii() and index.isdigit() else place, region)
