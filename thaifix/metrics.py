"""Measures of OCR text and of its correction.

Rates travel as errors and total, so that pages add up to a corpus without averaging averages.
Unit of every rate here: code points. Where errors are known one by one, as edits that undo them
(the truth), each is restored or not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from thaifix.align import align
from thaifix.edit import Correction, Edit, apply, shift
from thaifix.script import LETTERS

_SPACES = re.compile(" +")
_OTHER = re.compile(f"[^{LETTERS}]+")


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Errors and what they are counted against; rates add.

    Attributes:
        errors: Insertions, deletions and substitutions, or changed spans (see `harm`).
        total: Code points of the reference.
    """

    errors: int = 0
    total: int = 0

    def __add__(self, other: ErrorRate) -> ErrorRate:
        """Pool two measurements."""
        return ErrorRate(self.errors + other.errors, self.total + other.total)

    @property
    def rate(self) -> float:
        """Errors per code point; without any, 0 if there are no errors and infinite otherwise."""
        if not self.total:
            return float("inf") if self.errors else 0.0
        return self.errors / self.total

    def __str__(self) -> str:
        """The rate in per cent with what it was computed from."""
        return f"{self.rate:.2%} ({self.errors:,}/{self.total:,} code points)"


def collapsed(text: str) -> str:
    """The default view: NFC, lines stripped, blank lines dropped, runs of spaces made one.

    NFC leaves nikhahit + sara aa apart from sara am, so this confusion counts as an error.
    """
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(_SPACES.sub(" ", line) for line in lines if line)


def letters(text: str) -> str:
    """The letters-and-marks view: NFC, and only what Thai words are spelled with.

    That is U+0E01 to U+0E4E without paiyannoi, baht sign and maiyamok (`script.LETTERS`). Digits,
    spaces, line ends, punctuation and other scripts are dropped. Nikhahit + sara aa stays apart
    from sara am, as in `collapsed`.
    """
    return _OTHER.sub("", unicodedata.normalize("NFC", text))


VIEWS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"collapsed": collapsed, "letters": letters}
)
"""What is compared, by name."""


def cer(reference: str, hypothesis: str, *, view: str = "collapsed") -> ErrorRate:
    """Character error rate of one text.

    Args:
        reference: The true text.
        hypothesis: The text being judged, observed or corrected.
        view: A name in `VIEWS`; both texts are seen through it.
    Returns:
        Errors (see `align`) and code points of the reference, both counted in the view.
    Raises:
        KeyError: If there is no such view.
    Time: as `align`.
    """
    look = VIEWS[view]
    reference, hypothesis = look(reference), look(hypothesis)
    errors = sum(segment.errors for segment in align(reference, hypothesis))
    return ErrorRate(errors, len(reference))


class Outcomes(NamedTuple):
    """How many texts a correction made better, left alike, and made worse."""

    better: int
    same: int
    worse: int


def outcomes(pairs: Iterable[tuple[ErrorRate, ErrorRate]]) -> Outcomes:
    """Count texts by whether they have fewer, as many or more errors than before.

    Args:
        pairs: For each text its rate before and after correction, in one view.
    """
    counts = [0, 0, 0]
    for before, after in pairs:
        counts[(after.errors > before.errors) - (after.errors < before.errors) + 1] += 1
    return Outcomes(*counts)


def harm(correction: Correction) -> ErrorRate:
    """Changed spans of a text that was correct before: every one is harm.

    Args:
        correction: The correction of a correct text.
    Returns:
        Number of edits and code points of the source; `10_000 * rate` is harm per 10,000.
    """
    return ErrorRate(len(correction.edits), len(correction.source))


def restored(error: Edit, truth: Sequence[Edit], correction: Correction) -> bool:
    """Tell whether a known error was undone exactly.

    What the correction changed across the error's ends counts with it: the part of the source that
    holds both must have become what is true there. Edits that only touch the error belong to it if
    that makes it right (of two equal letters it does not matter which is deleted).

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
    """What the corrected text has for a span of the source; edits that overlap it in whole."""
    start, end = _grown(start, end, correction.edits, _overlap)
    return _part(correction.source, correction.edits, start, end)


def elsewhere(truth: Sequence[Edit], correction: Correction) -> list[Edit]:
    """The edits of a correction that do not even touch a known error."""
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
