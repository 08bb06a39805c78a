"""Set the figures of README.md from the newest recorded run, between its markers.

    python benchmarks readme [--check] [--run FOLDER]

README.md has parts between `<!-- figures: NAME -->` and `<!-- end of figures -->`. Each is written
anew from the files of a run in benchmarks/runs:

accuracy    what correction does to pages and to correct text, beside the peers
losses      where a peer is better than thaifix
speed       beside the peers and a segmenter

With --check nothing is written; the exit status is 1 if a part is not what the run says.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks.suite import figures, timings
from benchmarks.suite.entrants import ENTRANTS
from benchmarks.suite.process import FOLDER
from benchmarks.suite.tables import SPEED, Accuracy, Cell, Speed, table
from benchmarks.suite.texts import ROOT

README = ROOT / "README.md"
RUNS = FOLDER / "runs"
OURS = "thaifix normal"
"""The entrant that is compared with its peers: the default profile."""

LEFT_OUT = "thaifix normal, letters alone"
"""The entrant that only the run's own summary has, being no profile."""

SHOWN = (
    *("CER", "CER strict", "CER letters", "pages better / same / worse", "terms read", "memo"),
    *("damaged", "harm"),
)
"""Columns of accuracy that README.md has; the run's own summary has all."""

COMPARED = (*SHOWN, "cluster CER", "repaired", "wrong", "MB/s, clean", "MB/s, pages", *SPEED[-2:])
"""Columns in which a peer can be better."""

MEANINGS = {
    "CER strict": "CER strict, where blank lines and double spaces count",
    "damaged": "places of the pages that were right and were damaged",
    "wrong": "places that were wrong and were made wrong otherwise",
    "harm": "harm per 10,000 code points of correct text",
    "MB/s, clean": "MB/s, correct text",
    "MB/s, pages": "MB/s, OCR pages",
    "start, s": "start with one line, s CPU",
}
"""What the names of columns mean, where they do not stand in a table."""

_PART = re.compile(r"(<!-- figures: (\w+) -->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)


class Recorded(NamedTuple):
    """A recorded run.

    Attributes:
        folder: Where it lies.
        accuracy, speed: Its figures.
    """

    folder: Path
    accuracy: Accuracy
    speed: Speed

    def cell(self, system: str, column: str) -> Cell:
        """A cell of accuracy or of speed."""
        part: Accuracy | Speed = self.speed if column in SPEED else self.accuracy
        return part.cell(system, column)


def newest() -> Path:
    """The folder of the run that was made last, as its README says.

    Raises:
        FileNotFoundError: If none was recorded.
    """
    dates = {}
    for path in RUNS.glob("*/README.md"):
        if (path.parent / "timings.csv").exists():
            dates[path.parent] = re.findall(r"^\| date \| (.*) \|$", path.read_text("utf-8"), re.M)
    if not dates:
        raise FileNotFoundError(f"no run with timings in {RUNS}. Make one: make bench")
    return max(dates, key=lambda folder: (dates[folder], folder))


def read(folder: Path) -> Recorded:
    """Read the files of a run.

    Raises:
        OSError: If one is missing.
    """
    accuracy = Accuracy(figures.read(folder / "accuracy.csv"))
    return Recorded(folder, accuracy, Speed(timings.recorded(folder / "timings.csv")))


def accuracy(run: Recorded) -> str:
    """What was measured on, and a row for each corrector that was measured."""
    names = [e.name for e in ENTRANTS if e.corrects and e.name in run.accuracy.systems]
    rows = [
        [Cell(name), *(run.cell(name, column) for column in SHOWN)]
        for name in names
        if name != LEFT_OUT
    ]
    where = f"benchmarks/runs/{run.folder.name}/summary.md"
    return f"[`{where}`]({where}): {run.accuracy.size()}\n\n{table(['', *SHOWN], rows)}"


def losses(run: Recorded) -> str:
    """A row for each column in which a peer is better than thaifix, with the best of them."""
    peers = [entrant.name for entrant in ENTRANTS if entrant.corrects and not entrant.own]
    rows = []
    for column in COMPARED:
        own = run.cell(OURS, column)
        best = max(peers, key=lambda peer: worth(run.cell(peer, column)))
        if worth(own) < worth(other := run.cell(best, column)) and own.text != other.text:
            said = MEANINGS.get(column, column), own.text, f"{other.text}, `{best}`"
            rows.append([Cell(text) for text in said])
    return table(["", f"`{OURS}`", "the best of its peers"], rows)


def worth(cell: Cell) -> float:
    """What a cell is compared by; one that is empty is worth least."""
    return float("-inf") if cell.worth is None else cell.worth


def speed(run: Recorded) -> str:
    """A row for each entrant that was measured, segmenters too."""
    names = [name for name in run.speed.systems if name != LEFT_OUT]
    rows = [[Cell(name), *(run.cell(name, column) for column in SPEED)] for name in names]
    return table(["", *SPEED], rows)


PARTS = {"accuracy": accuracy, "losses": losses, "speed": speed}


def with_figures(text: str, run: Recorded) -> str:
    """A text with its parts as the run says.

    Raises:
        ValueError: If a part has a name that is not in `PARTS`.
    """

    def part(match: re.Match[str]) -> str:
        begin, name, _, end = match.groups()
        if name not in PARTS:
            raise ValueError(f"no figures {name!r}; there are {', '.join(PARTS)}")
        return f"{begin}\n{PARTS[name](run)}\n{end}"

    return _PART.sub(part, text)


def differing(text: str, run: Recorded) -> list[str]:
    """The names of the parts of a text that are not what the run says."""
    now = _PART.findall(text)
    then = _PART.findall(with_figures(text, run))
    return [name for (_, name, old, _), (_, _, new, _) in zip(now, then, strict=True) if old != new]


def main() -> None:
    """Read the run, write or compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument("--run", type=Path, metavar="FOLDER", help="default: the newest")
    args = parser.parse_args()
    run = read(args.run or newest())
    text = README.read_text("utf-8")
    names = differing(text, run)
    if args.check and names:
        sys.exit(f"README.md is not what {run.folder.name} says: {', '.join(names)}")
    if not args.check:
        README.write_text(with_figures(text, run), "utf-8")
        print(f"README.md: {', '.join(names) or 'nothing'} changed, from {run.folder.name}")
