"""Error series: every suspected substitution of a collection, for a person to judge.

Places (see `places`) with the same observed and the same intended words are one series. What is
normalised only (a rule's edit, without doubt) is a series of its own kind, listed on request: there
`observed` is the raw spelling. `series_table` writes series as a table and reads it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from thaifix.correct.corrector import Corrector
from thaifix.curate.places import Place, SourceWords, scanner
from thaifix.stream.filter import NO_FAMILIES, DocumentCorrector
from thaifix.text.edit import Correction, Edit
from thaifix.text.script import starts_cluster

THRESHOLD = 0.05
"""Confidence from which a change is suspected: by judgement, so low that most errors are listed,
and so high that a person still finds errors in what is listed."""

MOST_EXAMPLES = 3
"""Examples of a series, at most: by judgement, as many as fit on a line."""

_EXAMPLE_CONTEXT = 20
"""Code points of an example on each side of its place: by judgement, some words."""

_WORTH_DIGITS = 6
"""Decimal places to which the worth of series is compared: sums of equal numbers in another order
differ in the last ones."""


@dataclass(slots=True)
class Series:
    """Places where the same words are suspected to stand for the same other words.

    Attributes:
        observed: What stands there; normalised, unless only a rule changes it.
        intended: What is suspected to be meant.
        count: Places.
        documents: Documents with such places.
        applied: Places that the profile corrects by itself.
        confidence: Sum over the places.
        worth: Places that a decision is expected to set right: left ones that are errors, and
            corrected ones that are none.
        reasons: Of the edits.
        entries: Ids of the lexicon's entries that caused them.
        examples: Up to `MOST_EXAMPLES`, in the order of the collection; equal ones once.
        last_document: Number of the last document with such a place, from 1.
    """

    observed: str
    intended: str
    count: int = 0
    documents: int = 0
    applied: int = 0
    confidence: float = 0.0
    worth: float = 0.0
    reasons: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)
    last_document: int = 0

    def add(self, place: Place, source: str, document: int, *, applied: bool) -> None:
        """Count a place.

        Args:
            place: The place.
            source: The text that it stands in.
            document: Number of its document.
            applied: Whether the profile corrects it by itself.
        """
        self.count += 1
        self.documents += self.last_document != document
        self.last_document = document
        self.applied += applied
        self.confidence += place.confidence
        self.worth += 1 - place.confidence if applied else place.confidence
        self.reasons.add(place.reason)
        if place.entry:
            self.entries.add(place.entry)
        if len(self.examples) < MOST_EXAMPLES:
            example = _example(source, place)
            if example not in self.examples:
                self.examples.append(example)


def suspicion(threshold: float | None) -> float:
    """Confidence from which a change is suspected, of a run whose threshold is this one."""
    return THRESHOLD if threshold is None else min(threshold, THRESHOLD)


class Listing:
    """Collects the series of files: a source of documents for `stream.Filter`.

    Memory is bounded by the number of distinct substitutions and by one section.
    """

    def __init__(self, corrector: Corrector, doubtful: Corrector, *, rules: bool = False) -> None:
        """Begin with nothing.

        Args:
            corrector: Of the profile whose edits count as applied.
            doubtful: The same with the threshold `THRESHOLD`: its edits are suspected.
            rules: List what rules normalise, too.
        """
        self._corrector = corrector
        self._doubtful = doubtful
        self._scan = scanner(doubtful)
        self._rules = rules
        self._documents = 0
        self._series: dict[tuple[str, str], Series] = {}

    def document(self) -> DocumentCorrector:
        """Begin a document. It is counted and stays as it is."""
        self._documents += 1
        return _ListedDocument(self, self._corrector.document(), self._doubtful.document())

    def series(self) -> list[Series]:
        """The series, those first of which a decision sets most places right."""
        return sorted(
            self._series.values(),
            key=lambda one: (
                -round(one.worth, _WORTH_DIGITS), -one.count, one.observed, one.intended
            ),
        )  # fmt: skip

    def add(self, source: str, applied: Iterable[Edit], suspected: Iterable[Edit]) -> None:
        """Count the places of a section.

        Args:
            source: Its text.
            applied: Edits that the profile makes.
            suspected: Edits that are suspected.
        """
        words = SourceWords(source, self._scan, self._doubtful.keep)
        places = words.places(suspected)
        sure = {place[:4] for place in words.places(applied)}  # span and words
        for place in places:
            self._count(source, place, applied=place[:4] in sure)
        if self._rules:
            for place in words.normalised(places):
                self._count(source, place, applied=True)

    def _count(self, source: str, place: Place, *, applied: bool) -> None:
        key = place.observed, place.intended
        one = self._series.setdefault(key, Series(*key))
        one.add(place, source, self._documents, applied=applied)


class _ListedDocument:
    """A document whose sections are counted and stay as they are."""

    adapted = 0
    families = NO_FAMILIES

    def __init__(
        self, listing: Listing, document: DocumentCorrector, doubtful: DocumentCorrector
    ) -> None:
        self._listing = listing
        self._document = document
        self._doubtful = doubtful

    def correct(self, text: str, /) -> Correction:
        applied, suspected = self._document.correct(text), self._doubtful.correct(text)
        self._listing.add(text, applied.edits, suspected.edits)
        return Correction(text, text)


def _example(source: str, place: Place) -> str:
    """Show a place with what stands around it, cut between clusters."""
    start = max(0, place.start - _EXAMPLE_CONTEXT)
    end = min(len(source), place.end + _EXAMPLE_CONTEXT)
    while not starts_cluster(source, start):
        start -= 1
    while not starts_cluster(source, end):
        end += 1
    before, after = source[start : place.start], source[place.end : end]
    return f"{before}[{source[place.start : place.end]}->{place.intended}]{after}"
