"""Arrow IPC, as a file or as a stream; see `thaifix.formats.tables.base`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from thaifix.formats.tables.base import Table

if TYPE_CHECKING:
    import pyarrow as pa

_MAGIC = b"ARROW1"


def _read(file: IO[bytes]) -> tuple[pa.Schema, Iterator[pa.Table], bool]:
    import pyarrow as pa

    is_file = file.read(len(_MAGIC)) == _MAGIC
    file.seek(0)
    if is_file:
        opened = pa.ipc.open_file(file)
        batches = (opened.get_batch(number) for number in range(opened.num_record_batches))
        return opened.schema, (pa.Table.from_batches([batch]) for batch in batches), True
    stream = pa.ipc.open_stream(file)
    return stream.schema, (pa.Table.from_batches([batch]) for batch in stream), False


def _write(file: IO[bytes], schema: pa.Schema, is_file: bool) -> Any:
    import pyarrow as pa

    return pa.ipc.new_file(file, schema) if is_file else pa.ipc.new_stream(file, schema)


_FORMAT = Table(_read, _write)
correct, text, revert, digest = _FORMAT.correct, _FORMAT.text, _FORMAT.revert, _FORMAT.digest
