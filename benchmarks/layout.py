"""Pages with layout, corrected in place, against their plain text.

    python benchmarks layout [FOLDER] [--quiet]

FOLDER holds pages as hOCR (*.hocr), ALTO (*.xml) and text (*.txt) of the same names, as
`tesseract page.png page hocr alto txt` writes them; by default, tests/data. For each format:

- letters: how many of the corrected plain text the corrected page has, line by line, without
  spaces, and the lines that differ, unless --quiet;
- gaps: places between letters where only one of both texts has a space, before correction;
- boxes: whether the corrected pages have the very same ones, in the same order;
- reverted: how many pages come back byte for byte from the corrected file alone;
- time: CPU seconds of correcting pages, as a multiple of those of correcting the text of them. Each
  is measured once, in a process of its own, since a corrector remembers what it has seen.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from thaifix import Corrector, formats

FORMATS = {"hocr": ".hocr", "alto": ".xml"}
"""The formats that are measured, with the ends of their files' names."""

WARMING = "เมือวันที ๕ มิถุนายน คณะกรรมการได้ทํางาน\n" * 2
"""A text that is corrected before time is taken: what is loaded once does not count."""

_BOX = re.compile(rb"""bbox [\d ]+|\b(?:HPOS|VPOS|WIDTH|HEIGHT)=["'][^"']*""")


def corrected(corrector: Corrector, format_: str, data: bytes) -> bytes:
    """Correct a file."""
    written: list[bytes] = []
    formats.correct(format_, [data], corrector, written.append)
    return b"".join(written)


def text_of(format_: str, data: bytes) -> str:
    """Give the plain text of a file."""
    return "".join(formats.text(format_, [data]))


def seconds(format_: str, pages: list[bytes]) -> float:
    """Measure the CPU time of correcting pages, in a fresh process."""
    corrector = Corrector()
    corrector.correct(WARMING)
    text_of(format_, pages[0])  # loads what it needs
    start = time.process_time()
    for page in pages:
        formats.correct(format_, [page], corrector, lambda data: None)
    return time.process_time() - start


def apart(function: Callable[[str, list[bytes]], float], format_: str, pages: list[bytes]) -> float:
    """Call a function in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, format_, pages).result()


def spaces(line: str) -> set[int]:
    """Where spaces are, in letters from the line's beginning; margins are left out."""
    letters, found = 0, set()
    for letter in line.strip():
        if letter == " ":
            found.add(letters)
        else:
            letters += 1
    return found


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parent.parent / "tests" / "data"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--quiet", action="store_true", help="do not show lines that differ")
    arguments = parser.parse_args()
    corrector = Corrector()
    for format_, suffix in FORMATS.items():
        paths = [
            path
            for path in sorted(arguments.folder.glob(f"*{suffix}"))
            if path.with_suffix(".txt").exists()
        ]
        letters = same = lines = equal = gaps = boxes = reverted = 0
        for path in paths:
            data, plain = path.read_bytes(), path.with_suffix(".txt").read_bytes()
            result = corrected(corrector, format_, data)
            for one, other in zip(
                plain.decode().split("\n"), text_of(format_, data).split("\n"), strict=False
            ):
                gaps += len(spaces(one) ^ spaces(other))
            for number, (one, other) in enumerate(
                zip(
                    corrected(corrector, "text", plain).decode().split("\n"),
                    text_of(format_, result).split("\n"),
                    strict=False,
                ),
                1,
            ):
                bare, other_bare = one.replace(" ", ""), other.replace(" ", "")
                distance = Levenshtein.distance(bare, other_bare)
                letters += len(bare)
                same += len(bare) - distance
                lines += 1
                equal += not distance
                if distance and not arguments.quiet:
                    print(f"{path.name}:{number}: {distance}\n  text  {one}\n  {format_:5} {other}")
            boxes += _BOX.findall(data) == _BOX.findall(result)
            back: list[bytes] = []
            formats.revert(format_, [result], back.append)
            reverted += b"".join(back) == data
        if not paths:
            continue
        pages = [path.read_bytes() for path in paths]
        texts = [text_of(format_, page).encode() for page in pages]
        ratio = apart(seconds, format_, pages) / apart(seconds, "text", texts)
        print(
            f"{format_}: {len(paths)} pages; letters equal {same:,} of {letters:,} "
            f"({100 * same / letters:.2f} %), lines {equal:,} of {lines:,}; gaps read otherwise "
            f"{gaps:,}; boxes the same {boxes}; reverted {reverted}; time {ratio:.1f} ×"
        )
