"""How far a batch is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import click

_PAUSE = 10.0  # seconds between two lines


class Progress:
    """A context that tells on standard error how many files and bytes are done.

    Args:
        files: How many there are to do.
        size: Their bytes.
    """

    def __init__(self, files: int, size: int) -> None:
        self._files, self._size = files, size
        self._done = self._bytes = 0
        self._began = self._told = time.monotonic()
        self._bar: Any = None
        if sys.stderr.isatty():
            with suppress(ImportError):  # then there are lines
                from tqdm import tqdm

                tqdm.monitor_interval = 0  # its thread does not go well with forks
                self._bar = tqdm(total=size, unit="B", unit_scale=True, dynamic_ncols=True)

    def add(self, size: int) -> None:
        """Count a file of `size` bytes."""
        self._done += 1
        self._bytes += size
        if self._bar is not None:
            self._bar.set_postfix_str(f"{self._done:,} of {self._files:,} files", refresh=False)
            self._bar.update(size)
        elif time.monotonic() - self._told >= _PAUSE:
            self._told = time.monotonic()
            self._line()

    def say(self, message: str) -> None:
        """Tell something else meanwhile."""
        if self._bar is not None:
            self._bar.clear()
        click.echo(message, err=True)

    def _line(self) -> None:
        seconds = time.monotonic() - self._began
        rate = self._bytes / seconds if seconds else 0.0
        left = f", {(self._size - self._bytes) / rate:,.0f} s left" if rate else ""
        click.echo(
            f"{self._done:,} of {self._files:,} files, {self._bytes / 1e6:,.1f} of "
            f"{self._size / 1e6:,.1f} MB, {rate / 1e3:,.0f} kB/s{left}",
            err=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()
