"""Plain text and Markdown: the whole file is text."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator

from thaifix.errors import FormatError
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream


class PlainText(Format):
    """Text in UTF-8; bytes that are not UTF-8 pass through."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct a stream as it comes."""
        texts.correct_bytes(chunks, write)

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the text as it is; a byte that is not UTF-8 becomes a lone surrogate."""
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        for chunk in chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Refuse: a text has no place for its original.

        Raises:
            FormatError: Always.
        """
        raise FormatError(
            f"{name}: plain text does not hold its original. "
            "Give the log: thaifix revert EDITS [FILE]"
        )
