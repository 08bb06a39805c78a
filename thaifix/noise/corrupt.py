"""What an engine makes of a text.

A document is read row by row: a row is a line as printed, or so much of a longer one. The odds of
every error rise and fall with the page and with the row, so that bad pages and bad rows hold most
errors, as they do in real output:

    scale of a row = scale of the section, which meets the rate * page's factor * row's factor
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thaifix.blocks import sections
from thaifix.edit import Correction, Edit, apply, shift
from thaifix.noise.draws import Draws, Even, products
from thaifix.noise.engines import NoiseError, load
from thaifix.noise.letters import Letters, view
from thaifix.noise.lines import Lines, Span, rows

HIGHEST = 0.5
"""Highest rate: beyond it hardly anything of a text is left."""

_BOM = "\ufeff"
_FAR = 1e6  # beyond this scale nothing changes any more
_NEAR = 0.95  # share of the rate that must be within reach


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
                f"rate {rate:g} is not from 0 to {HIGHEST}. Give errors per code point"
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

    def scale(self, text: str, spans: Sequence[Span], lines: Lines) -> float:
        """Find the scale at which a section has the expected rate; 1 without a rate."""
        if self.rate is None:
            return 1.0
        found = self.letters.rows(text)
        size = len(view(text))

        def expected(scale: float) -> float:
            scales = [scale * factor for factor in self._factors]
            letters = self.letters.expected(found, scales, self.engine.garbled)
            return letters + lines.expected(spans, scale)

        low, high = 0.0, 1.0
        while high < _FAR and expected(high) < self.rate * size:
            low, high = high, high * 2
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if expected(middle) < self.rate * size else (low, middle)
        self._expected += expected(high)
        self._size += size
        return round(high, 6)

    def check(self) -> None:
        """Raise NoiseError if the rate was out of reach in what was read so far."""
        if self.rate and self._expected < _NEAR * self.rate * self._size:
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
        self._turn()

    def correct(self, text: str, /) -> Correction:
        """Read the next section; the edits lead from the text to what is read."""
        if self._noise.rate == 0:
            return Correction(text, text)
        spans = list(rows(text))
        scale = self._noise.scale(text, spans, self._lines)
        edits = list(self._read(text, spans, scale))
        return Correction(text, apply(text, edits), tuple(edits))

    def _read(self, text: str, spans: Sequence[Span], scale: float) -> Iterator[Edit]:
        lines, letters, garbled = self._lines, self._noise.letters, self._noise.engine.garbled
        for span in spans:
            self._left -= span.end - span.start
            if self._left < 0:
                self._turn()
            if lines.lost(span, scale):
                lost = text[span.start : span.end]
                yield Edit(span.start, span.end, "", reason="lost_line", observed=lost)
                continue
            yield from lines.ahead(text, span, scale)
            here = scale * self._page.factor * self._rows.draw()
            yield from letters.corrupt(text, span.start, span.body, here, garbled, self._draws)
            yield from lines.behind(span, scale)

    def _turn(self) -> None:
        """Begin a page."""
        self._left = self._page_length
        self._page = self._noise.pages.draw()
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
