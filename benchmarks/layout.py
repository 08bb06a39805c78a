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
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from thaifix import Corrector, formats

FORMATS = {"hocr": ".hocr", "alto": ".xml"}
"""The formats that are measured, with the ends of their files' names."""

WARMING = "เมือวันที ๕ มิถุนายน คณะกรรมการได้ทํางาน\n" * 2
"""A text that is corrected before time is taken: what is loaded once does not count."""

_BOX = re.compile(rb"""bbox [\d ]+|\b(?:HPOS|VPOS|WIDTH|HEIGHT)=["'][^"']*""")


@dataclass
class LayoutCounts:
    """What is counted over the pages of a format.

    Attributes:
        letters, equal_letters: Of the corrected text, and those that the corrected pages have.
        lines, equal_lines: The same of whole lines.
        gaps: Places between letters where only one of both texts has a space, before correction.
        equal_boxes: Pages whose boxes are the same after correction.
        reverted: Pages that come back byte for byte.
    """

    letters: int = 0
    equal_letters: int = 0
    lines: int = 0
    equal_lines: int = 0
    gaps: int = 0
    equal_boxes: int = 0
    reverted: int = 0


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


def compare(corrector: Corrector, format_: str, path: Path, counts: LayoutCounts) -> list[str]:
    """Compare a page with its text, and add to the counts; give the lines that differ."""
    data, plain = path.read_bytes(), path.with_suffix(".txt").read_bytes()
    result = corrected(corrector, format_, data)
    read = zip(plain.decode().split("\n"), text_of(format_, data).split("\n"), strict=False)
    counts.gaps += sum(len(spaces(one) ^ spaces(other)) for one, other in read)
    texts = corrected(corrector, "text", plain).decode(), text_of(format_, result)
    shown = []
    lines = zip(*(text.split("\n") for text in texts), strict=False)
    for number, (one, other) in enumerate(lines, 1):
        bare = one.replace(" ", "")
        distance = Levenshtein.distance(bare, other.replace(" ", ""))
        counts.letters += len(bare)
        counts.equal_letters += len(bare) - distance
        counts.lines += 1
        counts.equal_lines += not distance
        if distance:
            shown.append(f"{path.name}:{number}: {distance}\n  text  {one}\n  {format_:5} {other}")
    counts.equal_boxes += _BOX.findall(data) == _BOX.findall(result)
    back: list[bytes] = []
    formats.revert(format_, [result], back.append)
    counts.reverted += b"".join(back) == data
    return shown


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
        found = sorted(arguments.folder.glob(f"*{suffix}"))
        paths = [path for path in found if path.with_suffix(".txt").exists()]
        if not paths:
            continue
        counts = LayoutCounts()
        for path in paths:
            shown = compare(corrector, format_, path, counts)
            if shown and not arguments.quiet:
                print(*shown, sep="\n")
        pages = [path.read_bytes() for path in paths]
        texts = [text_of(format_, page).encode() for page in pages]
        ratio = apart(seconds, format_, pages) / apart(seconds, "text", texts)
        print(
            f"{format_}: {len(paths)} pages; letters equal {counts.equal_letters:,} of "
            f"{counts.letters:,} ({100 * counts.equal_letters / counts.letters:.2f} %), lines "
            f"{counts.equal_lines:,} of {counts.lines:,}; gaps read otherwise {counts.gaps:,}; "
            f"boxes the same {counts.equal_boxes}; reverted {counts.reverted}; time {ratio:.1f} ×"
        )
