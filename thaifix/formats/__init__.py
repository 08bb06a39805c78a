"""Formats: files whose text is corrected in place, and read, and given back.

A format is a module of this package with three functions, `correct`, `text` and `revert`, imported
when the first file of that format comes. None knows the corrector: it is given one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol, cast

from thaifix.errors import FormatError, UnknownFormatError
from thaifix.formats.detection import ENOUGH, UNKNOWN, detect, peek
from thaifix.formats.options import FormatOptions
from thaifix.formats.texts import SKIPPED
from thaifix.stream.filter import DocumentSource, Piece, Stats

__all__ = [
    "ENOUGH",
    "FORMATS",
    "SKIPPED",
    "UNKNOWN",
    "FormatOptions",
    "correct",
    "detect",
    "peek",
    "revert",
    "text",
]

_MODULES = {
    "text": "plain",
    "hocr": "layout.hocr",
    "alto": "layout.alto",
    "page": "layout.page",
    "jsonl": "jsonl",
    "parquet": "tables.parquet",
    "arrow": "tables.arrow",
    "pdf": "pdf",
}
FORMATS = tuple(_MODULES)


class _Format(Protocol):
    """The functions of a format's module; see those of this one."""

    def correct(
        self,
        chunks: Iterable[bytes],
        source: DocumentSource,
        write: Callable[[bytes], object],
        *,
        options: FormatOptions,
        name: str,
        watch: Callable[[Piece], object],
    ) -> Stats: ...

    def text(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]: ...

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None: ...


def _format(format: str, name: str) -> _Format:
    if format in UNKNOWN:
        raise UnknownFormatError(
            f"{name}: {UNKNOWN[format]}. To correct it as plain text all the same: --format text"
        )
    if format not in _MODULES:
        raise FormatError(f"no format {format!r}. The formats are {', '.join(FORMATS)}")
    return cast(_Format, import_module(f"{__name__}.{_MODULES[format]}"))


def correct(
    format: str,
    chunks: Iterable[bytes],
    source: DocumentSource,
    write: Callable[[bytes], object],
    *,
    options: FormatOptions | None = None,
    name: str = "",
    watch: Callable[[Piece], object] = lambda piece: None,
) -> Stats:
    """Correct the text of one file; all other bytes of it stay.

    Args:
        format: One of `FORMATS`; one of `UNKNOWN` is refused.
        chunks: The file, in pieces of any size.
        source: Gives a fresh document for each page or record.
        write: Receives the corrected file.
        options: How to write it.
        name: Of the file, for messages and pieces.
        watch: Called with each piece; its offsets and lines are those of the file's `text`.
    Returns:
        What was corrected; `bytes` are those of the file, the other counts those of its text.
    Raises:
        UnknownFormatError: If nobody knows the format.
        FormatError: If the file is not of this format, or damaged. Of hOCR, ALTO and PAGE XML
            nothing has been written then.
    Time: linear. Memory: text is held by section, JSON lines by record, tables by row group, all
    others whole.
    """
    return _format(format, name).correct(
        chunks, source, write, options=options or FormatOptions(), name=name, watch=watch
    )


def text(
    format: str, chunks: Iterable[bytes], *, field: str | None = None, name: str = "input"
) -> Iterator[str]:
    """Give the plain text of a file, with spaces as they are on the page.

    Lines end with a line feed; an empty line parts paragraphs, a form feed pages and records.

    Args:
        format: One of `FORMATS`; one of `UNKNOWN` is refused.
        chunks: The file, in pieces of any size.
        field: As in `FormatOptions`.
        name: Of the file, for messages.
    Raises:
        FormatError: If the file is not of this format, or damaged.
    """
    return _format(format, name).text(chunks, field=field, name=name)


def revert(
    format: str,
    chunks: Iterable[bytes],
    write: Callable[[bytes], object],
    *,
    field: str | None = None,
    name: str = "input",
) -> None:
    """Give the file before correction back, from the corrected one alone.

    Of Parquet and Arrow the table comes back; of the others every byte.

    Args:
        format: One of `FORMATS`; one of `UNKNOWN` is refused.
        chunks: The corrected file, in pieces of any size.
        write: Receives the file before correction.
        field: As in `FormatOptions`; needed if it was given then.
        name: Of the file, for messages.
    Raises:
        FormatError: If it has not kept its originals, or was changed since.
    """
    _format(format, name).revert(chunks, write, field=field, name=name)
