"""Tables of a run, in Markdown. The best of each column is bold, whoever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.suite.entrants import REFERENCE
from benchmarks.suite.figures import Figure
from benchmarks.suite.timings import Timing


class Cell(NamedTuple):
    """A cell.

    Attributes:
        text: What is shown.
        worth: What the cells of the column are compared by, the highest is best; None if this one
            is not compared.
    """

    text: str
    worth: float | None = None


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, numbers: bool = True) -> str:
    """Set a table; the first column is a name, the others are numbers or not.

    What is shown alike is equally good.
    """
    lines = [header, ["---", *["---:" if numbers else "---"] * (len(header) - 1)]]
    best = [_best(column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, best, strict=True)
        lines.append([f"**{cell.text}**" if cell.text in top else cell.text for cell, top in cells])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _best(column: Sequence[Cell]) -> set[str]:
    compared = {cell.text: cell.worth for cell in column if cell.worth is not None}
    return {text for text, worth in compared.items() if worth == max(compared.values())}


ACCURACY = (
    *("CER", "errors gone (95 %)", "CER strict", "CER letters", "cluster CER"),
    *("pages better / same / worse", "terms read", "memo", "harm"),
)
"""Columns of the main table; `Accuracy` makes its cells."""

PLACES = {"repaired": 1, "missed": -1, "wrong": -1, "damaged": -1}
"""Columns of the table of places, with 1 where more is better and -1 where less is."""

SPEED = (
    *("MB/s, clean", f"× {REFERENCE}, clean", "MB/s, pages", f"× {REFERENCE}, pages"),
    *("start, s", "memory, MB"),
)
"""Columns of the table of speed; `Speed` makes its cells."""

NOTHING = Cell("–")
"""What was not measured."""


class Accuracy:
    """Tables of what correction does to texts.

    Attributes:
        systems: The names of those that have figures.
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._by_place = {(f.system, f.corpus, f.group, f.measure): f for f in figures}
        self.systems = list(dict.fromkeys(system for system, *_ in self._by_place))

    def size(self) -> str:
        """How much was measured on."""
        pages, letters = self._page(self.systems[0], "better"), self._page(self.systems[0], "cer")
        clean = self._by_place[self.systems[0], "clean", "all", "harm"]
        return (
            f"{pages.total:,} OCR pages of {letters.total:,} code points; "
            f"{clean.total:,} code points of correct text."
        )

    def main(self, names: Sequence[str]) -> str:
        """All corpora: a row for each name, an empty one if it has no figures."""
        rows = [[Cell(name), *(self.cell(name, column) for column in ACCURACY)] for name in names]
        return table(["system", *ACCURACY], rows)

    def groups(self) -> str:
        """CER of each part of the pages, a row for each system."""
        names = list(
            dict.fromkeys(group for _, corpus, group, _ in self._by_place if corpus == "pages")
        )
        rows = [
            [Cell(system), *(self._rate(system, "cer", group) for group in names)]
            for system in self.systems
        ]
        return table(["system", *names], rows)

    def places(self) -> str:
        """What became of the places that were wrong or were changed, a row for each system."""
        rows = [
            [Cell(name), *(self.cell(name, column) for column in PLACES)] for name in self.systems
        ]
        return table(["system", *PLACES], rows)

    def cell(self, system: str, column: str) -> Cell:
        """A cell of the main table, or of that of places.

        Raises:
            ValueError: If there is no such column.
        """
        if system not in self.systems:
            return NOTHING
        match column:
            case "CER":
                return self._rate(system, "cer")
            case "errors gone (95 %)":
                gone = self._page(system, "reduction")
                interval = f"{float(gone.low):.0%} to {float(gone.high):.0%}"
                return Cell(f"{gone.share:.1%} ({interval})", gone.share)
            case "CER strict":
                return self._rate(system, "cer_strict")
            case "CER letters":
                return self._rate(system, "letters_cer")
            case "cluster CER":
                return self._rate(system, "cluster_cer")
            case "pages better / same / worse":
                pages = [self._page(system, name).number for name in ("better", "same", "worse")]
                return Cell(" / ".join(map(str, pages)), pages[0] - pages[2])
            case "terms read":
                terms = self._page(system, "terms read")
                return Cell(f"{terms.share:.1%}", terms.share)
            case "memo":
                memo = self._by_place[system, "memo", "tier A", "exact"]
                return Cell(f"{memo.number} of {memo.total}", memo.share)
            case "harm":
                harm = self._by_place[system, "clean", "all", "harm"]
                return Cell(f"{10_000 * harm.share:.2f}", -harm.share)
            case _ if column in PLACES:
                places = self._page(system, column).number
                return Cell(f"{places:,}", PLACES[column] * places)
        raise ValueError(f"no column {column!r}")

    def _page(self, system: str, measure: str, group: str = "all") -> Figure:
        return self._by_place[system, "pages", group, measure]

    def _rate(self, system: str, measure: str, group: str = "all") -> Cell:
        figure = self._page(system, measure, group)
        return Cell(f"{figure.share:.2%}", -figure.share)


class Speed:
    """The table of speed, start and memory; ratios are to the reference of the same run.

    Attributes:
        systems: The names of those that were measured.
    """

    def __init__(self, timings: Iterable[Timing]) -> None:
        self._by_place = {(timing.system, timing.text): timing for timing in timings}
        self.systems = list(dict.fromkeys(system for system, _ in self._by_place))

    def main(self) -> str:
        """A row for each system."""
        rows = [
            [Cell(name), *(self.cell(name, column) for column in SPEED)] for name in self.systems
        ]
        return table(["system", *SPEED], rows)

    def cell(self, system: str, column: str) -> Cell:
        """A cell of the table.

        Raises:
            ValueError: If there is no such column.
        """
        if system not in self.systems:
            return NOTHING
        what, _, kind = column.partition(", ")
        match what:
            case "MB/s":
                rate = self._by_place[system, kind].rate
                return Cell(f"{rate:.3g}", rate)
            case "start":
                start = self._by_place[system, "one line"].median
                return Cell(f"{start:.2f}", -start)
            case "memory":
                memory = max(self._by_place[system, text].memory for text in ("clean", "pages"))
                return Cell(f"{memory:.0f}", -memory)
            case _ if what == f"× {REFERENCE}":
                if REFERENCE not in self.systems:
                    return NOTHING
                reference = self._by_place[REFERENCE, kind].rate
                return Cell(f"{self._by_place[system, kind].rate / reference:.2g}")
        raise ValueError(f"no column {column!r}")
