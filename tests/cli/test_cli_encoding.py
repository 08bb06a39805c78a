"""Files are UTF-8, whatever the locale: no command opens one with the encoding of the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import OBSERVED, shell

from thaifix.noise.engines import load

STRICT = (
    "export PYTHONWARNDEFAULTENCODING=1 "
    "PYTHONWARNINGS=\"error:'encoding' argument not specified:EncodingWarning\"\n"
)
LINES = [
    "thaifix --edits log --lexicon terms.txt --keep terms.txt page.txt >out && "
    "thaifix revert log out",
    "thaifix series page.txt >table && thaifix apply table page.txt && "
    "thaifix apply table --learn own",
    "thaifix corrupt --engine own.json --rate 0.1 page.txt",
    "thaifix evaluate page.txt page.txt --correct --html report.html",
    "thaifix lexicon check terms.tsv && thaifix lexicon diff terms.tsv terms.tsv && "
    "thaifix lexicon merge terms.tsv terms.txt && thaifix lexicon show สำนักงานเขต && "
    "thaifix lexicon mine page.txt",
    "thaifix archive page.txt --to target && thaifix archive status target && "
    "thaifix archive verify target && thaifix archive report target --html report.html",
]


@pytest.mark.parametrize("line", LINES, ids=[line.partition(" ")[2][:12] for line in LINES])
def test_no_encoding_is_left_to_the_locale(line: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(f"{OBSERVED}\n" * 9, "utf-8")
    (tmp_path / "terms.txt").write_text("กรมพิทักษ์ผึ้งหลวง\n", "utf-8")
    (tmp_path / "terms.tsv").write_text("term\tid\ttype\nกรมพิทักษ์ผึ้ง\tx-1\tbody\n", "utf-8")
    load("vlm").write(tmp_path / "own.json")
    done = shell(STRICT + line, tmp_path)
    assert done.returncode == 0, done.stderr.decode()
