"""A small file of each format, with letters that `replacements.Substitutions` replaces."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from replacements import NIKHAHIT_AA

DATA = Path(__file__).parent / "data"
RECORDS = (
    '{"id": 1, "text": "ส' + NIKHAHIT_AA + 'คัญ \\"ก\\"", "z": {"text": "ท' + NIKHAHIT_AA + '"}}\r\n'
    '{"id":2,"text":"\\u0e17\\u0e4d\\u0e32\\ud83d\\ude00"}\n\n{"id":3,"text":null}'
).encode()
TABLE = pa.table({"id": [1, 2, 3], "text": ["ส" + NIKHAHIT_AA, None, "ดี"]})


def parquet(table: pa.Table, **options: object) -> bytes:
    """Write a table as Parquet, two rows a group."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **{"row_group_size": 2, **options})
    return buffer.getvalue()


def arrow(table: pa.Table, *, stream: bool = False) -> bytes:
    """Write a table as Arrow, two rows a batch."""
    buffer = io.BytesIO()
    opened: Any = pa.ipc.new_stream if stream else pa.ipc.new_file
    with opened(buffer, table.schema) as writer:
        writer.write_table(table, 2)
    return buffer.getvalue()


MARKED_UP = {
    "tesseract.hocr": "hocr",
    "ocropus.html": "hocr",
    "tesseract.xml": "alto",
    "abbyy-2.xml": "alto",
    "kraken-4.xml": "alto",
    "escriptorium-4.xml": "alto",
    "transkribus-2013.xml": "page",
    "ocrd-2019.xml": "page",
    "transkribus-table-2013.xml": "page",
    "escriptorium-2019.xml": "page",
}
FILES = {name: (format_, (DATA / name).read_bytes()) for name, format_ in MARKED_UP.items()} | {
    "text": ("text", f"ท{NIKHAHIT_AA}งาน\n".encode()),
    "records": ("jsonl", RECORDS),
    "parquet": ("parquet", parquet(TABLE)),
    "arrow file": ("arrow", arrow(TABLE)),
    "arrow stream": ("arrow", arrow(TABLE, stream=True)),
}
