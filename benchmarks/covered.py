"""Print which share of the installed package's lines its tests run, by package.

    python benchmarks covered [--uncovered FILE]

Reads what `make coverage` has recorded: the lines of the modules in Python, also those that run in
processes which tests start. Compiled files are not measured. The exit status is 1 if less is run
than pyproject.toml asks for (`fail_under`). With --uncovered, the lines that no test runs are
written to a file, module by module.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from coverage import Coverage

from benchmarks.suite.texts import ROOT


class ModuleLines(NamedTuple):
    """The lines of a module that can be run.

    Attributes:
        path: From the folder of the package on: `archive/write.py`.
        run: How many the tests run.
        missing: The numbers of the others.
    """

    path: str
    run: int
    missing: list[int]

    @property
    def package(self) -> str:
        """The folder that the module lies in; `thaifix` of those in none."""
        folder, slash, _ = self.path.partition("/")
        return folder if slash else "thaifix"


def read(coverage: Coverage) -> list[ModuleLines]:
    """Read what was recorded, module by module."""
    with TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        coverage.json_report(outfile=str(report))
        files: dict[str, dict[str, Any]] = json.loads(report.read_text("utf-8"))["files"]
    return [
        ModuleLines(
            path.rpartition("thaifix/")[2], len(lines["executed_lines"]), lines["missing_lines"]
        )
        for path, lines in sorted(files.items())
    ]


def report(modules: Iterable[ModuleLines]) -> float:
    """Print a line for each package and one for all; give the share of all, in per cent."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for module in modules:
        for name in module.package, "all":
            counts[name][0] += module.run
            counts[name][1] += len(module.missing)
    print(f"{'package':12}{'lines':>8}{'run':>8}{'share':>9}")
    for name in sorted(counts, key=lambda name: (name == "all", name)):
        run, missing = counts[name]
        print(f"{name:12}{run + missing:8,}{run:8,}{share(run, missing):8.1f}%")
    return share(*counts["all"])


def share(run: int, missing: int) -> float:
    """Per cent of the lines that are run; all of none."""
    return 100 * run / (run + missing) if run + missing else 100.0


def spans(numbers: Iterable[int]) -> str:
    """Line numbers with those that follow each other as spans: `3, 5-7`."""
    found = []
    for _, group in groupby(enumerate(sorted(numbers)), lambda item: item[1] - item[0]):
        lines = [number for _, number in group]
        found.append(str(lines[0]) if len(lines) == 1 else f"{lines[0]}-{lines[-1]}")
    return ", ".join(found)


def main() -> None:
    """Read, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--uncovered", type=Path, metavar="FILE", help="write the lines to a file")
    args = parser.parse_args()
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    modules = read(coverage)
    if args.uncovered:
        lines = [f"thaifix/{m.path}: {spans(m.missing)}\n" for m in modules if m.missing]
        args.uncovered.write_text("".join(lines), "utf-8")
    found, wanted = report(modules), float(coverage.get_option("report:fail_under"))  # type: ignore[arg-type]
    if found < wanted:
        sys.exit(f"the tests run {found:.1f} % of the lines; {wanted:.0f} % are wanted")
