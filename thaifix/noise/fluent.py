"""Noise of engines that write fluently: other words in known terms, and clauses said again.

A word of a term is misread as another real word. Where the term stands again in the section, it is
mostly misread in the same way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from thaifix.kernel.phrases import Strings
from thaifix.kernel.symbols import encode
from thaifix.model.bundle import Model
from thaifix.model.phrases import Scanned, unpack
from thaifix.noise.draws import Draws, Hits
from thaifix.noise.lines import TextRow
from thaifix.noise.planting import WordPool, misread
from thaifix.text.edit import Edit, trim
from thaifix.text.script import LETTERS

SHARE_MISREAD_AGAIN = 0.7
"""Share of the further places of a misread term where it is misread, too. By judgement."""

ERRORS_PER_MISREAD_TERM = 3.7
"""Code points that are wrong in a misread term, on average. By judgement, between two means: 3.4 in
20 draws at each place of a term in corpora/clean, 4.7 in one draw for each shipped term."""

MOST_TERMS_HIT = 0.9
"""Share of the terms that are misread, or of the clauses that are said again, at most. By
judgement: at high rates something is left."""

CLAUSE_LENGTHS = range(12, 61)
"""Code points of a clause that can be said again. By judgement: longer than a word, shorter than a
row."""

REPETITIONS = (1, 1, 1, 1, 1, 1, 1, 2, 2, 4)
"""How often a clause is said again; each of these is as likely as another. By judgement."""

LOOP_REPETITIONS = range(5, 41)
"""How often a clause is said again in a loop; each of these is as likely as another. By judgement:
engines stop at the limit of their output."""

_MOST_DRAWS = 6  # draws until a word of a term can be misread; by judgement
_LEAST_TERMS = 3  # terms that must have a word before others are misread as it; by judgement


class TermPlace(NamedTuple):
    """A term in a text: its span in code points, and its number."""

    start: int
    end: int
    term: int


class KnownTerms:
    """The terms of the lexicons that come with thaifix, and the words they are made of."""

    def __init__(self, phrases: Scanned) -> None:
        """Take phrases that are divided into words."""
        self.phrases = phrases
        self._strings = Strings(encode("\n".join(phrases.texts)), phrases.ends)
        times: Counter[str] = Counter()
        for term, text in enumerate(phrases.texts):
            bounds = [0, *self.divisions(term), len(text)]
            times.update({text[a:b] for a, b in pairwise(bounds)})
        self.words = WordPool(
            word
            for word, n in times.items()
            if n >= _LEAST_TERMS and all(c in LETTERS for c in word)
        )

    def divisions(self, term: int) -> list[int]:
        """List where the words of a term begin, in code points of it; the first is left out."""
        ends, starts = self.phrases.ends, self.phrases.starts
        begin = ends[term - 1] + 1 if term else 0
        first, last = bisect_left(starts, begin + 1), bisect_left(starts, ends[term])
        return [start - begin for start in starts[first:last]]

    def misread(self, term: int, draws: Draws) -> tuple[int, int, str] | None:
        """Draw a part of a term and the word that it is misread as.

        Returns:
            Start and end of the part, in code points of the term, and the word; None if no draw
            gave one.
        """
        text, cuts = self.phrases.texts[term], self.divisions(term)
        drawn = (misread(text, cuts, self.words, draws) for _ in range(_MOST_DRAWS))
        return next(filter(None, drawn), None)

    def find(self, text: str) -> list[TermPlace]:
        """Find the terms of several words in a text; of those that overlap, the first and longest.

        Time: linear.
        """
        places: list[TermPlace] = []
        found = self._strings.find(encode(text))
        for start, end, term in sorted(found, key=lambda f: (f[0], -f[1])):
            if (not places or start >= places[-1].end) and self.divisions(term):
                places.append(TermPlace(start, end, term))
        return places


@cache
def shipped() -> KnownTerms:
    """Load the terms that come with thaifix.

    Raises:
        ModelError: If the package's model cannot be opened.
    """
    return KnownTerms(unpack(Model().array("phrases")))


class Fluent:
    """An engine's fluent noise, in one document."""

    def __init__(self, shares: Mapping[str, float], terms: KnownTerms | None, draws: Draws) -> None:
        """Begin a document.

        Args:
            shares: The share of terms that are misread ("substitution"), of clauses that are said
                again ("repeated_clause"), and of those that are in a loop ("loop").
            terms: The terms that may be misread; None if the engine has no fluent noise.
            draws: The source of chance.
        """
        self._substitution = shares.get("substitution", 0.0)
        self._repetition = shares.get("repeated_clause", 0.0)
        self._terms, self._draws = terms, draws
        self._misread, self._repeated = Hits(draws), Hits(draws)
        self._loop = shares.get("loop", 0.0)
        self._looped = Hits(draws) if self._loop else None

    def survey(self, text: str, rows: Sequence[TextRow]) -> Survey:
        """Find what can be misread and repeated in a section, which is divided into rows."""
        if self._terms is None:
            return Survey((), ())
        clauses = [clause for row in rows for clause in _clauses(text, row)]
        return Survey(self._terms.find(text), clauses)

    def expected(self, survey: Survey, scale: float) -> float:
        """Compute how many errors a measure will count for a section.

        Args:
            survey: What can be misread and repeated in it.
            scale: Factor to the shares; loops do not become more than the engine's own.
        """
        share = min(self._substitution * scale, MOST_TERMS_HIT)
        misread = 0.0
        for places in Counter(place.term for place in survey.places).values():
            chosen = 0.0  # how likely it is by now that the term is misread
            for _ in range(places):
                misread += chosen * SHARE_MISREAD_AGAIN + (1 - chosen) * share
                chosen += (1 - chosen) * share
        letters = sum(end - start + 1 for start, end in survey.clauses)
        share = min(self._repetition * scale, MOST_TERMS_HIT)
        repeated = share * letters * sum(REPETITIONS) / len(REPETITIONS)
        share = self._loop * min(scale, 1.0)
        repeated += share * letters * sum(LOOP_REPETITIONS) / len(LOOP_REPETITIONS)
        return ERRORS_PER_MISREAD_TERM * misread + repeated

    def plan(self, text: str, survey: Survey, scale: float) -> list[Edit]:
        """Draw the edits of a section, sorted; none overlap. Arguments as for `expected`."""
        return without_overlap(
            [
                *self._substitutions(text, survey, scale),
                *self._repetitions(text, survey, scale),
                *self._loops(text, survey, scale),
            ]
        )

    def _substitutions(self, text: str, survey: Survey, scale: float) -> Iterator[Edit]:
        share = min(self._substitution * scale, MOST_TERMS_HIT)
        chosen: dict[int, tuple[int, int, str]] = {}
        for place in survey.places:
            if place.term in chosen:
                if self._draws.random() >= SHARE_MISREAD_AGAIN:
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
        share = min(self._repetition * scale, MOST_TERMS_HIT)
        for start, end in survey.clauses:
            if share and self._repeated.hit(share):
                again = (" " + text[start:end]) * self._draws.choice(REPETITIONS)
                yield Edit(end, end, again, reason="repeated_clause")

    def _loops(self, text: str, survey: Survey, scale: float) -> Iterator[Edit]:
        for start, end in survey.clauses:
            if self._looped and self._looped.hit(self._loop * min(scale, 1.0)):
                again = (" " + text[start:end]) * self._draws.choice(LOOP_REPETITIONS)
                yield Edit(end, end, again, reason="loop")


class Survey(NamedTuple):
    """What fluent noise can do to a section.

    Attributes:
        places: The places of terms, from left to right.
        clauses: Spans of clauses in code points, from left to right.
    """

    places: Sequence[TermPlace]
    clauses: Sequence[tuple[int, int]]


def _clauses(text: str, row: TextRow) -> Iterator[tuple[int, int]]:
    """Cut a row at its spaces, and give the spans that can be said again."""
    at = row.start
    for part in text[row.start : row.body].split(" "):
        if len(part) in CLAUSE_LENGTHS and part.isprintable():
            yield at, at + len(part)
        at += len(part) + 1


def without_overlap(edits: Iterable[Edit]) -> list[Edit]:
    """Sort edits, and leave out those that reach into an earlier one."""
    planned: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not planned or edit.start >= planned[-1].end:
            planned.append(edit)
    return planned
