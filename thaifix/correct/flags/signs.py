"""Signs and numbers that no one wrote like this."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaifix.text.edit import Flag
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS

_LONGEST = 60  # code points of a line of scattered signs
_SCATTERED = re.compile(rf"(?=.*[^\s\w{LETTERS}])\S{{1,3}}(?:[ \t]+\S{{1,3}}){{1,6}}$")
_WRITTEN = re.compile(rf"[{LETTERS}]{{2}}|[A-Za-z]{{2}}|[0-9{DIGITS}]{{2}}")
_ORDERLY = re.compile(
    rf"""
      (?:\(?[0-9A-Za-z{DIGITS}{CONSONANTS}][.)][ \t]*)+ # labels of a list
    | [-\u2013][ \t]*\w+[ \t]*[-\u2013]                 # a page number
    | (\S)(?:[ \t]*\1)+                                 # a ruling
    | [()\[\]|\u2610-\u2612 \t-]+                       # boxes of a form, cells of a table
    """,
    re.VERBOSE,
)
_SIGN = re.compile("[\u00ab\u00bb^~\\\\{}\u00a2-\u00a9\u00ae]")
_THAI = re.compile(f"[{LETTERS}]")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(f"[{DIGITS}][{CONSONANTS}](?=[{DIGITS}])")


def margin_noise(text: str) -> Iterator[Flag]:
    """Lines of scattered signs without a word: dirt or a rule in the margin."""
    start = 0
    for line in text.split("\n"):
        signs = line.strip() if len(line) <= _LONGEST else ""
        if (
            signs
            and _SCATTERED.match(signs)
            and not _WRITTEN.search(signs)
            and not _ORDERLY.fullmatch(signs)
        ):
            at = start + line.index(signs)
            yield Flag(at, at + len(signs), "margin_noise", "a line of signs without a word")
        start += len(line) + 1


def latin_misread(text: str) -> Iterator[Flag]:
    """Strings of signs that are no Thai and no Latin: mostly Latin read as Thai."""
    end = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < end:
            continue
        start = 1 + max(text.rfind(space, end, sign.start()) for space in " \n\t")
        word = _WORD.match(text, max(start, end))
        if not word:
            continue
        end = word.end()
        signs = word[0]
        if len(signs) > 2 and not ("//" in signs or "@" in signs or _THAI.search(signs)):
            yield Flag(word.start(), end, "latin_misread", "neither Thai nor Latin")


def misread_number(text: str) -> Iterator[Flag]:
    """A Thai letter between Thai digits: a digit that was misread."""
    for match in _NUMBER.finditer(text):
        yield Flag(match.start() + 1, match.end(), "misread_number", "a letter among digits")
