"""What pytest is told: which tests to run, or to record; `-p benchmarks.mutation.plugin` loads it.

The environment says what is wanted:

MUTATION_RECORD     a file, to which durations and failures are written; coverage runs already
MUTATION_TESTS      a file with the tests to run, in their order: the CPU seconds each may take,
                    a tab, its id
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import signal
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

CONTEXT = "MUTATION_CONTEXT"
"""Environment variable with the id of the test that runs; programs that it starts read it."""

MOST_MEMORY = 4 << 30
"""Bytes of data that a process may have: a fault may make a list without end. By judgement."""


PATIENCE = 10
"""Times as long as it may compute, a test may take if it waits for something. By judgement: other
work may leave it a tenth of the machine."""

LONG = "took too long"
"""What a test says that was ended."""


class Recorder:
    """Tells coverage which test runs; notes how much CPU time each took and which failed."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """A test's lines are its own."""
        _switch(item.nodeid)
        began = _cpu_seconds()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = _cpu_seconds() - began
            _switch("")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        """What several tests share is no test's own: the first would have it alone."""
        if fixturedef.scope == "function":
            return (yield)
        test = os.environ[CONTEXT]
        _switch("")
        try:
            return (yield)
        finally:
            _switch(test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what failed."""
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write what was noted."""
        noted = {"seconds": self._seconds, "failed": sorted(self._failed)}
        self._report.write_text(json.dumps(noted), "utf-8")


class Chooser:
    """Runs some tests only, in a given order, and ends those that take too long."""

    def __init__(self, tests: Path) -> None:
        rows = [line.partition("\t") for line in tests.read_text("utf-8").splitlines()]
        self._seconds = {test: float(seconds) for seconds, _, test in rows}
        self._order = {test: i for i, test in enumerate(self._seconds)}
        for number in signal.SIGPROF, signal.SIGALRM:
            signal.signal(number, _end)
        self._nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open to the end)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop what is not wanted."""
        chosen = [item for item in items if item.nodeid in self._order]
        items[:] = sorted(chosen, key=lambda item: self._order[item.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Be patient with a test, but not for ever."""
        seconds = self._seconds[item.nodeid]
        signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE * seconds, seconds)
        # Compiled code is not interrupted by signals; this ends the process.
        faulthandler.dump_traceback_later(2 * PATIENCE * seconds, exit=True, file=self._nowhere)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()


def pytest_configure(config: pytest.Config) -> None:
    """Do what the environment says."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, most))
    if report := os.environ.get("MUTATION_RECORD"):
        config.pluginmanager.register(Recorder(Path(report)))
    if tests := os.environ.get("MUTATION_TESTS"):
        config.pluginmanager.register(Chooser(Path(tests)))


def _end(number: int, frame: object) -> None:
    pytest.fail(LONG)


def _cpu_seconds() -> float:
    """CPU time of this process and of those that it has waited for: other work does not count."""
    return sum(os.times()[:4])


def _switch(test: str) -> None:
    from coverage import Coverage

    os.environ[CONTEXT] = test
    if coverage := Coverage.current():
        coverage.switch_context(test)
