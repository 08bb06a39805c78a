"""Whole words of a file that has a "word" for every letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from thaifix.formats.layout.changes import Change
from thaifix.formats.layout.document import Line, Page, Word
from thaifix.formats.layout.markup import Markup
from thaifix.text import segmenter

_NOTHING = re.compile(r"(?:\s|<(?:[\w.-]+:)?SP\b[^<>]*/>)*+")


class Group(NamedTuple):
    """Words that become one.

    Attributes:
        words: In order; at least one. Each is one element with one leaf.
        text: What the group is to say.
        original: What its words said, with the spaces between them.
        spaced: Whether a space is to be before it.
    """

    words: list[Word]
    text: str
    original: str
    spaced: bool


def groups(
    markup: Markup,
    pages: Iterable[Page],
    text: str,
    changes: Iterable[Change],
    *,
    segments: bool,
) -> Iterator[list[Group]]:
    """Divide lines into words of PyThaiNLP's newmm, as far as letters can be put together.

    Words with more between them than white space and `SP` stay apart, and lines are left out in
    which a word is more than one element with one leaf.

    Args:
        markup: The file.
        pages: What was read in it.
        text: The document's text.
        changes: What a correction makes of it.
        segments: Cut also where there is no space.
    Yields:
        The groups of a line.
    Time: linear. PyThaiNLP's dictionary is read at the first line, in some tenths of a second.
    """
    changed = {id(change.leaf): change for change in changes}
    for page in pages:
        for line in page.lines:
            if all(len(word.leaves) == 1 and word.end is not None for word in line.words):
                yield list(_groups(markup, line, text, changed, segments=segments))


def _groups(
    markup: Markup, line: Line, text: str, changed: dict[int, Change], *, segments: bool
) -> Iterator[Group]:
    pieces: list[tuple[Word, str, bool]] = []  # words, what they are to say, a space before it
    space = False
    for word in line.words:
        leaf = word.leaves[0]
        change = changed.get(id(leaf))
        letters = change.text if change else leaf.text
        was = bool(leaf.start) and text[(leaf.start or 0) - 1] == " "
        space = space or (was and not (change and change.joined)) or letters[:1] == " "
        pieces.append((word, letters.strip(" "), space))
        space = letters[-1:] == " " or (space and not letters.strip(" "))
    bounds = _bounds(pieces, segments=segments)
    words: list[Word] = []
    new = original = ""
    spaced, at = False, 0
    for word, letters, space in pieces:
        apart = bool(words) and not _adjacent(markup, words[-1], word)
        if words and ((letters and at in bounds) or apart):
            yield Group(words, new, original, spaced)
            words, new, original, spaced = [], "", "", False
        spaced = spaced or (space and not new)
        leaf = word.leaves[0]
        gap = bool(original) and bool(leaf.start) and text[(leaf.start or 0) - 1] == " "
        words = [*words, word]
        new += letters
        original += " " * gap + leaf.text
        at += len(letters)
    if words:
        yield Group(words, new, original, spaced)


def _bounds(pieces: Iterable[tuple[Word, str, bool]], *, segments: bool) -> set[int]:
    """Find where words begin, in code points of the line without its spaces."""
    line = "".join(" " * space + letters for _, letters, space in pieces)
    bounds = {0}
    at = 0
    for word in segmenter.words(line) if segments else [line]:
        for part in word.split(" "):  # newmm takes `ต่าง ๆ` for one word
            bounds.add(at)
            at += len(part)
    return bounds


def _adjacent(markup: Markup, one: Word, other: Word) -> bool:
    return bool(one.end and _NOTHING.fullmatch(markup.text, one.end, other.tag.start))
