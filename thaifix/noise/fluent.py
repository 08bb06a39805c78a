"""Noise of engines that write fluently: other words in known terms, clauses said again.

A term is misread as real words are, and then wherever it stands again in the section, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from thaifix.kernel.phrases import Strings
from thaifix.kernel.symbols import encode
from thaifix.model.bundle import Model
from thaifix.model.phrases import Scanned, unpack
from thaifix.noise.draws import Draws, Hits
from thaifix.noise.lines import MOST, Span
from thaifix.noise.planting import Words, misread
from thaifix.text.edit import Edit, trim
from thaifix.text.script import LETTERS

AGAIN = 0.7
"""Share of the further places of a misread term where it is misread, too."""

COST = 3.7
"""Errors of a misread term, on average."""

CLAUSE = range(12, 61)
"""Code points of a clause that is said again."""

TIMES = (1, 1, 1, 1, 1, 1, 1, 2, 2, 4)
"""How often, each as likely as another."""

_TRIES = 6  # until a term has a word that can be misread
_FAMILIAR = 3  # terms that have a word which others are misread as, at least


class Place(NamedTuple):
    """A term in a text: its span, and its number."""

    start: int
    end: int
    term: int


class Terms:
    """The terms of the lexicons that come with thaifix, and the words they are made of."""

    def __init__(self, phrases: Scanned) -> None:
        """Take phrases divided into words."""
        self.phrases = phrases
        self._strings = Strings(encode("\n".join(phrases.texts)), phrases.ends)
        times: Counter[str] = Counter()
        for term, text in enumerate(phrases.texts):
            bounds = [0, *self.divisions(term), len(text)]
            times.update({text[a:b] for a, b in pairwise(bounds)})
        self.words = Words(
            word for word, n in times.items() if n >= _FAMILIAR and all(c in LETTERS for c in word)
        )

    def divisions(self, term: int) -> list[int]:
        """Where a term's words begin, but for the first."""
        ends, starts = self.phrases.ends, self.phrases.starts
        begin = ends[term - 1] + 1 if term else 0
        first, last = bisect_left(starts, begin + 1), bisect_left(starts, ends[term])
        return [start - begin for start in starts[first:last]]

    def misread(self, term: int, draws: Draws) -> tuple[int, int, str] | None:
        """Draw a part of a term and the word it is misread as; None if that fails."""
        text, cuts = self.phrases.texts[term], self.divisions(term)
        drawn = (misread(text, cuts, self.words, draws) for _ in range(_TRIES))
        return next(filter(None, drawn), None)

    def find(self, text: str) -> list[Place]:
        """The terms of several words in a text: of those that overlap the first and longest.

        Time: linear.
        """
        places: list[Place] = []
        found = self._strings.find(encode(text))
        for start, end, term in sorted(found, key=lambda f: (f[0], -f[1])):
            if (not places or start >= places[-1].end) and self.divisions(term):
                places.append(Place(start, end, term))
        return places


@cache
def shipped() -> Terms:
    """The terms that come with thaifix. Raises ModelError if its model cannot be opened."""
    return Terms(unpack(Model().array("phrases")))


class Fluent:
    """An engine's fluent noise, in one document."""

    def __init__(self, shares: Mapping[str, float], terms: Terms | None, draws: Draws) -> None:
        """Begin a document.

        Args:
            shares: Of terms misread (substitution) and of clauses said again (repeated_clause).
            terms: That may be misread; None if nothing is said fluently.
            draws: Chance.
        """
        self._substitution = shares.get("substitution", 0.0)
        self._repetition = shares.get("repeated_clause", 0.0)
        self._terms, self._draws = terms, draws
        self._misread, self._repeated = Hits(draws), Hits(draws)

    def survey(self, text: str, spans: Sequence[Span]) -> Survey:
        """Find what can be misread and repeated in a section."""
        if self._terms is None:
            return Survey((), ())
        clauses = [clause for span in spans for clause in _clauses(text, span)]
        return Survey(self._terms.find(text), clauses)

    def expected(self, survey: Survey, scale: float) -> float:
        """Errors that a measure will count for a section."""
        share = min(self._substitution * scale, MOST)
        misread = 0.0
        for places in Counter(place.term for place in survey.places).values():
            chosen = 0.0  # how likely it is by now that the term is misread
            for _ in range(places):
                misread += chosen * AGAIN + (1 - chosen) * share
                chosen += (1 - chosen) * share
        letters = sum(end - start + 1 for start, end in survey.clauses)
        repeated = min(self._repetition * scale, MOST) * letters * sum(TIMES) / len(TIMES)
        return COST * misread + repeated

    def plan(self, text: str, survey: Survey, scale: float) -> list[Edit]:
        """Draw the edits of a section, sorted; none overlap."""
        edits = [*self._substitutions(text, survey, scale), *self._repetitions(text, survey, scale)]
        planned: list[Edit] = []
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            if not planned or edit.start >= planned[-1].end:
                planned.append(edit)
        return planned

    def _substitutions(self, text: str, survey: Survey, scale: float) -> Iterator[Edit]:
        share = min(self._substitution * scale, MOST)
        chosen: dict[int, tuple[int, int, str]] = {}
        for place in survey.places:
            if place.term in chosen:
                if self._draws.random() >= AGAIN:
                    continue
            elif self._terms is not None and self._misread.hit(share):
                if (drawn := self._terms.misread(place.term, self._draws)) is None:
                    continue
                chosen[place.term] = drawn
            else:
                continue
            first, last, word = chosen[place.term]
            start, end = place.start + first, place.start + last
            yield trim(Edit(start, end, word, reason="substitution", observed=text[start:end]))

    def _repetitions(self, text: str, survey: Survey, scale: float) -> Iterator[Edit]:
        share = min(self._repetition * scale, MOST)
        for start, end in survey.clauses:
            if share and self._repeated.hit(share):
                again = (" " + text[start:end]) * self._draws.choice(TIMES)
                yield Edit(end, end, again, reason="repeated_clause")


class Survey(NamedTuple):
    """What fluent noise can do to a section.

    Attributes:
        places: Of terms, from left to right.
        clauses: Spans of clauses, from left to right.
    """

    places: Sequence[Place]
    clauses: Sequence[tuple[int, int]]


def _clauses(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Cut a row at its spaces."""
    at = span.start
    for part in text[span.start : span.body].split(" "):
        if len(part) in CLAUSE and part.isprintable():
            yield at, at + len(part)
        at += len(part) + 1
