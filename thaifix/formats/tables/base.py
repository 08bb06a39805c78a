"""What Parquet and Arrow have in common: one column is text; all else of the table stays.

A row is a document. What a corrected row said is kept in the column `NAME_original`, right after
the column, which is null in all other rows. Parts of a file (row groups of Parquet, batches of
Arrow) are corrected one by one and stay what they were; the compression of Parquet's columns stays
too. The bytes are those that pyarrow writes, not those of the file's first writer: `revert` gives
the same table back, not the same bytes. A file in which nothing changes is handed on byte for byte.
"""

from __future__ import annotations

import hashlib
import tempfile
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from thaifix.errors import FormatError
from thaifix.formats.base import Format
from thaifix.formats.fields import ORIGINAL, choose
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream
from thaifix.text.edit import apply

if TYPE_CHECKING:
    import pyarrow as pa

_About = TypeVar("_About")

_HANDED_ON = 1 << 20
"""Bytes handed on at a time; by judgement."""
_MAX_IN_MEMORY = 1 << 24
"""Bytes of a file that stay in memory; a larger one is put on disk. By judgement."""
_SAMPLE_ROWS = 100
"""Rows of the first part that tell which column is the text; by judgement."""


class _Opened(NamedTuple):
    """A file that was opened.

    Attributes:
        schema: Its columns.
        column: The number of the column with the text.
        parts: Its parts, each read when its turn comes.
        about: What the format's writer is to know.
    """

    schema: pa.Schema
    column: int
    parts: Iterator[pa.Table]
    about: Any

    @property
    def kept(self) -> str:
        """Name of the column that keeps the originals."""
        return str(self.schema.names[self.column]) + ORIGINAL


