"""Searchable PDF, by way of OCRmyPDF: read anew, corrected, and given a new text layer.

The text layer of a PDF has no places for letters that could be exchanged, and the one that
Tesseract makes of Thai has a space behind nearly every letter. So Tesseract reads the pages once
more (as OCRmyPDF's `--redo-ocr`), what it read is corrected as hOCR, all letters between two spaces
of the page are made one word, and OCRmyPDF puts that under the page. The pages look as before; the
old text layer goes. OCRmyPDF calls this part of its interface experimental; versions 16 and 17 have
it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from thaifix.errors import FormatError
from thaifix.formats.base import Format
from thaifix.formats.layout.hocr import Hocr
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream

_LANGUAGES = ["tha"]
_HANDED_ON = 1 << 20
"""Bytes handed on at a time; by judgement."""


class _PageOfPdf(Hocr):
    """A page as OCRmyPDF lets Tesseract read it."""

    segments = False


class Pdf(Format):
    """PDF; see the module."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Read a PDF anew, and correct what was read; each page is a document."""
        options = replace(options, merge_words=True, originals=False)
        with _read(chunks, texts.name) as (api, folder):
            for page in _pages(folder):
                corrected: list[bytes] = []
                _PageOfPdf().correct([page.read_bytes()], texts, corrected.append, options)
                page.write_bytes(b"".join(corrected))
            result = folder / "corrected.pdf"
            with _reported(texts.name):
                api._hocr_to_ocr_pdf(
                    folder, result, redo_ocr=True, optimize=0, progress_bar=False, use_threads=True
                )
            with result.open("rb") as file:
                while chunk := file.read(_HANDED_ON):
                    write(chunk)

    def text(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
        """Give what Tesseract reads on the pages, with form feeds between them."""
        between = ""
        with _read(chunks, name) as (_, folder):
            for page in _pages(folder):
                yield between
                yield from _PageOfPdf().text([page.read_bytes()], field=field, name=name)
                between = "\f"

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Refuse: a PDF does not keep what it was.

        Raises:
            FormatError: Always.
        """
        raise FormatError(f"{name}: a corrected PDF has not kept what it was. Keep the original")


def _pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.hocr"))


@contextmanager
def _read(chunks: Iterable[bytes], name: str) -> Iterator[tuple[Any, Path]]:
    """Let the pages be read: gives OCRmyPDF's interface, and a folder with an hOCR file a page."""
    try:
        from ocrmypdf import api
    except ImportError as error:
        raise FormatError(
            f"{name}: PDF needs OCRmyPDF and Tesseract with Thai. Install them: "
            "pip install 'thaifix[pdf]', and on Debian apt-get install tesseract-ocr-tha"
        ) from error
    with tempfile.TemporaryDirectory() as made:
        given, folder = Path(made, "given.pdf"), Path(made, "pages")
        folder.mkdir()
        with given.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
        with _reported(name):
            api._pdf_to_hocr(
                given,
                folder,
                language=_LANGUAGES,
                redo_ocr=True,
                progress_bar=False,
                use_threads=True,
            )
        yield api, folder


@contextmanager
def _reported(name: str) -> Iterator[None]:
    """Say that OCRmyPDF cannot use a file, and why."""
    from ocrmypdf.exceptions import ExitCodeException
    from pikepdf import PdfError

    try:
        yield
    except (ExitCodeException, PdfError) as error:
        raise FormatError(
            f"{name}: OCRmyPDF cannot use it: {str(error) or type(error).__name__}"
        ) from error
