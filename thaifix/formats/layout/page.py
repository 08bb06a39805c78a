"""PAGE XML 2013 to 2019: the text of regions, lines, words and glyphs, all of them kept in step.

The text of a line is its own `TextEquiv`, else those of its words; of several the one with the
lowest `index` counts. Regions are read in the `ReadingOrder`, else, as lines always, in that of
Transkribus's `custom`; what has no place there stands with the region or table that it is in.

From 2016 on, an element that changes gets a new `TextEquiv` before the others, whose indexes grow
by one. Before, an element may have only one: its `Unicode` changes, and only the record at the end
of the file knows the original. The correction is told in a `MetadataItem` (2019) or in the
`Comments`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from thaifix.formats.layout.base import CorrectedPages, LayoutFormat
from thaifix.formats.layout.changes import LeafChange
from thaifix.formats.layout.custom import move, move_in_words
from thaifix.formats.layout.markup import (
    Markup,
    Slot,
    Splice,
    before_end,
    prefix,
    white_before,
)
from thaifix.formats.layout.reading_order import custom_index, index_of, ranks
from thaifix.formats.layout.tags import Tag
from thaifix.formats.layout.tree import Leaf, PageText, Paragraph, TextLine, WordBox
from thaifix.version import __version__

_TEXT_REGIONS = frozenset(["TextRegion", "TableCell"])
_HOLDERS = _TEXT_REGIONS | {"TextLine", "Word", "Glyph"}
_REGION = "Region"  # what the names of all kinds of regions end with; a cell is one, too
_LAST = 1 << 31
"""The rank of regions that no order names; they are read last, as the file has them."""
_OF_EQUIV = frozenset(["TextEquiv", "Unicode", "PlainText"])
_MANY_EQUIVS = 2016  # the first version of which an element may have several `TextEquiv`
_COMMENTED = 2019  # the first version with comments of a `TextEquiv`, and with `MetadataItem`
_YEAR = re.compile(r"pagecontent/(\d{4})-")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_BY = f"thaifix {__version__}"
_SIGNED = "thaifix "
_JOINED = "; joined to the word before"


class PageXml(LayoutFormat):
    """PAGE XML; see the module."""

    title, root = "PAGE XML", "PcGts"

    def read(self, markup: Markup) -> list[PageText]:
        """Find the pages in a file."""
        return _PageReader(markup).read()

    def write_back(self, corrected: CorrectedPages) -> Iterator[Splice]:
        """Change the letters, and say what they were and who changed them; nothing is merged."""
        markup = corrected.markup
        if not corrected.changes:
            return
        root = markup.tags[0]
        year = _YEAR.search(markup.text, root.start, root.end)
        version = int(year[1]) if year else 0
        yield from _metadata(markup, version, corrected.options.stamp)
        moves = "offset" in markup.text
        by_leaf = {id(change.leaf): change for change in corrected.changes}
        for line in (line for page in corrected.pages if moves for line in page.lines):
            yield from move_in_words(markup, line, by_leaf)
        for change in corrected.changes:
            if corrected.options.originals and version >= _MANY_EQUIVS:
                yield from _add_equiv(markup, change, version)
            elif change.leaf.slot:
                yield markup.replace(change.leaf.slot, change.text)
                yield from _plain_text(markup, change)
            if moves:
                owner = _owner(markup, change.leaf.tag)
                yield from move(markup, owner, change.leaf.text, change.text)


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class _Equiv(NamedTuple):
    """A `TextEquiv`: its tag, its text, its `index` and its comments."""

    tag: Tag
    slot: Slot
    rank: int | None
    comments: str


@dataclass(slots=True)
class _Holder:
    """An element that has text, and what was found in it so far."""

    tag: Tag
    values: dict[str, str]
    equivs: list[_Equiv] = field(default_factory=list)
    words: list[WordBox] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    parts: list[Leaf] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)  # of the lines, in Transkribus's order
    inner: str = ""  # the letters of the regions in it
    box: _Box | None = None


class _PageReader:
    """Goes through the tags of a file."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._holders: list[_Holder] = []
        self._equiv: tuple[Tag, dict[str, str]] | None = None
        self._pages: list[PageText] = []
        self._ranked: list[tuple[int, Paragraph]] = []
        self._ranks: dict[str, int] = {}
        self._regions: list[int | None] = []  # the ranks of those that are open

    def read(self) -> list[PageText]:
        markup = self._markup
        for number, tag in enumerate(markup.tags):
            is_region = tag.name.endswith(_REGION) or tag.name == "TableCell"
            if is_region and tag.opens:
                self._regions.append(self._rank(markup.values(tag)))
            if tag.name in _HOLDERS:
                if tag.opens:
                    self._holders.append(_Holder(tag, markup.values(tag)))
                if tag.closes and self._holders:
                    self._close(self._holders.pop())
            elif tag.name == "TextEquiv":
                self._equiv = (tag, markup.values(tag)) if tag.opens else None
            elif tag.name == "Unicode" and tag.opens and self._equiv and self._holders:
                end = tag.end if tag.closes else markup.tags[number + 1].start
                self._take(Slot(tag.end, end, ""))
            elif tag.name == "Coords" and tag.opens and self._holders:
                self._holders[-1].box = self._box(tag)
            elif tag.name == "ReadingOrder" and tag.opens:
                self._ranks = ranks(markup, number)
            elif tag.name == "Page":
                self._end_page(begins=tag.opens)
            if is_region and tag.closes and self._regions:
                self._regions.pop()
        return [page for page in self._pages if page.paragraphs]

    def _rank(self, values: dict[str, str]) -> int | None:
        """Tell when a region is read: as the reading order says, else with what it is in."""
        rank = self._ranks.get(values.get("id", ""))
        if rank is None and self._regions:
            return self._regions[-1]
        return custom_index(values.get("custom", "")) if rank is None and not self._ranks else rank

    def _take(self, slot: Slot) -> None:
        assert self._equiv is not None
        tag, values = self._equiv
        index = index_of(values.get("index", ""))
        equiv = _Equiv(tag, slot, index, values.get("comments", ""))
        self._holders[-1].equivs.append(equiv)

    def _close(self, holder: _Holder) -> None:
        leaf, original = self._main(holder.equivs)
        outer = self._holders[-1] if self._holders else None
        if holder.tag.name in _TEXT_REGIONS:
            self._close_region(holder, leaf, outer)
        elif outer is None:
            return
        elif holder.tag.name == "TextLine":
            if leaf or any(word.leaves for word in holder.words):
                height = holder.box.bottom - holder.box.top if holder.box else None
                outer.lines.append(TextLine(holder.words, height, leaf, holder.tag))
                outer.places.append(custom_index(holder.values.get("custom", "")))
        elif holder.tag.name == "Word":
            leaves = [leaf] if leaf else holder.parts
            parts = holder.parts if leaf else []
            word = WordBox(holder.tag, leaves, original=original, parts=parts)
            if holder.box:
                word.left, top, word.right, bottom = holder.box
                word.height = bottom - top
            outer.words.append(word)
        elif leaf:
            outer.parts.append(leaf)

    def _close_region(self, holder: _Holder, leaf: Leaf | None, outer: _Holder | None) -> None:
        """Take up a region or cell, its lines in their order."""
        places = [place for place in holder.places if place is not None]
        if len(places) == len(holder.lines):
            order = sorted(range(len(places)), key=places.__getitem__)
            holder.lines = [holder.lines[at] for at in order]
        repeats = leaf and holder.inner and "".join(leaf.text.split()) == holder.inner
        if leaf and not holder.lines and not repeats:
            holder.lines, leaf = [TextLine([], leaf=leaf)], None
        if holder.lines:
            rank = self._regions[-1] if self._regions else None
            self._ranked.append((_LAST if rank is None else rank, Paragraph(holder.lines, leaf)))
        if outer:
            outer.inner += holder.inner + "".join(_said(line) for line in holder.lines)

    def _end_page(self, *, begins: bool) -> None:
        if begins:
            self._pages.append(PageText())
            self._ranks = {}
        elif self._pages:
            self._ranked.sort(key=lambda ranked: ranked[0])
            self._pages[-1].paragraphs = [paragraph for _, paragraph in self._ranked]
        self._ranked = []

    def _main(self, equivs: list[_Equiv]) -> tuple[Leaf | None, str | None]:
        """Choose the text that counts, and what it was before a correction."""
        if not equivs:
            return None, None
        first, *others = sorted(equivs, key=_rank)
        original = None
        if others and first.comments.startswith(_SIGNED):
            original = " " * _is_joined(first.comments) + self._markup.read(others[0].slot)
        return Leaf(first.slot, self._markup.read(first.slot), first.tag), original

    def _box(self, tag: Tag) -> _Box | None:
        points = _POINT.findall(self._markup.values(tag).get("points", ""))
        if not points:
            return None
        across, down = [[float(point[axis]) for point in points] for axis in (0, 1)]
        return _Box(min(across), min(down), max(across), max(down))


