"""A correction of a file's text, shared out among the places of the file that hold letters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.errors import EditError
from thaifix.formats.layout.tree import Leaf
from thaifix.text.edit import Edit, apply
from thaifix.text.script import LEADING_VOWELS, attaches

_SEPARATORS = " \n\f"


class LeafChange(NamedTuple):
    """What a correction makes of a leaf.

    Attributes:
        leaf: The leaf.
        text: What it is to say.
        joined: Whether the space before it is taken away.
    """

    leaf: Leaf
    text: str
    joined: bool


def leaf_changes(text: str, edits: Sequence[Edit], leaves: Iterable[Leaf]) -> Iterator[LeafChange]:
    """Share a correction out among leaves.

    Every letter stays in its leaf. A new mark goes to the leaf of its letter, a new leading vowel
    to that of the letter behind it; at a space or a line's end new letters go to the leaf that has
    a letter there.

    Args:
        text: A file's text.
        edits: Edits of it; they keep its line feeds.
        leaves: The file's leaves; leaves may repeat each other's letters.
    Yields:
        The leaves that change.
    Raises:
        EditError: If an edit takes or makes a line feed.
    Time: linear in text and edits, plus leaves times the logarithm of the edits.
    """
    if not edits:
        return
    places = Places(text, edits)
    corrected = places.corrected
    for leaf in leaves:
        if leaf.start is None or not places.change(leaf.start - 1, leaf.start + len(leaf.text) + 1):
            continue
        end = leaf.start + len(leaf.text)
        low, high = places.to(leaf.start), places.to(end)
        if leaf.text and text[end : end + 1] == " ":  # letters that took the place of the space
            high += len(corrected[high : places.to(end + 1)].rstrip(" "))
        joined = bool(
            leaf.text
            and leaf.start
            and text[leaf.start - 1] == " "
            and corrected[low - 1 : low] != " "
        )
        if corrected[low:high] != leaf.text or joined:
            yield LeafChange(leaf, corrected[low:high], joined)


class _ChangedSpan(NamedTuple):
    """A span `[start, end)` of a text, and the span `[to, to_end)` that took its place."""

    start: int
    end: int
    to: int
    to_end: int


class Places:
    """Which places of a corrected text are those of the text before.

    Attributes:
        corrected: The corrected text.
    """

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self.corrected = apply(text, edits)
        self._text = text
        self._spans = list(_changed_spans(edits))
        self._starts = [span.start for span in self._spans]
        self._ends = [span.end for span in self._spans]

    def change(self, start: int, end: int) -> bool:
        """Tell whether what changes overlaps or touches a span."""
        first = bisect_left(self._ends, start)
        return first < len(self._spans) and self._starts[first] <= end

    def to(self, position: int) -> int:
        """Tell where what begins at a position of the text begins in the corrected text."""
        number = bisect_right(self._starts, position) - 1
        if number < 0:
            return position
        span = self._spans[number]
        if position > span.end:
            return position - span.end + span.to_end
        if span.start == span.end:
            return self._divide(position, span)
        if position == span.start:
            return span.to
        if position == span.end:
            return span.to_end
        cut = min(span.to + position - span.start, span.to_end)
        while cut < span.to_end and attaches(self.corrected, cut):
            cut += 1
        return cut

    def _divide(self, position: int, span: _ChangedSpan) -> int:
        """Divide what was put in at a position between the letters before and after it."""
        if self._text[position : position + 1] in _SEPARATORS:  # "" too: the end of the text
            return span.to_end
        if position == 0 or self._text[position - 1] in _SEPARATORS:
            return span.to
        cut = span.to_end
        while cut > span.to and attaches(self.corrected, cut):
            cut -= 1
        while cut > span.to and self.corrected[cut - 1] in LEADING_VOWELS:
            cut -= 1
        return cut


def _changed_spans(edits: Iterable[Edit]) -> Iterator[_ChangedSpan]:
    """List what differs, as few and as small spans as edits allow; spans that touch are one."""
    last: _ChangedSpan | None = None
    for span in _differences(edits):
        if last is not None and span.start == last.end:
            last = last._replace(end=span.end, to_end=span.to_end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _differences(edits: Iterable[Edit]) -> Iterator[_ChangedSpan]:
    """Compare what edits observed with what they replace it by, line by line."""
    grown = 0
    for edit in edits:
        start = edit.start
        observed, replacement = edit.observed.split("\n"), edit.replacement.split("\n")
        if len(observed) != len(replacement):
            raise EditError(f"edit {edit.start}:{edit.end} takes or makes a line feed")
        for old, new in zip(observed, replacement, strict=True):
            for part in Levenshtein.opcodes(old, new):
                if part.tag != "equal":
                    yield _ChangedSpan(
                        start + part.src_start,
                        start + part.src_end,
                        start + grown + part.dest_start,
                        start + grown + part.dest_end,
                    )
            start += len(old) + 1
            grown += len(new) - len(old)
