"""Numbers in digits, Thai or Arabic: their values, and values written like another number."""

from __future__ import annotations

from thaifix.text.script import DIGITS

ARABIC = "0123456789"
"""Arabic digits, each at its value."""

_TO_ARABIC = str.maketrans(DIGITS, ARABIC)
_TO_THAI = str.maketrans(ARABIC, DIGITS)


def value_of(digit: str) -> int | None:
    """The value of a code point, 0 to 9; None if it is no Thai or Arabic digit."""
    at = ARABIC.find(digit) if digit in ARABIC else DIGITS.find(digit)
    return at if digit and at >= 0 else None


def to_arabic(written: str) -> str:
    """Put Arabic digits for Thai ones."""
    return written.translate(_TO_ARABIC)


def is_thai(written: str) -> bool:
    """Tell whether a number is in Thai digits: at least as many as there are Arabic ones."""
    thai = sum(letter in DIGITS for letter in written)
    return 0 < thai >= sum(letter in ARABIC for letter in written)


def is_mixed(written: str) -> bool:
    """Tell whether a number has Thai and Arabic digits."""
    return any(letter in DIGITS for letter in written) and any(x in ARABIC for x in written)


def like(written: str, value: int | str) -> str:
    """Write a value in the script of another number.

    Args:
        written: That number, as it stands in a text.
        value: An integer, or what else is written in Arabic digits: `1,250.50`.
    """
    return str(value).translate(_TO_THAI) if is_thai(written) else str(value)


def grouped(value: int) -> str:
    """Write an integer in Arabic digits with a comma before each three."""
    return f"{value:,}"
