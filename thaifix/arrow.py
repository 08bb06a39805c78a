"""Arrays of strings in, arrays of corrections out: for programs that keep text in columns.

    >>> import pyarrow as pa
    >>> from thaifix.arrow import corrected
    >>> corrected(pa.array(["ส\u0e4d\u0e32คัญ", None])).field("text").to_pylist()
    ['สำคัญ', None]

A row is a document: rows never teach each other, unless another array says which belong together.
Spans are code points of the row; the JVM counts UTF-16, which differs behind emoji and other signs
above U+FFFF, and DuckDB, polars and Python count as thaifix does. A row that cannot be corrected
stays as it is, byte for byte, with the flag `skipped_record` whose note says why; it is no matter
of the rows beside it.

Needs pyarrow: `pip install 'thaifix[arrow]'`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from thaifix.correct.corrector import Corrector
from thaifix.correct.division import BETWEEN, divide
from thaifix.errors import MissingExtraError
from thaifix.formats.tables.columns import is_text
from thaifix.formats.text_stream import SKIPPED
from thaifix.text.edit import Correction, Edit, Flag

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ModuleNotFoundError as error:
    raise MissingExtraError("Arrays need pyarrow. Install: pip install 'thaifix[arrow]'") from error

EDIT = pa.struct([
    ("start", pa.int32()), ("end", pa.int32()), ("observed", pa.string()),
    ("replacement", pa.string()), ("reason", pa.string()), ("confidence", pa.float64()),
    ("entry", pa.string()),
])  # fmt: skip
"""The type of an edit; its fields are those of `thaifix.Edit`."""

FLAG = pa.struct([
    ("start", pa.int32()), ("end", pa.int32()), ("reason", pa.string()), ("note", pa.string()),
])  # fmt: skip
"""The type of a flag; its fields are those of `thaifix.Flag`."""

CORRECTION = pa.struct([
    ("text", pa.string()), ("edits", pa.list_(EDIT)), ("flags", pa.list_(FLAG)),
])  # fmt: skip
"""The type of what becomes of a row; null if the row is null."""

MOST_BYTES = 2**31 - 1
"""Bytes of the texts of one array, at most: a string array has offsets of 32 bits."""


class _Row(NamedTuple):
    """What becomes of a row.

    Attributes:
        text: In UTF-8; None if the row is null.
        edits, flags: With spans in code points of the row.
    """

    text: bytes | None
    edits: Sequence[Edit] = ()
    flags: Sequence[Flag] = ()


class ArrayCorrector:
    """A corrector of arrays of strings. Can be pickled; safe to use from several threads.

    Attributes:
        corrector: Corrects the rows.
        stamp: That of the corrector; what has the same is equal.
    """

    def __init__(self, options: Mapping[str, Any] | Corrector | None = None) -> None:
        """Load the model and the lexicons.

        Args:
            options: Values that JSON has, see `Corrector.configured`; or a corrector.
        Raises:
            TypeError, ValueError, ModelError, LexiconError: As `Corrector.configured`.
        """
        if not isinstance(options, Corrector):
            options = Corrector.configured({} if options is None else options)
        self.corrector = options
        self.stamp = options.stamp

    def __reduce__(self) -> tuple[Any, ...]:
        return ArrayCorrector, (self.corrector,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArrayCorrector) and self.corrector == other.corrector

    def __hash__(self) -> int:
        return hash(self.corrector)

    def __call__(
        self,
        array: pa.Array | pa.ChunkedArray,
        *,
        document: pa.Array | pa.ChunkedArray | None = None,
    ) -> pa.StructArray | pa.ChunkedArray:
        """Correct an array.

        Args:
            array: Strings: usual, large or views, in a dictionary, in chunks, or all null.
            document: Says of each row which document it is of. Rows with the same value are
                corrected as lines of one text, in their order, wherever they stand; a row with null
                is a document of its own. Without it every row is one.
        Returns:
            An array of `CORRECTION` with as many rows; chunked as `array` is.
        Raises:
            TypeError: If it has no strings.
            ValueError: If `document` has not as many rows, or the texts of one array or chunk are
                more than `MOST_BYTES`.
        Memory: the array, its result and, with `document`, its texts once more.
        """
        if not (is_text(array.type) or pa.types.is_null(array.type)):
            raise TypeError(f"an array of {array.type}: give strings")
        if document is not None:
            return self._by_document(array, document)
        if isinstance(array, pa.ChunkedArray):
            return pa.chunked_array([self._by_row(chunk) for chunk in array.chunks], CORRECTION)
        return self._by_row(array)

    def append(
        self,
        batch: pa.RecordBatch | pa.Table,
        column: str,
        *,
        result: str = "corrected",
        document: str | None = None,
    ) -> pa.RecordBatch | pa.Table:
        """Correct a column of a batch or table.

        Args:
            batch: A record batch or a table.
            column: Name of the column with the strings.
            result: Name of a new column for what becomes of them.
            document: Name of a column that says which document a row is of, as above.
        Returns:
            The same with the new column behind the others.
        Raises:
            KeyError: If there is no such column, or several.
            TypeError, ValueError: As above, or if there is a column `result` already.
        """
        if result in batch.schema.names:
            raise ValueError(f"there is a column {result!r} already: name another for the result")
        documents = None if document is None else batch.column(_number(batch, document))
        corrections = self(batch.column(_number(batch, column)), document=documents)
        return batch.append_column(pa.field(result, CORRECTION), corrections)

    def _by_row(self, array: pa.Array) -> pa.StructArray:
        if pa.types.is_dictionary(array.type):  # each of its strings that is used, once
            used = array.indices.unique().drop_null()
            known = self._by_row(array.dictionary.take(used))
            return known.take(pc.index_in(array.indices, value_set=used))
        return _built(
            _Row(None) if data is None else self._row(data) for data in map(_bytes, _binary(array))
        )

    def _row(self, data: bytes) -> _Row:
        """Correct a row that is not null."""
        [row] = self._rows([data])
        return row

    def _rows(self, document: Sequence[bytes]) -> list[_Row]:
        """Correct the rows of a document."""
        rows = list(map(_refused, document))
        sound = [number for number, row in enumerate(rows) if row is None]
        texts = [document[number].decode() for number in sound]
        try:
            corrections = self._correct(texts) if texts else []
        except Exception as error:  # whatever it is, it is a matter of this document alone
            why = f"{type(error).__name__}: {error}"
            return [row or _skipped(data, why) for row, data in zip(rows, document, strict=True)]
        for number, found in zip(sound, corrections, strict=True):
            text = found.text.encode() if found.edits else document[number]
            rows[number] = _Row(text, found.edits, found.flags)
        return [row for row in rows if row is not None]

    def _correct(self, texts: Sequence[str]) -> list[Correction]:
        if len(texts) == 1:
            return [self.corrector.correct(texts[0])]
        return divide(self.corrector.correct(BETWEEN.join(texts)), texts)

    def _by_document(
        self, array: pa.Array | pa.ChunkedArray, document: pa.Array | pa.ChunkedArray
    ) -> pa.StructArray | pa.ChunkedArray:
        if len(document) != len(array):
            raise ValueError(f"{len(array)} rows, but documents of {len(document)}")
        chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
        data = [_bytes(value) for chunk in chunks for value in _binary(chunk)]
        together: dict[Any, list[int]] = {}
        for number, name in enumerate(document.to_pylist()):
            if data[number] is not None:
                together.setdefault((number, None) if name is None else name, []).append(number)
        rows = [_Row(None)] * len(data)
        for numbers in together.values():
            found = self._rows([value for n in numbers if (value := data[n]) is not None])
            for number, row in zip(numbers, found, strict=True):
                rows[number] = row
        if not isinstance(array, pa.ChunkedArray):
            return _built(rows)
        ahead = iter(rows)
        parts = [_built([next(ahead) for _ in range(len(chunk))]) for chunk in chunks]
        return pa.chunked_array(parts, CORRECTION)


def corrected(
    array: pa.Array | pa.ChunkedArray,
    *,
    options: Mapping[str, Any] | Corrector | None = None,
    document: pa.Array | pa.ChunkedArray | None = None,
) -> pa.StructArray | pa.ChunkedArray:
    """Correct an array of strings.

    Args:
        array, document: As for `ArrayCorrector`.
        options: As for `ArrayCorrector`; a process makes one of the same values once, and reads the
            files that they name once.
    Returns:
        An array of `CORRECTION` with as many rows; chunked as `array` is.
    Raises:
        TypeError, ValueError, ModelError, LexiconError: As `ArrayCorrector`; TypeError also if
            `options` are not values that JSON has.
    """
    if not isinstance(options, Corrector):
        return _made(json.dumps(options, sort_keys=True))(array, document=document)
    return ArrayCorrector(options)(array, document=document)


@lru_cache(maxsize=8)
def _made(options: str) -> ArrayCorrector:
    return ArrayCorrector(json.loads(options))


def _number(batch: pa.RecordBatch | pa.Table, column: str) -> int:
    """The place of a column."""
    found = batch.schema.get_all_field_indices(column)
    if len(found) != 1:
        names = ", ".join(batch.schema.names)
        raise KeyError(f"{len(found)} columns {column!r} among: {names}")
    return int(found[0])


def _binary(array: pa.Array) -> pa.Array:
    """Strings as bytes: what is said to be UTF-8 may be none."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.large_binary())


