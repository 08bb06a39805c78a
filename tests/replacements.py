"""A source of documents that replaces strings, so that tests of formats know what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from thaifix import formats
from thaifix.formats import FormatOptions
from thaifix.stream.filter import NO_FAMILIES, Piece, Stats
from thaifix.text.edit import Correction, Edit, apply

NIKHAHIT_AA, AM = (
    "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}",
    "\N{THAI CHARACTER SARA AM}",
)


class Substitutions:
    """Replaces strings by others, the longest first; by default nikhahit and aa by am."""

    adapted = 0
    families = NO_FAMILIES

    def __init__(self, replacements: dict[str, str] | None = None) -> None:
        self._replacements = {NIKHAHIT_AA: AM} if replacements is None else replacements
        longest_first = sorted(self._replacements, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def document(self) -> Substitutions:
        return self

    def correct(self, text: str, /) -> Correction:
        edits = tuple(
            Edit(*match.span(), self._replacements[match[0]], reason="test", observed=match[0])
            for match in self._pattern.finditer(text)
        )
        return Correction(text, apply(text, edits), edits)


def corrected(
    format_: str,
    data: bytes,
    replacements: dict[str, str] | None = None,
    *,
    options: FormatOptions | None = None,
    watch: Callable[[Piece], object] = lambda piece: None,
) -> tuple[bytes, Stats]:
    """Correct a file of a format."""
    written: list[bytes] = []
    source = Substitutions(replacements)
    stats = formats.correct(
        format_, [data], source, written.append, options=options, name="file", watch=watch
    )
    return b"".join(written), stats


def reverted(format_: str, data: bytes) -> bytes:
    """Give a corrected file of a format back as it was."""
    written: list[bytes] = []
    formats.revert(format_, [data], written.append)
    return b"".join(written)


def text_of(format_: str, data: bytes) -> str:
    """Give the plain text of a file of a format."""
    return "".join(formats.text(format_, [data]))


def parsed(data: bytes) -> Any:
    """Parse a file of XML as another library does; types are of no help with trees."""
    return etree.fromstring(data)
