"""Numbers with what they count, in the English of messages."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Write a number of things, such as `1 page` and `1,200 pages`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
