"""PDF, with OCRmyPDF where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from replacements import corrected, reverted, text_of

from thaifix.errors import FormatError

DATA = Path(__file__).parents[1] / "data"


def reads_thai() -> None:
    """Skip a test where Tesseract, or its model of Thai, is missing."""
    if not shutil.which("tesseract"):
        pytest.skip("no tesseract")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if "tha" not in languages.stdout.split():
        pytest.skip("no tesseract-ocr-tha")


def test_without_ocrmypdf_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)
    with pytest.raises(FormatError, match=r"file: PDF needs OCRmyPDF.*thaifix\[pdf\]"):
        corrected("pdf", b"%PDF-1.7\n")


def test_a_pdf_does_not_lead_back() -> None:
    with pytest.raises(FormatError, match="Keep the original"):
        reverted("pdf", b"%PDF-1.7\n")


def test_a_page_is_read_corrected_and_can_be_searched() -> None:
    """`page.png`, two lines set in Garuda: one mark is misread; the text layer has it again."""
    pytest.importorskip("ocrmypdf")
    reads_thai()
    import img2pdf
    from pdfminer.high_level import extract_text

    page = img2pdf.convert(str(DATA / "page.png"))
    assert "ตามทิเสนอ" in text_of("pdf", page)
    result, stats = corrected("pdf", page, {"ทิ": "ที่"})
    assert stats.edits.total() == 1
    assert "ตามที่เสนอ" in extract_text(io.BytesIO(result))
    assert "ตามทิเสนอ" not in extract_text(io.BytesIO(result))


def test_an_empty_page_is_given_back() -> None:
    """Nothing is read on it."""
    pytest.importorskip("ocrmypdf")
    reads_thai()
    import pikepdf

    empty = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        pdf.save(empty)
    assert text_of("pdf", empty.getvalue()) == ""
    result, stats = corrected("pdf", empty.getvalue())
    assert not stats.edits
    with pikepdf.open(io.BytesIO(result)) as pdf:
        assert len(pdf.pages) == 1
    with pytest.raises(FormatError, match="file: OCRmyPDF cannot use it"):
        corrected("pdf", b"%PDF-1.7\n")
