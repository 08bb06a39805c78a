"""Error rates of a text.

A rate travels as errors and total, so that pages add up to a corpus without averaging averages;
each rate names its unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from math import inf
from typing import NamedTuple

from thaifix.evaluation.graphemes import graphemes
from thaifix.text import segmenter
from thaifix.text.align import distance, spell
from thaifix.text.edit import Correction
from thaifix.text.views import VIEWS

CODE_POINTS, CLUSTERS, WORDS = "code points", "clusters", "words"
"""The units of rates: Unicode code points; grapheme clusters as Unicode Standard Annex 29 cuts
them; words of `segmenter.NAME`."""


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Errors and what they are counted against; rates of one unit can be added.

    Attributes:
        errors: Insertions, deletions and substitutions, or whatever else the measure counts.
        total: What they are counted against, mostly the length of the reference.
        unit: What `total` counts; an error rate counts `errors` in it, too.
    """

    errors: int = 0
    total: int = 0
    unit: str = CODE_POINTS

    def __add__(self, other: ErrorRate) -> ErrorRate:
        """Pool two measurements; `ErrorRate()` can be added to any.

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
        """Errors per unit. If the total is 0: 0 without errors, else infinite."""
        if not self.total:
            return inf if self.errors else 0.0
        return self.errors / self.total

    @property
    def per_10_000(self) -> float | None:
        """Errors per 10,000 units; None if the total is 0."""
        return 10_000 * self.errors / self.total if self.total else None

    def __str__(self) -> str:
        """The rate in per cent, with what it was computed from."""
        return f"{self.rate:.2%} ({self.errors:,}/{self.total:,} {self.unit})"


def cer(reference: str, hypothesis: str, *, view: str = "default") -> ErrorRate:
    """Compute the character error rate of one text.

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


class ViewedText:
    """One text through the views that the rates need; each view is computed once."""

    def __init__(self, text: str) -> None:
        """Take a text, as stored."""
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
        """The extended grapheme clusters of the default view, see `CLUSTERS`."""
        return graphemes(self.default)

    @cached_property
    def words(self) -> list[str]:
        """The words of the default view, see `segmenter`."""
        return segmenter.words(self.default)


@dataclass(frozen=True, slots=True)
class Rates:
    """All error rates of a text, or of several texts pooled.

    Attributes:
        cer: Code points in the default view.
        cer_strict: Code points in the strict view.
        cluster_cer: Clusters in the default view.
        letters_cer: Code points in the letters-and-marks view.
        wer: Words of `segmenter.NAME` in the default view; white space is no word.
        bag_of_clusters: Clusters of the default view without white space, in any order. The errors
            are the clusters that are missing or those that are too many, whichever are more.
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


def rates(reference: ViewedText, hypothesis: ViewedText) -> Rates:
    """Measure a text in all units and views.

    Time: as `align.matches`, plus newmm's 2 MB/s.
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
    """Count the changed spans of a text that was correct before: each of them is harm.

    Args:
        correction: The correction of a correct text.
    Returns:
        The number of edits, and the code points of the source; its `per_10_000` is
        the harm that the profiles promise to bound.
    """
    return ErrorRate(len(correction.edits), len(correction.source))
