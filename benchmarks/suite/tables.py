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
        """One row for each name, all corpora; without figures an empty one."""
        header = [
            *("system", "CER", "errors gone (95 %)", "CER strict", "CER letters", "cluster CER"),
            *("pages better / same / worse", "terms read", "memo", "harm"),
        ]
        empty = [Cell("–")] * (len(header) - 1)
        rows = [
            [Cell(name), *(self._cells(name) if name in self.systems else empty)] for name in names
        ]
        return table(header, rows)

    def groups(self) -> str:
        """CER of each part of the pages, one row a system."""
        names = list(
            dict.fromkeys(group for _, corpus, group, _ in self._by_place if corpus == "pages")
        )
        rows = [
            [Cell(system), *(self._rate(system, "cer", group) for group in names)]
            for system in self.systems
        ]
        return table(["system", *names], rows)

    def places(self) -> str:
        """What became of the places that were wrong or were changed, one row a system."""
        worth = {"repaired": 1, "missed": -1, "wrong": -1, "damaged": -1}
        rows = [
            [
                Cell(system),
                *(
                    Cell(f"{(places := self._page(system, outcome).number):,}", sign * places)
                    for outcome, sign in worth.items()
                ),
            ]
            for system in self.systems
        ]
        return table(["system", *worth], rows)

    def _cells(self, system: str) -> list[Cell]:
        gone, terms = self._page(system, "reduction"), self._page(system, "terms read")
        interval = f"{float(gone.low):.0%} to {float(gone.high):.0%}"
        pages = [self._page(system, name).number for name in ("better", "same", "worse")]
        memo = self._by_place[system, "memo", "tier A", "exact"]
        harm = self._by_place[system, "clean", "all", "harm"]
        return [
            self._rate(system, "cer"),
            Cell(f"{gone.share:.1%} ({interval})", gone.share),
            *(self._rate(system, name) for name in ("cer_strict", "letters_cer", "cluster_cer")),
            Cell(" / ".join(map(str, pages)), pages[0] - pages[2]),
            Cell(f"{terms.share:.1%}", terms.share),
            Cell(f"{memo.number} of {memo.total}", memo.share),
            Cell(f"{10_000 * harm.share:.2f}", -harm.share),
        ]

    def _page(self, system: str, measure: str, group: str = "all") -> Figure:
        return self._by_place[system, "pages", group, measure]

    def _rate(self, system: str, measure: str, group: str = "all") -> Cell:
        figure = self._page(system, measure, group)
        return Cell(f"{figure.share:.2%}", -figure.share)


def speed(timings: Sequence[Timing]) -> str:
    """Speed, start and memory, one row a system; ratios to the reference of the same run."""
    by_place = {(timing.system, timing.text): timing for timing in timings}
    header = ["system"]
    for kind in ("clean", "pages"):
        header += [f"MB/s, {kind}", f"× {REFERENCE}"]
    header += ["start, s", "memory, MB"]
    rows = []
    for system in dict.fromkeys(timing.system for timing in timings):
        row = [Cell(system)]
        for kind in ("clean", "pages"):
            rate = by_place[system, kind].rate
            row.append(Cell(f"{rate:.3g}", rate))
            reference = by_place.get((REFERENCE, kind))
            row.append(Cell(f"{rate / reference.rate:.2g}" if reference else "–"))
        start = by_place[system, "one line"].median
        memory = max(by_place[system, kind].memory for kind in ("clean", "pages"))
        row += [Cell(f"{start:.2f}", -start), Cell(f"{memory:.0f}", -memory)]
        rows.append(row)
    return table(header, rows)
