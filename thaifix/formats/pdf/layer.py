"""Sara am in a text layer: one letter again, so that a search finds it.

The layer that OCRmyPDF writes is shaped by HarfBuzz, which draws sara am (U+0E33) as two glyphs,
nikhahit and sara aa, as Thai fonts want it. Who copies the text, or searches in it, gets two code
points then (U+0E4D U+0E32), and `สำนักงาน` is not found. Both glyphs become one here, with the shape
of sara aa: the layer is invisible, and nikhahit takes no room.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf

_NIKHAHIT, _SARA_AA, _SARA_AM = "0E4D", "0E32", "0E33"
_ENTRY = re.compile(r"<([0-9A-Fa-f]{4})>\s+<([0-9A-Fa-f]{4})>")
_BLOCK = "1 beginbfchar\n<{code:04X}> <{letter}>\nendbfchar\nendcmap"


def join_sara_am(path: Path) -> bool:
    """Make one letter of sara am in the text of a PDF, in place.

    Returns:
        Whether anything changed; the file is not touched otherwise.
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fonts: dict[tuple[int, int], _Font | None] = {}
        changed = False
        for form in pdf.objects:
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                changed |= _join_in(pdf, form, fonts)
        for page in pdf.pages:
            changed |= _join_in(pdf, page.obj, fonts)
        if changed:
            pdf.save(path)
    return changed


class _Font:
    """A font whose text has nikhahit and sara aa, each by its code of two bytes."""

    def __init__(self, font: Any, cmap: str, codes: dict[str, int]) -> None:
        self._font, self._cmap = font, cmap
        self._aa = codes[_SARA_AA]
        self._am = max(codes.values()) + 1
        self._pair = bytes.fromhex(f"{codes[_NIKHAHIT]:04X}{self._aa:04X}")
        self._used = False

    def join(self, text: bytes) -> bytes:
        """Put one code for the two."""
        joined, at = bytearray(), 0
        while at < len(text):
            if text[at : at + 4] == self._pair:
                joined += self._am.to_bytes(2)
                at += 4
                self._used = True
            else:
                joined += text[at : at + 2]
                at += 2
        return bytes(joined)

    def finish(self, pdf: pikepdf.Pdf) -> None:
        """Teach the font the new code, if it is used: its letter, shape and width."""
        if not self._used:
            return
        self._used = False
        block = _BLOCK.format(code=self._am, letter=_SARA_AM)
        if f"<{self._am:04X}>" in self._cmap:
            return
        self._cmap = self._cmap.replace("endcmap", block, 1)
        self._font.ToUnicode = pdf.make_stream(self._cmap.encode("ascii"))
        inner = self._font.DescendantFonts[0]
        shapes = inner.get("/CIDToGIDMap")
        if isinstance(shapes, pikepdf.Stream):
            glyphs = bytearray(shapes.read_bytes()).ljust(2 * self._am, b"\0")[: 2 * self._am]
            glyphs += glyphs[2 * self._aa : 2 * self._aa + 2]
            inner.CIDToGIDMap = pdf.make_stream(bytes(glyphs))
        width = _width(inner, self._aa)
        if width is not None:
            inner.W = pikepdf.Array([*inner.get("/W", []), self._am, pikepdf.Array([width])])


def _join_in(pdf: pikepdf.Pdf, content: Any, fonts: dict[tuple[int, int], _Font | None]) -> bool:
    """Make one letter of sara am in a page or a form."""
    named = _fonts(content.get("/Resources"), fonts)
    if not any(named.values()):
        return False
    font: _Font | None = None
    found = False
    instructions: list[Any] = []
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator == "Tf":
            font = named.get(str(instruction.operands[0]))
        elif font and operator == "Tj":
            before = bytes(instruction.operands[0])
            if (after := font.join(before)) != before:
                found = True
                instructions.append(([pikepdf.String(after)], instruction.operator))
                continue
        instructions.append(instruction)
    if found:
        data = pikepdf.unparse_content_stream(instructions)
        if isinstance(content, pikepdf.Stream):
            content.write(data)
        else:
            content.Contents = pdf.make_stream(data)
        for one in filter(None, named.values()):
            one.finish(pdf)
    return found


def _fonts(resources: Any, known: dict[tuple[int, int], _Font | None]) -> dict[str, _Font | None]:
    """The fonts of a page by name; None for those without both letters."""
    if resources is None or "/Font" not in resources:
        return {}
    found = {}
    for name, font in resources.Font.items():
        key = font.objgen
        if key == (0, 0) or key not in known:
            known[key] = _font(font)
        found[name] = known[key]
    return found


def _font(font: Any) -> _Font | None:
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        return None
    if "/ToUnicode" not in font:
        return None
    cmap = font.ToUnicode.read_bytes().decode("ascii", "replace")
    codes = {letter.upper(): int(code, 16) for code, letter in _ENTRY.findall(cmap)}
    if _NIKHAHIT not in codes or _SARA_AA not in codes or max(codes.values()) >= 0xFFFF:
        return None
    return _Font(font, cmap, codes)


def _width(font: Any, code: int) -> Any:
    """The width of a glyph, if the font's table has it as one of a row."""
    widths = list(font.get("/W", []))
    at = 0
    while at + 1 < len(widths):
        first = int(widths[at])
        if isinstance(widths[at + 1], pikepdf.Array):
            row = list(widths[at + 1])
            if first <= code < first + len(row):
                return row[code - first]
            at += 2
        else:
            if first <= code <= int(widths[at + 1]):
                return widths[at + 2]
            at += 3
    return None
