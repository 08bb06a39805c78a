"""Which columns of a table are text, and the strings in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from thaifix.errors import FormatError
from thaifix.formats import fields

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE_ROWS = 100
"""Rows of the first part that tell which column is the text; by judgement."""


def is_text(type_: pa.DataType) -> bool:
    """Tell whether the cells of a column are strings, however they are stored."""
    import pyarrow.types as types

    if types.is_dictionary(type_):
        type_ = type_.value_type
    return bool(
        types.is_string(type_) or types.is_large_string(type_) or types.is_string_view(type_)
    )


def _is_nested(type_: pa.DataType) -> bool:
    import pyarrow.types as types

    return bool(types.is_nested(type_))


def choose_columns(
    schema: pa.Schema, parts: Sequence[pa.Table], field: str | None, name: str, *, corrected: bool
) -> dict[str, list[str]]:
    """Choose the columns with text.

    Args:
        schema: The columns.
        parts: The file's first part, if it has one.
        field: Names of columns or paths, if the user gave any.
        name: The file's name.
        corrected: Whether the file may be an output of thaifix.
    Returns:
        By column the paths of the strings in it; "" is the cell itself.
    Raises:
        FormatError: If there is no such column, or more than one.
    """
    strings = [column.name for column in schema if is_text(column.type)]
    single = [column for column in strings if schema.names.count(column) == 1]
    if field is not None:
        found: dict[str, list[str]] = {}
        for path in [field] if field in schema.names else fields.split(field):
            column, inner = _column_of(path, schema, single, strings, name)
            found.setdefault(column, []).append(inner)
        return found
    chosen = None
    if parts:
        sample = parts[0].slice(0, _SAMPLE_ROWS)
        texts = {
            column: "".join(filter(None, sample.column(column).to_pylist())) for column in single
        }
        chosen = fields.choose(texts, corrected=corrected)
    chosen = chosen or next(iter(single), None)
    if chosen is None:
        raise _no_column("text", strings, name)
    return {chosen: [""]}


def _column_of(
    path: str, schema: pa.Schema, single: Sequence[str], strings: Sequence[str], name: str
) -> tuple[str, str]:
    """The column that a path begins with, and the rest of it."""
    if path in single:
        return path, ""
    if path in strings:
        raise FormatError(f"{name}: has several columns {path!r}. Rename all but one")
    column = path.partition(".")[0].partition("[]")[0]
    inner = path.removeprefix(column).removeprefix(".")
    if schema.names.count(column) != 1 or not (inner and _is_nested(schema.field(column).type)):
        raise _no_column(path, strings, name)
    return column, inner


def _no_column(field: str, strings: Sequence[str], name: str) -> FormatError:
    return FormatError(
        f"{name}: no column {field!r} of strings. "
        f"Name one (--field): {', '.join(strings) or 'it has none'}"
    )


def strings_of(value: Any, paths: Sequence[str]) -> list[str]:
    """The strings of a cell at some paths; of the path "" the cell itself."""
    found = [inner for path in paths for inner in (fields.values(value, path) if path else [value])]
    return [inner for inner in found if isinstance(inner, str)]


def rebuilt(cell: Any, paths: Sequence[str], strings: Iterator[str]) -> Any:
    """A cell with other strings at some paths."""
    for path in paths:
        cell = _put(cell, fields.steps(path), strings)
    return cell


def _put(value: Any, path: Sequence[str], strings: Iterator[str]) -> Any:
    if not path:
        return next(strings) if isinstance(value, str) else value
    if path[0] == "[]":
        if isinstance(value, list):
            return [_put(item, path[1:], strings) for item in value]
    elif isinstance(value, dict) and path[0] in value:
        return {**value, path[0]: _put(value[path[0]], path[1:], strings)}
    return value
