"""Noise of lines: what stands in the margin, lines that are lost, repeated or never were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thaifix.noise.draws import Draws, Hits, Weighted
from thaifix.noise.engines import Engine, Margin, Page
from thaifix.text.edit import Edit
from thaifix.text.script import starts_cluster

ROW = 80
"""Code points of a longer line that make a row."""

MOST = 0.9
"""Share of lines, at most, to which anything happens that is rare."""


class Span(NamedTuple):
    """A row of a text, in code points.

    Attributes:
        start: Where it begins.
        body: Where its line end begins, or it ends.
        end: Where it ends.
        first: It begins a line.
        last: It ends one.
    """

    start: int
    body: int
    end: int
    first: bool
    last: bool


def rows(text: str) -> Iterator[Span]:
    """Divide a text into rows: lines, and parts of about `ROW` of lines twice as long. O(n)."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        body = end
        while body > start and text[body - 1] in "\r\n\f":
            body -= 1
        first = start
        while body - start > 2 * ROW:
            cut = start + ROW
            while cut < body and not starts_cluster(text, cut):
                cut += 1
            yield Span(start, cut, cut, start == first, False)
            start = cut
        yield Span(start, body, end, start == first, True)
        start = end


class Lines:
    """An engine's noise of lines, in one document."""

    def __init__(self, engine: Engine, draws: Draws) -> None:
        """Begin a document."""
        self._shares = engine.lines
        self._longest_lost = engine.longest_lost
        self._hits = {kind: Hits(draws) for kind in engine.lines}
        self._before = _Side(engine.before, [page.before for page in engine.pages], draws)
        self._after = _Side(engine.after, [page.after for page in engine.pages], draws)

    def turn(self, page: Page) -> None:
        """Begin a page."""
        self._before.share, self._after.share = page.before, page.after

    def expected(self, spans: Sequence[Span], scale: float) -> float:
        """Errors that a measure will count for these rows."""
        lines = sum(span.last and span.body > span.start for span in spans)
        lost = sum(span.end - span.start for span in spans if self._can_be_lost(span))
        whole = sum(span.end - span.start for span in spans)
        return (
            lines * (self._before.expected(scale) + self._after.expected(scale))
            + lines * self._share("phantom_line", scale) * (1 + self._after.cost)
            + lost * self._share("lost_line", scale)
            + whole * self._share("repeated_line", scale)
        )

    def lost(self, span: Span, scale: float) -> bool:
        """Tell whether a row is lost with its line end."""
        return self._can_be_lost(span) and self._happens("lost_line", scale)

    def ahead(self, text: str, span: Span, scale: float) -> Iterator[Edit]:
        """What comes in where a row begins."""
        if span.body > span.start and self._happens("repeated_line", scale):
            yield _insert(span.start, text[span.start : span.end], "repeated_line")
        if span.first:
            end = "\r\n" if text.startswith("\r\n", span.body) else "\n"
            if self._happens("blank_line", 1.0):
                yield _insert(span.start, end, "blank_line")
            if self._happens("phantom_line", scale) and (noise := self._after.draw().strip()):
                yield _insert(span.start, noise + end, "phantom_line")
            if span.body > span.start and self._before.shows(scale):
                yield _insert(span.start, self._before.draw(), "margin")

    def behind(self, span: Span, scale: float) -> Iterator[Edit]:
        """What comes in where a line ends."""
        if span.last and span.body > span.start and self._after.shows(scale):
            yield _insert(span.body, self._after.draw(), "margin")

    def _can_be_lost(self, span: Span) -> bool:
        return 0 < span.body - span.start <= self._longest_lost

    def _share(self, kind: str, scale: float) -> float:
        return min(self._shares.get(kind, 0.0) * scale, MOST)

    def _happens(self, kind: str, scale: float) -> bool:
        share = self._share(kind, scale)
        return bool(share) and self._hits[kind].hit(share)


class _Side:
    """One of the two margins."""

    def __init__(self, margin: Margin, shares: Sequence[float], draws: Draws) -> None:
        self.share = 0.0  # of the lines of this page
        self._shares = shares
        self._draws = draws
        self._strings = Weighted(margin.strings)
        self._gaps = margin.gaps
        times = sum(margin.strings.values())
        shown = sum(len(string.rstrip()) * n for string, n in margin.strings.items())
        self.cost = shown / times if times else 0.0  # errors of one string, on average

    def expected(self, scale: float) -> float:
        """Errors of a line."""
        shown = sum(min(share * scale, MOST) for share in self._shares)
        return self.cost * shown / len(self._shares)

    def shows(self, scale: float) -> bool:
        share = min(self.share * scale, MOST)
        return bool(share) and self._draws.random() < share

    def draw(self) -> str:
        parts = self._strings.draw(self._draws).split(" ")
        noise = parts[0]
        for part in parts[1:]:
            noise += " " * max(1, int(self._draws.choice(self._gaps))) + part
        return noise


def _insert(at: int, text: str, reason: str) -> Edit:
    return Edit(at, at, text, reason=reason)
