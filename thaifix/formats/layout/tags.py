"""The tags of a file of XML or HTML, and where each stands."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from sys import intern
from typing import NamedTuple, overload

_MARKS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
"""What is no tag, by its first letters, and how it ends."""
_BEGIN = r"<(?P<slash>/?)(?P<name>[A-Za-z_][^\s/>]*+)"
_TAG = re.compile(rf"""{_BEGIN}[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""")
_XML_TAG = re.compile(rf"{_TAG.pattern}|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_NAMED = re.compile(r"<(/?)(?=[A-Za-z_])")
_NAME_END = re.compile(r"[\s/>]")
_SPECIAL = re.compile(r"""[>"']""")
_RAW = re.compile(r"<(script|style|textarea)\b", re.IGNORECASE)
_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"])


class Tag(NamedTuple):
    """A tag.

    Attributes:
        name: Without prefix; in HTML in small letters.
        opens, closes: Whether it begins an element, ends one, or both, as an empty element's.
        start, end: Its span in the file's text.
    """

    name: str
    opens: bool
    closes: bool
    start: int
    end: int


class Tags(Sequence[Tag]):
    """The tags of a file, in its order; kept as numbers, 20 bytes each."""

    def __init__(self, tags: Iterator[Tag]) -> None:
        """Take up tags."""
        self._names: dict[str, int] = {}
        self._kinds, self._starts, self._ends = array("L"), array("Q"), array("Q")
        for name, opens, closes, start, end in tags:
            number = self._names.setdefault(name, len(self._names))
            self._kinds.append(4 * number + 2 * opens + closes)
            self._starts.append(start)
            self._ends.append(end)
        self._by_number = list(self._names)

    def __len__(self) -> int:
        """Count them."""
        return len(self._kinds)

    def __iter__(self) -> Iterator[Tag]:
        """Give all."""
        return map(self._tag, self._kinds, self._starts, self._ends)

    def __reversed__(self) -> Iterator[Tag]:
        """Give all, the last first."""
        return map(self._tag, reversed(self._kinds), reversed(self._starts), reversed(self._ends))

    @overload
    def __getitem__(self, index: int) -> Tag: ...
    @overload
    def __getitem__(self, index: slice) -> list[Tag]: ...
    def __getitem__(self, index: int | slice) -> Tag | list[Tag]:
        """Give one, or several."""
        if isinstance(index, slice):
            parts = self._kinds[index], self._starts[index], self._ends[index]
            return list(map(self._tag, *parts))
        return self._tag(self._kinds[index], self._starts[index], self._ends[index])

    def _tag(self, kind: int, start: int, end: int) -> Tag:
        return Tag(self._by_number[kind >> 2], bool(kind & 2), bool(kind & 1), start, end)


def find_tags(text: str, start: int, *, is_xml: bool) -> Tags:
    """Find the tags from a place on; comments, sections, instructions and scripts have none.

    Args:
        text: The file's text; well-formed if it is XML.
        start: Where to begin, in code points.
        is_xml: Whether it is XML; else HTML.
    Time: linear, however damaged HTML is.
    """
    return Tags(_xml_tags(text, start) if is_xml else _HtmlScanner(text).tags(start))


def mark_end(text: str, at: int, end: int, missing: set[str]) -> int:
    """Find where a comment, a section or an instruction ends.

    Args:
        text: The file's text.
        at: Where it begins, if one does.
        end: Where to stop looking.
        missing: The ends that do not come before there any more; grows.
    Returns:
        Where it ends; -1 if none begins there, or it does not end.
    """
    for begin, close in _MARKS.items():
        if text.startswith(begin, at, end):
            found = _find(text, close, at + len(begin), end, missing)
            return found + len(close) if found >= 0 else -1
    return -1


def _find(text: str, what: str, at: int, end: int, missing: set[str]) -> int:
    found = -1 if what in missing else text.find(what, at, end)
    if found < 0:
        missing.add(what)
    return found


def _xml_tags(text: str, start: int) -> Iterator[Tag]:
    for match in _XML_TAG.finditer(text, start):
        slash, name = match.group("slash", "name")
        if name is not None:
            begin, end = match.span()
            yield Tag(_local(name), not slash, bool(slash) or text[end - 2] == "/", begin, end)


def _local(name: str) -> str:
    return intern(name.rpartition(":")[2])


class _HtmlScanner:
    """Finds tags in HTML that may be damaged, without looking twice for an end that is missing."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._missing: set[str] = set()  # ends that do not come any more
        self._dead: set[int] = set()  # quotes of which it is known that no tag ends behind them
        self._damaged = False  # a tag was found that does not end
        self._nexts: dict[re.Pattern[str], tuple[int, int]] = {}

    def tags(self, at: int) -> Iterator[Tag]:
        """Find the tags from a place on."""
        text = self._text
        while (at := text.find("<", at)) >= 0:
            if (end := self._other(at)) > at:
                at = end
                continue
            if found := self._tag(at):
                slash, name, end = found
                name = _local(name.lower())
                closes = slash or text[end - 2] == "/" or name in _VOID
                yield Tag(name, not slash, closes, at, end)
                at = end
            else:
                at += 1

    def _other(self, at: int) -> int:
        """Find the end of a comment, a section, an instruction or a script; -1 if it is none."""
        text = self._text
        for empty in ("<!-->", "<!--->"):
            if text.startswith(empty, at):
                return at + len(empty)
        if (end := mark_end(text, at, len(text), self._missing)) > at:
            return end
        if (raw := _RAW.match(text, at)) and (name := raw[1].lower()) not in self._missing:
            if close := re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, raw.end()):
                return close.end()
            self._missing.add(name)
        return -1

    def _tag(self, at: int) -> tuple[bool, str, int] | None:
        """Read a tag: whether it is an end tag, its name as written, and where it ends."""
        text = self._text
        if not (begin := _NAMED.match(text, at)):
            return None
        if not self._damaged and (match := _TAG.match(text, at)):
            return bool(match["slash"]), match["name"], match.end()
        self._damaged = True
        name_end = self._next(_NAME_END, begin.end())
        place = self._next(_SPECIAL, name_end)
        passed: list[int] = []
        while place < len(text) and text[place] != ">" and place not in self._dead:
            passed.append(place)
            close = _find(text, text[place], place + 1, len(text), self._missing)
            found = _SPECIAL.search(text, close + 1) if close >= 0 else None
            place = found.start() if found else len(text)
        if place < len(text) and text[place] == ">":
            return bool(begin[1]), text[begin.end() : name_end], place + 1
        self._dead.update(passed)
        return None

    def _next(self, pattern: re.Pattern[str], at: int) -> int:
        """Find the next letter of a kind; what was looked through is not looked through again."""
        start, found = self._nexts.get(pattern, (0, -1))
        if not start <= at <= found:
            match = pattern.search(self._text, at)
            found = match.start() if match else len(self._text)
            self._nexts[pattern] = at, found
        return found
