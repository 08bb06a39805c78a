"""What an engine makes of a text.

A document is read row by row: a row is a line as printed, or so much of a longer one. The odds of
every error rise and fall with the page and with the row, so that bad pages and bad rows hold most
errors, as they do in real output:

    scale of a row = scale of the section, which meets the rate * page's factor * row's factor
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from thaifix.blocks import sections
from thaifix.edit import Correction, Edit, apply, shift
from thaifix.noise.draws import Draws, Even, products
from thaifix.noise.engines import NoiseError, load
from thaifix.noise.letters import Letters
from thaifix.noise.lines import Lines, Span, rows
from thaifix.views import default

HIGHEST = 0.5
"""Highest rate: beyond it hardly anything of a text is left."""

_BOM = "\ufeff"
_FAR = 1e6  # beyond this scale nothing changes any more
_WITHIN_REACH = 0.95  # share of the rate that must be
_NEAR_ENOUGH = 0.002  # share of the errors by which they may be missed


class Noise:
    """An engine at a rate; gives the documents that a filter asks for.

    Attributes:
        engine: Its profile.
        stamp: Names engine, rate and seed.
    """

    def __init__(self, engine: str, *, rate: float | None = None, seed: int = 1) -> None:
        """Take the options of `corrupt`. Raises NoiseError."""
        if rate is not None and not 0 <= rate <= HIGHEST:
            raise NoiseError(
                f"rate {rate:g} is not from 0 to {HIGHEST}. Give a share of code points"
            )
        self.engine = load(engine)
        self.rate = rate
        self.stamp = f"{engine} {'own rate' if rate is None else format(rate, 'g')} seed {seed}"
        self._seed = seed
        self._documents = 0
        self.letters = Letters(self.engine.seen, self.engine.letters)
        self._factors = products([page.factor for page in self.engine.pages], self.engine.line)
        self.pages = Even(self.engine.pages, Draws(f"{seed}/pages"))
        self._expected = self._size = 0.0

    def document(self) -> NoisyDocument:
        """Begin a document."""
        self._documents += 1
        return NoisyDocument(self, Draws(f"{self._seed}/{self._documents}"))

    def scale(self, text: str, others: Callable[[float], float]) -> float:
        """Find the scale at which a section has the expected rate; 1 without a rate.

        Args:
            text: The section.
            others: Errors that are not of letters, by scale.
        """
        if self.rate is None:
            return 1.0
        found = self.letters.rows(text)
        size = len(default(text))

        def expected(scale: float) -> float:
            scales = [scale * factor for factor in self._factors]
            letters = self.letters.expected(found, scales, self.engine.garbled)
            return letters + others(scale)

        scale, errors = _solve(expected, self.rate * size)
        self._expected += errors
        self._size += size
        return scale

    def check(self) -> None:
        """Raise NoiseError if the rate was out of reach in what was read so far."""
        if self.rate and self._expected < _WITHIN_REACH * self.rate * self._size:
            reached = self._expected / self._size
            raise NoiseError(
                f"rate {self.rate:g} is out of reach: {self.engine.name} can bring this text to "
                f"{reached:.3f}. Ask for less"
            )


class NoisyDocument:
    """One document, read section by section."""

    adapted = 0
    """For the filter, which asks correctors for it."""

    def __init__(self, noise: Noise, draws: Draws) -> None:
        self._noise, self._draws = noise, draws
        engine = noise.engine
        self._page_length = self._left = engine.page_length
        self._rows = Even(engine.line, draws)
        self._lines = Lines(engine, draws)
        self._fluent = None
        if engine.fluent:
            from thaifix.noise.fluent import Fluent, shipped

            self._fluent = Fluent(engine.fluent, shipped(), draws)
        self._turn()

    def correct(self, text: str, /) -> Correction:
        """Read the next section; the edits lead from the text to what is read."""
        if self._noise.rate == 0:
            return Correction(text, text)
        spans = list(rows(text))
        survey = self._fluent.survey(text, spans) if self._fluent else None

        def others(scale: float) -> float:
            fluent = self._fluent.expected(survey, scale) if self._fluent and survey else 0.0
            return self._lines.expected(spans, scale) + fluent

        scale = self._noise.scale(text, others)
        planned = self._fluent.plan(text, survey, scale) if self._fluent and survey else []
        edits = list(self._read(text, spans, deque(planned), scale))
        return Correction(text, apply(text, edits), tuple(edits))

    def _read(
        self, text: str, spans: Sequence[Span], planned: deque[Edit], scale: float
    ) -> Iterator[Edit]:
        lines, letters, garbled = self._lines, self._noise.letters, self._noise.engine.garbled
        at = 0
        for span in spans:
            self._left -= span.end - span.start
            if self._left < 0:
                self._turn()
            here = scale * self._page.factor * self._rows.draw()
            mine = []
            while planned and planned[0].start <= span.body:
                mine.append(planned.popleft())
            if at <= span.start:
                reach = mine[-1].end if mine else span.start
                if reach <= span.end and lines.lost(span, scale):
                    lost = text[span.start : span.end]
                    yield Edit(span.start, span.end, "", reason="lost_line", observed=lost)
                    continue
                yield from lines.ahead(text, span, scale)
                at = span.start
            for edit in mine:
                yield from letters.corrupt(text, at, edit.start, here, garbled, self._draws)
                yield edit
                at = edit.end
            yield from letters.corrupt(text, at, span.body, here, garbled, self._draws)
            if at <= span.body:
                yield from lines.behind(span, scale)

    def _turn(self) -> None:
        """Begin a page."""
        self._left = self._page_length
        self._page = self._noise.pages.draw()
        self._lines.turn(self._page)


def _solve(expected: Callable[[float], float], errors: float) -> tuple[float, float]:
    """Find the scale, and the errors expected there: as many as asked, if so many can be had.

    `expected` rises, ever more slowly: a chord meets the errors near where it does.
    """
    low, high, least, most = 0.0, 1.0, 0.0, expected(1.0)
    while most < errors and high < _FAR:
        low, least, high = high, most, high * 4
        most = expected(high)
    scale, found = high, most
    while abs(found - errors) > errors * _NEAR_ENOUGH and least < errors < most:
        scale = low + (high - low) * (errors - least) / (most - least)
        found = expected(scale)
        if found < errors:
            low, least = scale, found
        else:
            high, most = scale, found
    return round(scale, 6), found


def corrupt(
    text: str, *, engine: str = "tesseract-tha", rate: float | None = None, seed: int = 1
) -> Correction:
    """Make of a correct text what an engine would have read.

    Args:
        text: Correct text; form feeds divide documents.
        engine: A name of `engines.names()`, or the path of a profile.
        rate: Expected errors per code point (0 to 0.5) in the default view; by default the
            engine's own. It is met over dozens of pages; single pages are better and worse.
        seed: Equal seeds give equal results, on every machine.
    Returns:
        The text as source, and what was read with the edits that lead there, each with the kind of
        noise as its reason; the very same text if the rate is 0.
    Raises:
        NoiseError: If there is no such engine, or the rate is out of range or out of reach.
    Time: linear, about a second per million code points.
    """
    noise = Noise(engine, rate=rate, seed=seed)
    edits: list[Edit] = []
    at = int(text.startswith(_BOM))
    for section in sections([text[at:]]):
        if section.first:
            document = noise.document()
        edits += shift(document.correct(section.text).edits, at)
        at += len(section.text)
    noise.check()
    return Correction(text, apply(text, edits), tuple(edits))
