"""A correction of several texts that were joined by line ends, as one correction of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from thaifix.text.edit import Correction, Edit, Flag, apply

BETWEEN = "\n"
"""What stands between two texts that are joined."""


def divide(correction: Correction, texts: Sequence[str]) -> list[Correction]:
    """Divide a correction.

    Args:
        correction: Of `BETWEEN.join(texts)`.
        texts: One or more.
    Returns:
        A correction of each text, with spans in code points of it and without proofs, which may lie
        in another. An edit that reaches over the end of a text becomes one edit in each, or is left
        out if it would take that end away; a flag ends where the text does in which it begins.
    Time: O(n + edits * log(texts)).
    """
    lengths = (len(text) + len(BETWEEN) for text in texts)
    starts = list(accumulate(lengths, initial=0))[:-1]
    edits: list[list[Edit]] = [[] for _ in texts]
    flags: list[list[Flag]] = [[] for _ in texts]
    for edit in correction.edits:
        for piece in _pieces(edit):
            number = bisect_right(starts, piece.start) - 1
            start, end = piece.start - starts[number], piece.end - starts[number]
            if end <= len(texts[number]):
                edits[number].append(piece._replace(start=start, end=end, proof=None))
    for flag in correction.flags:
        number = bisect_right(starts, flag.start) - 1
        start, end = flag.start - starts[number], flag.end - starts[number]
        flags[number].append(flag._replace(start=start, end=min(end, len(texts[number]))))
    return [
        Correction(text, apply(text, mine), tuple(mine), tuple(told))
        for text, mine, told in zip(texts, edits, flags, strict=True)
    ]


def _pieces(edit: Edit) -> Iterator[Edit]:
    """An edit line by line, if it leaves as many lines as there were; else the edit itself."""
    observed, replacement = edit.observed.split(BETWEEN), edit.replacement.split(BETWEEN)
    if len(observed) != len(replacement):
        yield edit
        return
    at = edit.start
    for old, new in zip(observed, replacement, strict=True):
        if old != new:
            yield edit._replace(start=at, end=at + len(old), observed=old, replacement=new)
        at += len(old) + len(BETWEEN)
