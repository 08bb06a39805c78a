"""Signs that no one wrote like this."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import DIGITS, LETTERS

_LONGEST = 60  # code points of a line of scattered signs
_SCATTERED = pattern(rf"(?=.*[^\s\w{LETTERS}])\S{{1,3}}(?:[ \t]+\S{{1,3}}){{1,6}}$")
_WRITTEN = pattern(rf"[{LETTERS}]{{2}}|[A-Za-z]{{2}}|[0-9{DIGITS}]{{2}}")
_SPECKS = ".,;:'\"`^~_\u00ab\u00bb\u00b7\u00a2-\u00a9\u00ae\u2018-\u201f\u2013\u2014-"
_SPECK = pattern(rf"(?<!\S)[{_SPECKS}]{{1,3}}(?!\S)")
_LEAST_SPECKS = 3  # different ones on a line: two, or the same again, may be an ornament
_STRUCTURE = pattern(r"[|\t<>={}$&\\]")  # cells, tags, formulas, records

_SIGN = pattern("[\u00ab\u00bb^~\\\\{}\u00a2-\u00a9\u00ae]")
_ORDINARY = pattern(
    rf"""
      \\(?:[^\w\s]|[_\d]|[A-Za-z]+)                   # an escape, a command
    | \[\^\w+\]                                       # a footnote
    | (?<=[\w)\]}}])\^[\w({{+-]                       # a power
    | [\u00a2-\u00a7](?=[0-9{DIGITS}])                # currency, a section
    | [\u00a9\u00ae](?=[0-9{DIGITS}]|[A-Za-z]{{2}})|(?<=[A-Za-z]{{2}})\u00ae
    | \u00ab(?=[A-Za-z]{{2}})|(?<=[A-Za-z]{{2}}[.,!?])\u00bb|(?<=[A-Za-z]{{2}})\u00bb
    | (?<=\w)~(?=\w)|~(?=[/\w])|(?<=\w)~+|^~+$        # from-to, a path, a drawl
    | ^[(d]?[\^~>T][_.oO0*3-]{{0,3}}[\^~<T][)b"'.]?   # a face
    | ^[{{}}\[\](),:;"']+$                            # a record, a place for a word
    | \{{(?=[^{{}}]*\}})|\{{{{1,2}}[\#/]?(?=\w)|(?<=\w)\}}{{1,2}}|\}}(?=<)
    """,
    re.VERBOSE,
)
_THAI = pattern(f"[{LETTERS}]")
_WORD = pattern(r"\S+")


def margin_noise(text: str) -> Iterator[Flag]:
    """Lines of scattered signs without a word: dirt or a rule in the margin."""
    start = 0
    for line in text.split("\n"):
        signs = line.strip() if len(line) <= _LONGEST else ""
        if (
            signs
            and _SCATTERED.match(signs)
            and not _WRITTEN.search(signs)
            and not _STRUCTURE.search(signs)
            and _is_dirt(signs)
        ):
            at = start + line.index(signs)
            yield Flag(at, at + len(signs), "margin_noise", "a line of signs without a word")
        start += len(line) + 1


def _is_dirt(signs: str) -> bool:
    """Tell whether a line is specks, with no more than one letter among them."""
    specks = _SPECK.findall(signs)
    return len({*specks}) >= _LEAST_SPECKS and len(signs.split()) - len(specks) <= 1


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
        if (
            len(signs) > 2
            and not ("//" in signs or "@" in signs or _THAI.search(signs))
            and _SIGN.search(_ORDINARY.sub("", signs))
        ):
            yield Flag(word.start(), end, "latin_misread", "neither Thai nor Latin")
