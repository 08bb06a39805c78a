"""Rates of OCR text, and of its correction.

Rates travel as errors and total, so that pages add up to a corpus without averaging averages; each
names its unit. Where errors are known one by one, as edits that undo them (the truth), each is
restored or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from math import inf
from typing import NamedTuple

from thaifix.evaluation.graphemes import graphemes
from thaifix.text import segmenter
from thaifix.text.align import distance, spell
from thaifix.text.edit import Correction, Edit, apply, shift
from thaifix.text.views import VIEWS

CODE_POINTS, CLUSTERS, WORDS = "code points", "clusters", "words"


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Errors and what they are counted against; rates of one unit add.

    Attributes:
        errors: Insertions, deletions and substitutions, or what else the measure counts.
        total: What they are counted against, mostly the length of the reference.
        unit: What `total` counts, and for error rates `errors` too.
    """

    errors: int = 0
    total: int = 0
    unit: str = CODE_POINTS

    def __add__(self, other: ErrorRate) -> ErrorRate:
        """Pool two measurements; `ErrorRate()` adds nothing to any.

        Raises:
            ValueError: If the units differ.
        """
        if self.unit != other.unit:
            if self == ErrorRate():
                return other
            raise ValueError(f"{self.unit} and {other.unit} do not add")
        return ErrorRate(self.errors + other.errors, self.total + other.total, self.unit)

    @property
    def rate(self) -> float:
        """Errors per unit; of an empty total 0 if there are no errors and infinite otherwise."""
        if not self.total:
            return inf if self.errors else 0.0
        return self.errors / self.total

    def __str__(self) -> str:
        """The rate in per cent with what it was computed from."""
        return f"{self.rate:.2%} ({self.errors:,}/{self.total:,} {self.unit})"


def cer(reference: str, hypothesis: str, *, view: str = "default") -> ErrorRate:
    """Character error rate of one text.

    Args:
        reference: The true text.
        hypothesis: The text being judged, observed or corrected.
        view: A name in `views.VIEWS`; both texts are seen through it.
    Returns:
        Errors (see `align.distance`) and code points of the reference, both counted in the view.
    Raises:
        KeyError: If there is no such view.
    Time: as `align.matches`.
    """
    look = VIEWS[view]
    reference, hypothesis = look(reference), look(hypothesis)
    return ErrorRate(distance(reference, hypothesis), len(reference))


class Seen:
    """One text through the views that the rates need, each computed once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def default(self) -> str:
        """The default view."""
        return VIEWS["default"](self.text)

    @cached_property
    def strict(self) -> str:
        """The strict view."""
        return VIEWS["strict"](self.text)

    @cached_property
    def letters(self) -> str:
        """The letters-and-marks view."""
        return VIEWS["letters"](self.default)

    @cached_property
    def clusters(self) -> list[str]:
        """The extended grapheme clusters of the default view."""
        return graphemes(self.default)

    @cached_property
    def words(self) -> list[str]:
        """The words of the default view, see `segmenter`."""
        return segmenter.words(self.default)


@dataclass(frozen=True, slots=True)
class Rates:
    """All error rates of a text, or of texts pooled.

    Attributes:
        cer: Code points in the default view.
        cer_strict: Code points in the strict view.
        cluster_cer: Clusters in the default view.
        letters_cer: Code points in the letters-and-marks view.
        wer: Words of `segmenter.NAME` in the default view; white space is no word.
        bag_of_clusters: Clusters of the default view without white space, in any order: how many
            are missing or how many are too many, whichever is more.
    """

    cer: ErrorRate = ErrorRate()
    cer_strict: ErrorRate = ErrorRate()
    cluster_cer: ErrorRate = ErrorRate(unit=CLUSTERS)
    letters_cer: ErrorRate = ErrorRate()
    wer: ErrorRate = ErrorRate(unit=WORDS)
    bag_of_clusters: ErrorRate = ErrorRate(unit=CLUSTERS)

    def __add__(self, other: Rates) -> Rates:
        """Pool two measurements."""
        names = [field.name for field in fields(self)]
        return Rates(**{name: getattr(self, name) + getattr(other, name) for name in names})


def rates(reference: Seen, hypothesis: Seen) -> Rates:
    """Measure a text in all units and views.

    Time: as `align.matches`, and newmm's, about 2 MB/s.
    """

    def sequences(one: Sequence[str], other: Sequence[str], unit: str) -> ErrorRate:
        # Of long texts in another order `distance` finds more than the fewest.
        errors = min(distance(*spell(one, other)), max(len(one), len(other)))
        return ErrorRate(errors, len(one), unit)

    return Rates(
        cer=ErrorRate(distance(reference.default, hypothesis.default), len(reference.default)),
        cer_strict=ErrorRate(distance(reference.strict, hypothesis.strict), len(reference.strict)),
        cluster_cer=sequences(reference.clusters, hypothesis.clusters, CLUSTERS),
        letters_cer=ErrorRate(
            distance(reference.letters, hypothesis.letters), len(reference.letters)
        ),
        wer=sequences(reference.words, hypothesis.words, WORDS),
        bag_of_clusters=_bag(reference.clusters, hypothesis.clusters),
    )


def _bag(reference: Iterable[str], hypothesis: Iterable[str]) -> ErrorRate:
    wanted, given = (
        Counter(cluster for cluster in text if not cluster.isspace())
        for text in (reference, hypothesis)
    )
    missing, superfluous = (wanted - given).total(), (given - wanted).total()
    return ErrorRate(max(missing, superfluous), wanted.total(), CLUSTERS)


class BetterSameWorse(NamedTuple):
    """How many texts a correction made better, left alike, and made worse."""

    better: int
    same: int
    worse: int


def better_same_worse(pairs: Iterable[tuple[ErrorRate, ErrorRate]]) -> BetterSameWorse:
    """Count texts by whether they have fewer, as many or more errors than before.

    Args:
        pairs: For each text its rate before and after correction, in one view.
    """
    counts = [0, 0, 0]
    for before, after in pairs:
        counts[(after.errors > before.errors) - (after.errors < before.errors) + 1] += 1
    return BetterSameWorse(*counts)


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
