"""Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from thaifix.formats.fields import ORIGINAL
from thaifix.formats.tables.base import TableFormat

if TYPE_CHECKING:
    import pyarrow as pa

_USUAL_COMPRESSION = "SNAPPY"  # what pyarrow writes where nothing is said


class Parquet(TableFormat[dict[str, str]]):
    """Parts are row groups; a writer is told the compression of each column, by its path."""

    def read(self, file: IO[bytes]) -> tuple[pa.Schema, Iterator[pa.Table], dict[str, str]]:
        """Open a file."""
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

    def writer(self, file: IO[bytes], schema: pa.Schema, about: dict[str, str]) -> Any:
        """Open a writer; the originals are compressed as their column is."""
        import pyarrow.parquet as pq

        compression = dict.fromkeys(schema.names, _USUAL_COMPRESSION)
        for path, codec in about.items():
            name, dot, rest = path.partition(".")
            compression[f"{name}{ORIGINAL}{dot}{rest}"] = codec
        return pq.ParquetWriter(file, schema, compression=compression | about)
