"""Compressed files, and files in another encoding than UTF-8: any format inside, the same outside.

Such a file has a format name of parts: `jsonl.gz` is gzip with JSON lines in it, `text:cp874` is
text in Windows-874, `text:cp874.gz` is both. What is inside is read and written as by itself; what
comes out is encoded and compressed again. Compressed bytes may differ where the content does not.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from thaifix.errors import FormatError
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.compression import COMPRESSIONS, compressor_of, decompressed
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream

_WIDE = ("utf-16", "utf-32")
"""Encodings in which each letter has several bytes."""
_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_FEWEST_PAIRS = 8
"""Pairs of bytes from which they say something. By judgement."""
_HIGH_BYTES = (b"\0", b"\x0e")
"""The upper bytes of ASCII and of Thai in UTF-16."""
_MOST_HIGH = 0.8
"""Share of every second byte that is one of them in UTF-16, at least. By judgement."""
_KEPT = "thaifix.keep"
"""The name of what handles errors of encodings."""
_STAND_IN = 0x10FF00
"""The first of the private-use letters that stand for bytes without a meaning."""


class Wrapping(NamedTuple):
    """What is around a format.

    Attributes:
        format: The name of what is inside.
        encoding: How its text is encoded; None for UTF-8 and for formats that say it themselves.
        compression: One of `COMPRESSIONS`; None without.
    """

    format: str
    encoding: str | None = None
    compression: str | None = None

    def __str__(self) -> str:
        """The format name of the whole."""
        encoding = f":{self.encoding}" if self.encoding else ""
        compression = f".{self.compression}" if self.compression else ""
        return f"{self.format}{encoding}{compression}"


def wrapping(format: str) -> Wrapping:
    """Take a format name apart."""
    rest, _, compression = format.rpartition(".")
    if compression not in COMPRESSIONS.values():
        rest, compression = format, ""
    name, _, encoding = rest.partition(":")
    return Wrapping(name, encoding or None, compression or None)


def encoding_named(name: str) -> str:
    """Check the name of an encoding, and give the one that Python has for it.

    Raises:
        LookupError: If there is none, or its bytes would not all come back: it must have one byte a
            letter, or be UTF-16 or UTF-32.
    """
    info = codecs.lookup(name)
    if info.name not in (*_WIDE, *_BOMS.values()) and not _has_a_byte_a_letter(info.name):
        raise LookupError(f"{name} has no byte of its own for each letter")
    return info.name


def wide_encoding(head: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 by their byte order mark, or by every second or fourth byte."""
    for mark, encoding in _BOMS.items():
        if head.startswith(mark):
            return encoding
    fours = len(head) // 4
    if fours >= _FEWEST_PAIRS:
        quarters = [head[at::4].count(0) / fours for at in range(4)]
        if min(quarters[2:]) >= _MOST_HIGH > max(quarters[0], 1 - _MOST_HIGH):
            return "utf-32-le"
        if min(quarters[:2]) >= _MOST_HIGH > max(quarters[3], 1 - _MOST_HIGH):
            return "utf-32-be"
    pairs = len(head) // 2
    if pairs >= _FEWEST_PAIRS:
        even, odd = (sum(map(half.count, _HIGH_BYTES)) / pairs for half in (head[::2], head[1::2]))
        if max(even, odd) >= _MOST_HIGH and min(even, odd) < 1 - _MOST_HIGH:
            return "utf-16-le" if odd > even else "utf-16-be"
    return None


def in_order(encoding: str, head: bytes) -> str:
    """Give a wide encoding its byte order: that of the mark at the beginning, else little endian;
    the mark is part of the text then.
    """
    if encoding not in _WIDE:
        return encoding
    found = wide_encoding(head)
    return found if found and found.startswith(encoding) else f"{encoding}-le"


def _has_a_byte_a_letter(encoding: str) -> bool:
    """Whether every byte is a letter by itself, or none, and comes back."""
    try:
        letters = [bytes([byte]).decode(encoding, _KEPT) for byte in range(256)]
        whole = bytes(range(256)).decode(encoding, _KEPT)
        return letters == list(whole) and whole.encode(encoding, _KEPT) == bytes(range(256))
    except (LookupError, ValueError, TypeError):
        return False


