"""Places where text seems to be lost."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.text.blocks import BLOCK_SIZE
from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import CONSONANTS, DIGITS, LEADING_VOWELS, LETTERS, MARKS

_SPEAKS_OF_LETTERS = pattern(rf"(?:สระ|อักษร|คำว่า|ตัว|[{LEADING_VOWELS}])[\s,]*$|[^ \t\n{LETTERS}]$")
_HEADLESS = pattern(rf"\n[ \t]*([{MARKS}]+)[{CONSONANTS}{LEADING_VOWELS}]")
_FAR = 400  # code points within which a bracket is closed
_BRACKET = pattern(r"[()](?<!\\.)")  # but those of an escape, a formula
_LABEL = pattern(
    rf"(?:^|[\s(,])[\w.]{{1,4}}$|[0-9{DIGITS}\s]$|(?<![{LETTERS}])[{CONSONANTS}]$|[:;=^'-]$"
)
_ITEM = pattern(rf"\n[ \t]*(\(?)([0-9]{{1,2}}|[{DIGITS}]{{1,2}})([.)])(?![0-9{DIGITS}])")


def lost_text(text: str) -> Iterator[Flag]:
    """A word cut off, a bracket without its partner, a list without one of its numbers."""
    yield from _cut_words(text)
    if "(" in text or ")" in text:
        yield from _brackets(text)
    yield from _gaps(text)


def _cut_words(text: str) -> Iterator[Flag]:
    end = 0
    for line in text.split("\n"):
        at = end + len(line.rstrip()) - 1
        if (
            at >= end
            and text[at] in LEADING_VOWELS
            and not _SPEAKS_OF_LETTERS.search(text, max(end, at - 12), at)
        ):
            yield Flag(at, at + 1, "lost_text", "a vowel without its consonant")
        end += len(line) + 1
    for match in _HEADLESS.finditer(f"\n{text}"):
        yield Flag(match.start(1) - 1, match.end(1) - 1, "lost_text", "a mark without its letter")


def _brackets(text: str) -> Iterator[Flag]:
    """Brackets without a partner in their paragraph, where the block does not cut it."""
    cut = len(text) >= BLOCK_SIZE
    opened: list[int] = []
    alone: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match[0] == "(":
            opened.append(at)
        elif opened and at - opened[-1] <= _FAR and "\n\n" not in text[opened[-1] : at]:
            opened.pop()
        elif not (cut and at < _FAR) and not _LABEL.search(text, max(0, at - 6), at):
            alone.append(at)
    alone += (at for at in opened if not (cut and at > len(text) - _FAR))
    for at in alone:
        yield Flag(at, at + 1, "lost_text", "a bracket without its partner")


def _gaps(text: str) -> Iterator[Flag]:
    """Numbers 1, 2, ... n, n + 2 at the beginnings of lines, one of them missing."""
    last: dict[tuple[str, str, bool], int] = {}
    for match in _ITEM.finditer(f"\n{text}"):
        kind = match[1], match[3], match[2][0] in DIGITS
        number = int(match[2])
        before = last.get(kind, 0)
        if number == 1 or number == before + 1:
            last[kind] = number
        elif before > 1 and number == before + 2:
            last[kind] = number
            yield Flag(
                match.start(2) - 1, match.end(2) - 1, "lost_text", "a number is missing before it"
            )
        else:
            last.pop(kind, None)
