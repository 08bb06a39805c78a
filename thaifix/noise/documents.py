"""What an engine makes of a text: where all noise begins.

A document is read row by row; a row is a line as printed, or a part of a longer one. The odds of
every error rise and fall with the page and with the row, so that bad pages and bad rows hold most
errors, as they do in real output:

    scale of a row = scale of the section, which meets the rate * page's factor * row's factor
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from thaifix.noise.draws import Draws, Even, products
from thaifix.noise.engines import load
from thaifix.noise.fluent import Fluent, shipped, without_overlap
from thaifix.noise.letters import Letters
from thaifix.noise.lines import Lines, TextRow, text_rows
from thaifix.noise.rate import NO_CHANGE, TargetRate
from thaifix.noise.slips import Slips
from thaifix.stream.filter import NO_FAMILIES
from thaifix.text.blocks import sections
from thaifix.text.edit import Correction, Edit, apply, shift
from thaifix.text.views import default

MOST_STYLES_DRAWN = 50
"""Styles that are drawn until one can reach the rate that is asked for, at most. By judgement:
about twice as many as `pdf-layer` has, with their times, so that each has its turn."""

_BOM = "\ufeff"


def corrupt(
    text: str, *, engine: str = "tesseract-tha", rate: float | None = None, seed: int = 1
) -> Correction:
    """Make of a correct text what an engine would have read.

    Args:
        text: Correct text; form feeds divide documents.
        engine: A name of `engines.names()`, or the path of a profile.
        rate: Expected errors per code point (0 to 0.5) in the default view; by default the
            engine's own. It is met over dozens of pages; single pages are better or worse.
        seed: Equal seeds give equal results, on every machine.
    Returns:
        The text as source, what was read, and the edits that lead there, each with the kind of
        noise as its reason. If the rate is 0, the very same text.
    Raises:
        NoiseError: If there is no such engine, or the rate is out of range or out of reach.
    Time: linear, about a second per million code points.
    """
    noise = NoiseSource(engine, rate=rate, seed=seed)
    edits: list[Edit] = []
    at = int(text.startswith(_BOM))
    for section in sections([text[at:]]):
        if section.first:
            document = noise.document()
        edits += shift(document.correct(section.text).edits, at)
        at += len(section.text)
    noise.check()
    return Correction(text, apply(text, edits), tuple(edits))


class NoiseSource:
    """An engine at a rate: a source of documents for the filter, which makes noise of them.

    Attributes:
        engine: The engine's profile.
        stamp: Names engine, rate and seed; stands in the log.
        rate: The rate that is asked for.
        letters: The engine's confusions.
        terms: Terms that may be misread as others; None if the engine does not do that.
        pages: Draws the pages, over all documents.
        styles: Draws the style of each document; None if the engine has no styles.
    """

    def __init__(self, engine: str, *, rate: float | None = None, seed: int = 1) -> None:
        """Take the options of `corrupt`.

        Raises:
            NoiseError: If there is no such engine, or the rate is out of range.
        """
        self.engine = load(engine)
        self.rate = TargetRate(rate)
        self.stamp = f"{engine} {'own rate' if rate is None else format(rate, 'g')} seed {seed}"
        self._seed = seed
        self._documents = 0
        self.letters = Letters(self.engine.seen, self.engine.letters)
        self._factors = products([page.factor for page in self.engine.pages], self.engine.line)
        self.terms = shipped() if self.engine.fluent else None
        self.pages = Even(self.engine.pages, Draws(f"{seed}/pages"))
        styles = [style for style in self.engine.styles for _ in range(style.times)]
        self.styles = Even(styles, Draws(f"{seed}/styles")) if styles else None

    def document(self) -> NoisyDocument:
        """Begin a document."""
        self._documents += 1
        return NoisyDocument(self, Draws(f"{self._seed}/{self._documents}"))

    def expected(self, text: str, scale: float) -> float:
        """Compute the errors of letters that a measure will count, on average over pages and rows.

        Args:
            text: A section.
            scale: Factor to the odds of every error.
        """
        scales = [scale * factor for factor in self._factors]
        return self.letters.expected(self.letters.misreadable(text), scales, self.engine.garbled)

    def slips(self, text: str, misread: Callable[[float], float], size: int, draws: Draws) -> Slips:
        """Draw the style of a document: with a rate, one that can reach it, if one is drawn.

        Args:
            text: The document's first section.
            misread: Gives the expected errors that are no slips there, of a scale.
            size: Code points of the section, in the default view.
            draws: The source of chance, for the slips.
        """
        if self.styles is None:
            return Slips(None, draws)
        for _ in range(MOST_STYLES_DRAWN):
            slips = Slips(self.styles.draw(), draws)
            most = misread(NO_CHANGE) + slips.expected(slips.survey(text), NO_CHANGE)
            if self.rate.within_reach(most, size):
                break
        return slips

    def check(self) -> None:
        """Make sure that the rate was within reach in what was read so far.

        Raises:
            NoiseError: If it was not.
        """
        self.rate.check(self.engine.name)


class NoisyDocument:
    """One document, which is read section by section."""

    adapted = 0
    """The filter asks correctors for it; noise never adapts."""
    families = NO_FAMILIES
    """... nor does it guess engines."""

    def __init__(self, noise: NoiseSource, draws: Draws) -> None:
        """Begin a document with its first page."""
        self._noise, self._draws = noise, draws
        engine = noise.engine
        self._page_length = self._left = engine.page_length
        self._rows = Even(engine.line, draws)
        self._lines = Lines(engine, draws)
        self._fluent = Fluent(engine.fluent, noise.terms, draws)
        self._slips: Slips | None = None  # until the first section has been seen
        self._turn()

    def correct(self, text: str, /) -> Correction:
        """Read the next section; the edits lead from the text to what is read.

        The name is that of correctors, whose place this takes in the filter.
        """
        noise, fluent = self._noise, self._fluent
        if noise.rate.asked == 0:
            return Correction(text, text)
        rows = list(text_rows(text))
        survey, size = fluent.survey(text, rows), len(default(text))

        def misread(scale: float) -> float:
            others = self._lines.expected(rows, scale) + fluent.expected(survey, scale)
            return noise.expected(text, scale) + others

        if self._slips is None:
            self._slips = noise.slips(text, misread, size, self._draws)
        slips = self._slips
        places = slips.survey(text)
        scale = noise.rate.scale(lambda s: misread(s) + slips.expected(places, s), size)
        steered = scale * noise.rate.steering
        words = fluent.plan(text, survey, steered)
        planned = deque(without_overlap(words + slips.plan(text, places, steered)))
        edits: list[Edit] = []
        at = 0
        for row in rows:
            made = len(edits)
            edits += self._read(text, row, max(at, row.start), planned, scale)
            at = edits[-1].end if edits else 0
            noise.rate.count(edits[made:], row.end - row.start)
        return Correction(text, apply(text, edits), tuple(edits))

    def _read(
        self, text: str, row: TextRow, at: int, planned: deque[Edit], scale: float
    ) -> Iterator[Edit]:
        """Read a row.

        Args:
            text: The section.
            row: The row.
            at: Up to where the section has been read: within the row if a planned edit reaches
                into it, else its beginning.
            planned: The fluent edits and the slips that are still to come; those that begin in the
                row are taken out.
            scale: Factor to all odds, of the section.
        """
        self._left -= row.end - row.start
        if self._left < 0:
            self._turn()
        lines, letters, garbled = self._lines, self._noise.letters, self._noise.engine.garbled
        scale *= self._steering
        here = scale * self._page.factor * self._rows.draw()
        mine = []
        while planned and planned[0].start <= row.body:
            mine.append(planned.popleft())
        if at == row.start:
            reach = mine[-1].end if mine else at
            if reach <= row.end and lines.lost(row, scale):
                lost = text[row.start : row.end]
                yield Edit(row.start, row.end, "", reason="lost_line", observed=lost)
                return
            yield from lines.ahead(text, row, scale)
        for edit in mine:
            yield from letters.corrupt(text, at, edit.start, here, garbled, self._draws)
            yield edit
            at = edit.end
        yield from letters.corrupt(text, at, row.body, here, garbled, self._draws)
        if at <= row.body:
            yield from lines.behind(row, scale)

    def _turn(self) -> None:
        """Begin a page."""
        self._left = self._page_length
        self._page = self._noise.pages.draw()
        self._steering = self._noise.rate.steering
        self._lines.turn(self._page)
