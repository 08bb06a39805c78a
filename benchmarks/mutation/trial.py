"""One mutant: put it into a copy of the package, run the tests that could find it, take it out."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.mutation import copies
from benchmarks.mutation.places import Mutant
from benchmarks.mutation.plugin import LONG, PATIENCE
from benchmarks.mutation.record import PYTEST, Record, environment
from benchmarks.suite.texts import ROOT

LIMIT = 5.0, 4.0
"""CPU seconds that a test may take, and above that, how many times as long as recorded.

More is taken for an endless loop. By judgement: coverage makes the record two to three times as
slow as a trial.
"""

START = 300.0
"""Seconds that pytest may need to start, collect and end, on a busy machine. By judgement."""


class Outcome(NamedTuple):
    """What became of a mutant.

    Attributes:
        status: killed, timeout, or survived; both of the first are found.
        test: What found it: a test's id, or what pytest said last; "" if nothing did.
        tests: How many tests were chosen for it.
        seconds: How long all took.
    """

    status: str
    test: str
    tests: int
    seconds: float


class Workshop:
    """A copy of the package, into which one mutant at a time is put."""

    def __init__(self, folder: Path, record: Record, slow: float) -> None:
        """Make the copy; tests that took longer than `slow` seconds when recorded are left out."""
        self._folder = folder
        self._record = record
        self._slow = slow
        self._package = copies.copy(folder / "copy")
        (folder / "scratch").mkdir(exist_ok=True)

    def try_out(self, mutant: Mutant) -> Outcome:
        """Run the tests that could find a mutant, until one does.

        Raises:
            RuntimeError: If the tests cannot be run, mutant or not.
        """
        path = self._package / mutant.path
        source = path.read_bytes()
        path.write_bytes(mutant.put_into(source))
        chosen, spent = 0, 0.0
        try:
            for tests in self.rounds(mutant):
                chosen += len(tests)
                found, seconds = self._run(tests)
                spent += seconds
                if found and ".py" not in found[1]:  # no test is named: nothing may have run
                    path.write_bytes(source)
                    if self._run(tests)[0]:
                        raise RuntimeError(f"the tests fail without any mutant: {found[1]}")
                if found:
                    return Outcome(*found, chosen, spent)
            return Outcome("survived", "", chosen, spent)
        finally:
            path.write_bytes(source)

    def rounds(self, mutant: Mutant) -> Iterator[list[str]]:
        """Yield the tests to run, one list after the other, the likeliest first.

        First those of the mutant's package that run its lines, then all others that do, then the
        rest of the package's tests. Where no test runs the lines alone, the tests that run anything
        of the module count.
        """
        touching = self._record.touching(mutant.path, mutant.lines)
        if not touching - {""} or "" in touching:
            touching |= self._record.touching_module(mutant.path)
        touching.discard("")
        folder = f"tests/{mutant.package}/"
        own = {test for test in self._record.tests if test.startswith(folder)}
        for tests in own & touching, touching - own, own - touching:
            if ordered := self._ordered(tests):
                yield ordered

    def _ordered(self, tests: Iterable[str]) -> list[str]:
        """Quick files first, and in them quick tests; a file's tests stay together."""
        seconds = self._record.seconds
        quick = [test for test in tests if seconds[test] <= self._slow]
        files: dict[str, float] = {}
        for test in quick:
            file = test.partition("::")[0]
            files[file] = files.get(file, 0.0) + seconds[test]

        def order(test: str) -> tuple[float, str, float, str]:
            file = test.partition("::")[0]
            return files[file], file, seconds[test], test

        return sorted(quick, key=order)

    def _run(self, tests: list[str]) -> tuple[tuple[str, str] | None, float]:
        """Run tests; give how they found the mutant, if they did, and the seconds they took."""
        chosen = self._folder / "tests.txt"
        limits = {test: LIMIT[0] + LIMIT[1] * self._record.seconds[test] for test in tests}
        rows = [f"{seconds:.1f}\t{test}\n" for test, seconds in limits.items()]
        chosen.write_text("".join(rows), "utf-8")
        files = dict.fromkeys(str(ROOT / test.partition("::")[0]) for test in tests)
        started = os.times().elapsed
        process = subprocess.Popen(
            [*PYTEST, "-x", "--tb=line", *files],
            cwd=self._folder / "scratch",
            env=environment(self._folder / "copy", MUTATION_TESTS=str(chosen)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=START + 2 * PATIENCE * sum(limits.values()))
        except subprocess.TimeoutExpired:
            return ("timeout", ""), os.times().elapsed - started
        finally:
            with_children(process)
        seconds = os.times().elapsed - started
        if process.returncode in (0, 5):  # all passed, or there were none
            return None, seconds
        said = output.decode(errors="replace")
        return ("timeout" if LONG in said else "killed", finder(said)), seconds


def with_children(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a process and of those that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def finder(output: str) -> str:
    """The test that failed, as pytest's last lines say; else the last line."""
    if found := re.search(r"^(?:FAILED|ERROR) (?:\.\./)*(\S+)", output, re.MULTILINE):
        return found[1]
    return output.strip().rpartition("\n")[2]


def works(mutant: Mutant, source: bytes) -> bool:
    """Whether a mutant can be compiled, and is not the same program written otherwise."""
    try:
        changed = ast.dump(ast.parse(mutant.put_into(source)))
    except (SyntaxError, ValueError):
        return False
    return changed != ast.dump(ast.parse(source))
