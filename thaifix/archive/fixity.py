"""Fixity of files, as archives call it: SHA-256 over all bytes, in hexadecimal."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from typing import IO

CHUNK = 1 << 16
"""Bytes read at a time, at most; by judgement: 64 KiB."""

READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""How a file is opened that may have become a link meanwhile, or a pipe that nobody writes to."""


def opened(path: str) -> IO[bytes]:
    """Open a file to be read.

    Raises:
        OSError: If it cannot be read, or is a link, a pipe or a device: some of these never end.
    """
    file = open(path, "rb", opener=lambda name, _: os.open(name, READ_ONLY))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(0, "is no file any more", path)
    return file


def chunks(path: str) -> Iterator[bytes]:
    """Read a file in pieces of at most `CHUNK` bytes.

    Raises:
        OSError: As `opened`.
    """
    with opened(path) as file:
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
        OSError: As `opened`.
    """
    return sha256_of(chunks(path))
