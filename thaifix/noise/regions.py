"""Where a page was read wrong, and how: letters, margins, lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thaifix.text.align import align

LOST = 4
"""A line of fewer letters than this does not count as lost: it was run into the next."""


class Region(NamedTuple):
    """Where a page was read wrong.

    Attributes:
        kind: letters, before, after (a line's margin), phantom_line, blank_line or lost_line.
        at: Where it begins in the intended text, in code points.
        line: Number of the intended line, from 0.
        intended, observed: Strings; of letters put in between, both begin with the letter before.
    """

    kind: str
    at: int
    line: int
    intended: str
    observed: str


def regions(intended: str, observed: str) -> Iterator[Region]:
    """Where a page was read wrong, in the order of the text."""
    at = 0
    line = 0
    for reference, hypothesis in align(intended, observed):
        end = at + len(reference)
        first = at == 0 or intended[at - 1] == "\n"
        last = end == len(intended) or intended[end] == "\n"
        if reference != hypothesis:
            if "\n" in reference:
                whole = len(reference) > LOST and not hypothesis.strip()
                if whole:
                    yield Region("lost_line", at, line, reference.strip("\n"), "")
            elif "\n" in hypothesis:
                if not reference:
                    yield from _lines(at, line, hypothesis.split("\n"), first, last)
            elif reference or not (first or last):
                before = "" if reference else intended[at - 1]
                yield Region("letters", at, line, before + reference, before + hypothesis)
            else:
                yield Region("after" if last else "before", at, line, "", hypothesis)
        line += reference.count("\n")
        at = end


def _lines(at: int, line: int, parts: Sequence[str], first: bool, last: bool) -> Iterator[Region]:
    """Tell what was put in between that has line ends, at the first or last place of a line."""
    before = after = ""
    if not first or last:
        after, *parts = parts
    if not last:
        *parts, before = parts
    if after.strip():
        yield Region("after", at, line, "", after)
    for part in parts:
        yield Region("phantom_line" if part.strip() else "blank_line", at, line, "", part)
    if before.strip():
        yield Region("before", at, line + 1, "", before)
