"""What of a file passed through and was not read, in words."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.formats.text_stream import SKIPPED
from thaifix.formats.wrapping import wrapping
from thaifix.stream.filter import Stats
from thaifix.text.counted import counted


def passed_over(format: str, stats: Stats) -> Iterator[str]:
    """Yield how many pages, records or rows have no text that is read, by reason.

    Args:
        format: The file's.
        stats: What `thaifix.formats.correct` gave of it.
    """
    what = "page" if wrapping(format).format == "pdf" else "record"
    for why, number in stats.passed.items():
        yield f"{counted(number, what)} passed over: {why}"


def bad_lines(stats: Stats) -> Iterator[str]:
    """Yield how many lines hold no record that can be read, if any do; `stats` as above."""
    if number := stats.flags[SKIPPED]:
        yield f"{counted(number, 'line')} passed over: no record can be read there"
