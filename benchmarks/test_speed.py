"""Speed, start and memory of thaifix and of its peers, with pytest-benchmark.

    .venv/bin/python -Pm pytest benchmarks/test_speed.py --benchmark-json=speed.json

Times are CPU seconds of the adapter's process and of the programs that it runs, taken around the
correction alone, so that neither the pipe between the processes nor other work on the machine
counts. Each round has a new process that has corrected one line, so that no text is known from the
round before. Texts are given as a user has them: file by file, page by page.

`make bench` makes the peers' environment; without it they are skipped.
"""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.suite.entrants import ENTRANTS, Entrant
from benchmarks.suite.process import AdapterError, AdapterProcess
from benchmarks.suite.texts import CLEAN, PAGES, read_clean, read_pages

_LINE = "ส\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}นักงานปลัดกระทรวง"
_MEASURED = [entrant for entrant in ENTRANTS if entrant.rounds]
_spent = [0.0]


def _clock() -> float:
    """CPU seconds that the measured processes have used so far."""
    return _spent[0]


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """Both kinds of text, as they are given to `correct` one by one."""
    return {
        "clean": list(read_clean(CLEAN).values()),
        "pages": [record["ocr"] for record in read_pages(PAGES)],
    }


def _start(entrant: Entrant) -> AdapterProcess:
    """Start an entrant that has corrected one line; the test is skipped if it cannot be had.

    Each test does so once before it measures: what is skipped while it is measured leaves
    pytest-benchmark without data, and without a report.
    """
    try:
        adapter = AdapterProcess(entrant)
    except AdapterError as error:
        pytest.skip(str(error))
    if adapter.error is not None:
        adapter.close()
        pytest.skip(adapter.error)
    adapter.correct(_LINE)
    return adapter


@pytest.mark.parametrize("kind", ["clean", "pages"])
@pytest.mark.parametrize("entrant", _MEASURED, ids=lambda entrant: entrant.name)
@pytest.mark.benchmark(timer=_clock)
def test_throughput(
    benchmark: BenchmarkFixture, entrant: Entrant, kind: str, texts: dict[str, list[str]]
) -> None:
    """Correct all clean files, or all pages."""

    def correct(adapter: AdapterProcess) -> None:
        before = adapter.cpu
        for text in texts[kind]:
            adapter.correct(text)
        _spent[0] += adapter.cpu - before

    def close(adapter: AdapterProcess) -> None:
        memory.append(adapter.memory)
        adapter.close()

    memory: list[float] = []
    _start(entrant).close()
    benchmark.pedantic(
        correct, setup=lambda: ((_start(entrant),), {}), teardown=close, rounds=entrant.rounds
    )
    benchmark.extra_info.update(
        system=entrant.name,
        text=kind,
        megabytes=sum(len(text.encode()) for text in texts[kind]) / 1e6,
        memory=max(memory),
    )


@pytest.mark.parametrize("entrant", _MEASURED, ids=lambda entrant: entrant.name)
@pytest.mark.benchmark(timer=_clock)
def test_start(benchmark: BenchmarkFixture, entrant: Entrant) -> None:
    """Start the interpreter, load, correct one line, end."""

    def run() -> None:
        adapter = _start(entrant)
        _spent[0] += adapter.close()

    _start(entrant).close()
    benchmark.pedantic(run, rounds=max(entrant.rounds, 3))
    benchmark.extra_info.update(system=entrant.name, text="one line")
