"""An OCR engine whose pages are corrected before OCRmyPDF makes a text layer of them."""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrmypdf.pluginspec import OcrEngine

from thaifix.formats.layout.hocr import Hocr
from thaifix.formats.layout.markup import Markup
from thaifix.formats.layout.tree import PageText
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream
from thaifix.version import __version__

if TYPE_CHECKING:
    from ocrmypdf import OcrOptions
    from ocrmypdf.pluginspec import OrientationConfidence

CorrectPage = Callable[[bytes], bytes]
"""Takes the hOCR of a page, and gives the corrected one."""


class HocrOfPage(Hocr):
    """A page as an engine gives it to OCRmyPDF: a document, even if it has several regions."""

    segments = False

    def why_other(self, markup: Markup, pages: list[PageText]) -> str:
        """Take all: of a page without letters OCRmyPDF gives an empty file."""
        return ""


def correct_page(hocr: bytes, texts: TextStream) -> bytes:
    """Correct a page. All letters between two spaces of the page become one word.

    Args:
        hocr: The page, as the engine wrote it.
        texts: Corrects its text.
    Raises:
        FormatError: If it is no hOCR.
    """
    corrected: list[bytes] = []
    options = FormatOptions(merge_words=True, originals=False)
    HocrOfPage().correct([hocr], texts, corrected.append, options)
    return b"".join(corrected)


def text_of_page(hocr: bytes) -> str:
    """Give the text of a page, a line each."""
    return "".join(HocrOfPage().text([hocr], FormatOptions(), name="page"))


class CorrectedEngine(OcrEngine):
    """Does what another engine does, and corrects its pages.

    Args:
        engine: The user's.
        correct: Corrects a page.
    """

    def __init__(self, engine: OcrEngine, correct: CorrectPage) -> None:
        self._engine = engine
        self._correct = correct

    def __str__(self) -> str:
        """The engine's name and version; OCRmyPDF shows it."""
        return str(self._engine)

    def version(self) -> str:  # type: ignore[override]  # of an instance: it knows its engine
        """The engine's version."""
        return self._engine.version()

    def creator_tag(self, options: OcrOptions) -> str:  # type: ignore[override]
        """What the PDF says of its making."""
        return f"{self._engine.creator_tag(options)} + thaifix {__version__}"

    def languages(self, options: OcrOptions) -> Set[str]:  # type: ignore[override]
        """The languages that the engine reads."""
        return self._engine.languages(options)

    def get_orientation(self, input_file: Path, options: OcrOptions) -> OrientationConfidence:  # type: ignore[override]
        """How a page is turned."""
        return self._engine.get_orientation(input_file, options)

    def get_deskew(self, input_file: Path, options: OcrOptions) -> float:  # type: ignore[override]
        """By how many degrees a page is askew."""
        return self._engine.get_deskew(input_file, options)

    def generate_hocr(  # type: ignore[override]
        self, input_file: Path, output_hocr: Path, output_text: Path, options: OcrOptions
    ) -> None:
        """Let the engine read a page, and correct the hOCR and the text that it wrote."""
        self._engine.generate_hocr(input_file, output_hocr, output_text, options)
        corrected = self._correct(output_hocr.read_bytes())
        output_hocr.write_bytes(corrected)
        output_text.write_text(text_of_page(corrected), encoding="utf-8")

    def generate_pdf(self, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Refuse: a PDF that the engine makes cannot be corrected.

        Raises:
            BadArgsError: Always.
        """
        raise refused("--pdf-renderer sandwich, of which thaifix can correct nothing")

    def generate_ocr(self, *_: Any, **__: Any) -> Any:  # type: ignore[override]
        """Refuse, as `generate_pdf`; OCRmyPDF asks for it only if `supports_generate_ocr`."""
        raise refused(f"the engine {self}, which gives no hOCR")

    def supports_generate_ocr(self) -> bool:  # type: ignore[override]
        """Whether the engine gives no hOCR, so that OCRmyPDF asks for something else."""
        return self._engine.supports_generate_ocr()


def refused(what: str) -> Exception:
    """OCRmyPDF's error of wrong usage, for what cannot be corrected."""
    from ocrmypdf.exceptions import BadArgsError

    return BadArgsError(f"thaifix does not go with {what}. Leave one of the two out")
