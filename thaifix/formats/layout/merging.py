"""Whole words for a file that has a "word" for every letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from thaifix.errors import FormatError
from thaifix.formats.layout.changes import LeafChange
from thaifix.formats.layout.markup import Markup
from thaifix.formats.layout.tree import Leaf, PageText, TextLine, WordBox
from thaifix.text import segmenter

_NOTHING = re.compile(r"(?:\s|<(?:[\w.-]+:)?SP\b[^<>]*/>)*+")


class MergedWord(NamedTuple):
    """A word that is made of others.

    Attributes:
        parts: The words that it is made of, in order; at least one. Each is one element with one
            leaf.
        text: What it is to say.
        original: What its parts said, with the spaces between them.
        spaced: Whether a space is to stand before it.
    """

    parts: list[WordBox]
    text: str
    original: str
    spaced: bool


class _Letters(NamedTuple):
    """What one word is to say, without spaces, and whether a space is to stand before it."""

    word: WordBox
    text: str
    spaced: bool


def require_segmenter(name: str) -> None:
    """Refuse to merge words where PyThaiNLP is not installed.

    Args:
        name: The file's name.
    Raises:
        FormatError: If it is not; says how to install it.
    """
    if not segmenter.installed():
        raise FormatError(
            f"{name}: whole words (--merge-words) need PyThaiNLP. "
            "Install it: pip install 'thaifix[evaluate]'"
        )


def merged_lines(
    markup: Markup,
    pages: Iterable[PageText],
    text: str,
    changes: Iterable[LeafChange],
    *,
    segments: bool,
) -> Iterator[list[MergedWord]]:
    """Make words of single letters, line by line.

    Words with more between them than white space and `SP` stay apart, and lines are left out in
    which a word is more than one element with one leaf.

    Args:
        markup: The file.
        pages: What was read in it.
        text: The file's text.
        changes: What a correction makes of its leaves.
        segments: Make words of PyThaiNLP's newmm; else one word of all letters between two spaces.
    Yields:
        The new words of a line.
    Time: linear. PyThaiNLP's dictionary is read at the first line, in some tenths of a second.
    """
    changed = {id(change.leaf): change for change in changes}
    for page in pages:
        for line in page.lines:
            if all(len(word.leaves) == 1 and word.end is not None for word in line.words):
                letters = list(_letters(line, text, changed))
                yield list(_merged(markup, text, letters, _starts(letters, segments=segments)))


def _letters(line: TextLine, text: str, changed: dict[int, LeafChange]) -> Iterator[_Letters]:
    """Tell what the words of a line are to say."""
    spaced = False
    for word in line.words:
        leaf = word.leaves[0]
        change = changed.get(id(leaf))
        new = change.text if change else leaf.text
        was_spaced = _is_spaced(leaf, text) and not (change and change.joined)
        spaced = spaced or was_spaced or new[:1] == " "
        yield _Letters(word, new.strip(" "), spaced)
        spaced = new[-1:] == " " or (spaced and not new.strip(" "))


def _starts(letters: Iterable[_Letters], *, segments: bool) -> set[int]:
    """Find where words begin, in code points of the line without its spaces."""
    line = "".join(" " * part.spaced + part.text for part in letters)
    starts = {0}
    at = 0
    for word in segmenter.words(line) if segments else [line]:
        for part in word.split(" "):  # newmm takes `ต่าง ๆ` for one word
            starts.add(at)
            at += len(part)
    return starts


def _merged(
    markup: Markup, text: str, letters: Iterable[_Letters], starts: set[int]
) -> Iterator[MergedWord]:
    """Put letters together until the next word starts."""
    parts: list[WordBox] = []
    new = original = ""
    word_spaced, at = False, 0
    for word, part, spaced in letters:
        if parts and ((part and at in starts) or not _adjacent(markup, parts[-1], word)):
            yield MergedWord(parts, new, original, word_spaced)
            parts, new, original, word_spaced = [], "", "", False
        if not new:
            word_spaced = word_spaced or spaced
        leaf = word.leaves[0]
        parts.append(word)
        new += part
        original += " " * (original != "" and _is_spaced(leaf, text)) + leaf.text
        at += len(part)
    if parts:
        yield MergedWord(parts, new, original, word_spaced)


def _is_spaced(leaf: Leaf, text: str) -> bool:
    """Tell whether a space stands before a leaf in the file's text."""
    return bool(leaf.start) and text[(leaf.start or 0) - 1] == " "


def _adjacent(markup: Markup, one: WordBox, other: WordBox) -> bool:
    """Tell whether nothing but a space stands between the elements of two words."""
    return bool(one.end and _NOTHING.fullmatch(markup.text, one.end, other.tag.start))
