"""Compressed bytes: told by their beginning, read and written piece by piece."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from thaifix.errors import FormatError

COMPRESSIONS = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zst"}
"""What a compressed file begins with."""
_GZIP = 31
"""Window bits by which zlib reads and writes gzip, see its manual."""
_READ = 1024
"""Compressed bytes that are opened at a time. gzip, xz and zstd make at most 32 MB of them (zstd: a
block of 4 bytes may stand for 128 KB), so that no file, however it was made, fills the memory.
"""
_PIECE = 1 << 20
"""Bytes of a piece of what bzip2 opens; by judgement."""
_ZSTD_LEVEL = 3
"""The usual one of zstd."""


def compression_of(head: bytes) -> str | None:
    """Tell how a file is compressed by its first bytes; None if it is not."""
    return next((name for magic, name in COMPRESSIONS.items() if head.startswith(magic)), None)


def may_be_compressed(head: bytes) -> bool:
    """Tell whether more bytes could show that a file is compressed."""
    return head != b"" and any(
        magic.startswith(head) and len(head) < len(magic) for magic in COMPRESSIONS
    )


class _Decompressor(Protocol):
    """What the decompressors of Python and zstandard have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def decompressed(chunks: Iterable[bytes], compression: str, name: str) -> Iterator[bytes]:
    """Decompress all streams of a file: several in a row are one file; zeros may fill up gzip."""
    new = _decompressor(compression, name)
    reader, held = new(), b""
    try:
        for held in _slices(chunks):
            while held:
                if reader.eof:
                    if compression == "gz" and not (held := held.lstrip(b"\0")):
                        break
                    reader = new()
                yield from filter(None, _pieces(reader, held))
                held = reader.unused_data if reader.eof else b""
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise _damaged(name, compression) from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise _damaged(name, compression) from error
    if not reader.eof:
        raise FormatError(f"{name}: its {compression} data ends too early. Copy it again")


def _pieces(reader: _Decompressor, held: bytes) -> Iterator[bytes]:
    """Give what some bytes stand for; of bzip2 50 may stand for as many megabytes."""
    if not isinstance(reader, bz2.BZ2Decompressor):
        yield reader.decompress(held)
        return
    yield reader.decompress(held, _PIECE)
    while not (reader.eof or reader.needs_input):
        yield reader.decompress(b"", _PIECE)


def _slices(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _READ):
            yield chunk[start : start + _READ]


def _damaged(name: str, compression: str) -> FormatError:
    return FormatError(f"{name}: damaged {compression} data. Copy it again")


def _decompressor(compression: str, name: str) -> Callable[[], _Decompressor]:
    if compression == "gz":
        return lambda: zlib.decompressobj(_GZIP)
    if compression == "bz2":
        return bz2.BZ2Decompressor
    if compression == "xz":
        return lzma.LZMADecompressor
    return lambda: _zstandard(name).ZstdDecompressor().decompressobj()


def _zstandard(name: str) -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise FormatError(
            f"{name}: zstd needs the package zstandard. Install it: pip install 'thaifix[zstd]'"
        ) from error
    return zstandard


class Compressor(Protocol):
    """What the compressors have in common."""

    def compress(self, data: bytes, /) -> bytes:
        """Give what is ready of the compressed bytes."""

    def flush(self) -> bytes:
        """Give the rest of them."""


def compressor_of(compression: str, name: str) -> Compressor:
    """Begin a compressed file.

    Args:
        compression: One of `COMPRESSIONS`.
        name: The file's name, for messages.
    Raises:
        FormatError: If `zstandard` is needed and not installed.
    """
    if compression == "gz":
        return zlib.compressobj(wbits=_GZIP)
    if compression == "bz2":
        return bz2.BZ2Compressor()
    if compression == "xz":
        return lzma.LZMACompressor()
    made: Compressor = _zstandard(name).ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    return made
