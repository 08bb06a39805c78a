"""Speed, start and memory of thaifix and of its peers, with pytest-benchmark.

    pytest benchmarks/test_speed.py --benchmark-json=speed.json

Times are CPU seconds of the adapter's process and of the programs that it runs, taken around the
correction alone, so that neither the pipe between the processes nor other work on the machine
counts. Each round has a new process that has corrected one line, so that no text is known from the
round before. Texts are given as a user has them: file by file, page by page.

`make bench` makes the peers' environment; without it their rows are skipped.
"""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.suite.process import Peer, PeerError
from benchmarks.suite.rows import ROWS, Row
from benchmarks.suite.texts import CLEAN, PAGES, read_clean, read_pages

_LINE = "ส\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}นักงานปลัดกระทรวง"
_MEASURED = [row for row in ROWS if row.rounds]
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


def _start(row: Row) -> Peer:
    try:
        peer = Peer(row)
    except PeerError as error:
        pytest.skip(str(error))
    if peer.error is not None:
        peer.close()
        pytest.skip(peer.error)
    peer.correct(_LINE)
    return peer


@pytest.mark.parametrize("kind", ["clean", "pages"])
@pytest.mark.parametrize("row", _MEASURED, ids=lambda row: row.name)
@pytest.mark.benchmark(timer=_clock)
def test_throughput(
    benchmark: BenchmarkFixture, row: Row, kind: str, texts: dict[str, list[str]]
) -> None:
    """Correct all clean files, or all pages."""

    def correct(peer: Peer) -> None:
        before = peer.cpu
        for text in texts[kind]:
            peer.correct(text)
        _spent[0] += peer.cpu - before

    def close(peer: Peer) -> None:
        memory.append(peer.memory)
        peer.close()

    memory: list[float] = []
    benchmark.pedantic(
        correct, setup=lambda: ((_start(row),), {}), teardown=close, rounds=row.rounds
    )
    benchmark.extra_info.update(
        system=row.name,
        text=kind,
        megabytes=sum(len(text.encode()) for text in texts[kind]) / 1e6,
        memory=max(memory),
    )


@pytest.mark.parametrize("row", _MEASURED, ids=lambda row: row.name)
@pytest.mark.benchmark(timer=_clock)
def test_start(benchmark: BenchmarkFixture, row: Row) -> None:
    """Start the interpreter, load, correct one line, end."""

    def run() -> None:
        peer = _start(row)
        _spent[0] += peer.close()

    benchmark.pedantic(run, rounds=max(row.rounds, 3))
    benchmark.extra_info.update(system=row.name, text="one line")
