"""What Parquet and Arrow have in common: some columns are text; all else of the table stays.

A row is a document. What a corrected cell said is kept in the column `NAME_original`, right after
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
from itertools import chain, islice, pairwise
from typing import IO, TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from thaifix.errors import FormatError
from thaifix.formats import fields
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.fields import ORIGINAL
from thaifix.formats.options import FormatOptions
from thaifix.formats.tables.columns import choose_columns, is_text, rebuilt, strings_of
from thaifix.formats.text_stream import TextStream
from thaifix.text.edit import apply

if TYPE_CHECKING:
    import pyarrow as pa

_About = TypeVar("_About")

_HANDED_ON = 1 << 20
"""Bytes handed on at a time; by judgement."""
_MAX_IN_MEMORY = 1 << 24
"""Bytes of a file that stay in memory; a larger one is put on disk. By judgement."""


class _Opened(NamedTuple):
    """A file that was opened.

    Attributes:
        schema: Its columns.
        columns: Those with text: the name of each, and the paths of its strings in it.
        parts: Its parts, each read when its turn comes.
        about: What the format's writer is to know.
    """

    schema: pa.Schema
    columns: dict[str, list[str]]
    parts: Iterator[pa.Table]
    about: Any


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
            schema = opened.schema
            if options.originals:
                schema = _with_kept(schema, opened.columns, texts.name)
            row = 1
            columns = _Columns()
            with self.writer(result, schema, opened.about) as writer:
                for part in opened.parts:
                    rows = part.num_rows
                    values = {name: _values(part, name, texts.name) for name in opened.columns}
                    corrected = _corrected(values, opened.columns, texts, row)
                    for name, new in corrected.items():
                        part = columns.replace(part, name, new)
                        if options.originals:
                            pairs = zip(values[name], new, strict=True)
                            kept = [old if old != now else None for old, now in pairs]
                            part = columns.insert(part, name, kept)
                    row += rows
                    _write_part(writer, part)
            _hand_on(result if texts.stats.edits else file, write)

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the column, row by row, with form feeds between them."""
        between = ""
        with _spooled(chunks) as file:
            opened = self._open(file, name, options.field, corrected=True)
            for part in opened.parts:
                columns = [
                    (part.column(column).to_pylist(), paths)
                    for column, paths in opened.columns.items()
                ]
                for row in range(part.num_rows):
                    for values, paths in columns:
                        for value in strings_of(values[row], paths):
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
        """Put the strings back that the file keeps, and take their column away.

        Raises:
            SeveralOriginalsError: If no column is named and several keep them; the table has been
                written with the first put back.
        """
        with _spooled(chunks) as file, _spooled() as result:
            opened = self._open(file, name, field, corrected=True)
            schema = opened.schema
            columns = _Columns()
            for column in opened.columns:
                schema = _without_kept(schema, column, name)
            with self.writer(result, schema, opened.about) as writer:
                for part in opened.parts:
                    for column in opened.columns:
                        kept = part.column(column + ORIGINAL).to_pylist()
                        pairs = zip(kept, part.column(column).to_pylist(), strict=True)
                        values = [now if old is None else old for old, now in pairs]
                        part = columns.replace(part, column, values)
                        part = part.drop_columns([column + ORIGINAL])
                    _write_part(writer, part)
            _hand_on(result, write)
        left = [one for one, behind in pairwise(schema.names) if behind == one + ORIGINAL]
        if left and field is None:
            raise fields.several_originals(name, [*opened.columns, *left])

    def digest(self, chunks: Iterable[bytes], options: FormatOptions, *, name: str) -> bytes:
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
        columns = choose_columns(schema, first, field, name, corrected=corrected)
        return _Opened(schema, columns, chain(first, parts), about)

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


def _values(part: pa.Table, name: str, file: str) -> list[Any]:
    """The cells of a column.

    Raises:
        FormatError: If Python cannot carry them: they would come out otherwise.
    """
    column = part.column(name)
    values: list[Any] = column.to_pylist()
    if not is_text(column.type) and not _same(column, values):
        raise FormatError(f"{file}: the column {name!r} has values that cannot be rewritten")
    return values


def _same(column: pa.ChunkedArray, values: Sequence[Any]) -> bool:
    import pyarrow as pa

    return bool(pa.chunked_array([pa.array(values, column.type)]).equals(column))


def _corrected(
    values: dict[str, list[Any]], columns: dict[str, list[str]], texts: TextStream, row: int
) -> dict[str, list[Any]]:
    """Correct the cells of a part, row by row; the first is of such a row."""
    new = {name: list(cells) for name, cells in values.items()}
    for number in range(len(next(iter(values.values()), []))):
        for name, paths in columns.items():
            cell = values[name][number]
            replaced = [
                apply(text, texts.correct(text, row + number)) for text in strings_of(cell, paths)
            ]
            if replaced:
                new[name][number] = rebuilt(cell, paths, iter(replaced))
            elif cell is not None:
                texts.pass_over(fields.why_not(cell, [path for path in paths if path]))
            else:
                texts.pass_over(fields.NULL)
    return new


def _with_kept(schema: pa.Schema, columns: Iterable[str], name: str) -> pa.Schema:
    """A schema with a column for the originals behind each of some columns."""
    for column in columns:
        kept = column + ORIGINAL
        if kept in schema.names:
            raise FormatError(
                f"{name}: has a column {kept!r} already. To correct once more, undo the first "
                "correction (thaifix revert); to replace the text alone: --no-originals"
            )
        at = schema.get_field_index(column)
        schema = schema.insert(at + 1, _kept(schema.field(at)))
    return schema


def _without_kept(schema: pa.Schema, column: str, name: str) -> pa.Schema:
    """A schema without the column for the originals of another."""
    kept = column + ORIGINAL
    at = schema.get_field_index(kept)  # -1 if there is none, or more than one
    if at < 0 or schema.field(at).type != schema.field(column).type:
        raise FormatError(
            f"{name}: has no column {kept!r} of strings. It is no output of thaifix, was "
            "written with --no-originals, or of another column (--field)"
        )
    return schema.remove(at)


def _kept(field: pa.Field) -> pa.Field:
    """Give the column that keeps the originals of another."""
    return field.with_name(field.name + ORIGINAL).with_nullable(True)


class _Columns:
    """Makes columns of cells. Dictionaries grow from part to part: Arrow files have one of each."""

    def __init__(self) -> None:
        self._known: dict[str, dict[Any, int]] = {}

    def replace(self, part: pa.Table, name: str, values: Sequence[Any]) -> pa.Table:
        """A part with other cells in a column."""
        at = part.schema.get_field_index(name)
        field = part.schema.field(at)
        return part.set_column(at, field, self._made(name, values, field.type))

    def insert(self, part: pa.Table, name: str, values: Sequence[Any]) -> pa.Table:
        """A part with a column for the originals of another behind it."""
        at = part.schema.get_field_index(name)
        field = _kept(part.schema.field(at))
        return part.add_column(at + 1, field, self._made(field.name, values, field.type))

    def _made(self, name: str, values: Sequence[Any], type_: pa.DataType) -> pa.Array:
        import pyarrow as pa

        if not pa.types.is_dictionary(type_):
            return pa.array(values, type_)
        known = self._known.setdefault(name, {})
        indices = [None if v is None else known.setdefault(v, len(known)) for v in values]
        return pa.DictionaryArray.from_arrays(
            pa.array(indices, type_.index_type), pa.array(list(known), type_.value_type)
        )


def _write_part(writer: Any, part: pa.Table) -> None:
    writer.write_table(part, max(1, part.num_rows))  # as one row group or batch


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
