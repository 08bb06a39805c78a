"""The model bundle: one memory-mapped, versioned, checksummed file.

Layout: magic (8 bytes), format version, CRC-32 of all that follows, length of the header
(three little-endian uint32), the header (JSON, UTF-8), then the sections, each starting at
a multiple of 64 bytes from the end of the header. The header names every section with its
type, offset and length in bytes, and carries the recipe and the data's origin.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from thaifix.errors import ModelError

MAGIC = b"thaifix\0"
"""The first 8 bytes of a bundle."""

VERSION = 3
"""Version of the format; a bundle of another one is refused."""

PACKED = ("cuts", "phrases")
"""Sections that are compressed (zlib); the others are used in place."""

_PREFIX = struct.Struct("<8sIII")  # magic, version, checksum, length of the header
_ALIGN = 64  # bytes; every section starts at a multiple of it. By judgement


def default_path() -> Path:
    """Where the bundle that comes with thaifix lies."""
    return Path(__file__).with_name("default.thaifix")


class Model:
    """An open bundle. Pickled it is its place and stamp, and a process opens it once.

    Attributes:
        path: The file.
        header: The decoded JSON header, without the sections.
        stamp: The checksum, 8 hexadecimal digits.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Open and verify a bundle.

        Args:
            path: The file; by default the bundle that comes with thaifix.
        Raises:
            ModelError: If it is missing, no bundle, of another version or damaged.
        Time: O(size of the file), for the checksum.
        """
        self.path = Path(path) if path is not None else default_path()
        try:
            with open(self.path, "rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"{self.path}: cannot read the model: {error}; reinstall thaifix or name another"
            ) from error
        if len(self._data) < _PREFIX.size or self._data[:8] != MAGIC:
            raise ModelError(f"{self.path}: not a thaifix model")
        _, version, checksum, length = _PREFIX.unpack_from(self._data)
        if version != VERSION:
            raise ModelError(
                f"{self.path}: model format {version}, this thaifix reads {VERSION}; "
                "rebuild the model with 'thaifix train'"
            )
        view = memoryview(self._data)
        if zlib.crc32(view[_PREFIX.size :]) != checksum:
            raise ModelError(f"{self.path}: damaged (wrong checksum); reinstall thaifix")
        start = _PREFIX.size + length
        try:
            self.header: dict[str, Any] = json.loads(bytes(view[_PREFIX.size : start]))
        except ValueError as error:
            raise ModelError(f"{self.path}: damaged (no header); reinstall thaifix") from error
        self._sections: dict[str, list[Any]] = self.header.pop("sections")
        self._start = start + -start % _ALIGN
        self.stamp = f"{checksum:08x}"

    def __reduce__(self) -> tuple[Any, ...]:
        """The bundle that comes with thaifix may lie elsewhere where it is opened again."""
        shipped = self.path == default_path()
        return _opened, (None if shipped else os.path.abspath(self.path), self.stamp)

    def array(self, name: str) -> memoryview:
        """Give a section.

        Args:
            name: Of the section.
        Returns:
            A typed, read-only view of the file; of a compressed section, a view of its content.
        Raises:
            ModelError: If the bundle has no such section.
        """
        try:
            kind, offset, length = self._sections[name]
        except KeyError:
            raise ModelError(f"{self.path}: the model has no section {name!r}") from None
        begin = self._start + offset
        data = memoryview(self._data)[begin : begin + length]
        if name in PACKED:
            data = memoryview(zlib.decompress(data))
        return data.cast(kind)


@lru_cache(maxsize=8)
def _opened(path: str | None, stamp: str) -> Model:
    """Open a bundle that was pickled.

    Raises:
        ModelError: If it cannot be opened, or is not the same.
    """
    model = Model(path)
    if model.stamp != stamp:
        raise ModelError(
            f"{model.path}: the model {model.stamp}, but {stamp} was sent here; "
            "put the same model on all machines"
        )
    return model


def write(
    path: str | os.PathLike[str], header: Mapping[str, Any], arrays: Mapping[str, Any]
) -> str:
    """Write a bundle and return its stamp.

    Args:
        path: The file to write; replaced as a whole.
        header: JSON values: recipe, origin, small tables.
        arrays: Name -> object with the buffer protocol and items of 1 or 4 bytes.
    Equal arguments give equal bytes.
    """
    from thaifix.text.files import write_whole  # to correct needs none of it

    if sys.byteorder != "little":
        raise ModelError("models are built on little-endian machines")
    sections: dict[str, tuple[str, int, int]] = {}
    body = bytearray()
    for name, array in arrays.items():
        view = memoryview(array)
        body += bytes(-len(body) % _ALIGN)
        data = zlib.compress(view, 9) if name in PACKED else view.cast("B")
        sections[name] = (view.format, len(body), len(data))
        body += data
    text = json.dumps(
        {**header, "sections": sections}, ensure_ascii=False, sort_keys=True, allow_nan=False
    ).encode()
    start = _PREFIX.size + len(text)
    rest = text + bytes(-start % _ALIGN) + bytes(body)
    checksum = zlib.crc32(rest)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, _PREFIX.pack(MAGIC, VERSION, checksum, len(text)) + rest)
    return f"{checksum:08x}"