def _said(line: TextLine) -> str:
    """Give the letters of a line."""
    text = line.leaf.text if line.leaf else "".join(word.text for word in line.words)
    return "".join(text.split())


def _rank(equiv: _Equiv) -> tuple[bool, int]:
    return equiv.rank is None, equiv.rank or 0


def _add_equiv(markup: Markup, change: LeafChange, version: int) -> Iterator[Splice]:
    """Put a `TextEquiv` before those that are there."""
    siblings = _siblings(markup, change.leaf.tag)
    lowest, indexes = _moved(markup, siblings)
    yield from indexes
    name = prefix(markup, change.leaf.tag)
    comments = ""
    if version >= _COMMENTED:
        # A space that an earlier correction took away is still gone.
        said = [markup.values(tag).get("comments", "") for tag in siblings]
        joined = change.joined or any(_is_joined(comment) for comment in said)
        comments = f' comments="{_BY}{_JOINED * joined}"'
    first = siblings[0].start
    white = white_before(markup.text, first)
    yield Splice(
        first,
        first,
        f'<{name}TextEquiv index="{lowest}"{comments}>'
        f"<{name}Unicode>{markup.escape(change.text)}</{name}Unicode></{name}TextEquiv>{white}",
    )


def _moved(markup: Markup, equivs: list[Tag]) -> tuple[int, list[Splice]]:
    """Make room before the lowest index; those without an index get one behind the others.

    Returns:
        The index that is free, and what is spliced in.
    """
    slots = [markup.slot(tag, "index") for tag in equivs]
    indexes = [index_of(markup.read(slot) if slot else "") for slot in slots]
    known = [index for index in indexes if index is not None]
    lowest = min(known, default=1)
    step = 0 if lowest else 1
    following = max(known, default=0) + step + 1
    splices: list[Splice] = []
    for tag, slot, index in zip(equivs, slots, indexes, strict=True):
        if slot is None:
            at = tag.start + 1 + len(prefix(markup, tag)) + len(tag.name)
            splices.append(Splice(at, at, f' index="{following}"'))
            following += 1
        elif index is not None and step:
            splices.append(Splice(slot.start, slot.end, str(index + step)))
    return max(0, lowest - 1), splices


