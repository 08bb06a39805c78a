"""The fonts that pages are set in: Debian's, and Sarabun from the npm registry."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PIL import ImageDraw, ImageFont

NPM = Path(__file__).parents[2] / "build" / "fonts" / "node_modules"
"""Where `make corpora` puts the npm packages."""


class Face(NamedTuple):
    """A font face and how it is set.

    Attributes:
        family: Its name, for fontconfig and in the records.
        size: Size in pixels at 300 dots per inch.
        leading: Distance from base line to base line, in sizes. Tight: where it is wide, Tesseract
            reads a row of marks as a line of its own.
        files: Of an npm package, the files that together hold its glyphs; Debian's are found by
            fontconfig.
    """

    family: str
    size: int
    leading: float
    files: tuple[str, ...] = ()


FACES = (
    Face("Norasi", 62, 1.28),
    Face("Laksaman", 64, 1.3),
    Face("Umpush", 58, 1.35),
    Face("Noto Serif Thai", 54, 1.42),
    Face("Sarabun", 56, 1.35, (
        "@fontsource/sarabun/files/sarabun-thai-400-normal.woff",
        "@fontsource/sarabun/files/sarabun-latin-400-normal.woff",
    )),
    Face("Waree", 52, 1.45),
    Face("Noto Sans Thai", 54, 1.42),
    Face("Tlwg Typo", 60, 1.3),
)  # fmt: skip
"""The faces, in the order in which they are taken.

Sizes and leadings are by judgement: texts of 1,500 code points fit on a page.
"""

FALLBACK = Face("Noto Sans", 54, 1.42)
"""For glyphs that a face lacks, as a word processor would."""


def paths(face: Face) -> list[Path]:
    """Find the files of a face.

    Raises:
        FileNotFoundError: If it is not installed; the message says what to do.
    """
    if face.files:
        found = [NPM / name for name in face.files]
        missing = [path for path in found if not path.exists()]
        if missing:
            raise FileNotFoundError(f"{missing[0]} is missing: run make corpora")
        return found
    answer = subprocess.run(
        ["fc-match", "--format=%{family}\n%{file}", f"{face.family}:style=Regular"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    if face.family not in answer[0].split(","):
        raise FileNotFoundError(
            f"font {face.family} is missing: install fonts-thai-tlwg and fonts-noto-core"
        )
    return [Path(answer[1])]


@cache
def coverage(path: Path) -> frozenset[int]:
    """List the code points that a font file has glyphs for.

    Raises:
        subprocess.CalledProcessError: If `fc-query` cannot read the file.
    """
    ranges = subprocess.run(
        ["fc-query", "--format=%{charset}", str(path)], capture_output=True, text=True, check=True
    ).stdout.split()
    covered: set[int] = set()
    for item in ranges:
        first, _, last = item.partition("-")
        covered.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(covered)


class Setter:
    """Measures and draws lines in a face, each glyph from the first file that has it."""

    def __init__(self, face: Face) -> None:
        """Load the files of a face.

        Raises:
            FileNotFoundError: If it is not installed.
        """
        files = [*paths(face), *paths(FALLBACK)]
        self._covered = [coverage(file) for file in files]
        self._fonts = [
            ImageFont.truetype(str(file), face.size, layout_engine=ImageFont.Layout.RAQM)
            for file in files
        ]

    def _font(self, letter: str) -> int:
        last = len(self._fonts) - 1
        return next((i for i, has in enumerate(self._covered) if ord(letter) in has), last)

    def _runs(self, line: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """Split a line into runs of one file each."""
        for font, run in groupby(line, self._font):
            yield self._fonts[font], "".join(run)

    def width(self, line: str) -> float:
        """Measure a line without line breaks, in pixels."""
        return sum(font.getlength(run) for font, run in self._runs(line))

    def draw(self, canvas: ImageDraw.ImageDraw, left: float, base: float, line: str) -> None:
        """Draw a line, its base line `base` pixels from the top."""
        for font, run in self._runs(line):
            canvas.text((left, base), run, font=font, fill=0, anchor="ls", language="th")
            left += font.getlength(run)
