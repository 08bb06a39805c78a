"""A text as kinds of letters, one byte for each code point, in which pairs are found quickly.

Digits are rare among Thai letters, and searching for one of twenty takes several times as long as
searching for one byte.
"""

from __future__ import annotations

import re
from functools import lru_cache

from thaifix.text.script import CONSONANTS, DIGITS, LEADING_VOWELS

ROUND = "oO"
"""Latin letters that are read for a zero, or a zero for them."""

UPRIGHT = "lIb"
"""... for another digit."""

_KINDS = {
    b"T": DIGITS,
    b"A": "0123456789",
    b"L": ROUND + UPRIGHT,
    b"C": CONSONANTS,
    b"V": LEADING_VOWELS,
    b" ": " \t\u00a0",
    b".": ".",
    b",": ",",
}
_KIND = bytearray(b"x" * 256)  # of each byte of Windows-874
for _kind, _letters in _KINDS.items():
    for _code in _letters.encode("cp874"):
        _KIND[_code] = _kind[0]


def places(text: str, *patterns: re.Pattern[bytes]) -> list[tuple[int, int]]:
    """Find letters of certain kinds one after another.

    Args:
        text: Any text.
        patterns: What to look for: T Thai and A Arabic digits, L Latin letters like digits, C Thai
            consonants, V leading vowels, a space for blanks in a line, full stop and comma, x any
            other. One that begins with a letter, not with a class of them, is quick.
    Returns:
        Their spans, in order.
    Time: linear.
    """
    kinds = _kinds(text)
    return sorted(match.span() for pattern in patterns for match in pattern.finditer(kinds))


@lru_cache(maxsize=1)  # several rules ask about one section
def _kinds(text: str) -> bytes:
    return text.encode("cp874", "replace").translate(_KIND)