def _is_joined(comments: str) -> bool:
    """Tell whether thaifix took away the space before a word, by the comments of its text."""
    return comments.startswith(_SIGNED) and _JOINED in comments


def _siblings(markup: Markup, tag: Tag) -> list[Tag]:
    """Find the `TextEquiv` beside one, itself included; they follow each other."""
    tags = markup.tags
    first = last = bisect_left(tags, tag.start, key=lambda other: other.start)
    while tags[first - 1].name in _OF_EQUIV:
        first -= 1
    while tags[last].name in _OF_EQUIV:
        last += 1
    return [other for other in tags[first:last] if other.name == "TextEquiv" and other.opens]


def _plain_text(markup: Markup, change: LeafChange) -> Iterator[Splice]:
    """Change the `PlainText` beside a text, if it says the same."""
    tags = markup.tags
    at = bisect_left(tags, change.leaf.tag.start, key=lambda other: other.start) + 1
    while tags[at].name in _OF_EQUIV and tags[at].name != "TextEquiv":
        tag = tags[at]
        if tag.name == "PlainText" and tag.opens and not tag.closes:
            slot = Slot(tag.end, tags[at + 1].start, "")
            if markup.read(slot) == change.leaf.text:
                yield markup.replace(slot, change.text)
        at += 1


def _owner(markup: Markup, equiv: Tag) -> Tag:
    """Find the element whose text a `TextEquiv` is."""
    at = bisect_left(markup.tags, equiv.start, key=lambda other: other.start) - 1
    depth = 0
    while depth or not markup.tags[at].opens or markup.tags[at].closes:
        tag = markup.tags[at]
        depth += (not tag.opens) - (tag.opens and not tag.closes)
        at -= 1
    return markup.tags[at]


def _metadata(markup: Markup, version: int, stamp: str) -> Iterator[Splice]:
    """Say in the metadata that thaifix was there; without metadata nowhere."""
    by_name = {tag.name: tag for tag in reversed(markup.tags) if not tag.opens or tag.closes}
    if "Metadata" not in by_name:
        return
    end = by_name["Metadata"]
    name = prefix(markup, end)
    about = markup.escape(f"{_BY} {stamp}".strip(), '"')
    if version >= _COMMENTED:
        step = f'type="processingStep" name="recognition/post-correction" value="{about}"'
        yield before_end(markup, end, f"<{name}MetadataItem {step}/>")
    elif "Comments" not in by_name:
        if "LastChange" in by_name:
            at = by_name["LastChange"].end
            first = next(tag for tag in markup.tags if tag.name == "LastChange")
            white = white_before(markup.text, first.start)
            yield Splice(at, at, f"{white}<{name}Comments>{about}</{name}Comments>")
    elif by_name["Comments"].opens:
        tag = by_name["Comments"]
        yield Splice(tag.start, tag.end, f"<{name}Comments>{about}</{name}Comments>")
    else:
        at = by_name["Comments"].start
        yield Splice(at, at, f"; {about}")
