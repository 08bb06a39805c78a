"""Judging a correction whose errors are all known, as the edits that would undo them (the truth).

Each error is restored or not, and edits that are nowhere near an error stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from thaifix.text.edit import Correction, Edit, apply, shift


def restored(error: Edit, truth: Sequence[Edit], correction: Correction) -> bool:
    """Tell whether a known error was undone exactly.

    Edits of the correction that reach across an end of the error count with it: the part of the
    source that holds the error and those edits must have become what is true there. An edit that
    only touches the error belongs to it if that makes the result right (of two equal letters it
    does not matter which is deleted).

    Args:
        error: The edit of the source that undoes the error; one of `truth`.
        truth: The edits that undo all known errors, sorted, without overlap.
        correction: The correction of the source.
    Time: linear in the edits of both, times those that hang together.
    """
    for meets in (_overlap, _touch):
        start, end = _grown(error.start, error.end, (*truth, *correction.edits), meets)
        true = _part(correction.source, truth, start, end)
        if _part(correction.source, correction.edits, start, end) == true:
            return True
    return False


def standing_for(correction: Correction, start: int, end: int) -> str:
    """Give what the corrected text has for a span of the source, in code points.

    Edits that overlap the span are taken as a whole, with what they change outside it.
    """
    start, end = _grown(start, end, correction.edits, _overlap)
    return _part(correction.source, correction.edits, start, end)


def elsewhere(truth: Sequence[Edit], correction: Correction) -> list[Edit]:
    """List the edits of a correction that do not even touch a known error."""
    return [e for e in correction.edits if not any(_touch(e, t.start, t.end) for t in truth)]


def _overlap(edit: Edit, start: int, end: int) -> bool:
    if edit.start == edit.end or start == end:  # an insertion has no inside
        return _touch(edit, start, end)
    return edit.start < end and start < edit.end


def _touch(edit: Edit, start: int, end: int) -> bool:
    return edit.start <= end and start <= edit.end


def _grown(
    start: int, end: int, edits: Sequence[Edit], meets: Callable[[Edit, int, int], bool]
) -> tuple[int, int]:
    """Widen a span until no edit that meets it lies partly outside."""
    while outside := [
        e for e in edits if (e.start < start or end < e.end) and meets(e, start, end)
    ]:
        start = min(start, *(e.start for e in outside))
        end = max(end, *(e.end for e in outside))
    return start, end


def _part(source: str, edits: Iterable[Edit], start: int, end: int) -> str:
    """Carry out the edits within a span on that part of the source."""
    inside = [edit for edit in edits if start <= edit.start and edit.end <= end]
    return apply(source[start:end], shift(inside, -start))
