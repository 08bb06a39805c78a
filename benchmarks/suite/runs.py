"""What each row makes of the texts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.suite.process import Peer, PeerError
from benchmarks.suite.rows import ROWS, Row


class Run(NamedTuple):
    """What one row made of the texts.

    Attributes:
        row: The row.
        versions: What took part in it; "" if its adapter cannot even be asked.
        error: Why there are no texts; "" if there are, or none are wanted.
        texts: Each text corrected; none of a row that does not correct.
    """

    row: Row
    versions: str
    error: str
    texts: tuple[str, ...] = ()


def correct(row: Row, texts: Sequence[str]) -> Run:
    """Run one row over all texts."""
    try:
        peer = Peer(row)
    except PeerError as error:
        return Run(row, "", str(error))
    try:
        if peer.error is not None:
            return Run(row, peer.versions, peer.error)
        return Run(row, peer.versions, "", tuple(map(peer.correct, texts if row.corrects else ())))
    except PeerError as error:
        return Run(row, peer.versions, str(error))
    finally:
        peer.close()


def run_rows(texts: Sequence[str]) -> Iterator[Run]:
    """Run all rows, and say so on standard error: some take a minute."""
    for row in ROWS:
        start = time.monotonic()
        run = correct(row, texts)
        print(f"{row.name}: {run.error or f'{time.monotonic() - start:.0f} s'}", file=sys.stderr)
        yield run
