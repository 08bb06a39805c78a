"""Edits: the one currency of correction, training and evaluation.

An edit is data: a span of the source and what stands there instead. A sequence of edits is sorted,
its spans do not overlap (they may touch), and each carries the text it replaces, so that a text can
be led there and back:

    invert(apply(source, edits), edits) == source
    apply(apply(source, first), second) == apply(source, compose(first, second))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from thaifix.errors import EditError


class Edit(NamedTuple):
    """One replacement.

    Attributes:
        start: Where the replaced span begins, in code points of the source.
        end: Where it ends; `end == start` inserts.
        replacement: What stands there instead; "" deletes.
        margin: By how many nats the change beats keeping the text; infinite for a fixed rule.
        confidence: Calibrated probability that the change is right, 0 to 1.
        reason: Name of the rule or mechanism that made it.
        entry: Id of the lexicon entry that caused it, if one did.
        observed: `source[start:end]`.
    """

    start: int
    end: int
    replacement: str
    margin: float = inf
    confidence: float = 1.0
    reason: str = ""
    entry: str | None = None
    observed: str = ""


class Flag(NamedTuple):
    """What looks wrong but is not changed.

    Attributes:
        start: Where it begins, in code points of the source.
        end: Where it ends.
        reason: Name of the check that found it.
        note: What a reader should know, if anything.
    """

    start: int
    end: int
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected text: `text == apply(source, edits)`, and `text is source` without edits."""

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()


def apply(source: str, edits: Sequence[Edit]) -> str:
    """Carry out edits.

    Returns:
        The edited text; the same object if there are no edits.
    Raises:
        EditError: If edits are unsorted, overlap, reach outside `source`, or replace other text
            than they observed.
    Time: linear.
    """
    if not edits:
        return source
    parts: list[str] = []
    done = 0
    for edit in edits:
        start, end = edit.start, edit.end
        if not done <= start <= end <= len(source):
            raise EditError(
                f"edit {start}:{end} is not within {done}:{len(source)}, which is left. "
                "Give edits that are sorted and do not overlap, and the text they were made for"
            )
        if (found := source[start:end]) != edit.observed:
            raise EditError(
                f"edit {start}:{end} observed {edit.observed!r}, but {found!r} is there. "
                "Give the text that the edits were made for"
            )
        parts += source[done:start], edit.replacement
        done = end
    parts.append(source[done:])
    return "".join(parts)


def invert(text: str, edits: Sequence[Edit]) -> str:
    """Undo edits: `invert(apply(source, edits), edits) == source`.

    Returns:
        The source; the same object if there are no edits.
    Raises:
        EditError: If `text` is not what the edits lead to.
    Time: linear.
    """
    undoing: list[Edit] = []
    grown = 0
    for edit in edits:
        if edit.end - edit.start != len(edit.observed):
            raise EditError(f"edit {tuple(edit)} observed not what it spans. Give it unchanged")
        start, end = edit.start + grown, edit.start + grown + len(edit.replacement)
        undoing.append(Edit(start, end, edit.observed, observed=edit.replacement))
        grown += _growth(edit)
    return apply(text, undoing)


def shift(edits: Iterable[Edit], offset: int) -> tuple[Edit, ...]:
    """Move edits by `offset` code points, as if so much text had come before."""
    return tuple(edit._replace(start=edit.start + offset, end=edit.end + offset) for edit in edits)


def trim(edit: Edit) -> Edit:
    """Narrow an edit to what it changes: without common beginning and, after that, ending."""
    observed, replacement = edit.observed, edit.replacement
    head = _common(observed, replacement)
    tail = _common(observed[head:][::-1], replacement[head:][::-1])
    if not head and not tail:
        return edit
    return edit._replace(
        start=edit.start + head,
        end=edit.end - tail,
        replacement=replacement[head : len(replacement) - tail],
        observed=observed[head : len(observed) - tail],
    )


def _common(one: str, other: str) -> int:
    for length, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return length
    return min(len(one), len(other))


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Make one sequence of edits of two that follow each other.

    Args:
        first: Edits of a source.
        second: Edits of what `first` makes of it.
    Returns:
        Edits of the source that lead where both lead. Where edits of `second` and of `first`
        overlap or touch, they are one edit, with the margin, confidence, reason and entry of the
        last of `second` among them; it is left out if it changes nothing.
    Raises:
        EditError: If `second` observed other text than `first` put there.
    Time: linear.
    """
    composed: list[Edit] = []
    grown = 0  # how much longer the edits first[:i] made the text
    i = k = 0
    while k < len(second):
        while (
            i < len(first) and first[i].start + grown + len(first[i].replacement) < second[k].start
        ):
            composed.append(first[i])
            grown += _growth(first[i])
            i += 1
        from_first, from_second, grown_before = i, k, grown
        first_reach, second_reach = -1, second[k].end
        k += 1
        while True:  # the edits of each side that touch one of the other
            if i < len(first) and first[i].start + grown <= second_reach:
                first_reach = first[i].start + grown + len(first[i].replacement)
                grown += _growth(first[i])
                i += 1
            elif k < len(second) and second[k].start <= first_reach:
                second_reach = second[k].end
                k += 1
            else:
                break
        if i == from_first:
            composed += shift(second[from_second:k], -grown)
        else:
            merged = _merge(first[from_first:i], second[from_second:k], grown_before)
            if merged.observed != merged.replacement:
                composed.append(merged)
    composed += first[i:]
    return tuple(composed)


def trace(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int]:
    """Find the span of the source that became a span of the edited text.

    Args:
        edits: From the source to the edited text.
        start, end: A span of the edited text; edits that it touches are taken in whole.
    """
    grown = 0
    first = last = None
    for edit in edits:
        begin = edit.start + grown
        if end < begin:
            break
        before = grown
        grown += _growth(edit)
        if start <= begin + len(edit.replacement):
            first = min(start - before, edit.start) if first is None else first
            last = max(edit.end, end - grown)
    return (
        start - grown if first is None else first,
        end - grown if last is None else last,
    )


def _growth(edit: Edit) -> int:
    return len(edit.replacement) - (edit.end - edit.start)


def _merge(first: Sequence[Edit], second: Sequence[Edit], grown: int) -> Edit:
    """Make one edit of edits that hang together, `grown` being the growth before them."""
    low = min(first[0].start + grown, second[0].start)
    between = dict[int, str]()  # the text that both know, by offset from `low`
    for edit in second:
        between.update(enumerate(edit.observed, edit.start - low))
    ahead = grown - low
    for edit in first:
        between.update(enumerate(edit.replacement, edit.start + ahead))
        ahead += _growth(edit)
    text = "".join(letter for _, letter in sorted(between.items()))
    observed = invert(text, shift(first, grown - low))
    return second[-1]._replace(
        start=low - grown,
        end=low - grown + len(observed),
        replacement=apply(text, shift(second, -low)),
        observed=observed,
    )
