"""Letters of other scripts that do not belong where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import FOLLOWING_VOWELS, LEADING_VOWELS, LETTERS, MARKS, letter_at

_FOREIGN = pattern("[\u0370-\u0dff\u0e80-\u1dff]+|[\u2e80-\u2fff\u3005-\ud7ff\uf900-\ufdff]+")
_LAO = pattern("[\u0e80-\u0eff]")  # with the upper half of Thai
_USUAL = bytes({0x00, 0x0E, 0x20, 0x22, 0x25})  # upper halves of Latin, Thai, usual signs
_SYMBOLS = frozenset(
    "\u03b1\u03b2\u03b3\u03b4\u03b8\u03bb\u03bc\u03c0\u03c3\u03c6\u0394\u03a3\u03a9"
)
_FEW = 3  # letters: more are a word of another language, written without spaces
_NEVER_FIRST = frozenset(MARKS + FOLLOWING_VOWELS)  # in a Thai word

_LATIN = pattern(f"[A-Za-z](?<=[{LETTERS}].)(?=[{LETTERS}])")
_GLUED = pattern(
    rf"[a-z](?:(?<=[{LETTERS}].)[a-z]+(?: [a-z]+)?|(?<![A-Za-z].)[a-z]+(?: [a-z]+)?(?=[{LETTERS}]))"
    r"(?![A-Za-z0-9]| [A-Za-z0-9])"
)
_NOT_BEFORE = pattern(r"[A-Za-z0-9.@#/_:&'\u2019+-] ?$")
_NOT_AFTER = pattern(r"[.@/_:&'\u2019+-][A-Za-z0-9]|[-/_@+]")
_USUAL_WORDS = """
kg mg ug km cm mm nm um ml cc ha kw kwh mw mwh hz khz mhz ghz kb mb gb tb kbps mbps gbps dpi
ppm ppb psi rpm sq am pm ph db kcal cal mol
app apps application blog chat email facebook fanpage google hashtag inbox line link live mail
offline online onsite page podcast post qr server share slide software tiktok twitter update
video vs web webinar website wifi youtube zoom
"""
_NOT_FLAGGED = frozenset(_USUAL_WORDS.split())  # units; loan words that people write in Latin


def foreign_letter(text: str) -> Iterator[Flag]:
    """Up to three letters of another script in a Thai word, without a safe reading."""
    yield from _latin_letter(text)
    if not _may_have_foreign(text):
        return
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        before, after = letter_at(text, start - 1), letter_at(text, end)
        if end - start > _FEW or not (before or after) or _SYMBOLS.issuperset(match[0]):
            continue
        if (before and after) or "\u0400" <= match[0] < "\u2e80":
            yield Flag(start, end, "foreign_letter", _names(match[0]))


def _may_have_foreign(text: str) -> bool:
    """Tell, more quickly than by the search, whether there may be a letter of another script."""
    try:
        text.encode("cp874")  # Latin, Thai and the signs of a Thai keyboard
    except UnicodeEncodeError:
        upper_halves = text.encode("utf-16-le", "surrogatepass")[1::2]
        return bool(upper_halves.translate(None, _USUAL)) or _LAO.search(text) is not None
    return False


def _latin_letter(text: str) -> Iterator[Flag]:
    for match in _LATIN.finditer(text):
        start, end = match.span()
        small = match[0].islower() and match[0] != "x"  # which is a multiplication sign
        if small or text[end] in _NEVER_FIRST or text[start - 1] in LEADING_VOWELS:
            yield Flag(start, end, "foreign_letter", _names(match[0]))


def _names(letters: str) -> str:
    return ", ".join(unicodedata.name(c, f"U+{ord(c):04X}").capitalize() for c in letters)


def latin_glued(text: str) -> Iterator[Flag]:
    """One or two small Latin words written onto a Thai word: a machine's change of language."""
    for match in _GLUED.finditer(text):
        start, end = match.span()
        before, after = letter_at(text, start - 1), letter_at(text, end)
        if end - start < 3 and not (before and after):
            continue
        if _NOT_BEFORE.search(text, max(0, start - 2), start) or _NOT_AFTER.match(text, end):
            continue
        if not _NOT_FLAGGED.isdisjoint(match[0].split()):
            continue
        yield Flag(start, end, "latin_glued", "Latin word without a space in Thai text")
