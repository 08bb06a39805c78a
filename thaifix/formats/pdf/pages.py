"""Which pages of a PDF have a text of their own, as a word processor prints it, and that text."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from thaifix.errors import FormatError
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

_FEWEST_LETTERS = 30
"""Visible letters from which a page has a text of its own: by judgement, more than a stamp with a
number and a date has on a scanned page.
"""
_DEPTH = 8
"""Forms inside forms that are looked into: by judgement, as PDFium is asked by default to go 2."""


def pages_with_text(path: Path, name: str) -> list[bool]:
    """Tell for each page whether it has a visible text; that of a scan's layer is invisible.

    Args:
        path: The PDF.
        name: Its name, for messages.
    Raises:
        FormatError: If it is encrypted or damaged.
    """
    with _opened(path, name) as pdf:
        return [_letters(page) >= _FEWEST_LETTERS for page in pdf]


def own_text(path: Path, name: str, page: int) -> str:
    """Give the text that a page has, its letters in the order and spelling of Thai.

    Poppler's `pdftotext` reads it if it is installed, since it knows best what a PDF says of its
    letters (`ActualText`), else PDFium.

    Args:
        path: The PDF.
        name: Its name, for messages.
        page: Its number, from 0.
    Returns:
        A line for each of the page's; what PDF writers do to sara am and marks is undone.
    """
    text = _read_by_poppler(path, page)
    if text is None:
        with _opened(path, name) as pdf:
            text = pdf[page].get_textpage().get_text_range()
    text = text.replace("\r\n", "\n").rstrip() + "\n"
    return apply(text, normalize(text))


def _read_by_poppler(path: Path, page: int) -> str | None:
    if not (program := which("pdftotext")):
        return None
    number = str(page + 1)
    done = subprocess.run(
        [program, "-q", "-enc", "UTF-8", "-f", number, "-l", number, str(path), "-"],
        capture_output=True, check=False,
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def _letters(page: Any) -> int:
    """How many letters of a page can be seen; no more are counted than matter."""
    from pypdfium2 import raw

    letters, textpage = 0, page.get_textpage()
    for found in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH):
        if raw.FPDFTextObj_GetTextRenderMode(found) != raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            size = raw.FPDFTextObj_GetText(found, textpage, None, 0)  # bytes of UTF-16, with a zero
            letters += max(0, size // 2 - 1)
        if letters >= _FEWEST_LETTERS:
            break
    return letters


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Any]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FormatError(
                f"{name}: is encrypted. Take the password off first: qpdf --decrypt"
            ) from error
        raise FormatError(f"{name}: is no PDF, or a damaged one. Get an undamaged copy") from error
    try:
        yield pdf
    finally:
        pdf.close()
