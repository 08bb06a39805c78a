"""Spark: `corrected(df, column="text")` is the frame with a column of corrections behind it.

Needs `pip install 'thaifix[spark]'` on the driver and on the workers. Each Python worker opens the
model once; lexicons are read on the driver alone. Rows come in batches of
`spark.sql.execution.arrow.maxRecordsPerBatch`: with rows of megabytes, set it low. Spans are code
points: so do Spark's SQL functions count, but Java's strings count UTF-16.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql.types import (
    ArrayType,
    DataType,
    DoubleType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

from thaifix.arrow import CORRECTION, ArrayCorrector

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from thaifix.correct.corrector import Corrector

_PLAIN = {pa.string(): StringType(), pa.int32(): IntegerType(), pa.float64(): DoubleType()}


def corrected(
    df: DataFrame,
    *,
    column: str,
    options: Mapping[str, Any] | Corrector | None = None,
    result: str = "corrected",
) -> DataFrame:
    """Correct a column of a frame; a row is a document.

    Args:
        df: The frame.
        column: Name of the column with the strings.
        options: As for `ArrayCorrector`.
        result: Name of the new column.
    Returns:
        The frame with the column `result`, of the type `thaifix.arrow.CORRECTION`.
    Raises:
        KeyError: If there is no such column, or several.
        ValueError: If there is a column `result` already.
        TypeError, ModelError, LexiconError: As `ArrayCorrector`.
    Nothing is corrected before Spark needs the result.
    """
    corrector = ArrayCorrector(options)
    if df.columns.count(column) != 1:
        raise KeyError(f"{df.columns.count(column)} columns {column!r}: {', '.join(df.columns)}")
    if result in df.columns:
        raise ValueError(f"there is a column {result!r} already: name another for the result")

    def correct(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield corrector.append(batch, column, result=result)

    schema = StructType([*df.schema.fields, StructField(result, _type(CORRECTION))])
    return df.mapInArrow(correct, schema)


def _type(type_: pa.DataType) -> DataType:
    """The type of Spark for one of Arrow."""
    if pa.types.is_struct(type_):
        return StructType([StructField(field.name, _type(field.type)) for field in type_])
    if pa.types.is_list(type_):
        return ArrayType(_type(type_.value_type))
    return _PLAIN[type_]
