"""Timings of the benchmark: what `test_speed.py` measured, without the name of the machine."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import NamedTuple


class Timing(NamedTuple):
    """One measurement.

    Attributes:
        system: An entrant's name.
        text: clean, pages or one line.
        megabytes: Size of the text in UTF-8; 0 where only the start is measured.
        rounds: How often it was measured.
        median, low, high: CPU seconds: median, least and most of the rounds.
        memory: Peak resident memory in MB; 0 where only the start is measured.
    """

    system: str
    text: str
    megabytes: float
    rounds: int
    median: float
    low: float
    high: float
    memory: float

    @property
    def rate(self) -> float:
        """MB of UTF-8 per CPU second."""
        return self.megabytes / self.median


def recorded(path: Path) -> list[Timing]:
    """Read the timings of a recorded run."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return [
        Timing(system, text, float(megabytes), int(rounds), *map(float, seconds))
        for system, text, megabytes, rounds, *seconds in rows
    ]


def read(path: Path) -> list[Timing]:
    """Read what pytest-benchmark wrote."""
    found = []
    for benchmark in json.loads(path.read_text("utf-8"))["benchmarks"]:
        stats, more = benchmark["stats"], benchmark["extra_info"]
        found.append(
            Timing(
                *(more["system"], more["text"], more.get("megabytes", 0.0), stats["rounds"]),
                *(stats["median"], stats["min"], stats["max"], more.get("memory", 0.0)),
            )
        )
    return found