def unwrapped(
    chunks: Iterable[bytes], encoding: str | None, compression: str | None, name: str
) -> Iterator[bytes]:
    """Decompress a file, and put it into UTF-8.

    Args:
        chunks: The file, in pieces of any size.
        encoding: As Python names it; None if it is UTF-8 already. Bytes that it does not know
            become bytes that are not UTF-8, and pass.
        compression: One of `COMPRESSIONS`, or None.
        name: The file's name, for messages.
    Raises:
        FormatError: If it is damaged, or `zstandard` is not installed.
    Time: linear. Memory: a piece at a time.
    """
    if compression:
        chunks = decompressed(chunks, compression, name)
    if encoding:
        chunks = _decoded(chunks, encoding, name)
    return iter(chunks)


def _decoded(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(_errors(encoding))
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogateescape")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")
    except UnicodeError as error:
        raise FormatError(
            f"{name}: is not {encoding} throughout. Name another (--encoding)"
        ) from error


def _errors(encoding: str) -> str:
    """What becomes of bytes that are no letter: they pass, unless a letter has several of them."""
    return "strict" if encoding.startswith(_WIDE) else _KEPT


def _keep(error: UnicodeError) -> tuple[str | bytes, int]:
    """Let letters of `_STAND_IN` stand for bytes that are none; not surrogates, which would come
    out of UTF-8 as other letters where two of them meet.
    """
    if isinstance(error, UnicodeDecodeError):
        wrong = error.object[error.start : error.end]
        return "".join(chr(_STAND_IN + byte) for byte in wrong), error.end
    if isinstance(error, UnicodeEncodeError):
        code = ord(error.object[error.start])
        if _STAND_IN <= code < _STAND_IN + 256:
            return bytes([code - _STAND_IN]), error.start + 1
    raise error


codecs.register_error(_KEPT, _keep)


class Wrapped(Format):
    """A format in an encoding, compressed, or both."""

    def __init__(self, inner: Format, around: Wrapping) -> None:
        """Take the format that is inside, and what is around it."""
        self._inner = inner
        self._around = around

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct what is inside.

        Raises:
            FormatError: If the encoding lacks a letter that is written.
        """
        out = _Writer(write, self._around, texts.name)
        self._inner.correct(self._inside(chunks, texts.name), texts, out.write, options)
        out.finish()

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the text of what is inside."""
        return self._inner.text(self._inside(chunks, name), options, name=name, skip=skip)

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Give back what was inside before correction; it is compressed anew."""
        out = _Writer(write, self._around, name)
        self._inner.revert(self._inside(chunks, name), out.write, field=field, name=name)
        out.finish()

    def digest(self, chunks: Iterable[bytes], options: FormatOptions, *, name: str) -> bytes:
        """Give the checksum of what is inside."""
        return self._inner.digest(self._inside(chunks, name), options, name=name)

    def _inside(self, chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
        return unwrapped(chunks, self._around.encoding, self._around.compression, name)


class _Writer:
    """Encodes and compresses what is written in UTF-8."""

    def __init__(self, write: Callable[[bytes], object], around: Wrapping, name: str) -> None:
        self._write = write
        self._name = name
        self._encoding = around.encoding
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._compressor = compressor_of(around.compression, name) if around.compression else None

    def write(self, data: bytes) -> None:
        if self._encoding:
            data = self._encoded(self._decoder.decode(data))
        if self._compressor:
            data = self._compressor.compress(data)
        if data:
            self._write(data)

    def finish(self) -> None:
        data = b""
        if self._encoding:
            data = self._encoded(self._decoder.decode(b"", final=True))
        if self._compressor:
            data = self._compressor.compress(data) + self._compressor.flush()
        if data:
            self._write(data)

    def _encoded(self, text: str) -> bytes:
        assert self._encoding
        try:
            return text.encode(self._encoding, _errors(self._encoding))
        except UnicodeEncodeError as error:
            letter = text[error.start]
            raise FormatError(
                f"{self._name}: {self._encoding} has no {letter!r} (U+{ord(letter):04X}), which "
                "the correction needs. Convert the file to UTF-8 first"
            ) from error


def writer_around(
    format: str, write: Callable[[bytes], object], name: str
) -> tuple[Callable[[bytes], object], Callable[[], None]]:
    """Give what writes in UTF-8 so that a file of this format name comes out, and what ends it."""
    around = wrapping(format)
    if not (around.encoding or around.compression):
        return write, lambda: None
    out = _Writer(write, around, name)
    return out.write, out.finish
