"""Text that was decoded as another encoding than it was written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import (
    CONSONANTS,
    FOLLOWING_VOWELS,
    LEADING_VOWELS,
    MAIYAMOK,
    MARKS,
    PAIYANNOI,
)

# A Thai letter is three bytes of UTF-8: one of these pairs, and one of the last bytes.
_LEADS = b"\xe0\xb8", b"\xe0\xb9"
_LAST_BYTES = bytes(range(0x80, 0xC0))
_GAP = 12  # code points between letters of one run: signs, words in ASCII


class _Misreading(NamedTuple):
    """How Thai in UTF-8 looks in an encoding: its first letter, quickly found, and a run, of which
    so many letters differ.
    """

    first: str
    run: re.Pattern[str]
    note: str
    different: int = 1


def _letters(encoded: bytes, encoding: str) -> str:
    """Bytes as an encoding reads them; one that it does not know becomes the control of its code,
    as in browsers.
    """
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in encoded)


def _misreading(encoding: str, name: str) -> _Misreading:
    first, seconds = _lead(encoding)
    last = _letters(_LAST_BYTES, encoding)
    letter = f"{first}[{seconds}][{last}\ufffd]?"  # the last is lost if the encoding has none
    run = f"{letter}(?:[^\u0e00-\u0e7f]{{0,{_GAP}}}?{letter})++"
    return _Misreading(first, pattern(run), f"Thai in UTF-8 that was read as {name}")


def _misread_as_thai() -> _Misreading:
    """Of which all is Thai letters: four such syllables in a row, which no clause has."""
    first, seconds = _lead("cp874")
    # What Windows-874 lacks may be read as controls, or as Windows-1252, or not at all.
    last = _letters(_LAST_BYTES, "cp874") + _letters(_LAST_BYTES[:0x20], "cp1252")
    letter = f"{first}[{seconds}][{last}\ufffd]"
    gap = f"(?:{first}[{seconds}]|\u0e42\u20ac.?|[\\s!-~\u2013-\u201d]){{0,{_GAP}}}?"
    run = f"{letter}{letter}{letter}{letter}(?:{gap}{letter})*+"
    note = "Thai in UTF-8 that was read as Windows-874 or TIS-620"
    return _Misreading(first, pattern(run), note, different=3)  # a name may be repeated


def _lead(encoding: str) -> tuple[str, str]:
    """The first letter of Thai in UTF-8, as an encoding reads it, and those that may be second."""
    one, other = (_letters(lead, encoding) for lead in _LEADS)
    return one[0], one[1] + other[1]


_TWICE = "\u00c3[\u00a0 ]\u00c2[\u00b8\u00b9]"
_MAY_BE = re.compile("[^\0-\x7f\u0e00-\u0e7f\u2000-\u201f]|เ[ธน]")  # what each misreading has
_OF_TIS = "Thai in TIS-620 that was read as Windows-1252 or Latin-1"

_HIGH = "[\u00a1-\u00da\u00df-\u00fb]"
_SEED = pattern(f"{_HIGH}{{5,}}+")  # more letters with accents in a row than any language has
_BETWEEN = r"[\s!-@\[\]\u0080-\u0097\u2013-\u2026]"  # words; what Windows-874 has there too
_HIGH_RUN = pattern(f"{_HIGH}{{2,}}+(?:{_BETWEEN}{{0,{_GAP}}}{_HIGH}{{2,}}+)*+")
_USUAL = "\u00d2\u00c3\u00b9\u00a1\u00e0\u00cd\u00a7\u00e8\u00d1"  # in nearly all Thai clauses
_SYLLABLES = pattern(
    f"(?:[{LEADING_VOWELS}]?[{CONSONANTS}][{MARKS}]{{0,3}}[{FOLLOWING_VOWELS}]{{0,2}}"
    f"|[{MAIYAMOK}{PAIYANNOI}])++"
)
_VOWEL = pattern(f"[{LEADING_VOWELS}{MARKS}{FOLLOWING_VOWELS}]")


def mojibake(text: str) -> Iterator[Flag]:
    """Thai that was decoded as another encoding; the note names it. One flag a run."""
    end = 0
    for flag in sorted(_runs(text), key=lambda flag: (flag.start, -flag.end)):
        if flag.start >= end:
            end = flag.end
            yield flag


@cache
def _misreadings() -> tuple[_Misreading, ...]:
    """What Thai in UTF-8 is taken for. Made when it is needed: some codecs are slow to load."""
    return (
        _misreading("cp1252", "Windows-1252 or Latin-1"),
        _misreading("mac_roman", "Mac Roman"),
        _misreading("cp437", "code page 437"),
        _misreading("cp850", "code page 850"),
        _misread_as_thai(),
        _Misreading(
            "\u00c3",
            pattern(f"{_TWICE}(?:[^\u0e00-\u0e7f]{{0,{_GAP}}}?{_TWICE})++(?:\u00c2.|\u00e2..)?"),
            "Thai in UTF-8 that was read as Windows-1252 or Latin-1, twice",
        ),
    )


def _runs(text: str) -> Iterator[Flag]:
    if not _MAY_BE.search(text):
        return
    for first, run, note, different in _misreadings():
        if first in text:
            for match in run.finditer(text):
                if len({*match[0].split(first)}) > different:
                    yield Flag(*match.span(), "mojibake", note)
    if any(letter in text for letter in _USUAL):
        for match in _HIGH_RUN.finditer(text):
            if any(_is_thai(seed[0]) for seed in _SEED.finditer(match[0])):
                yield Flag(*match.span(), "mojibake", _OF_TIS)


def _is_thai(letters: str) -> bool:
    """Tell whether letters of Latin-1 would be Thai syllables in TIS-620."""
    thai = letters.encode("latin-1").decode("cp874", "replace")
    return _SYLLABLES.fullmatch(thai) is not None and _VOWEL.search(thai) is not None
