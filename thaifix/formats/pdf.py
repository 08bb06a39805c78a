"""Searchable PDF, by way of OCRmyPDF: read anew, corrected, and given a new text layer.

The text layer of a PDF has no places for letters that could be exchanged, and that of Tesseract's
Thai has a space behind nearly every letter. So Tesseract reads the pages once more (as OCRmyPDF's
`--redo-ocr`), what it read is corrected as hOCR, with all letters between two spaces of the page
made one word, and OCRmyPDF puts that under the page. The pages look as before; the old text layer
goes. OCRmyPDF calls this part of its interface experimental; versions 16 and 17 have it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from thaifix.errors import FormatError
from thaifix.formats.layout.hocr import PHRASES
from thaifix.formats.options import FormatOptions
from thaifix.stream.filter import DocumentSource, Piece, Stats

_LANGUAGES = ["tha"]
_CHUNK = 1 << 20  # bytes handed on at a time


def correct(
    chunks: Iterable[bytes],
    source: DocumentSource,
    write: Callable[[bytes], object],
    *,
    options: FormatOptions,
    name: str,
    watch: Callable[[Piece], object],
) -> Stats:
    """Correct a PDF; the pieces are those of the pages, each a document."""
    stats = Stats()
    options = replace(options, merge_words=True, originals=False)
    with _read(chunks, name) as (api, folder):
        ahead = output_ahead = end = output_end = 0

        def passed(piece: Piece) -> None:
            nonlocal end, output_end
            piece = piece._replace(
                start=piece.start + ahead, output_start=piece.output_start + output_ahead
            )
            end = piece.start + len(piece.correction.source)
            output_end = piece.output_start + len(piece.correction.text)
            watch(piece)

        for page in _pages(folder):
            corrected: list[bytes] = []
            stats += PHRASES.correct(
                [page.read_bytes()],
                source,
                corrected.append,
                options=options,
                name=name,
                watch=passed,
            )
            page.write_bytes(b"".join(corrected))
            ahead, output_ahead = end, output_end
        result = folder / "corrected.pdf"
        with _reported(name):
            api._hocr_to_ocr_pdf(
                folder, result, redo_ocr=True, optimize=0, progress_bar=False, use_threads=True
            )
        stats.bytes = (folder / "origin.pdf").stat().st_size
        with result.open("rb") as file:
            while chunk := file.read(_CHUNK):
                write(chunk)
    return stats


def text(chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
    """Give what Tesseract reads on the pages."""
    with _read(chunks, name) as (_, folder):
        for page in _pages(folder):
            yield from PHRASES.text([page.read_bytes()], field=field, name=name)


def revert(
    chunks: Iterable[bytes], write: Callable[[bytes], object], *, field: str | None, name: str
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
    """Let the pages be read, into one hOCR file each."""
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
    from ocrmypdf.exceptions import ExitCodeException
    from pikepdf import PdfError

    try:
        yield
    except (ExitCodeException, PdfError) as error:
        raise FormatError(
            f"{name}: OCRmyPDF cannot use it: {str(error) or type(error).__name__}"
        ) from error
