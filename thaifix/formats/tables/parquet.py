"""Parquet; see `thaifix.formats.tables.base`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from thaifix.formats.fields import ORIGINAL
from thaifix.formats.tables.base import Table

if TYPE_CHECKING:
    import pyarrow as pa


def _read(file: IO[bytes]) -> tuple[pa.Schema, Iterator[pa.Table], dict[str, str]]:
    import pyarrow.parquet as pq

    parquet = pq.ParquetFile(file)
    groups = iter(range(parquet.num_row_groups))
    # Damaged metadata of columns end the process, unless reading them has failed before.
    first = [parquet.read_row_group(group) for group in islice(groups, 1)]
    compression: dict[str, str] = {}
    if first:
        group = parquet.metadata.row_group(0)
        for number in range(group.num_columns):
            column = group.column(number)
            codec = column.compression
            compression[column.path_in_schema] = "NONE" if codec == "UNCOMPRESSED" else codec
    rest = (parquet.read_row_group(group) for group in groups)
    return parquet.schema_arrow, chain(first, rest), compression


def _write(file: IO[bytes], schema: pa.Schema, compression: dict[str, str]) -> Any:
    import pyarrow.parquet as pq

    compression = {
        name: compression.get(name, compression.get(name.removesuffix(ORIGINAL), "SNAPPY"))
        for name in [*compression, *schema.names]
    }
    return pq.ParquetWriter(file, schema, compression=compression)


_FORMAT = Table(_read, _write)
correct, text, revert, digest = _FORMAT.correct, _FORMAT.text, _FORMAT.revert, _FORMAT.digest
