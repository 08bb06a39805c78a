"""What an engine makes of a text.

A document is read row by row: a row is a line as printed, or so much of a longer one. The odds of
every error rise and fall with the page and with the row, so that bad pages and bad rows hold most
errors, as they do in real output:

    scale of a row = scale of the section, which meets the rate * page's factor * row's factor
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from thaifix.noise.draws import Draws, Even, products
from thaifix.noise.engines import load
from thaifix.noise.fluent import Fluent, shipped
from thaifix.noise.letters import Letters
from thaifix.noise.lines import Lines, Span, rows
from thaifix.noise.rate import Rate
from thaifix.text.blocks import sections
from thaifix.text.edit import Correction, Edit, apply, shift
from thaifix.text.views import default

_BOM = "\ufeff"


class Noise:
    """An engine at a rate; gives the documents that a filter asks for.

    Attributes:
        engine: Its profile.
        stamp: Names engine, rate and seed.
    """

    def __init__(self, engine: str, *, rate: float | None = None, seed: int = 1) -> None:
        """Take the options of `corrupt`. Raises NoiseError."""
        self.engine = load(engine)
        self.rate = Rate(rate)
        self.stamp = f"{engine} {'own rate' if rate is None else format(rate, 'g')} seed {seed}"
        self._seed = seed
        self._documents = 0
        self.letters = Letters(self.engine.seen, self.engine.letters)
        self._factors = products([page.factor for page in self.engine.pages], self.engine.line)
        self.terms = shipped() if self.engine.fluent else None
        self.pages = Even(self.engine.pages, Draws(f"{seed}/pages"))

    def document(self) -> NoisyDocument:
        """Begin a document."""
        self._documents += 1
        return NoisyDocument(self, Draws(f"{self._seed}/{self._documents}"))

    def expected(self, text: str, scale: float) -> float:
        """Errors of letters that a measure will count, over all pages and rows."""
        scales = [scale * factor for factor in self._factors]
        return self.letters.expected(self.letters.rows(text), scales, self.engine.garbled)

    def check(self) -> None:
        """Raise NoiseError if the rate was out of reach in what was read so far."""
        self.rate.check(self.engine.name)


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
        self._fluent = Fluent(engine.fluent, noise.terms, draws)
        self._turn()

    def correct(self, text: str, /) -> Correction:
        """Read the next section; the edits lead from the text to what is read."""
        noise, fluent = self._noise, self._fluent
        if noise.rate.asked == 0:
            return Correction(text, text)
        spans = list(rows(text))
        survey = fluent.survey(text, spans)

        def expected(scale: float) -> float:
            others = self._lines.expected(spans, scale) + fluent.expected(survey, scale)
            return noise.expected(text, scale) + others

        scale = noise.rate.scale(expected, len(default(text)))
        planned = deque(fluent.plan(text, survey, scale * noise.rate.steering))
        edits: list[Edit] = []
        at = 0
        for span in spans:
            made = len(edits)
            edits += self._read(text, span, max(at, span.start), planned, scale)
            at = edits[-1].end if edits else 0
            noise.rate.count(edits[made:], span.end - span.start)
        return Correction(text, apply(text, edits), tuple(edits))

    def _read(
        self, text: str, span: Span, at: int, planned: deque[Edit], scale: float
    ) -> Iterator[Edit]:
        """Read a row, whose letters before `at` are read already."""
        self._left -= span.end - span.start
        if self._left < 0:
            self._turn()
        lines, letters, garbled = self._lines, self._noise.letters, self._noise.engine.garbled
        scale *= self._steering
        here = scale * self._page.factor * self._rows.draw()
        mine = []
        while planned and planned[0].start <= span.body:
            mine.append(planned.popleft())
        if at == span.start:
            reach = mine[-1].end if mine else at
            if reach <= span.end and lines.lost(span, scale):
                lost = text[span.start : span.end]
                yield Edit(span.start, span.end, "", reason="lost_line", observed=lost)
                return
            yield from lines.ahead(text, span, scale)
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
        self._steering = self._noise.rate.steering
        self._lines.turn(self._page)


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
