"""How far a batch is: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
from typing import Any, Self

import click
from tqdm import tqdm

_BETWEEN_LINES = 10.0
"""Seconds between two lines where there is no terminal, and before the first; by judgement."""

_LINE = "{desc}, {n_fmt}B of {total_fmt}B, {rate_fmt}, {remaining} left"


class _Lines:
    """What a bar is written to, where every state of it becomes a line."""

    def write(self, text: str) -> None:
        """Print the state, unless it is only cleared."""
        if text.strip():
            click.echo(text.strip(), err=True)

    def flush(self) -> None:
        """Do nothing: every line is flushed."""


class Progress:
    """A context that shows on standard error how many files and bytes are done.

    Args:
        files: How many there are to do.
        size: Their bytes, all together.
    """

    def __init__(self, files: int, size: int) -> None:
        self._files = files
        self._done = 0
        tqdm.monitor_interval = 0  # its thread does not go well with forks
        how: dict[str, Any] = (
            {"dynamic_ncols": True}
            if sys.stderr.isatty()
            else {
                "file": _Lines(),
                "bar_format": _LINE,
                "mininterval": _BETWEEN_LINES,
                "delay": _BETWEEN_LINES,
                "miniters": 0,
                "smoothing": 0,  # the rate is that of the whole time
                "leave": False,
            }
        )
        self._bar = tqdm(total=size, unit="B", unit_scale=True, **how)

    def add(self, size: int) -> None:
        """Count a file of `size` bytes."""
        self._done += 1
        self._bar.set_description_str(f"{self._done:,} of {self._files:,} files", refresh=False)
        self._bar.update(size)

    def say(self, message: str) -> None:
        """Print something else meanwhile."""
        self._bar.clear()
        click.echo(message, err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()
