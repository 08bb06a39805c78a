"""Arrow IPC, as a file or as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from thaifix.formats.tables.base import TableFormat

if TYPE_CHECKING:
    import pyarrow as pa

_MAGIC = b"ARROW1"


class Arrow(TableFormat[bool]):
    """Parts are record batches; a writer is told whether to write a file, or a stream."""

    def read(self, file: IO[bytes]) -> tuple[pa.Schema, Iterator[pa.Table], bool]:
        """Open a file."""
        import pyarrow as pa

        is_file = file.read(len(_MAGIC)) == _MAGIC
        file.seek(0)
        if is_file:
            opened = pa.ipc.open_file(file)
            batches = (opened.get_batch(number) for number in range(opened.num_record_batches))
        else:
            batches = opened = pa.ipc.open_stream(file)
        return opened.schema, (pa.Table.from_batches([batch]) for batch in batches), is_file

    def writer(self, file: IO[bytes], schema: pa.Schema, about: bool) -> Any:
        """Open a writer."""
        import pyarrow as pa

        options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        return (pa.ipc.new_file if about else pa.ipc.new_stream)(file, schema, options=options)
