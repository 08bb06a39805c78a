"""Edits: what correction, training and evaluation hand to each other.

An edit is a span of a text and the string that replaces it. Edits of one text are sorted by place,
their spans may touch but not overlap, and each keeps the text that it replaces. So they can be
undone, and two sequences of them can be made one:

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
    """One replacement in a text, the source.

    Attributes:
        start: Where the replaced span begins, in code points of the source.
        end: Where it ends, exclusive; the same as `start` if the edit only inserts.
        replacement: What is written there; "" if the edit only deletes.
        margin: How much better the change explains the text than no change does, in nats;
            infinite if a fixed rule made it.
        confidence: Probability that the change is right, 0 to 1.
        reason: Name of what made it, as README.md lists them.
        entry: Id of the lexicon entry that caused it; None if none did.
        observed: What the source has there, `source[start:end]`.
        proof: Span of the source that proves the edit, in code points; None if its reason does
            not go by another place.
    """

    start: int
    end: int
    replacement: str
    margin: float = inf
    confidence: float = 1.0
    reason: str = ""
    entry: str | None = None
    observed: str = ""
    proof: tuple[int, int] | None = None


class Flag(NamedTuple):
    """A place that looks wrong and is not changed.

    Attributes:
        start: Where it begins, in code points of the source.
        end: Where it ends, exclusive.
        reason: Name of the rule that found it, as README.md lists them.
        note: What is wrong there, in English, or what would be right; "" if the reason says it.
    """

    start: int
    end: int
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected text.

    Attributes:
        source: The text as it was.
        text: `apply(source, edits)`; the same object as `source` if there are no edits.
        edits: What was changed.
        flags: What looks wrong and was not changed, with spans of the source.
    """

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()


def apply(source: str, edits: Sequence[Edit]) -> str:
    """Carry out edits.

    Args:
        source: The text that the edits were made for.
        edits: Sorted, without overlaps.
    Returns:
        The edited text; the same object if there are no edits.
    Raises:
        EditError: If edits are not sorted, overlap, reach beyond the source, or observed other
            text than stands there.
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

    Args:
        text: What the edits made of the source.
        edits: The edits, with spans of the source.
    Returns:
        The source; the same object as `text` if there are no edits.
    Raises:
        EditError: If the edits cannot have made this text, or the span of one is not as long as
            what it observed.
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
    """Move edits by `offset` code points, as if so many more (or fewer) stood before them.

    What proves them moves with them.
    """
    return tuple(
        edit._replace(
            start=edit.start + offset,
            end=edit.end + offset,
            proof=edit.proof and (edit.proof[0] + offset, edit.proof[1] + offset),
        )
        for edit in edits
    )


def trim(edit: Edit) -> Edit:
    """Narrow an edit to what it changes.

    Returns:
        The edit without the letters with which both strings begin and then, of what is left, end;
        the same object if there are none. Both strings are empty if the edit changes nothing.
    """
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
    """Make one sequence of edits of two, of which the second goes on where the first ended.

    Args:
        first: Edits of a source.
        second: Edits of what `first` makes of it.
    Returns:
        Edits of the source that make of it what both together make. Edits of `second` and `first`
        that touch or overlap become one; it has the margin, confidence, reason, entry and proof of
        the last edit of `second` among them, and is left out if it changes nothing.
    Raises:
        EditError: If an edit of `second` observed other text than an edit of `first` that it
            touches has put there.
    Time: linear.
    """
    composed: list[Edit] = []
    second = [_prove(edit, first) for edit in second]
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
            composed += (
                edit._replace(start=edit.start - grown, end=edit.end - grown)
                for edit in second[from_second:k]
            )
        else:
            merged = _merge(first[from_first:i], second[from_second:k], grown_before)
            if merged.observed != merged.replacement:
                composed.append(merged)
    composed += first[i:]
    return tuple(composed)


def trace(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int]:
    """Find the span of the source that became a span of the edited text.

    Args:
        edits: Edits of the source, which made the edited text.
        start, end: A span of the edited text, in code points, `end` exclusive.
    Returns:
        Start and end of the span of the source. Edits that the span touches are in it as a whole.
    Time: linear.
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


def _prove(edit: Edit, first: Sequence[Edit]) -> Edit:
    """Give an edit of what `first` has made the proof in the source."""
    return edit._replace(proof=trace(first, *edit.proof)) if edit.proof else edit


def _growth(edit: Edit) -> int:
    return len(edit.replacement) - (edit.end - edit.start)


def _merge(first: Sequence[Edit], second: Sequence[Edit], grown: int) -> Edit:
    """Make one edit of edits that touch each other.

    Args:
        first, second: As for `compose`.
        grown: By how many code points the edits before them made the text longer.
    """
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
