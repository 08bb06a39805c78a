"""Columns of text against direct calls: time on pages, and the memory that a large file takes.

    python benchmarks columns [PAGES] [--rounds 5] [--parquet MB]

PAGES are JSON lines with a field `ocr`; by default those of corpora/official-letters/dev.jsonl. For
each round, in processes of their own, since a corrector remembers what it has seen:

- overhead: CPU seconds of `thaifix.arrow` on all pages as one array, as a percentage above those of
  `Corrector.correct` page by page; both begin with strings of Python and end with a result that has
  all texts, edits and flags;
- equal: whether both give the same.

With --parquet, a file with so many megabytes of text is made of the pages, each numbered, corrected
batch by batch in a process of its own, and its peak of resident memory is printed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from thaifix import Corrector
from thaifix.arrow import ArrayCorrector

DEFAULT = Path(__file__).parent.parent / "corpora" / "official-letters" / "dev.jsonl"

WARMING = "เมือวันที ๕ มิถุนายน คณะกรรมการได้ทํางาน กรมการปกดรอง\n" * 2
"""A text that is corrected before time is taken: what is loaded once does not count."""

BATCH_ROWS = 1000
"""Rows that are read and corrected at a time; a page has some 5 kB."""

GROUP_ROWS = 10_000
"""Rows of a row group of the file that is made."""

_Result = TypeVar("_Result")


def apart(function: Callable[..., _Result], *given: object) -> _Result:
    """Call a function in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *given).result()


def by_calls(pages: Sequence[str]) -> tuple[float, list[str]]:
    """CPU seconds of direct calls, and the texts."""
    corrector = Corrector()
    corrector.correct(WARMING)
    start = time.process_time()
    corrections = [corrector.correct(page) for page in pages]
    return time.process_time() - start, [correction.text for correction in corrections]


def by_array(pages: Sequence[str]) -> tuple[float, list[str]]:
    """CPU seconds of an array, and the texts."""
    corrector = ArrayCorrector()
    corrector(pa.array([WARMING]))
    start = time.process_time()
    result = corrector(pa.array(pages))
    return time.process_time() - start, result.field("text").to_pylist()


def make(path: Path, pages: Sequence[str], megabytes: float) -> int:
    """Write a Parquet file of pages that are numbered; give its rows."""
    rows = int(megabytes * 1e6 / statistics.mean(len(page.encode()) for page in pages))
    schema = pa.schema([("id", pa.int64()), ("text", pa.string())])
    with pq.ParquetWriter(path, schema) as writer:
        for first in range(0, rows, GROUP_ROWS):
            ids = range(first, min(first + GROUP_ROWS, rows))
            texts = [f"{pages[i % len(pages)]}\nหน้า {i}\n" for i in ids]
            writer.write_table(pa.table({"id": ids, "text": texts}, schema))
    return rows


def correct_file(source: str, target: str) -> tuple[float, float, int]:
    """Correct a file batch by batch: seconds, peak of resident memory in MB, rows."""
    start = time.perf_counter()
    corrector = ArrayCorrector()
    rows = 0
    with pq.ParquetFile(source) as file:
        batches = file.iter_batches(BATCH_ROWS)
        first = corrector.append(next(batches), "text")
        with pq.ParquetWriter(target, first.schema) as writer:
            writer.write_batch(first)
            rows += first.num_rows
            for batch in batches:
                writer.write_batch(corrector.append(batch, "text"))
                rows += batch.num_rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return time.perf_counter() - start, peak, rows


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pages", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parquet", type=float, metavar="MB")
    arguments = parser.parse_args()
    lines = arguments.pages.read_text("utf-8").splitlines()
    pages = [json.loads(line)["ocr"] for line in lines]
    calls, arrays, equal = [], [], True
    for _ in range(arguments.rounds):
        seconds, texts = apart(by_calls, pages)
        calls.append(seconds)
        seconds, others = apart(by_array, pages)
        arrays.append(seconds)
        equal &= texts == others
    ratio = statistics.median(arrays) / statistics.median(calls)
    print(
        f"{len(pages)} pages: calls {statistics.median(calls):.2f} s, "
        f"array {statistics.median(arrays):.2f} s, overhead {100 * (ratio - 1):+.1f} %; "
        f"equal {equal}"
    )
    if arguments.parquet:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "source.parquet")
            made = make(source, pages, arguments.parquet)
            seconds, peak, rows = apart(correct_file, str(source), str(Path(folder, "target")))
            print(
                f"Parquet: {made:,} rows, {arguments.parquet:g} MB of text; {rows:,} rows written "
                f"in {seconds:.0f} s, peak {peak:.0f} MB"
            )


if __name__ == "__main__":
    main()
