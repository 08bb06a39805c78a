"""What pytest is told: which tests to run, or to record; `-p benchmarks.mutation.plugin` loads it.

The environment says what is wanted:

MUTATION_RECORD     a file, to which durations and failures are written; coverage runs already
MUTATION_TESTS      a file with the ids of the tests to run, one a line, in their order
"""

from __future__ import annotations

import json
import os
import resource
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

CONTEXT = "MUTATION_CONTEXT"
"""Environment variable with the id of the test that runs; programs that it starts read it."""

MOST_MEMORY = 4 << 30
"""Bytes of data that a process may have: a fault may make a list without end. By judgement."""


class Recorder:
    """Tells coverage which test runs; notes how long each took and which failed."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """A test's lines are its own."""
        _switch(item.nodeid)
        try:
            return (yield)
        finally:
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
        """Add up setting up, calling and tearing down."""
        self._seconds[report.nodeid] += report.duration
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write what was noted."""
        noted = {"seconds": self._seconds, "failed": sorted(self._failed)}
        self._report.write_text(json.dumps(noted), "utf-8")


class Chooser:
    """Runs some tests only, in a given order."""

    def __init__(self, tests: Path) -> None:
        self._order = {test: i for i, test in enumerate(tests.read_text("utf-8").splitlines())}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop what is not wanted."""
        chosen = [item for item in items if item.nodeid in self._order]
        items[:] = sorted(chosen, key=lambda item: self._order[item.nodeid])


def pytest_configure(config: pytest.Config) -> None:
    """Do what the environment says."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, most))
    if report := os.environ.get("MUTATION_RECORD"):
        config.pluginmanager.register(Recorder(Path(report)))
    if tests := os.environ.get("MUTATION_TESTS"):
        config.pluginmanager.register(Chooser(Path(tests)))


def _switch(test: str) -> None:
    from coverage import Coverage

    os.environ[CONTEXT] = test
    if coverage := Coverage.current():
        coverage.switch_context(test)
