"""The texts that the benchmark measures on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "corpora" / "official-letters" / "test.jsonl",)
CLEAN = tuple(sorted((ROOT / "corpora" / "clean").glob("*.txt")))
MEMO = ROOT / "corpora" / "nhrct-memo" / "observed.txt"


def read_pages(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read records, one JSON object a line, with the keys `id`, `ocr` and `gold` at least.

    Raises:
        ValueError: If a line is no JSON, or a record lacks a key.
    """
    records = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                record = json.loads(line)
                if missing := {"id", "ocr", "gold"} - record.keys():
                    raise ValueError(f"{path}, line {number}: no {', '.join(sorted(missing))}")
                records.append(record)
    return records


def read_clean(paths: Sequence[Path]) -> dict[str, str]:
    """Read files of correct text, by name."""
    return {path.name: path.read_bytes().decode() for path in paths}
