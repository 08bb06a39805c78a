"""Spaces of pages with layout against the intended text.

    python benchmarks spaces [PAGES …]

PAGES are folders or tar archives, by default the layouts of `corpora/official-letters`. They hold
pages as hOCR (*.hocr) or ALTO and PAGE XML (*.xml), and for each the intended text, whose name is
that of the page up to its first point with `.gold.txt` behind it. What `thaifix text` gives is
aligned with that, line ends and spaces left out, and the places between two letters that are right
are counted:

- false: where the page has no space, and a space was read;
- lost: where the page has a space, and none was read.

Both are given by format, and with `--by FIELD` by a part of the pages' names between hyphens, from
0: of `dev-Loma-scan.tha.hocr`, 1 is the typeface.
"""

from __future__ import annotations

import argparse
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from thaifix import formats

LAYOUTS = Path(__file__).parent.parent / "corpora" / "official-letters"
GOLD = ".gold.txt"


@dataclass
class SpaceCounts:
    """What is counted over pages.

    Attributes:
        none, false: Places without a space, and those of them that were read with one.
        spaces, lost: Places with a space, and those of them that were read without.
    """

    none: int = 0
    false: int = 0
    spaces: int = 0
    lost: int = 0

    def add(self, read: str, intended: str) -> None:
        """Count the places of a page."""
        letters, gaps = taken_apart(read)
        right_letters, right_gaps = taken_apart(intended)
        for block in Levenshtein.opcodes(letters, right_letters):
            if block.tag != "equal":
                continue
            for at in range(1, block.src_end - block.src_start):
                gap, right = gaps[block.src_start + at], right_gaps[block.dest_start + at]
                if "\n" in gap + right:
                    continue
                self.spaces += right != ""
                self.lost += gap == "" != right
                self.none += right == ""
                self.false += gap != "" == right

    def __str__(self) -> str:
        """Both shares, in percent."""
        false, lost = self.false / max(self.none, 1), self.lost / max(self.spaces, 1)
        return (
            f"false {self.false:6,} of {self.none:9,} ({100 * false:5.2f} %)   "
            f"lost {self.lost:6,} of {self.spaces:7,} ({100 * lost:4.1f} %)"
        )


def taken_apart(text: str) -> tuple[str, list[str]]:
    """Divide a text into its letters and the white space before each; sara am is two letters."""
    letters, gaps, gap = [], [], ""
    for letter in text.replace("\N{THAI CHARACTER SARA AM}", "\u0e4d\u0e32"):
        if letter.isspace():
            gap += "\n" if letter in "\n\f" else " "
        else:
            letters.append(letter)
            gaps.append(gap)
            gap = ""
    return "".join(letters), gaps


def files(pages: Path) -> Iterator[tuple[str, bytes]]:
    """Give the names and bytes of the files of a folder or tar archive."""
    if pages.is_dir():
        for path in sorted(pages.iterdir()):
            if path.suffix in (".hocr", ".xml", ".txt"):
                yield path.name, path.read_bytes()
        return
    with tarfile.open(pages) as tar:
        for entry in tar:
            if held := tar.extractfile(entry):
                yield entry.name, held.read()


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pages", type=Path, nargs="*", default=sorted(LAYOUTS.glob("*.tar.xz")))
    parser.add_argument("--by", type=int, metavar="FIELD", help="count by a part of the names")
    options = parser.parse_args()
    for pages in options.pages:
        held = dict(files(pages))
        counts = defaultdict[str, SpaceCounts](SpaceCounts)
        for name, data in held.items():
            gold = held.get(name.partition(".")[0] + GOLD)
            if gold is None or name.endswith(".txt"):
                continue
            format_ = formats.detect(data)
            read = "".join(formats.text(format_, [data], name=name))
            part = [] if options.by is None else name.partition(".")[0].split("-")[options.by :][:1]
            counts[" ".join([format_, *part])].add(read, gold.decode())
        for group, count in sorted(counts.items()):
            print(f"{pages.name:20} {group:20} {count}")