class TableFormat(Format, Generic[_About]):
    """A format of tables; `read` and `writer` are what differs."""

    @abstractmethod
    def read(self, file: IO[bytes]) -> tuple[pa.Schema, Iterator[pa.Table], _About]:
        """Open a file: its schema, its parts one by one, and what `writer` is to know."""

    @abstractmethod
    def writer(self, file: IO[bytes], schema: pa.Schema, about: _About) -> Any:
        """Open a writer of parts, a context manager with the method `write_table`."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct a file; a piece's line is the number of its row, from 1."""
        with _spooled(chunks) as file, _spooled() as result:
            opened = self._open(file, texts.name, options.field)
            schema, column = opened.schema, opened.column
            if options.originals:
                if opened.kept in schema.names:
                    raise FormatError(
                        f"{texts.name}: has a column {opened.kept!r} already. To correct once "
                        "more, undo the first correction (thaifix revert); to replace the text "
                        "alone: --no-originals"
                    )
                schema = schema.insert(column + 1, _kept(schema.field(column)))
            row = 1
            with self.writer(result, schema, opened.about) as writer:
                for part in opened.parts:
                    values = part.column(column).to_pylist()
                    new, originals = _corrected(values, texts, row)
                    row += len(values)
                    part = _replace(part, column, new)
                    if options.originals:
                        part = _insert(part, column, originals)
                    _write_part(writer, part)
            _hand_on(result if texts.stats.edits else file, write)

    def text(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
        """Give the column, row by row, with form feeds between them."""
        between = ""
        with _spooled(chunks) as file:
            opened = self._open(file, name, field, corrected=True)
            for part in opened.parts:
                for value in part.column(opened.column).to_pylist():
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
        with _spooled(chunks) as file, _spooled() as result:
            opened = self._open(file, name, field, corrected=True)
            schema, column = opened.schema, opened.column
            at = schema.get_field_index(opened.kept)  # -1 if there is none, or more than one
            if at < 0 or schema.field(at).type != schema.field(column).type:
                raise FormatError(
                    f"{name}: has no column {opened.kept!r} of strings. It is no output of "
                    "thaifix, was written with --no-originals, or of another column (--field)"
                )
            with self.writer(result, schema.remove(at), opened.about) as writer:
                for part in opened.parts:
                    values = part.column(column).to_pylist()
                    for number, original in enumerate(part.column(at).to_pylist()):
                        if original is not None:
                            values[number] = original
                    _write_part(writer, _replace(part, column, values).remove_column(at))
            _hand_on(result, write)

    def digest(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> bytes:
        """Give a SHA-256 of the columns' names and types, and of all rows."""
        sha256 = hashlib.sha256()
        with _spooled(chunks) as file:
            schema, parts, _ = self._read(file, name)
            sha256.update(str(schema.remove_metadata()).encode("utf-8"))
            for part in parts:
                for row in part.to_pylist():
                    sha256.update(repr(row).encode("utf-8", "surrogatepass"))
        return sha256.digest()

    def _open(
        self, file: IO[bytes], name: str, field: str | None, *, corrected: bool = False
    ) -> _Opened:
        """Open a file, and find the column with its text."""
        schema, parts, about = self._read(file, name)
        first = list(islice(parts, 1))
        column = _choose(schema, first, field, name, corrected=corrected)
        return _Opened(schema, column, chain(first, parts), about)

    def _read(self, file: IO[bytes], name: str) -> tuple[pa.Schema, Iterator[pa.Table], _About]:
        with _reported(name):
            schema, parts, about = self.read(file)
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


def _corrected(
    values: Sequence[str | None], texts: TextStream, row: int
) -> tuple[list[str | None], list[str | None]]:
    """Correct the values of a part, whose first is of such a row; give them, and the originals."""
    new = list(values)
    originals: list[str | None] = [None] * len(values)
    for number, value in enumerate(values):
        if value is not None and (edits := texts.correct(value, row + number)):
            new[number], originals[number] = apply(value, edits), value
    return new, originals


def _kept(field: pa.Field) -> pa.Field:
    """Give the column that keeps the originals of another."""
    return field.with_name(field.name + ORIGINAL).with_nullable(True)


def _replace(part: pa.Table, column: int, values: Sequence[str | None]) -> pa.Table:
    import pyarrow as pa

    field = part.schema.field(column)
    return part.set_column(column, field, pa.array(values, field.type))


def _insert(part: pa.Table, column: int, values: Sequence[str | None]) -> pa.Table:
    import pyarrow as pa

    field = part.schema.field(column)
    return part.add_column(column + 1, _kept(field), pa.array(values, field.type))


def _write_part(writer: Any, part: pa.Table) -> None:
    writer.write_table(part, max(1, part.num_rows))  # as one row group or batch


def _choose(
    schema: pa.Schema, parts: Sequence[pa.Table], field: str | None, name: str, *, corrected: bool
) -> int:
    """Choose the column with the text.

    Args:
        schema: The columns.
        parts: The file's first part, if it has one.
        field: Name of the column, if the user gave one.
        name: The file's name.
        corrected: Whether the file may be an output of thaifix.
    Returns:
        The number of the column.
    Raises:
        FormatError: If there is no such column, or more than one.
    """
    import pyarrow.types as types

    strings = [
        column.name
        for column in schema
        if types.is_string(column.type) or types.is_large_string(column.type)
    ]
    single = [column for column in strings if schema.names.count(column) == 1]
    if field is None and parts:
        sample = parts[0].slice(0, _SAMPLE_ROWS)
        texts = {
            column: "".join(filter(None, sample.column(column).to_pylist())) for column in single
        }
        field = choose(texts, corrected=corrected)
    if field is None and single:
        field = single[0]
    if field in strings and field not in single:
        raise FormatError(f"{name}: has several columns {field!r}. Rename all but one")
    if field not in single:
        raise FormatError(
            f"{name}: no column {field or 'text'!r} of strings. "
            f"Name one (--field): {', '.join(strings) or 'it has none'}"
        )
    return int(schema.names.index(field))


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
def _spooled(chunks: Iterable[bytes] = ()) -> Iterator[IO[bytes]]:
    """Put a stream where it can be read in any order, or make room for one."""
    with tempfile.SpooledTemporaryFile(max_size=_MAX_IN_MEMORY) as file:
        for chunk in chunks:
            file.write(chunk)
        file.seek(0)
        yield file


def _hand_on(file: IO[bytes], write: Callable[[bytes], object]) -> None:
    file.seek(0)
    while chunk := file.read(_HANDED_ON):
        write(chunk)
