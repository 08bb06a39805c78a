"""Fixity of files, as archives call it: SHA-256 over all bytes, in hexadecimal."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator

CHUNK = 1 << 16
"""Bytes read at a time, at most; by judgement: 64 KiB."""

READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""How a file is opened that may have become a link meanwhile, or a pipe that nobody writes to."""


def chunks(path: str) -> Iterator[bytes]:
    """Read a file in pieces of at most `CHUNK` bytes.

    Raises:
        OSError: If it cannot be read.
    """
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def sha256_of(data: Iterable[bytes]) -> str:
    """SHA-256 of bytes that come in pieces."""
    digest = hashlib.sha256()
    for chunk in data:
        digest.update(chunk)
    return digest.hexdigest()


def sha256_of_file(path: str) -> str:
    """SHA-256 of a file.

    Raises:
        OSError: If it cannot be read.
    """
    return sha256_of(chunks(path))
