"""Where a page was read wrong, and how: letters, margins, lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thaifix.text.align import align

LONGEST_RUN_ON = 4
"""Code points, line end included, of a missing line that does not count as lost, at most: it was
run into the next one. By judgement."""


class Fault(NamedTuple):
    """A place where a page was read wrong.

    Attributes:
        kind: "letters", "before" or "after" (the margins of a line), "phantom_line", "blank_line"
            or "lost_line".
        at: Where it begins in the intended text, in code points.
        line: Number of the intended line, from 0.
        intended, observed: What should stand there and what does. If letters were put in between,
            both begin with the letter before them.
    """

    kind: str
    at: int
    line: int
    intended: str
    observed: str


def faults(intended: str, observed: str) -> Iterator[Fault]:
    """Find where a page was read wrong, in the order of the text.

    Where a line end is misread together with letters, nothing is told: what happened there is not
    known.

    Time: as `align`.
    """
    at = 0
    line = 0
    for reference, hypothesis in align(intended, observed):
        end = at + len(reference)
        first = at == 0 or intended[at - 1] == "\n"
        last = end == len(intended) or intended[end] == "\n"
        if reference != hypothesis:
            if "\n" in reference:
                if len(reference) > LONGEST_RUN_ON and not hypothesis.strip():
                    yield Fault("lost_line", at, line, reference.strip("\n"), "")
            elif "\n" in hypothesis:
                if not reference:
                    yield from _lines(at, line, hypothesis.split("\n"), first, last)
            elif reference or not (first or last):
                before = "" if reference else intended[at - 1]
                yield Fault("letters", at, line, before + reference, before + hypothesis)
            else:
                yield Fault("after" if last else "before", at, line, "", hypothesis)
        line += reference.count("\n")
        at = end


def _lines(at: int, line: int, parts: Sequence[str], first: bool, last: bool) -> Iterator[Fault]:
    """Tell what was put in that has line ends.

    Args:
        at, line: Where, as in `Fault`.
        parts: What was put in, divided at its line ends.
        first: It stands where a line begins.
        last: It stands where a line ends.
    """
    before = after = ""
    if not first or last:
        after, *parts = parts
    if not last:
        *parts, before = parts
    if after.strip():
        yield Fault("after", at, line, "", after)
    for part in parts:
        yield Fault("phantom_line" if part.strip() else "blank_line", at, line, "", part)
    if before.strip():
        yield Fault("before", at, line, "", before)
