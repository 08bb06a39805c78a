"""Which format a file has, by what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

ENOUGH = 4096  # bytes that tell every format


def detect(head: bytes) -> str:
    """Tell a format by a file's first bytes; what is nothing else is "text".

    Args:
        head: `ENOUGH` bytes or more, or the whole file.
    """
    return "text"


def peek(chunks: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
    """Tell the format of a stream by its first chunk.

    Only if that could be the beginning of something else than text is more waited for.

    Returns:
        The format, and the whole stream.
    """
    rest = iter(chunks)
    head = next(rest, b"")
    return detect(head), chain((head,), rest)
