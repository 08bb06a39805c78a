"""Parquet and Arrow: one column of strings; all other columns, types and metadata stay.

A row is a document. What a corrected row said is kept in the column `NAME_original`, right after
the column, which is null in all other rows. Row groups (Parquet) and batches (Arrow) are corrected
one by one and stay what they were; Parquet's compression of each column stays too. The bytes of the
file are not those that another writer would have made: `revert` gives the same table back, not the
same bytes. A file in which nothing changes is handed on byte for byte.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from thaifix.errors import FormatError
from thaifix.formats.fields import ORIGINAL, choose
from thaifix.formats.options import FormatOptions
from thaifix.formats.texts import Texts
from thaifix.stream.filter import DocumentSource, Piece, Stats
from thaifix.text.edit import apply

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 1 << 20  # bytes handed on at a time
_SAMPLE = 100  # rows that tell which column is the text
_IN_MEMORY = 1 << 24  # bytes of a file beyond which it is put on disk


class Table:
    """A kind of file; `read` and `write` are what differs.

    Args:
        reading: Opens a file: its schema, its parts one by one, and what a writer is to know.
        writing: Opens a writer of parts, given file, schema and that.
    """

    def __init__(
        self,
        reading: Callable[[IO[bytes]], tuple[pa.Schema, Iterator[pa.Table], Any]],
        writing: Callable[[IO[bytes], pa.Schema, Any], Any],
    ) -> None:
        self._reading = reading
        self._writing = writing

    def correct(
        self,
        chunks: Iterable[bytes],
        source: DocumentSource,
        write: Callable[[bytes], object],
        *,
        options: FormatOptions,
        name: str,
        watch: Callable[[Piece], object],
    ) -> Stats:
        """Correct a file; a piece's line is the number of its row, from 1."""
        texts = Texts(source, name, watch)
        row = 0

        def corrected(part: pa.Table, column: int) -> pa.Table:
            nonlocal row
            values = part.column(column).to_pylist()
            originals: list[str | None] = [None] * len(values)
            for number, value in enumerate(values):
                row += 1
                if value is not None and (edits := texts.correct(value, row)):
                    values[number], originals[number] = apply(value, edits), value
            part = _replace(part, column, values)
            return _insert(part, column, originals) if options.originals else part

        with _spooled(chunks) as file, _file() as result:
            schema, parts, about = self._open(file, name)
            column, parts = _choose(schema, parts, options.field, name)
            field = schema.field(column)
            new = schema
            if options.originals:
                if field.name + ORIGINAL in schema.names:
                    raise FormatError(
                        f"{name}: has a column {field.name + ORIGINAL!r} already. To correct once "
                        "more, undo the first correction (thaifix revert); to replace the text "
                        "alone: --no-originals"
                    )
                kept = field.with_name(field.name + ORIGINAL).with_nullable(True)
                new = schema.insert(column + 1, kept)
            with self._writing(result, new, about) as writer:
                for part in parts:
                    writer.write_table(corrected(part, column), max(1, part.num_rows))
            texts.stats.bytes = file.seek(0, 2)
            _hand_on(result if texts.stats.edits else file, write)
        return texts.stats

    def text(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
        """Give the column, row by row, parted by form feeds."""
        between = ""
        with _spooled(chunks) as file:
            schema, parts, _ = self._open(file, name)
            column, parts = _choose(schema, parts, field, name, corrected=True)
            for part in parts:
                for value in part.column(column).to_pylist():
                    if value is not None:
                        yield between + value
                        between = "\f"

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Put the strings back that the file keeps, and take their column away."""
        with _spooled(chunks) as file, _file() as result:
            schema, parts, about = self._open(file, name)
            column, parts = _choose(schema, parts, field, name, corrected=True)
            kept = schema.field(column).name + ORIGINAL
            if kept not in schema.names:
                raise FormatError(
                    f"{name}: has no column {kept!r}. It is no output of thaifix, was written with "
                    "--no-originals, or of another column (--field)"
                )
            at = schema.names.index(kept)
            with self._writing(result, schema.remove(at), about) as writer:
                for part in parts:
                    values = part.column(column).to_pylist()
                    for number, original in enumerate(part.column(at).to_pylist()):
                        if original is not None:
                            values[number] = original
                    part = _replace(part, column, values).remove_column(at)
                    writer.write_table(part, max(1, part.num_rows))
            _hand_on(result, write)

    def digest(self, chunks: Iterable[bytes], name: str) -> bytes:
        """Give the checksum of a table, which other bytes may hold, too: its schema and its rows.

        Raises:
            FormatError: If the file is damaged.
        """
        sha256 = hashlib.sha256()
        with _spooled(chunks) as file:
            schema, parts, _ = self._open(file, name)
            sha256.update(str(schema.remove_metadata()).encode("utf-8"))
            for part in parts:
                for row in part.to_pylist():
                    sha256.update(repr(row).encode("utf-8", "surrogatepass"))
        return sha256.digest()

    def _open(self, file: IO[bytes], name: str) -> tuple[pa.Schema, Iterator[pa.Table], Any]:
        with _reported(name):
            schema, parts, about = self._reading(file)
            _ = schema.names  # are not UTF-8 in a damaged file
        return schema, _guarded(parts, name), about


def _guarded(parts: Iterator[pa.Table], name: str) -> Iterator[pa.Table]:
    while True:
        with _reported(name):
            part = next(parts, None)
            if part is not None:
                part.validate(full=True)  # damaged offsets would lead out of memory
        if part is None:
            return
        yield part


def _replace(part: pa.Table, column: int, values: Sequence[str | None]) -> pa.Table:
    import pyarrow as pa

    field = part.schema.field(column)
    return part.set_column(column, field, pa.array(values, field.type))


def _insert(part: pa.Table, column: int, values: Sequence[str | None]) -> pa.Table:
    import pyarrow as pa

    field = part.schema.field(column)
    kept = field.with_name(field.name + ORIGINAL).with_nullable(True)
    return part.add_column(column + 1, kept, pa.array(values, field.type))


def _choose(
    schema: pa.Schema,
    parts: Iterator[pa.Table],
    field: str | None,
    name: str,
    *,
    corrected: bool = False,
) -> tuple[int, Iterator[pa.Table]]:
    """Choose the column; return its number, and the parts with the one that was looked at."""
    import pyarrow.types as types

    strings = [
        column.name
        for column in schema
        if types.is_string(column.type) or types.is_large_string(column.type)
    ]
    first = next(parts, None)
    if field is None and first is not None:
        sample = first.slice(0, _SAMPLE)
        field = choose(
            {
                column: "".join(filter(None, sample.column(column).to_pylist()))
                for column in strings
                if schema.names.count(column) == 1
            },
            corrected=corrected,
        )
    if field is None and strings:
        field = strings[0]
    if field not in strings or schema.names.count(field) != 1:
        raise FormatError(
            f"{name}: no column {field or 'text'!r} of strings. "
            f"Name one (--field): {', '.join(strings) or 'it has none'}"
        )
    return schema.names.index(field), iter(() if first is None else _chain(first, parts))


def _chain(first: pa.Table, rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    yield first
    yield from rest


@contextmanager
def _reported(name: str) -> Iterator[None]:
    """Say what is wrong with a file that is read, or that pyarrow is missing."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise FormatError(
            f"{name}: Parquet and Arrow need pyarrow. Install it: pip install 'thaifix[arrow]'"
        ) from error
    try:
        yield
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise FormatError(
            f"{name}: cannot be read ({str(error).partition(chr(10))[0]}). Get an undamaged copy"
        ) from error


@contextmanager
def _file() -> Iterator[IO[bytes]]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        yield file


@contextmanager
def _spooled(chunks: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """Put a stream where it can be read in any order."""
    with _file() as file:
        for chunk in chunks:
            file.write(chunk)
        file.seek(0)
        yield file


def _hand_on(file: IO[bytes], write: Callable[[bytes], object]) -> None:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        write(chunk)
