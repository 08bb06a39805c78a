"""To be replaced by a compiled module."""

from __future__ import annotations

from thaifix.kernel._kernel import encode

__all__ = ["encode"]

UNKNOWN = 0
BOUNDARY = 1
SPACE = 2
NUMBER = 3
LATIN = 4
MISC = 5
ABBREVIATION = 6
PUNCTUATION = 7
FIRST_WORD = 102
LINE_END = 0xFFFFFFFF
NEWLINE = 95
ASCII = 96
FOREIGN = 191
OTHER = 192
OPAQUE = 193


def decode(symbols: bytes) -> str:
    """The text of a word's symbols: Thai letters and ASCII. O(n)."""
    return "".join(chr(0x0E00 + s if s < NEWLINE else 0x20 + s - ASCII) for s in symbols)
