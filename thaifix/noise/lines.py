"""Noise of lines: what stands in the margins, and lines that are lost, repeated or never were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thaifix.noise.draws import Draws, Hits, Weighted
from thaifix.noise.engines import Engine, Margin, PageQuality
from thaifix.text.edit import Edit
from thaifix.text.script import starts_cluster

CODE_POINTS_PER_ROW = 80
"""Code points of a long line that make a row. By judgement: what a page has on a printed line."""

MOST_LINES_HIT = 0.9
"""Share of lines, at most, to which any one thing happens. By judgement: at high rates something is
left."""


class TextRow(NamedTuple):
    """A row of a text: a line, or a part of a long one. Places are in code points.

    Attributes:
        start: Where it begins.
        body: Where its line end begins; where it ends if it has none.
        end: Where it ends.
        first: Whether it begins a line.
        last: Whether it ends one.
    """

    start: int
    body: int
    end: int
    first: bool
    last: bool


def text_rows(text: str) -> Iterator[TextRow]:
    """Divide a text into rows: lines, and parts of lines of more than two rows' length.

    A part has `CODE_POINTS_PER_ROW`, and a few more where it would end within a cluster.

    Time: linear.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        body = end
        while body > start and text[body - 1] in "\r\n\f":
            body -= 1
        first = start
        while body - start > 2 * CODE_POINTS_PER_ROW:
            cut = start + CODE_POINTS_PER_ROW
            while cut < body and not starts_cluster(text, cut):
                cut += 1
            yield TextRow(start, cut, cut, start == first, False)
            start = cut
        yield TextRow(start, body, end, start == first, True)
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

    def turn(self, page: PageQuality) -> None:
        """Begin a page."""
        self._before.share, self._after.share = page.before, page.after

    def expected(self, rows: Sequence[TextRow], scale: float) -> float:
        """Compute how many errors a measure will count for these rows, on average over pages.

        Args:
            rows: Rows of a section.
            scale: Factor to all shares.
        """
        lines = sum(row.last and row.body > row.start for row in rows)
        lost = sum(row.end - row.start for row in rows if self._can_be_lost(row))
        whole = sum(row.end - row.start for row in rows)
        return (
            lines * (self._before.expected(scale) + self._after.expected(scale))
            + lines * self._share("phantom_line", scale) * (1 + self._after.cost)
            + lost * self._share("lost_line", scale)
            + whole * self._share("repeated_line", scale)
        )

    def lost(self, row: TextRow, scale: float) -> bool:
        """Draw whether a row is lost, together with its line end."""
        return self._can_be_lost(row) and self._happens("lost_line", scale)

    def ahead(self, text: str, row: TextRow, scale: float) -> Iterator[Edit]:
        """Draw what comes in where a row begins."""
        if row.body > row.start and self._happens("repeated_line", scale):
            yield _insert(row.start, text[row.start : row.end], "repeated_line")
        if row.first:
            end = "\r\n" if text.startswith("\r\n", row.body) else "\n"
            if self._happens("blank_line", 1.0):
                yield _insert(row.start, end, "blank_line")
            if self._happens("phantom_line", scale) and (noise := self._after.draw().strip()):
                yield _insert(row.start, noise + end, "phantom_line")
            if row.body > row.start and self._before.shows(scale):
                yield _insert(row.start, self._before.draw(), "margin")

    def behind(self, row: TextRow, scale: float) -> Iterator[Edit]:
        """Draw what comes in where a line ends."""
        if row.last and row.body > row.start and self._after.shows(scale):
            yield _insert(row.body, self._after.draw(), "margin")

    def _can_be_lost(self, row: TextRow) -> bool:
        return 0 < row.body - row.start <= self._longest_lost

    def _share(self, kind: str, scale: float) -> float:
        return min(self._shares.get(kind, 0.0) * scale, MOST_LINES_HIT)

    def _happens(self, kind: str, scale: float) -> bool:
        share = self._share(kind, scale)
        return bool(share) and self._hits[kind].hit(share)


class _Side:
    """One of the two margins.

    Attributes:
        share: Share of the lines of this page that have something in it.
        cost: Errors of a string in it, on average.
    """

    def __init__(self, margin: Margin, shares: Sequence[float], draws: Draws) -> None:
        """Take what stands in the margin, and the share of lines that have it on each page."""
        self.share = 0.0
        self._shares = shares
        self._draws = draws
        self._strings = Weighted(margin.strings)
        self._gaps = margin.gaps
        times = sum(margin.strings.values())
        shown = sum(len(string.rstrip()) * n for string, n in margin.strings.items())
        self.cost = shown / times if times else 0.0

    def expected(self, scale: float) -> float:
        """Compute the errors of a line, on average over pages."""
        shown = sum(min(share * scale, MOST_LINES_HIT) for share in self._shares)
        return self.cost * shown / len(self._shares)

    def shows(self, scale: float) -> bool:
        """Draw whether a line has something in this margin."""
        share = min(self.share * scale, MOST_LINES_HIT)
        return bool(share) and self._draws.random() < share

    def draw(self) -> str:
        """Draw what a line has in it, with runs of spaces as long as real ones."""
        parts = self._strings.draw(self._draws).split(" ")
        noise = parts[0]
        for part in parts[1:]:
            noise += " " * max(1, int(self._draws.choice(self._gaps))) + part
        return noise


def _insert(at: int, text: str, reason: str) -> Edit:
    return Edit(at, at, text, reason=reason)
