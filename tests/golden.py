"""What the shipped model makes of the public corpora, edit by edit, so that no change goes unseen.

    python -P tests/golden.py        write tests/cases/golden/*.tsv again

A line is an edit or a flag: document, start, end, reason, confidence or "flag", observed text,
replacement or note. Write the files again after an intended change, and read the difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from thaifix import Corrector
from thaifix.correct.options import PROFILES

HERE = Path(__file__).parent
GOLDEN = HERE / "cases" / "golden"
CORPORA = HERE.parent / "corpora"
EVERY = 6
"""Of the pages of the test letters, each so manieth: some of every font and grade."""


def documents() -> Iterator[tuple[str, str]]:
    """Yield name and text: pages, the memo, clean text, and what terms, memory, names need."""
    lines = (CORPORA / "official-letters" / "test.jsonl").read_text("utf-8").splitlines()
    for line in lines[::EVERY]:
        page = json.loads(line)
        yield page["id"], page["ocr"]
    yield "memo", (CORPORA / "nhrct-memo" / "observed.txt").read_bytes().decode()
    yield "stages", (HERE / "data" / "stages.txt").read_text("utf-8")
    for path in sorted((CORPORA / "clean").glob("*.txt")):
        yield path.stem, path.read_bytes().decode()


def found(corrector: Corrector) -> Iterator[str]:
    """Yield a line for each edit and flag in the documents."""
    for name, text in documents():
        correction = corrector.correct(text)
        for e in correction.edits:
            cells = name, e.start, e.end, e.reason, f"{e.confidence:.2f}", e.observed, e.replacement
            yield "\t".join(map(_cell, cells))
        for f in correction.flags:
            cells = name, f.start, f.end, f.reason, "flag", text[f.start : f.end], f.note
            yield "\t".join(map(_cell, cells))


def _cell(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def main() -> None:
    """Write the files."""
    GOLDEN.mkdir(exist_ok=True)
    for profile in PROFILES:
        lines = found(Corrector(profile=profile))
        (GOLDEN / f"{profile}.tsv").write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
