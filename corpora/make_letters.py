"""Typeset the letters, degrade the images and read them with Tesseract.

Every text in ``letters/`` becomes one page: wrapped at word ends, drawn with
Pillow (Raqm shaping), degraded by one of four presets, and read by
``tesseract --psm 6``.  The result is ``letters.jsonl``: one JSON object a line
with the keys id, source, font, preset, engine, ocr and gold, where gold is the
intended text with the line breaks of the page.

Everything random is drawn from a generator seeded with the page's id, so two
runs with the same fonts and the same Tesseract give the same file.  Images live
in a temporary folder (or ``--images``) and never in the repository.

Needs: tesseract with the languages tha, eng and script/Thai; the Debian fonts
fonts-thai-tlwg and fonts-noto-core; Pillow with libraqm; numpy; pythainlp.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, features
from pythainlp.tokenize import word_tokenize

HERE = Path(__file__).resolve().parent
SIZE_A4_INCHES = (8.27, 11.69)
DRAW_DPI = 300
MARGIN_INCHES = 1.0
MAX_LINES = 36


class Preset(NamedTuple):
    """How one page is degraded.

    Attributes:
        dpi: Resolution of the image Tesseract sees, in dots per inch.
        blur: Radius of the Gaussian blur, in pixels at ``dpi``.
        noise: Standard deviation of the grey noise, in grey levels (0..255).
        skew: Largest rotation either way, in degrees.
        threshold: Grey level above which a pixel turns white; None keeps greys.
        specks: Share of pixels turned black before thresholding (0..1).
    """

    dpi: int
    blur: float
    noise: float
    skew: float
    threshold: int | None
    specks: float


PRESETS = {
    "clean": Preset(300, 0.0, 0.0, 0.0, None, 0.0),
    "scan": Preset(200, 0.6, 9.0, 0.35, None, 0.0),
    "photocopy": Preset(250, 0.9, 26.0, 0.25, 150, 0.0002),
    "fax": Preset(150, 0.35, 12.0, 0.2, 165, 0.0002),
}


class Face(NamedTuple):
    """A font face and how it is set.

    Attributes:
        family: Name given to fontconfig and written to the output.
        file: File name below the system's font folders, if fontconfig fails.
        size: Size in pixels at ``DRAW_DPI``.
        leading: Distance from base line to base line, in sizes.
    """

    family: str
    file: str
    size: int
    leading: float


FACES = (
    Face("Norasi", "Norasi.ttf", 62, 1.28),
    Face("Laksaman", "Laksaman.ttf", 64, 1.3),
    Face("Umpush", "Umpush.ttf", 58, 1.35),
    Face("Noto Serif Thai", "NotoSerifThai-Regular.ttf", 54, 1.42),
    Face("Waree", "Waree.ttf", 52, 1.45),
    Face("Noto Sans Thai", "NotoSansThai-Regular.ttf", 54, 1.42),
    Face("Tlwg Typo", "TlwgTypo.ttf", 60, 1.3),
)
FALLBACK = Face("Noto Sans", "NotoSans-Regular.ttf", 54, 1.42)


class Page(NamedTuple):
    """One page to make: which text, and how it is set, degraded and read."""

    id: str
    source: Path
    face: Face
    preset: str
    engine: str


def font_path(face: Face) -> Path:
    """Find the font file of a face.

    Args:
        face: The face to find.

    Returns:
        The path of the regular cut.

    Raises:
        FileNotFoundError: The font is not installed; the message says which.
    """
    found = subprocess.run(
        ["fc-match", "--format=%{family}\n%{file}", f"{face.family}:style=Regular"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split("\n")
    if len(found) == 2 and face.family in found[0].split(","):
        return Path(found[1])
    for path in sorted(Path("/usr/share/fonts").rglob(face.file)):
        return path
    raise FileNotFoundError(
        f"font {face.family} not found: install fonts-thai-tlwg and fonts-noto-core"
    )


@cache
def coverage(path: Path) -> frozenset[int]:
    """List the code points a font file has glyphs for.

    Args:
        path: The font file.

    Returns:
        The code points.

    Raises:
        subprocess.CalledProcessError: ``fc-query`` cannot read the file.
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
    """Measures and draws lines in a face, with a second font for missing glyphs.

    The Noto fonts for Thai have no full stop, brackets or Latin letters; those
    are drawn in Noto Sans, as a word processor would.
    """

    def __init__(self, face: Face) -> None:
        """Load the fonts of a face.

        Args:
            face: The face to set lines in.
        """
        path = font_path(face)
        self._covered = coverage(path)
        self._fonts = [
            ImageFont.truetype(str(file), face.size, layout_engine=ImageFont.Layout.RAQM)
            for file in (path, font_path(FALLBACK))
        ]

    def _runs(self, line: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """Split a line into runs of one font each."""
        for covered, run in groupby(line, lambda char: ord(char) in self._covered):
            yield self._fonts[0 if covered else 1], "".join(run)

    def width(self, line: str) -> float:
        """Measure a line.

        Args:
            line: Text without line breaks.

        Returns:
            The width in pixels.
        """
        return sum(font.getlength(run) for font, run in self._runs(line))

    def draw(self, canvas: ImageDraw.ImageDraw, left: float, base: float, line: str) -> None:
        """Draw a line.

        Args:
            canvas: What to draw on.
            left: Left edge in pixels.
            base: Base line in pixels from the top.
            line: Text without line breaks.
        """
        for font, run in self._runs(line):
            canvas.text((left, base), run, font=font, fill=0, anchor="ls", language="th")
            left += font.getlength(run)


def wrap(paragraph: str, setter: Setter, width: int) -> list[str]:
    """Break a paragraph into lines at word ends.

    Args:
        paragraph: Text without line breaks.
        setter: Measures the lines.
        width: Width of the text area in pixels.

    Returns:
        The lines, without spaces at their ends.
    """
    lines: list[str] = []
    line = ""
    for word in word_tokenize(paragraph, engine="newmm", keep_whitespace=True):
        joined = line + word
        closing = word[:1] in set("”)ๆฯ.,:") or word[:1].isdigit()
        if line and not closing and setter.width(joined.rstrip()) > width:
            lines.append(line.strip())
            joined = word
        line = joined
    if line.strip():
        lines.append(line.strip())
    return lines


def typeset(text: str, face: Face) -> tuple[Image.Image, str]:
    """Draw a text on a white A4 page.

    Args:
        text: One paragraph a line.
        face: The face to set it in.

    Returns:
        The page as a grey image at ``DRAW_DPI``, and the text as set, one line
        of the page a line.

    Raises:
        ValueError: The text has more lines than a page holds.
    """
    page_width, page_height = (round(side * DRAW_DPI) for side in SIZE_A4_INCHES)
    margin = round(MARGIN_INCHES * DRAW_DPI)
    setter = Setter(face)
    lines = [
        line
        for paragraph in text.splitlines()
        for line in wrap(paragraph, setter, page_width - 2 * margin)
    ]
    step = round(face.size * face.leading)
    if len(lines) > MAX_LINES or 2 * margin + step * len(lines) > page_height + margin:
        raise ValueError(f"{len(lines)} lines in {face.family} do not fit: shorten the text")
    image = Image.new("L", (page_width, page_height), 255)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        setter.draw(draw, margin, margin + step * (row + 1), line)
    return image, "\n".join(lines) + "\n"


def degrade(image: Image.Image, preset: Preset, rng: np.random.Generator) -> Image.Image:
    """Make a drawn page look scanned, copied or faxed.

    Args:
        image: Grey page at ``DRAW_DPI``.
        preset: What to do to it.
        rng: Source of chance.

    Returns:
        A grey image at the preset's resolution.
    """
    if preset.skew:
        angle = float(rng.uniform(-preset.skew, preset.skew))
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if preset.dpi != DRAW_DPI:
        size = (
            round(image.width * preset.dpi / DRAW_DPI),
            round(image.height * preset.dpi / DRAW_DPI),
        )
        image = image.resize(size, resample=Image.Resampling.LANCZOS)
    if preset.blur:
        image = image.filter(ImageFilter.GaussianBlur(preset.blur))
    grey = np.asarray(image, dtype=np.float64)
    if preset.noise:
        grey = grey + rng.normal(0.0, preset.noise, grey.shape)
    if preset.specks:
        grey = np.where(rng.random(grey.shape) < preset.specks, 0.0, grey)
    if preset.threshold is not None:
        grey = np.where(grey > preset.threshold, 255.0, 0.0)
    return Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))


