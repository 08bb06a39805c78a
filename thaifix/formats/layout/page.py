"""PAGE XML 2013 to 2019: the text of regions, lines, words and glyphs, all of them kept in step.

A line's own `TextEquiv` is its text, else its words' are. Of several the one with the lowest
`index` counts. From 2016 on, what changes gets a new `TextEquiv` before the others, whose indexes
grow by one; before, an element may have but one: its `Unicode` changes, and only the record at the
end of the file knows the original. The correction is a `MetadataItem` (2019) or in the `Comments`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from thaifix.formats.layout.base import Layout
from thaifix.formats.layout.changes import Change
from thaifix.formats.layout.document import Leaf, Line, Page, Paragraph, Word
from thaifix.formats.layout.markup import (
    Markup,
    Slot,
    Splice,
    Tag,
    before_end,
    prefix,
    white_before,
)
from thaifix.formats.layout.merging import Group
from thaifix.formats.layout.reading_order import ranks
from thaifix.formats.options import FormatOptions
from thaifix.version import __version__

_HOLDERS = frozenset(["TextRegion", "TextLine", "Word", "Glyph"])
_OF_EQUIV = frozenset(["TextEquiv", "Unicode", "PlainText"])
_YEAR = re.compile(r"pagecontent/(\d{4})-")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_BY = f"thaifix {__version__}"
_JOINED = "; joined to the word before"


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
    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    parts: list[Leaf] = field(default_factory=list)
    box: _Box | None = None


class _Reader:
    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._holders: list[_Holder] = []
        self._equiv: tuple[Tag, dict[str, str]] | None = None
        self._pages: list[Page] = []
        self._ranked: list[tuple[int, Paragraph]] = []
        self._ranks: dict[str, int] = {}

    def read(self) -> list[Page]:
        markup = self._markup
        for number, tag in enumerate(markup.tags):
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
        return [page for page in self._pages if page.paragraphs]

    def _take(self, slot: Slot) -> None:
        assert self._equiv is not None
        tag, values = self._equiv
        index = values.get("index", "")
        number = int(index) if index.isascii() and index.isdigit() else None
        equiv = _Equiv(tag, slot, number, values.get("comments", ""))
        self._holders[-1].equivs.append(equiv)

    def _close(self, holder: _Holder) -> None:
        leaf, original = self._main(holder.equivs)
        outer = self._holders[-1] if self._holders else None
        if holder.tag.name == "TextRegion":
            if leaf and not holder.lines:
                holder.lines, leaf = [Line([], leaf=leaf)], None
            if holder.lines:
                id_ = holder.values.get("id", "")
                rank = self._ranks.get(id_, len(self._ranks))
                self._ranked.append((rank, Paragraph(holder.lines, leaf)))
        elif outer is None:
            return
        elif holder.tag.name == "TextLine":
            if leaf or any(word.leaves for word in holder.words):
                height = holder.box.bottom - holder.box.top if holder.box else None
                outer.lines.append(Line(holder.words, height, leaf))
        elif holder.tag.name == "Word":
            leaves = [leaf] if leaf else holder.parts
            parts = holder.parts if leaf else []
            left, right = (holder.box.left, holder.box.right) if holder.box else (None, None)
            outer.words.append(
                Word(holder.tag, leaves, left, right, original=original, parts=parts)
            )
        elif leaf:
            outer.parts.append(leaf)

    def _end_page(self, *, begins: bool) -> None:
        if begins:
            self._pages.append(Page())
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
        if others and first.comments.startswith("thaifix "):
            original = " " * (_JOINED in first.comments) + self._markup.read(others[0].slot)
        return Leaf(first.slot, self._markup.read(first.slot), first.tag), original

    def _box(self, tag: Tag) -> _Box | None:
        points = _POINT.findall(self._markup.values(tag).get("points", ""))
        if not points:
            return None
        across, down = [[float(point[axis]) for point in points] for axis in (0, 1)]
        return _Box(min(across), min(down), max(across), max(down))


def _rank(equiv: _Equiv) -> tuple[bool, int]:
    return equiv.rank is None, equiv.rank or 0


def _read(markup: Markup) -> list[Page]:
    return _Reader(markup).read()


def _write(
    markup: Markup,
    pages: list[Page],
    changes: list[Change],
    lines: list[list[Group]],
    options: FormatOptions,
) -> Iterator[Splice]:
    if not changes:
        return
    root = markup.tags[0]
    year = _YEAR.search(markup.text, root.start, root.end)
    since = int(year[1]) if year else 0
    yield from _metadata(markup, since, options.stamp)
    for change in changes:
        if options.originals and since >= 2016:
            yield from _another(markup, change, since)
        else:
            if change.leaf.slot:
                yield markup.replace(change.leaf.slot, change.text)


def _another(markup: Markup, change: Change, since: int) -> Iterator[Splice]:
    """Put a `TextEquiv` before those that are there."""
    siblings = _siblings(markup, change.leaf.tag)
    indexes: list[tuple[Tag, Slot | None, int | None]] = []
    for tag in siblings:
        slot = markup.slot(tag, "index")
        value = markup.read(slot) if slot else ""
        indexes.append((tag, slot, int(value) if value.isascii() and value.isdigit() else None))
    known = [index for *_, index in indexes if index is not None]
    lowest = min(known, default=1)
    step = 0 if lowest else 1
    following = max(known, default=0) + step + 1
    for tag, slot, index in indexes:
        if slot is None:
            at = tag.start + 1 + len(prefix(markup, tag)) + len(tag.name)
            yield Splice(at, at, f' index="{following}"')
            following += 1
        elif index is not None and step:
            yield Splice(slot.start, slot.end, str(index + step))
    name = prefix(markup, change.leaf.tag)
    comments = f' comments="{_BY}{_JOINED * change.joined}"' if since >= 2019 else ""
    first = siblings[0].start
    white = white_before(markup.text, first)
    yield Splice(
        first,
        first,
        f'<{name}TextEquiv index="{max(0, lowest - 1)}"{comments}>'
        f"<{name}Unicode>{markup.escape(change.text)}</{name}Unicode></{name}TextEquiv>{white}",
    )


def _siblings(markup: Markup, tag: Tag) -> list[Tag]:
    """Find the `TextEquiv` beside one, itself included; they follow each other."""
    tags = markup.tags
    first = last = bisect_left(tags, tag.start, key=lambda other: other.start)
    while tags[first - 1].name in _OF_EQUIV:
        first -= 1
    while tags[last].name in _OF_EQUIV:
        last += 1
    return [other for other in tags[first:last] if other.name == "TextEquiv" and other.opens]


def _metadata(markup: Markup, since: int, stamp: str) -> Iterator[Splice]:
    by_name = {tag.name: tag for tag in reversed(markup.tags) if not tag.opens or tag.closes}
    if "Metadata" not in by_name:
        return
    end = by_name["Metadata"]
    name = prefix(markup, end)
    about = markup.escape(f"{_BY} {stamp}".strip(), '"')
    if since >= 2019:
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


_FORMAT = Layout(_read, _write)
correct, text, revert = _FORMAT.correct, _FORMAT.text, _FORMAT.revert
