"""What each entrant makes of the texts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.suite.entrants import ENTRANTS, Entrant
from benchmarks.suite.process import AdapterError, AdapterProcess


class EntrantRun(NamedTuple):
    """What one entrant made of the texts.

    Attributes:
        entrant: Which.
        versions: What took part in it; "" if its adapter cannot even be asked.
        error: Why there are no texts; "" if there are, or none are wanted.
        texts: Each text corrected; none if the entrant does not correct.
    """

    entrant: Entrant
    versions: str
    error: str
    texts: tuple[str, ...] = ()


def correct(entrant: Entrant, texts: Sequence[str]) -> EntrantRun:
    """Run one entrant over all texts."""
    try:
        adapter = AdapterProcess(entrant)
    except AdapterError as error:
        return EntrantRun(entrant, "", str(error))
    try:
        if adapter.error is not None:
            return EntrantRun(entrant, adapter.versions, adapter.error)
        return EntrantRun(
            entrant,
            adapter.versions,
            "",
            tuple(map(adapter.correct, texts if entrant.corrects else ())),
        )
    except AdapterError as error:
        return EntrantRun(entrant, adapter.versions, str(error))
    finally:
        adapter.close()


def run_entrants(texts: Sequence[str]) -> Iterator[EntrantRun]:
    """Run all entrants, and say so on standard error: some take a minute."""
    for entrant in ENTRANTS:
        start = time.monotonic()
        run = correct(entrant, texts)
        print(
            f"{entrant.name}: {run.error or f'{time.monotonic() - start:.0f} s'}", file=sys.stderr
        )
        yield run
