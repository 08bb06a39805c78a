"""Which field of a record, or column of a table, is its text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from thaifix.text.script import LETTERS

ORIGINAL = "_original"
"""What the name of the field that keeps the original ends with, after the name of the text's."""
_TEXT = "text"  # the name that most data sets give the text


def choose(record: Mapping[str, object], *, corrected: bool = False) -> str | None:
    """Choose the field that is most likely the text.

    That is `text`, else the string with the most Thai letters; the first of several.

    Args:
        record: A record.
        corrected: Whether it may be an output of thaifix, which may have changed which field has
            the most: one with its original right behind it comes first then.
    Returns:
        Its name; None if no field has a string with Thai letters.
    """
    if corrected:
        for name, behind in pairwise(record):
            if behind == name + ORIGINAL and isinstance(record[name], str):
                return name
    if isinstance(record.get(_TEXT), str):
        return _TEXT
    best, most = None, 0
    for name, value in record.items():
        if isinstance(value, str) and not _keeps_original(name, record):
            count = sum(letter in LETTERS for letter in value)
            if count > most:
                best, most = name, count
    return best


def _keeps_original(name: str, record: Mapping[str, object]) -> bool:
    return name.endswith(ORIGINAL) and name.removesuffix(ORIGINAL) in record
