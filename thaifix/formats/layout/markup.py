"""XML and HTML as text with places: what changes is spliced in, nothing is written anew.

Expat decides whether a file is well-formed. Parsers do not tell where each attribute and letter
stands, so a regular expression finds the tags again; in well-formed XML it is exact. No entity is
expanded and nothing but the file is read: a file that declares entities is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5
from typing import NamedTuple
from xml.parsers import expat

from thaifix.errors import FormatError
from thaifix.formats.layout.encoding import decode
from thaifix.formats.layout.tags import Tag, Tags, find_tags, mark_end

_ATTRIBUTE = re.compile(
    r"""(?<![^\s=/"'<>])([^\s=/"'<>]++)\s*+=\s*(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]+))"""
)
_QUOTES = ("", "", '"', "'", "")  # around the groups of `_ATTRIBUTE`
_TOKEN = re.compile(r"&(?P<entity>#?\w+);|\r\n?|.", re.DOTALL)
_COLLAPSING = re.compile(r"&(?P<entity>#\d+|#[xX][\da-fA-F]+|\w+(?=;));?|[ \t\r\n\f]+|.", re.DOTALL)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_PLAIN = re.compile(r"(?: ?[^&<\s]+)*+ ?")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_IS_XML = re.compile(r"\ufeff?\s*<\?xml|.{,2000}xmlns=", re.DOTALL)
"""Tells XHTML: a declaration, or a namespace among the first code points; their number is by
judgement.
"""
_PART = 1 << 16
"""Code points that Expat gets at a time, by judgement: it copies what it gets."""
_MAX_WHITE = 256
"""Code points of white space that stand between two tags at most; by judgement."""


class Slot(NamedTuple):
    """A span of the file's text that holds letters: an attribute's value, or content.

    Attributes:
        start, end: The span, without quotes.
        quote: The quotes around a value; "" in content, and around a value without quotes.
    """

    start: int
    end: int
    quote: str


class Splice(NamedTuple):
    """A span of the file's text, and what is to stand there instead."""

    start: int
    end: int
    text: str


class Markup(NamedTuple):
    """A file of XML or HTML.

    Attributes:
        text: All of it, decoded, with its byte order mark.
        encoding: How it is encoded, for Python.
        tags: Its tags, comments and the like left out.
        is_xml: Whether it is well-formed XML; else HTML.
        collapses: Whether runs of white space in content are one space, as in HTML and XHTML.
    """

    text: str
    encoding: str
    tags: Tags
    is_xml: bool
    collapses: bool

    def values(self, tag: Tag) -> dict[str, str]:
        """Give a tag's attributes as they are written; of two with one name the first counts."""
        found = _ATTRIBUTE.findall(self.text, tag.start + 1 + len(tag.name), tag.end)
        if self.is_xml:
            return {name: one or two or bare for name, one, two, bare in found}
        return {name.lower(): one or two or bare for name, one, two, bare in reversed(found)}

    def some(self, tag: Tag, names: Sequence[str]) -> dict[str, str]:
        """Give at least the attributes with these names, faster than `values`."""
        raw = self.text[tag.start : tag.end]
        if not self.is_xml or "'" in raw:  # a value may hold what looks like an attribute
            return self.values(tag)
        found = {}
        for name in names:
            if (at := raw.find(f' {name}="')) >= 0:
                at += len(name) + 3
                found[name] = raw[at : raw.index('"', at)]
            elif name in raw:
                return self.values(tag)
        return found

    def slot(self, tag: Tag, name: str) -> Slot | None:
        """Find where the value of an attribute stands."""
        for match in _ATTRIBUTE.finditer(self.text, tag.start + 1 + len(tag.name), tag.end):
            if name == (match[1] if self.is_xml else match[1].lower()):
                group = match.lastindex or 0
                return Slot(*match.span(group), _QUOTES[group])
        return None

    def value(self, raw: str) -> str:
        """Give the letters of an attribute's value, as `values` gives it."""
        if _PLAIN.fullmatch(raw):
            return raw
        return "".join(letters for letters, _ in self._tokens(raw, 0, len(raw), value=True))

    def read(self, slot: Slot) -> str:
        """Give the letters in a slot."""
        raw = self.text[slot.start : slot.end]
        if _PLAIN.fullmatch(raw):
            return raw
        return "".join(letters for letters, _ in self._slot_tokens(slot))

    def replace(self, slot: Slot, text: str) -> Splice:
        """Put other letters into a slot; letters that both begin or end with stay as written."""
        tokens = list(self._slot_tokens(slot))
        head = tail = done = 0
        while head < len(tokens) and text.startswith(tokens[head][0], done):
            done += len(tokens[head][0])
            head += 1
        left = len(text)
        while tail < len(tokens) - head:
            letters = tokens[-1 - tail][0]
            if left - len(letters) < done or not text.endswith(letters, done, left):
                break
            left -= len(letters)
            tail += 1
        start = slot.start + sum(len(raw) for _, raw in tokens[:head])
        end = slot.end - sum(len(raw) for _, raw in tokens[len(tokens) - tail :])
        silent = "".join(raw for letters, raw in tokens[head : len(tokens) - tail] if not letters)
        return Splice(start, end, silent + self.escape(text[done:left], slot.quote))

    def escape(self, text: str, quote: str = "") -> str:
        """Write text as content, or as a value between such quotes.

        What the file's encoding lacks becomes a character reference.
        """
        for letter in "&<>" + quote:
            text = text.replace(letter, _ESCAPES[letter])
        if self.encoding != "utf-8":
            text = text.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)
        return text

    def _slot_tokens(self, slot: Slot) -> Iterator[tuple[str, str]]:
        return self._tokens(self.text, slot.start, slot.end, value=bool(slot.quote))

    def _tokens(self, text: str, start: int, end: int, *, value: bool) -> Iterator[tuple[str, str]]:
        """Divide text into letters and how each is written; a comment is no letter."""
        pattern = _COLLAPSING if self.collapses and not value else _TOKEN
        missing: set[str] = set()
        while start < end and (match := pattern.match(text, start, end)):
            raw = match[0]
            if raw == "<" and (after := mark_end(text, start, end, missing)) > 0:
                raw = text[start:after]
            start += len(raw)
            if match["entity"]:
                letter = _entity(match["entity"]) or raw
                yield " " if value and letter in "\t\n\r" else letter, raw
            elif len(raw) > 1 and raw.startswith(_CDATA):
                yield raw[len(_CDATA) : -len(_CDATA_END)], raw
            elif raw[0] == "<" and len(raw) > 1:
                yield "", raw
            elif raw[0] in " \t\r\n\f":
                yield (
                    " "
                    if value or self.collapses
                    else raw.replace("\r\n", "\n").replace("\r", "\n"),
                    raw,
                )
            else:
                yield raw, raw


