"""PDF: what thaifix does with the pages that OCRmyPDF reads, and a page read by OCRmyPDF itself."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from replacements import AM, NIKHAHIT_AA, corrected, parsed, reverted, text_of

from thaifix.errors import FormatError
from thaifix.formats import FormatOptions, pdf
from thaifix.stream.filter import Piece

DATA = Path(__file__).parents[1] / "data"


class UnusableError(Exception):
    """What OCRmyPDF raises."""


class Reader:
    """Stands for OCRmyPDF: its `pages` are in every PDF; the PDF that it makes is their hOCR."""

    def __init__(self, *pages: bytes) -> None:
        self.pages = pages
        self.given = b""
        self.asked: list[dict[str, object]] = []
        self.error: Exception | None = None

    def _pdf_to_hocr(self, given: Path, folder: Path, **options: object) -> None:
        self.given = given.read_bytes()
        self.asked.append(options)
        for number, page in reversed([*enumerate(self.pages, 1)]):
            (folder / f"{number:06}_ocr_hocr.hocr").write_bytes(page)
        if self.error:
            raise self.error

    def _hocr_to_ocr_pdf(self, folder: Path, result: Path, **options: object) -> None:
        self.asked.append(options)
        pages = sorted(folder.glob("*.hocr"))
        result.write_bytes(b"%PDF-" + b"%".join(page.read_bytes() for page in pages))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """OCRmyPDF's modules, as far as thaifix knows them."""
    one = Reader()
    modules: dict[str, dict[str, Any]] = {
        "ocrmypdf": {"api": one},
        "ocrmypdf.exceptions": {"ExitCodeException": UnusableError},
        "pikepdf": {"PdfError": UnusableError},
    }
    for name, attributes in modules.items():
        module = ModuleType(name)
        vars(module).update(attributes)
        monkeypatch.setitem(sys.modules, name, module)
    return one


def page(*lines: Sequence[str]) -> bytes:
    """Make a page of lines of words of single letters, all letters in boxes that touch."""
    rows = []
    for words in lines:
        left, spans = 0, ""
        for word in words:
            for letter in word:
                box = f"bbox {left} 0 {left + 10} 20; x_wconf 90"
                spans += f"<span class='ocrx_word' title='{box}'>{letter}</span> "
                left += 10
            left += 20
        rows.append(f"<span class='ocr_line' title='bbox 0 0 999 20'>{spans}</span>")
    return (
        "<?xml version='1.0'?><html><head><meta name='ocr-system' content='x'/></head><body>"
        f"<div class='ocr_page'>{''.join(rows)}</div></body></html>"
    ).encode()


def test_pages_are_read_corrected_and_put_under(reader: Reader) -> None:
    """As words between spaces, each with one box, and with nothing else that was not there."""
    reader.pages = page(["ท" + NIKHAHIT_AA, "ดี"]), page(["น" + NIKHAHIT_AA])
    result, stats = corrected("pdf", b"%PDF-given", options=FormatOptions(stamp="s"))
    assert reader.given == b"%PDF-given"
    assert [asked["redo_ocr"] for asked in reader.asked] == [True, True]
    assert reader.asked[0]["language"] == ["tha"]
    assert reader.asked[1]["optimize"] == 0
    assert stats.edits.total() == 2
    assert stats.bytes == len(b"%PDF-given")
    one, other = map(parsed, result.removeprefix(b"%PDF-").split(b"%"))
    words = [(span.text, span.get("title")) for span in one.iter("span") if span.text]
    assert words == [
        ("ท" + AM, "bbox 0 0 30 20; x_wconf 90"),
        ("ดี", "bbox 50 0 70 20; x_wconf 90"),
    ]
    assert [span.text for span in other.iter("span") if span.text] == ["น" + AM]
    assert b"original" not in result
    assert b"thaifix-undo" not in result


def test_pages_are_parted_by_form_feeds(reader: Reader) -> None:
    """Also where nothing is read on one; places and lines are those of the whole text."""
    reader.pages = page(["กข"], ["คง"]), page(), page(["ท" + NIKHAHIT_AA])
    text = "กข\nคง\n\f\fท" + NIKHAHIT_AA + "\n"
    assert text_of("pdf", b"%PDF-") == text
    pieces: list[Piece] = []
    corrected("pdf", b"%PDF-", {"ข": "", NIKHAHIT_AA: AM}, watch=pieces.append)
    assert "".join(piece.correction.source for piece in pieces) == text
    assert [(piece.line, piece.start, piece.output_start) for piece in pieces] == [
        (1, 0, 0),
        (3, 6, 5),
        (3, 7, 6),
        (3, 8, 7),
    ]


def test_a_large_result_is_handed_on_in_parts(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_HANDED_ON", 100)
    reader.pages = (page(["กข"] * 20),)
    result, _ = corrected("pdf", b"%PDF-")
    assert result.startswith(b"%PDF-<?xml")
    assert result.endswith(b"</html>")


def test_what_ocrmypdf_cannot_use_is_told(reader: Reader) -> None:
    reader.error = UnusableError("is encrypted")
    with pytest.raises(FormatError, match=r"^file: OCRmyPDF cannot use it: is encrypted$"):
        corrected("pdf", b"%PDF-")
    reader.error = UnusableError()
    with pytest.raises(FormatError, match=r"^input: OCRmyPDF cannot use it: UnusableError$"):
        text_of("pdf", b"%PDF-")


def test_without_ocrmypdf_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)
    with pytest.raises(FormatError, match=r"file: PDF needs OCRmyPDF.*thaifix\[pdf\]"):
        corrected("pdf", b"%PDF-1.7\n")


def test_a_pdf_does_not_lead_back() -> None:
    with pytest.raises(FormatError, match=r"^input: .*Keep the original"):
        reverted("pdf", b"%PDF-1.7\n")


def test_a_page_can_be_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """`page.png`, two lines set in Garuda: one mark is misread; the text layer has it again.

    A second page is empty.
    """
    pytest.importorskip("ocrmypdf")
    reads_thai()
    import img2pdf
    import pikepdf
    from pdfminer.high_level import extract_text

    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")  # its threads wait for each other on a busy machine
    pieces: list[Piece] = []
    given = io.BytesIO()
    with pikepdf.open(io.BytesIO(img2pdf.convert(str(DATA / "page.png")))) as document:
        document.add_blank_page(page_size=(200, 100))
        document.save(given)
    result, stats = corrected("pdf", given.getvalue(), {"ทิ": "ที่"}, watch=pieces.append)
    assert stats.edits.total() == 1
    text = "".join(piece.correction.source for piece in pieces)
    assert "ตามทิเสนอ" in text
    assert text.endswith("\n\f")
    with pikepdf.open(io.BytesIO(result)) as document:
        assert len(document.pages) == 2
    assert "ตามที่เสนอ" in extract_text(io.BytesIO(result))
    assert "ตามทิเสนอ" not in extract_text(io.BytesIO(result))


def test_a_damaged_pdf_is_told() -> None:
    pytest.importorskip("ocrmypdf")
    reads_thai()
    with pytest.raises(FormatError, match="file: OCRmyPDF cannot use it"):
        corrected("pdf", b"%PDF-1.7\n")


def reads_thai() -> None:
    """Skip a test where Tesseract, or its model of Thai, is missing."""
    if not shutil.which("tesseract"):
        pytest.skip("no tesseract")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if "tha" not in languages.stdout.split():
        pytest.skip("no tesseract-ocr-tha")
