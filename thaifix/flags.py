"""Flags: what looks wrong but is not rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaifix.edit import Edit, Flag
from thaifix.script import letter_at

_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_FOREIGN = re.compile(
    "[\u0900-\u0dff\u0e80-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]+"
)
_SCATTERED = re.compile(
    rf"^[ \t]*(?=[^\r\n]*[^\s\w{_THAI}])[^\s]{{1,3}}(?:[ \t]+[^\s]{{1,3}}){{1,6}}[ \t]*$", re.M
)
_WRITTEN = re.compile(rf"[{_THAI}]{{2}}|[A-Za-z]{{2}}|[0-9\u0e50-\u0e59]{{2}}")
_NUMBER = re.compile("(?<=[\u0e50-\u0e59])[\u0e01-\u0e2e](?=[\u0e50-\u0e59])")
_GARBLED = re.compile(
    rf"(?<!\S)(?=\S*[\u00ab\u00bb^~\\{{}}\u00a2-\u00a9\u00ae])[^\s{_THAI}]{{3,}}(?!\S)"
)


def foreign_letter(text: str) -> Iterator[Flag]:
    """Letters of another script in a Thai word, without a safe reading."""
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        if letter_at(text, start - 1) and letter_at(text, end):
            yield Flag(start, end, "foreign_letter", match[0])


def margin_noise(text: str) -> Iterator[Flag]:
    """Lines of scattered signs without a word: dirt or a rule in the margin."""
    for match in _SCATTERED.finditer(text):
        if not _WRITTEN.search(match[0]):
            yield Flag(match.start(), match.end(), "margin_noise", match[0].strip())


def latin_misread(text: str) -> Iterator[Flag]:
    """Strings of signs that are no Thai and no Latin: mostly Latin read as Thai."""
    for match in _GARBLED.finditer(text):
        if "//" in match[0] or "@" in match[0]:
            continue  # an address
        yield Flag(match.start(), match.end(), "latin_misread", match[0])


def misread_number(text: str) -> Iterator[Flag]:
    """A Thai letter between Thai digits: a digit that was misread."""
    for match in _NUMBER.finditer(text):
        yield Flag(match.start(), match.end(), "misread_number", match[0])


RULES = (foreign_letter, margin_noise, latin_misread)


def find_flags(
    text: str, edits: Sequence[Edit], protected: Sequence[tuple[int, int]]
) -> list[Flag]:
    """Flags of a block where no edit and no protected span is, in order.

    Spans are in code points of `text`. Time: O(n).
    """
    if text.isascii():
        return []
    taken = [*((e.start, e.end) for e in edits), *protected]
    found = (flag for rule in RULES for flag in rule(text))
    free = (f for f in found if not any(a < f.end and f.start < b for a, b in taken))
    return sorted({*free, *misread_number(text), *latin_misread(text)})
