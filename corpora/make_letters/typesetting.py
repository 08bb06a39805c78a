"""Texts set on white A4 pages, lines broken at word ends."""

from __future__ import annotations

from fonts import Face, Setter
from PIL import Image, ImageDraw
from pythainlp.tokenize import word_tokenize

DPI = 300
"""Dots per inch of a page before it is degraded; Tesseract's documentation asks for 300 or more."""

_A4 = (8.27, 11.69)
"""Width and height in inches (ISO 216)."""

_MARGIN = DPI
"""Pixels on each side: an inch."""

_MOST_LINES = 36
"""Lines of a page; by judgement: what a letter has."""

_CLOSING = frozenset("”)ๆฯ.,:")
"""Signs that do not begin a line."""


def typeset(text: str, face: Face) -> tuple[Image.Image, str]:
    """Set a text that has a paragraph on each line.

    Returns:
        The page as a grey image of `DPI` dots per inch, and the text as set, with a line for each
        line of the page.
    Raises:
        ValueError: If the text has more lines than a page holds.
    """
    width, height = (round(side * DPI) for side in _A4)
    setter = Setter(face)
    lines = [
        line
        for paragraph in text.splitlines()
        for line in _wrap(paragraph, setter, width - 2 * _MARGIN)
    ]
    step = round(face.size * face.leading)
    if len(lines) > _MOST_LINES or _MARGIN + step * len(lines) > height:
        raise ValueError(f"{len(lines)} lines in {face.family} do not fit: shorten the text")
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        setter.draw(draw, _MARGIN, _MARGIN + step * (row + 1), line)
    return image, "\n".join(lines) + "\n"


def _wrap(paragraph: str, setter: Setter, width: int) -> list[str]:
    """Break a paragraph into lines without spaces at their ends; `width` in pixels."""
    lines: list[str] = []
    line = ""
    for word in word_tokenize(paragraph, engine="newmm", keep_whitespace=True):
        joined = line + word
        closing = word[:1] in _CLOSING or word[:1].isdigit()
        if line and not closing and setter.width(joined.rstrip()) > width:
            lines.append(line.strip())
            joined = word
        line = joined
    if line.strip():
        lines.append(line.strip())
    return lines
