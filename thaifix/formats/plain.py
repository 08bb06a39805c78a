"""Plain text and Markdown: the stream as it is."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator

from thaifix.errors import FormatError
from thaifix.formats.options import FormatOptions
from thaifix.stream.filter import DocumentSource, Filter, Piece, Stats


def correct(
    chunks: Iterable[bytes],
    source: DocumentSource,
    write: Callable[[bytes], object],
    *,
    options: FormatOptions,
    name: str,
    watch: Callable[[Piece], object],
) -> Stats:
    """Correct a stream as it comes; see `thaifix.stream.filter.Filter`."""
    filter_ = Filter(source, write, watch=watch)
    filter_.file(name, chunks)
    filter_.close()
    return filter_.stats


def text(chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
    """Give the text as it is; what is not UTF-8 becomes lone surrogates."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def revert(
    chunks: Iterable[bytes], write: Callable[[bytes], object], *, field: str | None, name: str
) -> None:
    """Refuse: a text has no place for its original.

    Raises:
        FormatError: Always.
    """
    raise FormatError(
        f"{name}: plain text does not hold its original. Give the log: thaifix revert EDITS [FILE]"
    )
