"""What a reader finds in the folder of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks.suite.entrants import REFERENCE
from benchmarks.suite.figures import Figure
from benchmarks.suite.machine import Machine
from benchmarks.suite.runs import EntrantRun
from benchmarks.suite.tables import Accuracy, Cell, Speed, table
from benchmarks.suite.texts import CLEAN, PAGES, ROOT
from benchmarks.suite.timings import Timing


def summary(
    runs: Sequence[EntrantRun], figures: Sequence[Figure], timings: Sequence[Timing]
) -> str:
    """Set the tables of a run; those of speed only if it was measured."""
    accuracy = Accuracy(figures)
    parts = [
        "# Summary",
        "The best of each column is bold, whoever it is. What is fair and unfair about each row "
        "and column stands in `benchmarks/README.md`.",
        "## Accuracy",
        f"{accuracy.size()} CER is per code point in the default view, unless another is named; "
        "*memo*: its sure errors that are repaired exactly; *harm*: changed places per 10,000 code "
        "points of correct text.",
        accuracy.main([run.entrant.name for run in runs if run.entrant.corrects]),
        "What became of the places that were wrong or were changed: *wrong* is what was changed "
        "into something else that is wrong, *damaged* what was right.",
        accuracy.places(),
        "CER by kind of page:",
        accuracy.groups(),
    ]
    if timings:
        parts += [
            "## Speed",
            f"CPU time; MB of UTF-8 per second, and as a multiple of `{REFERENCE}`, which only "
            "segments, in the same run. *Start*: interpreter, loading, one line. *Memory*: peak "
            "resident, without programs that are run.",
            Speed(timings).main(),
        ]
    rows = [
        list(map(Cell, (run.entrant.name, run.entrant.pipeline, run.versions, _state(run))))
        for run in runs
    ]
    parts += ["## Rows", table(["row", "pipeline", "versions", "measured"], rows, numbers=False)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def readme(machine: Machine, pages: Sequence[Path], clean: Sequence[Path]) -> str:
    """Say what a run was made with and how to make it again."""
    default = tuple(pages) == PAGES and tuple(clean) == CLEAN
    options = f"--pages {_names(pages)} --clean {_names(clean)}"
    about = [
        ("command", "`make bench`" if default else f"`python benchmarks bench {options}`"),
        ("date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("commit", machine.commit),
        ("processor", machine.processor),
        ("system", machine.system),
        ("Python", machine.python),
        ("pages", f"{_names(pages)}, SHA-256 {_digest(pages)}"),
        ("correct text", f"{_names(clean)}, together {_digest(clean)}"),
    ]
    rows = [[Cell(name), Cell(value)] for name, value in about]
    return "\n\n".join(
        [
            "# A run of the benchmark",
            table(["what", "this run"], rows, numbers=False).strip("\n"),
            "`summary.md` has the tables, and the versions of all peers. `accuracy.csv` has the "
            "counts that they are made from, one a row; `pages.csv` the errors of each system on "
            "each page; `timings.csv` CPU seconds. A second run writes the same `accuracy.csv` and "
            "`pages.csv`, byte for byte; timings differ.\n",
        ]
    )


def _state(run: EntrantRun) -> str:
    reason = " ".join(run.error.replace(f"{ROOT}/", "").replace("|", "\\|").split())
    return f"no: {reason}" if reason else "yes"


def _digest(paths: Sequence[Path]) -> str:
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def _names(paths: Sequence[Path]) -> str:
    """Name files within the repository by their path, others by their name alone."""
    names = []
    for path in map(Path.resolve, paths):
        names.append(str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name)
    return " ".join(names)
