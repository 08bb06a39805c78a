"""PDF, with OCRmyPDF where it is installed."""

from __future__ import annotations

import io
import sys

import pytest
from replacements import corrected, reverted, text_of

from thaifix.errors import FormatError


def test_without_ocrmypdf_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)
    with pytest.raises(FormatError, match=r"file: PDF needs OCRmyPDF.*thaifix\[pdf\]"):
        corrected("pdf", b"%PDF-1.7\n")


def test_a_pdf_does_not_lead_back() -> None:
    with pytest.raises(FormatError, match="Keep the original"):
        reverted("pdf", b"%PDF-1.7\n")


def test_a_page_is_read_and_given_back() -> None:
    """On an empty page nothing is read."""
    pytest.importorskip("ocrmypdf")
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
