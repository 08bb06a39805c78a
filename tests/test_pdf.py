"""PDF, with OCRmyPDF where it is installed."""

from __future__ import annotations

import sys

import pytest
from substitutions import corrected, reverted, text_of

from thaifix.errors import FormatError


def test_without_ocrmypdf_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)
    with pytest.raises(FormatError, match=r"file: PDF needs OCRmyPDF.*thaifix\[pdf\]"):
        corrected("pdf", b"%PDF-1.7\n")


def test_a_pdf_does_not_lead_back() -> None:
    with pytest.raises(FormatError, match="Keep the original"):
        reverted("pdf", b"%PDF-1.7\n")


def test_the_text_layer_is_what_was_corrected() -> None:
    """A page without a text layer gets one; nothing is read on an empty page."""
    pytest.importorskip("ocrmypdf")
    empty = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<<>>>>endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )
    assert text_of("pdf", empty) == ""
    result, stats = corrected("pdf", empty)
    assert result.startswith(b"%PDF-")
    assert not stats.edits
    with pytest.raises(FormatError, match="file: OCRmyPDF cannot use it"):
        corrected("pdf", b"%PDF-1.7\n")