def read(path: Path, engine: str, dpi: int) -> str:
    """Read an image with Tesseract.

    The model script/Thai sets a space between any two clusters unless it is told
    to keep the spaces it sees, as the model tha is by its own configuration.

    Args:
        path: The image.
        engine: Language argument, such as ``tha+eng`` or ``script/Thai``.
        dpi: Resolution of the image in dots per inch.

    Returns:
        The text as Tesseract gives it, without the closing form feed.

    Raises:
        RuntimeError: The language is not installed, or Tesseract failed.
    """
    env = dict(os.environ, OMP_THREAD_LIMIT="1")
    options = ["--psm", "6", "--dpi", str(dpi), "-c", "preserve_interword_spaces=1"]
    for language in (engine, engine.removeprefix("script/")):
        result = subprocess.run(
            ["tesseract", str(path), "-", "-l", language, *options],
            capture_output=True,
            text=True,
            check=False,
            env=env,
        )
        if result.returncode == 0:
            return result.stdout.replace("\f", "").rstrip("\n") + "\n"
    raise RuntimeError(f"tesseract -l {engine} failed: {result.stderr.strip()}")


def pages(texts: list[Path]) -> list[Page]:
    """Plan the pages: every text once in each of two presets.

    Fonts, presets and engines rotate at different paces so that they mix.

    Args:
        texts: The texts, in order.

    Returns:
        The pages, in order.
    """
    presets = list(PRESETS)
    engines = ("tha", "tha+eng", "script/Thai")
    plan: list[Page] = []
    for turn in range(2):
        for row, source in enumerate(texts):
            preset = presets[(row + 2 * turn + row // len(presets)) % len(presets)]
            face = FACES[(row + 3 * turn) % len(FACES)]
            engine = engines[0] if (row + turn) % 3 else engines[1 + (row // 3 + turn) % 2]
            plan.append(Page(f"{source.stem}.{preset}", source, face, preset, engine))
    return plan


def make(page: Page, folder: Path) -> dict[str, str]:
    """Make one page from text to OCR.

    Args:
        page: What to make.
        folder: Where the image goes.

    Returns:
        The JSON object of the page.
    """
    image, gold = typeset(page.source.read_text(encoding="utf-8"), page.face)
    seed = int.from_bytes(hashlib.sha256(page.id.encode()).digest()[:8], "big")
    preset = PRESETS[page.preset]
    path = folder / f"{page.id}.png"
    degrade(image, preset, np.random.default_rng(seed)).save(path)
    return {
        "id": page.id,
        "source": f"letters/{page.source.name}",
        "font": page.face.family,
        "preset": page.preset,
        "engine": page.engine,
        "ocr": read(path, page.engine, preset.dpi),
        "gold": gold,
    }


def main() -> int:
    """Make all pages and write ``letters.jsonl``.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(description="Typeset, degrade and read the letters.")
    parser.add_argument("--output", type=Path, default=HERE / "letters.jsonl")
    parser.add_argument("--images", type=Path, help="keep the page images in this folder")
    parser.add_argument("--jobs", type=int, default=2, help="pages made at a time")
    options = parser.parse_args()
    if not features.check("raqm"):
        print("Pillow lacks Raqm: install libraqm0", file=sys.stderr)
        return 1
    plan = pages(sorted((HERE / "letters").glob("*.txt")))
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.images or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(options.jobs) as pool:
            made = list(pool.map(lambda page: make(page, folder), plan))
    with options.output.open("w", encoding="utf-8", newline="\n") as out:
        for item in made:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