def _bytes(value: pa.Scalar) -> bytes | None:
    data: bytes | None = value.as_py()
    return data


def _refused(data: bytes) -> _Row | None:
    """What becomes of a row that is not UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _skipped(data, f"not UTF-8 at byte {error.start}")
    return None


def _skipped(data: bytes, why: str) -> _Row:
    return _Row(data, (), (Flag(0, 0, SKIPPED, why),))


def _built(rows: Iterable[_Row]) -> pa.StructArray:
    """Make an array of rows."""
    rows = list(rows)
    texts = [row.text for row in rows]
    if sum(map(len, filter(None, texts))) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES:,} bytes of text in one array: give it in chunks")
    missing = [text is None for text in texts]
    edits = [None if row.text is None else list(map(_edit, row.edits)) for row in rows]
    flags = [None if row.text is None else [tuple(flag) for flag in row.flags] for row in rows]
    return pa.StructArray.from_arrays(
        [
            pa.array(texts, pa.binary()).view(pa.string()),
            pa.array(edits, pa.list_(EDIT)),
            pa.array(flags, pa.list_(FLAG)),
        ],
        fields=list(CORRECTION),
        mask=pa.array(missing, pa.bool_()),
    )


def _edit(edit: Edit) -> tuple[Any, ...]:
    return (
        edit.start, edit.end, edit.observed, edit.replacement, edit.reason, edit.confidence,
        edit.entry,
    )  # fmt: skip