def parse(data: bytes, name: str, *, html: bool = False) -> Markup:
    """Take a file apart.

    Args:
        data: The whole file.
        name: The file's name, for messages.
        html: Whether it may be HTML: XHTML, or HTML that is not XML.
    Raises:
        FormatError: If it is XML and not well-formed, or HTML with an open comment; if it declares
            entities, or cannot be decoded.
    Time and memory: linear.
    """
    text, encoding = decode(data, name)
    is_xml = not html or bool(_IS_XML.match(text))
    start = _check(text, name) if is_xml else 0
    if not is_xml and (open_ := text.find("<!--", text.rfind("-->") + 1)) >= 0:
        line = text.count("\n", 0, open_) + 1
        raise FormatError(f"{name}, line {line}: a comment is not closed. Get an undamaged copy")
    return Markup(text, encoding, find_tags(text, start, is_xml=is_xml), is_xml, html)


def splice(
    text: str, splices: Iterable[Splice]
) -> tuple[Iterator[str], list[tuple[int, int, str]]]:
    """Put splices in.

    Args:
        text: The file's text.
        splices: In any order; they do not overlap. Those at one place stand in the order given.
    Returns:
        The new text part by part, as a whole would double a large file, and for each splice where
        it stands in that, its length in code points, and the text in whose place it stands.
    """
    ordered = sorted(splices, key=lambda splice: splice[:2])
    undo: list[tuple[int, int, str]] = []
    done = length = 0
    for start, end, new in ordered:
        length += start - done
        undo.append((length, len(new), text[start:end]))
        length += len(new)
        done = end
    return _spliced(text, ordered), undo


def _spliced(text: str, ordered: Iterable[Splice]) -> Iterator[str]:
    done = 0
    for start, end, new in ordered:
        yield text[done:start]
        yield new
        done = end
    yield text[done:]


def before_end(markup: Markup, end: Tag, element: str) -> Splice:
    """Put an element before an end tag, on a line of its own if the tag has a line of its own."""
    text = markup.text
    line = text.rfind("\n", 0, end.start) + 1
    if not line or text[line : end.start].strip():
        return Splice(end.start, end.start, element)
    last = text[text.rfind("\n", 0, line - 1) + 1 : line]  # the line of the element before it
    indent = last[: len(last) - len(last.lstrip())]
    return Splice(line, line, f"{indent}{element}\n")


def white_before(text: str, start: int) -> str:
    """Give the white space between a tag and what is before it."""
    near = text[max(0, start - _MAX_WHITE) : start]
    return near[len(near.rstrip()) :]


def prefix(markup: Markup, tag: Tag) -> str:
    """Give the namespace prefix of a tag of XML, with its colon."""
    start = tag.start + (1 if tag.opens else 2)
    return markup.text[start : markup.text.index(tag.name, start)]


def _check(text: str, name: str) -> int:
    """Refuse what is not well-formed; return where the root element begins."""
    parser = expat.ParserCreate()
    root = 0

    def element(_name: str, _attributes: object) -> None:
        nonlocal root
        root = parser.CurrentByteIndex
        parser.StartElementHandler = None

    def entity(entity: str, *_: object) -> None:
        raise FormatError(
            f"{name}, line {parser.CurrentLineNumber}: declares the entity {entity!r}. "
            "Entities are not expanded: write what they stand for, and remove the declaration"
        )

    parser.StartElementHandler = element
    parser.EntityDeclHandler = entity
    try:
        for at in range(0, len(text), _PART):
            parser.Parse(text[at : at + _PART], False)
        parser.Parse("", True)
    except expat.ExpatError as error:
        raise FormatError(
            f"{name}, line {error.lineno}: not well-formed XML "
            f"({expat.ErrorString(error.code)}). Get an undamaged copy; "
            "to correct it as plain text all the same: --format text"
        ) from error
    return len(text[:root].encode("utf-8")[:root].decode("utf-8"))


def _entity(name: str) -> str | None:
    """Give the letters that a reference stands for; None if it stands for none."""
    if name[0] != "#":
        return html5.get(name + ";")
    try:
        code = int(name[2:], 16) if name[1:2] in "xX" else int(name[1:])
        return None if 0xD800 <= code <= 0xDFFF else chr(code)
    except (ValueError, OverflowError):
        return None
