"""Files of every kind that thaifix reads: their text, its correction, and the way back.

The functions of this module work for all formats alike. Each format is a class that does what
`base.Format` asks for: `plain`, `jsonl`, `pdf`, `layout` (hOCR, ALTO, PAGE XML), `tables` (Parquet,
Arrow). A format's `correct` writes the file back; in `layout` its `write_back` says what changes.
Formats may import from `thaifix.stream` downward, and never a corrector: they are given one. Begin
with `base`, then with `jsonl`, the shortest that keeps its originals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from thaifix.errors import FormatError, UnknownFormatError
from thaifix.formats.base import Skip, ignore
from thaifix.formats.binaries import REFUSED
from thaifix.formats.detection import HEAD_BYTES, UNKNOWN, detect, peek
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import SKIPPED, TextStream
from thaifix.formats.wrapping import Wrapped, encoding_named, unwrapped, wrapping, writer_around
from thaifix.stream.filter import DocumentSource, Piece, Stats

if TYPE_CHECKING:
    from thaifix.formats.base import Format

__all__ = [
    "FORMATS",
    "HEAD_BYTES",
    "SKIPPED",
    "UNKNOWN",
    "FormatOptions",
    "chosen",
    "correct",
    "detect",
    "digest",
    "encoding_named",
    "has_fields",
    "peek",
    "revert",
    "text",
    "unwrapped",
    "wrapping",
    "writer_around",
]

_CLASSES = {  # imported when the first file of that format comes
    "text": "plain.PlainText",
    "hocr": "layout.hocr.Hocr",
    "alto": "layout.alto.Alto",
    "page": "layout.page.PageXml",
    "jsonl": "jsonl.JsonLines",
    "json": "json_document.JsonDocument",
    "parquet": "tables.parquet.Parquet",
    "arrow": "tables.arrow.Arrow",
    "pdf": "pdf.document.Pdf",
}
FORMATS = tuple(_CLASSES)
_WITH_FIELDS = frozenset({"jsonl", "json", "parquet", "arrow"})


def correct(
    format: str,
    chunks: Iterable[bytes],
    source: DocumentSource,
    write: Callable[[bytes], object],
    *,
    options: FormatOptions | None = None,
    name: str = "",
    watch: Callable[[Piece], object] = lambda piece: None,
    by_line: bool = False,
) -> Stats:
    """Correct the text of one file; all other bytes of it stay.

    Args:
        format: One of `FORMATS`; one of `UNKNOWN` is refused.
        chunks: The file, in pieces of any size.
        source: Gives a fresh document for each page or record.
        write: Receives the corrected file.
        options: How to write it.
        name: The file's name, for messages and pieces.
        watch: Called with each piece; its offsets and lines are those of the file's `text`, but the
            line of a record or row is its number in the file, from 1.
        by_line: Correct and write each line of a text as soon as its end is there.
    Returns:
        What was corrected; `bytes` are those of the file, the other counts those of its text.
    Raises:
        UnknownFormatError: If thaifix does not read the format.
        FormatError: If the file is not of this format or damaged, or if something is not installed
            that the format or an option needs. Nothing has been written then, but for records of
            JSON lines that came before; what can be read and is of another format has been written
            as it is.
    Time: linear. Memory: text is held by section, JSON lines by record, tables by row group, all
    others whole.
    """
    texts = TextStream(source, name, watch, by_line=by_line)
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            size += len(chunk)
            yield chunk

    _format(format, name).correct(counted(), texts, write, options or FormatOptions())
    texts.stats.bytes = size
    return texts.stats


def text(
    format: str,
    chunks: Iterable[bytes],
    *,
    field: str | None = None,
    language: str | None = None,
    name: str = "input",
    skip: Skip = ignore,
) -> Iterator[str]:
    """Give the plain text of a file, with spaces as they are on the page.

    Lines end with a line feed. An empty line stands between paragraphs, a form feed between pages,
    records and rows.

    Args:
        format: One of `FORMATS`; one of `UNKNOWN` is refused.
        chunks: The file, in pieces of any size.
        field, language: As in `FormatOptions`.
        name: The file's name, for messages.
        skip: Called with the number of each line that is left out because it is no record, and why.
    Raises:
        FormatError: If the file is not of this format, or damaged.
    """
    options = FormatOptions(field=field, language=language)
    return _format(format, name).text(chunks, options, name=name, skip=skip)


def revert(
    format: str,
    chunks: Iterable[bytes],
    write: Callable[[bytes], object],
    *,
    field: str | None = None,
    name: str = "input",
) -> None:
    """Give the file before correction back, from the corrected one alone.

    Of Parquet and Arrow the table comes back; of hOCR, ALTO, PAGE XML and JSON lines every byte.

    Args:
        format: One of `FORMATS`; one of `UNKNOWN` is refused.
        chunks: The corrected file, in pieces of any size.
        write: Receives the file before correction.
        field: As in `FormatOptions`; needed if it was given then.
        name: The file's name, for messages.
    Raises:
        FormatError: If the file keeps no originals, as text and PDF never do, or if it was changed
            since.
        SeveralOriginalsError: If several fields keep them and none is named; those of one have
            been put back.
    """
    _format(format, name).revert(chunks, write, field=field, name=name)


def chosen(found: str, format: str | None) -> str:
    """Give the format name for a user's choice.

    Args:
        found: What `peek` found; what is around the file stays so.
        format: What the user named instead; None for what was found.
    """
    return found if format is None else str(wrapping(found)._replace(format=format))


def has_fields(format: str) -> bool:
    """Tell whether `FormatOptions.field` says anything about files of a format."""
    return wrapping(format).format in _WITH_FIELDS


def digest(
    format: str, chunks: Iterable[bytes], *, field: str | None = None, name: str = "input"
) -> bytes:
    """Give a SHA-256 of what a file says: of a table all its rows, of others their `text`.

    Args and errors are those of `text`.
    """
    return _format(format, name).digest(chunks, FormatOptions(field=field), name=name)


def _format(format: str, name: str) -> Format:
    if format in UNKNOWN:
        advice = (
            "" if format in REFUSED else " To correct it as plain text all the same: --format text"
        )
        raise UnknownFormatError(f"{name}: {UNKNOWN[format]}.{advice}")
    around = wrapping(format)
    if around.format not in _CLASSES:
        raise FormatError(f"no format {format!r}. The formats are {', '.join(FORMATS)}")
    module, _, class_ = _CLASSES[around.format].rpartition(".")
    found = cast("Format", getattr(import_module(f"{__name__}.{module}"), class_)())
    return Wrapped(found, around) if around.format != format else found
