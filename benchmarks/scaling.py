"""How time and memory grow with the letters of a text, the entries of a lexicon, and with jobs.

    python benchmarks scaling [--out FOLDER] [--most MB] [--rounds N]

Each figure is one run of the installed filter, with its start: seconds on the clock, CPU seconds,
and the most memory of one process; of some rounds the one with the median of the clock.
`scaling.csv`, `scaling.md` and the plot `scaling.svg` go into the folder, by default a new one of
today in benchmarks/runs.

- letters: 1 KB to 100 MB of correct text, documents of a page, up to 1 MB the same of pages that an
  engine has read. Texts that are longer than the corpora repeat them.
- entries: 10 to 100,000 names that no lexicon has, as a lexicon; correct text of 1 MB.
- jobs: 1 to as many as there are processors, on 1 MB of pages that an engine has read.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice, product
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed import SIZES, Usage, run_filter, sized
from benchmarks.suite import figures, machine
from benchmarks.suite.plot import Panel, svg
from benchmarks.suite.tables import Cell, table
from benchmarks.suite.texts import CLEAN, PAGES, ROOT

KILOBYTES = (1, 10, 100, 1_000, 10_000, 100_000)
ENTRIES = (0, 10, 100, 1_000, 10_000, 100_000)
_MOST_OCR = 1_000  # KB of pages that an engine has read: they take twenty times as long


class Point(NamedTuple):
    """What one run needed.

    Attributes:
        grows: letters, entries or jobs.
        text: clean or OCR.
        number: How many there were of what grows.
        letters: Code points of the text.
        seconds, cpu, memory: As of `Usage`.
    """

    grows: str
    text: str
    number: int
    letters: int
    seconds: float
    cpu: float
    memory: float


def pages(documents: Sequence[str], kilobytes: int) -> str:
    """Make a text of a size: documents with form feeds between them, again and again.

    Args:
        documents: Each shorter than a few pages.
        kilobytes: Its length in UTF-8, about.
    """
    left = 1_000 * kilobytes
    found = []
    for document in cycle(documents):
        size = len(document.encode())
        if size >= left:
            found.append(document.encode()[:left].decode(errors="ignore"))
            return "\f".join(found)
        found.append(document)
        left -= size + 1
    raise ValueError("no documents")


def names(number: int) -> list[str]:
    """Make entries: given names and surnames that come with thaifix, joined otherwise."""
    from thaifix.lexicon.entries import shipped

    known = sorted({entry.term for entry in shipped(("names",)) if " " not in entry.term})
    step = known[:: max(1, len(known) // 400)]
    return [f"{given}{surname}" for given, surname in islice(product(step, step), number)]


def run(text: str, options: Sequence[str], rounds: int) -> Usage:
    """Run the filter on a text some times, and give the median round, by the clock."""
    found = [run_filter(text.encode(), options) for _ in range(rounds)]
    return sorted(found)[len(found) // 2]


def measured(most: int, jobs: int, rounds: int) -> Iterator[Point]:
    """Measure, and yield each point as it is there.

    Args:
        most: KB of the longest text.
        jobs: The most of them.
        rounds: Runs of each.
    """
    documents = sized(CLEAN, PAGES)
    clean, ocr = (documents[f"{kind}, {SIZES[1]}"] for kind in ("clean", "OCR"))
    for kind, texts, bound in (("clean", clean, most), ("OCR", ocr, min(most, _MOST_OCR))):
        for kilobytes in KILOBYTES:
            if kilobytes <= bound:
                text = pages(texts, kilobytes)
                yield Point("letters", kind, len(text), len(text), *run(text, [], rounds))
    text = pages(clean, min(most, 1_000))
    with tempfile.TemporaryDirectory() as folder:
        for number in ENTRIES:
            lexicon = Path(folder, f"{number}.txt")
            lexicon.write_text("\n".join(names(number)), "utf-8")
            arguments = ["--lexicon", str(lexicon)] if number else []
            yield Point("entries", "clean", number, len(text), *run(text, arguments, rounds))
    text = pages(ocr, min(most, _MOST_OCR))
    for number in range(1, jobs + 1):
        yield Point("jobs", "OCR", number, len(text), *run(text, ["--jobs", str(number)], rounds))


def tables(points: Sequence[Point]) -> str:
    """A table for each thing that grows, in Markdown."""
    parts = []
    for grows in dict.fromkeys(point.grows for point in points):
        rows = [
            [Cell(text) for text in (point.text, f"{point.number:,}", *_shown(point))]
            for point in points
            if point.grows == grows
        ]
        header = ["text", grows, "s", "CPU s", "µs a letter", "MB"]
        parts.append(f"## {grows}\n\n{table(header, rows)}")
    return "\n".join(parts)


def _shown(point: Point) -> tuple[str, str, str, str]:
    return (
        f"{point.seconds:.2f}",
        f"{point.cpu:.2f}",
        f"{1e6 * point.seconds / point.letters:.2f}",
        f"{point.memory:.0f}",
    )


def panels(points: Sequence[Point]) -> list[Panel]:
    """What `scaling.svg` shows."""

    def lines(grows: str, value: Callable[[Point], float]) -> dict[str, list[tuple[float, float]]]:
        chosen = [point for point in points if point.grows == grows and point.number]
        return {
            kind: [(point.number, value(point)) for point in chosen if point.text == kind]
            for kind in dict.fromkeys(point.text for point in chosen)
        }

    return [
        Panel("letters", "code points", "seconds", lines("letters", lambda p: p.seconds)),
        Panel("entries", "entries of a lexicon", "seconds", lines("entries", lambda p: p.seconds)),
        Panel("memory", "entries of a lexicon", "MB", lines("entries", lambda p: p.memory)),
        Panel("jobs", "jobs", "seconds", lines("jobs", lambda p: p.seconds)),
    ]


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, help="folder; default: one of today in benchmarks/runs")
    parser.add_argument("--most", type=int, default=100, metavar="MB", help="of the longest text")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    today = f"{datetime.now(UTC):%Y-%m-%d}-{machine.short_name()}-scaling"
    folder = args.out or ROOT / "benchmarks" / "runs" / today
    folder.mkdir(parents=True, exist_ok=True)
    points = []
    for point in measured(1_000 * args.most, args.jobs, args.rounds):
        print(point.grows, point.text, f"{point.number:,}", *_shown(point), file=sys.stderr)
        points.append(point)
    figures.write(folder / "scaling.csv", Point._fields, points)
    about = machine.describe(ROOT)
    said = f"# Growth\n\nCommit {about.commit}; {about.processor}; {about.python}.\n\n"
    shown = f"{said}![as a plot](scaling.svg)\n\n{tables(points)}"
    (folder / "scaling.md").write_text(shown, "utf-8")
    (folder / "scaling.svg").write_text(svg(panels(points)), "utf-8")
    print(shown)
