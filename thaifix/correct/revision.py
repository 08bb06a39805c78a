"""A revision: a text on its way through the stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from thaifix.text.edit import Edit, Flag, apply, compose, trace


class Findings(NamedTuple):
    """What a stage has found in a text: edits, sorted and disjoint, and flags, in any order. Their
    spans are in code points of the text that the stage was given.
    """

    edits: Sequence[Edit] = ()
    flags: Sequence[Flag] = ()


class Revision:
    """A source, and what the stages so far have found in it.

    Attributes:
        source: The text as it came.
        edits: Edits of the source.
        flags: Flags with spans of the source.
        text: What the edits make of the source; the same object as long as there are none.
    """

    def __init__(self, source: str, edits: Sequence[Edit] = (), flags: Iterable[Flag] = ()) -> None:
        """Begin with what is known of a source already."""
        self.source = source
        self.edits = edits
        self.flags = list(flags)
        self.text = apply(source, edits)

    def add(self, found: Findings, *, only_flags: bool) -> None:
        """Take what a stage has found in `text`.

        Args:
            found: Edits and flags.
            only_flags: Make flags of the edits, with the replacement as their note.
        """
        flags = found.flags
        if only_flags:
            flags = [*flags, *(Flag(e.start, e.end, e.reason, e.replacement) for e in found.edits)]
        for flag in flags:
            start, end = trace(self.edits, flag.start, flag.end)
            self.flags.append(flag._replace(start=start, end=end))
        if found.edits and not only_flags:
            self.edits = compose(self.edits, found.edits)
            self.text = apply(self.text, found.edits)


def moved(flags: Iterable[Flag], offset: int) -> list[Flag]:
    """Flags as if so many code points had come before."""
    return [flag._replace(start=flag.start + offset, end=flag.end + offset) for flag in flags]
