"""Which test runs which line of the package, and how long it takes: recorded once with coverage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from coverage import Coverage, CoverageData

from benchmarks.mutation import copies
from benchmarks.mutation.plugin import CONTEXT
from benchmarks.suite.texts import ROOT

PYTEST = [
    *(sys.executable, "-Pm", "pytest", "-q", "-p", "no:cacheprovider"),
    *("-p", "benchmarks.mutation.plugin", "-c", str(ROOT / "pyproject.toml")),
    *("--rootdir", str(ROOT)),
]
"""Begins the command that runs tests, in whatever folder."""

AGAIN = 600
"""CPU seconds that a test may take which failed while it was measured. By judgement."""

_START = """import os

if os.environ.get("COVERAGE_PROCESS_START"):
    import coverage

    coverage.process_startup()
"""
_SETTINGS = """[run]
data_file = {folder}/coverage
source = {package}
parallel = true
concurrency = multiprocessing, thread
sigterm = true
context = ${{{context}-}}
"""


def environment(copy: Path, **variables: str) -> dict[str, str]:
    """What tests of a copy are run with: the copy goes before all, the checkout comes behind it.

    Hypothesis draws the same examples each time. No byte code is written: that of a module that was
    changed twice within a second could be taken for the newer one's.
    """
    path = os.pathsep.join([str(copy), str(ROOT)])
    more = {"CI": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": path}
    return {**os.environ, **more, **variables}


class Record:
    """What was recorded of a package and its tests.

    Attributes:
        seconds: CPU seconds that each test took, with coverage.
        failed: The tests that fail without any fault; they can find none.
    """

    def __init__(self, folder: Path) -> None:
        """Read what `record` has written into a folder."""
        noted = json.loads((folder / "tests.json").read_text("utf-8"))
        self.seconds: dict[str, float] = noted["seconds"]
        self.failed: list[str] = noted["failed"]
        self._data = CoverageData(str(folder / "coverage"))
        self._data.read()
        self._package = folder.resolve() / "copy" / "thaifix"
        self._lines: dict[str, dict[int, list[str]]] = {}

    def touching(self, path: str, lines: Iterable[int]) -> set[str]:
        """The tests that run one of these lines of a module.

        "" is among them if a line is run by no test alone: when the module is imported, or for a
        fixture of several tests.
        """
        if path not in self._lines:
            self._lines[path] = self._data.contexts_by_lineno(str(self._package / path))
        found = self._lines[path]
        return {test for line in lines for test in found.get(line, ())} - {*self.failed}

    def touching_module(self, path: str) -> set[str]:
        """The tests that run any line of a module."""
        self.touching(path, ())
        return self.touching(path, self._lines[path]) - {""}

    @cached_property
    def tests(self) -> list[str]:
        """All tests that pass without a fault."""
        return [test for test in self.seconds if test not in {*self.failed}]


def record(folder: Path, jobs: int) -> None:
    """Run all tests once, in `jobs` processes, and write into a folder what `Record` reads.

    Raises:
        RuntimeError: If the tests cannot be run.
    """
    package = copies.copy(folder / "copy")
    (folder / "copy" / "sitecustomize.py").write_text(_START, "utf-8")
    settings = folder / "coveragerc"
    settings.write_text(
        _SETTINGS.format(folder=folder, package=package, context=CONTEXT), encoding="utf-8"
    )
    runs = [
        _Run(folder, str(number), files, COVERAGE_PROCESS_START=str(settings))
        for number, files in enumerate(divided(jobs))
    ]
    seconds: dict[str, float] = {}
    failed: list[str] = []
    for run in runs:
        noted = run.noted()
        seconds |= noted["seconds"]
        failed += noted["failed"]
    coverage = Coverage(config_file=str(settings))
    coverage.combine()
    coverage.save()
    if failed:  # some only because they are measured: what they start must load nothing else
        chosen = folder / "again.txt"
        chosen.write_text("".join(f"{AGAIN}\t{test}\n" for test in failed), "utf-8")
        files = sorted({ROOT / test.partition("::")[0] for test in failed})
        failed = _Run(folder, "again", files, MUTATION_TESTS=str(chosen)).noted()["failed"]
    noted = {"seconds": seconds, "failed": failed}
    (folder / "tests.json").write_text(json.dumps(noted), "utf-8")


class _Run:
    """A run of tests of the copy, whose durations and failures are noted."""

    def __init__(self, folder: Path, name: str, files: Iterable[Path], **variables: str) -> None:
        scratch = folder / f"scratch-{name}"
        scratch.mkdir(exist_ok=True)
        self._notes = folder / f"tests-{name}.json"
        self._output = folder / f"output-{name}.txt"
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [*PYTEST, *map(str, files)],
                cwd=scratch,
                env=environment(folder / "copy", MUTATION_RECORD=str(self._notes), **variables),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def noted(self) -> dict[str, Any]:
        """Wait for its end; give what was noted."""
        if self._process.wait() not in (0, 1):
            raise RuntimeError(f"the tests cannot be run: see {self._output}")
        noted: dict[str, Any] = json.loads(self._notes.read_text("utf-8"))
        return noted


def divided(jobs: int) -> Sequence[list[Path]]:
    """Share the files of tests out, so that each share has about as many bytes."""
    shares: list[list[Path]] = [[] for _ in range(jobs)]
    sizes = defaultdict[int, int](int)
    files = [path for path in copies.tests() if path.match("test_*.py")]
    for path in sorted(files, key=lambda path: -path.stat().st_size):
        smallest = min(range(jobs), key=sizes.__getitem__)
        shares[smallest].append(path)
        sizes[smallest] += path.stat().st_size
    return [sorted(share) for share in shares]
