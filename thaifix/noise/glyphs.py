"""Glyphs of old Thai fonts, which a text layer has in the place of letters.

Fonts of the time before OpenType draw a mark at several heights, each as a glyph with a code of
private use, U+F700 to U+F71A, as Microsoft's Thai fonts had them. Others have the tone marks at
codes of Latin letters.
"""

from __future__ import annotations

from thaifix.text.script import (
    ABOVE_VOWELS,
    BELOW_VOWELS,
    MAITAIKHU,
    NIKHAHIT,
    PHINTHU,
    SARA_AM,
    THANTHAKHAT,
    TONE_MARKS,
)

TALL = "ปฝฟฬ"
"""Letters with a stem that reaches up: marks above them stand further left."""

_DEEP = "ฎฏ"  # letters that reach down: vowels below them stand lower
_TONES = TONE_MARKS + THANTHAKHAT
_HIGH_VOWELS = ABOVE_VOWELS[1:]  # all but mai han-akat
_ABOVE = ABOVE_VOWELS + MAITAIKHU + NIKHAHIT
_UNDER = BELOW_VOWELS + PHINTHU
_LATIN = dict(zip(_TONES, "ÉÊËÌÍ", strict=True))


def _glyphs(letters: str, first: int) -> dict[str, str]:
    """Give letters glyphs one after the other."""
    return {letter: chr(first + number) for number, letter in enumerate(letters)}


_LEFT = (
    _glyphs(_HIGH_VOWELS, 0xF701)
    | _glyphs(_TONES, 0xF705)
    | _glyphs(ABOVE_VOWELS[0] + NIKHAHIT + MAITAIKHU, 0xF710)
)
_LOW = _glyphs(_TONES, 0xF70A)
_HIGH_LEFT = _glyphs(_TONES, 0xF713)
_LOWER = _glyphs(_UNDER, 0xF718)
_WITHOUT_FOOT = {"ฐ": "\uf700", "ญ": "\uf70f"}
_ANYWHERE = _WITHOUT_FOOT | _LEFT | _LOWER | _LOW


def latin_tone(mark: str) -> str:
    """Give the Latin letter for a tone mark or thanthakhat; "" for other marks."""
    return _LATIN.get(mark, "")


def shaped(text: str, at: int) -> str:
    """Give the glyph that a font needs for the letter at a place; "" if it is the common one.

    Args:
        text: Any text.
        at: Where the letter or mark stands, in code points.
    """
    letter, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if letter in _WITHOUT_FOOT:
        return _WITHOUT_FOOT[letter] if behind and behind in _UNDER else ""
    if letter in _TONES:
        raised = bool(before and before in _ABOVE) or behind in (SARA_AM, NIKHAHIT)
        base = text[at - 2 : at - 1] if before and before in _ABOVE + BELOW_VOWELS else before
        if base and base in TALL:
            return (_HIGH_LEFT if raised else _LEFT)[letter]
        return "" if raised else _LOW[letter]
    if before and before in TALL:
        return _LEFT.get(letter, "")
    return _LOWER.get(letter, "") if before and before in _DEEP else ""


def unshaped(letter: str) -> str:
    """Give a glyph of private use for a letter wherever it stands; "" if there is none."""
    return _ANYWHERE.get(letter, "")
