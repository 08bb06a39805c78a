"""PDF as a format: scanned pages are read and corrected, others stay."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pdf_files import (
    LINES,
    OWN,
    found_by_pdfium,
    joined,
    need,
    printed,
    read_by_poppler,
    reads_thai,
    scan,
)
from replacements import Substitutions, corrected, reverted, text_of

from thaifix import formats
from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.errors import FormatError
from thaifix.formats import FormatOptions
from thaifix.formats.pdf import document
from thaifix.formats.pdf.document import OWN_TEXT
from thaifix.formats.text_stream import TextStream
from thaifix.stream.filter import Piece

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tesseract's threads wait for each other on a busy machine."""
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")


def test_a_page_can_be_searched() -> None:
    """`page.png`, two lines set in Garuda: one mark is misread; the text layer has it again.

    A second page is empty.
    """
    reads_thai()
    import img2pdf
    import pikepdf
    from pdfminer.high_level import extract_text

    pieces: list[Piece] = []
    given = BytesIO()
    with pikepdf.open(BytesIO(img2pdf.convert(str(DATA / "page.png")))) as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        pdf.save(given)
    options = FormatOptions(language="tha")
    result, stats = corrected(
        "pdf", given.getvalue(), {"ทิ": "ที่"}, options=options, watch=pieces.append
    )
    assert stats.edits.total() == 1
    text = "".join(piece.correction.source for piece in pieces)
    assert "ตามทิเสนอ" in text
    assert text.endswith("\n\f")
    with pikepdf.open(BytesIO(result)) as pdf:
        assert len(pdf.pages) == 2
    assert "ตามที่เสนอ" in extract_text(BytesIO(result))
    assert "ตามทิเสนอ" not in extract_text(BytesIO(result))


def test_a_page_on_which_nothing_was_read() -> None:
    """OCRmyPDF gives an empty file then."""
    need()
    from thaifix.formats.pdf.engine import correct_page, text_of_page

    texts = TextStream(Substitutions(), "page", lambda piece: None)
    assert [correct_page(b"", texts), text_of_page(b"")] == [b"", ""]


def test_sara_am_is_one_letter(tmp_path: Path) -> None:
    """For pdftotext and for a search in a viewer; English between it is read as English."""
    reads_thai()
    result, _ = corrected("pdf", scan(tmp_path / "scan.pdf").read_bytes(), {"ํา": "ำ"})
    assert read_by_poppler(result).split("\n")[0] == LINES[0]
    for word in "สำนักงาน", "กำหนด", "ดำเนินงาน", "English words":
        assert found_by_pdfium(result, word)
    assert "\u0e4d" not in read_by_poppler(result)


def test_a_page_with_a_text_of_its_own_stays(tmp_path: Path) -> None:
    """It is told; a file of such pages is handed on byte for byte."""
    need()
    data = printed(tmp_path / "own.pdf").read_bytes()
    result, stats = corrected("pdf", data, {"ก": "ข"})
    assert result == data
    assert stats.passed == {OWN_TEXT: 1}
    assert stats.edits.total() == 0


def test_scanned_pages_among_others_are_read(tmp_path: Path) -> None:
    """In their order; the page between has the content that it had."""
    reads_thai()
    import pikepdf

    one, other = scan(tmp_path / "one.pdf"), scan(tmp_path / "other.pdf", ["กรมตัวอย่าง"])
    own = printed(tmp_path / "own.pdf")
    given = joined(tmp_path / "all.pdf", one, own, other)
    pieces: list[Piece] = []
    result, stats = corrected("pdf", given.read_bytes(), {"ํา": "ำ"}, watch=pieces.append)
    assert stats.passed == {OWN_TEXT: 1}
    read = "".join(piece.correction.text for piece in pieces).split("\f")
    assert [LINES[0] in read[0], "กรมตัวอย่าง" in read[1], len(read)] == [True, True, 2]
    with pikepdf.open(given) as before, pikepdf.open(BytesIO(result)) as after:
        contents = [pdf.pages[1].Contents.read_bytes() for pdf in (before, after)]
    assert contents[0] == contents[1]
    assert [OWN in read_by_poppler(result).replace("\n", ""), found_by_pdfium(result, "กรม")] == [
        True,
        True,
    ]
    texts = text_of("pdf", given.read_bytes()).split("\f")
    assert [len(texts), OWN in texts[1].replace("\n", "")] == [3, True]


def test_redo_reads_a_page_with_a_text_of_its_own(tmp_path: Path) -> None:
    reads_thai()
    data = printed(tmp_path / "own.pdf").read_bytes()
    result, stats = corrected("pdf", data, {"ํา": "ำ"}, options=FormatOptions(redo=True))
    assert stats.passed == {}
    assert stats.code_points > 30
    assert result != data


def test_the_text_of_a_page_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By Poppler, or by PDFium where Poppler is not installed."""
    need("pdftotext")
    data = printed(tmp_path / "own.pdf").read_bytes()
    assert text_of("pdf", data).replace("\n", "") == OWN
    monkeypatch.setenv("PATH", "")
    assert "ปฏิบัติโดยเคร่งครัด" in text_of("pdf", data)


def test_a_large_result_is_handed_on_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need()
    monkeypatch.setattr(document, "_HANDED_ON", 100)
    data = printed(tmp_path / "own.pdf").read_bytes()
    assert corrected("pdf", data)[0] == data


def test_an_encrypted_pdf_is_told(tmp_path: Path) -> None:
    need()
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(FormatError, match=r"^file: is encrypted. Take the password off"):
        corrected("pdf", (tmp_path / "a.pdf").read_bytes())


def test_a_damaged_pdf_is_told() -> None:
    need()
    with pytest.raises(FormatError, match="file: is no PDF, or a damaged one"):
        corrected("pdf", b"%PDF-1.7\n")


def test_a_language_that_is_missing_is_told(tmp_path: Path) -> None:
    reads_thai()
    data = scan(tmp_path / "scan.pdf").read_bytes()
    with pytest.raises(FormatError, match=r"file: Tesseract has no language data for xyz"):
        corrected("pdf", data, options=FormatOptions(language="xyz"))
    with pytest.raises(FormatError, match=r"scan: Tesseract has no language data for xyz"):
        list(formats.text("pdf", [data], language="xyz", name="scan"))


def test_missing_languages_are_one_line_with_the_remedy(tmp_path: Path) -> None:
    """And so is what OCRmyPDF says of other things."""
    reads_thai()
    file = str(scan(tmp_path / "scan.pdf"))
    told = CliRunner().invoke(main, ["--language", "tha+chi_xyz+xyz", file])
    assert told.exit_code == ExitCode.INPUT
    assert told.stderr == (
        f"thaifix: {file}: Tesseract has no language data for chi_xyz, xyz. Install them, on "
        "Debian: apt-get install tesseract-ocr-chi-xyz tesseract-ocr-xyz. It has what "
        "`tesseract --list-langs` names\n"
    )


def test_thai_is_asked_for_in_any_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named if Tesseract has only other languages, and so is Tesseract if it is missing."""
    reads_thai()
    data = scan(tmp_path / "scan.pdf").read_bytes()
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(FormatError, match=r"no language data for tha\. .*tesseract-ocr-tha"):
        corrected("pdf", data)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    with pytest.raises(FormatError, match=r"needs Tesseract\. Install it, on Debian: apt-get"):
        corrected("pdf", data)


def test_what_ocrmypdf_says_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads_thai()
    import ocrmypdf
    from ocrmypdf.exceptions import MissingDependencyError

    def refuse(*_: object, **__: object) -> None:
        raise MissingDependencyError("It lacks:\nthis\n\nSee the instructions:\n  https://x")

    data = scan(tmp_path / "scan.pdf").read_bytes()
    monkeypatch.setattr(ocrmypdf, "ocr", refuse)
    with pytest.raises(FormatError, match=r"^file: OCRmyPDF cannot use it: It lacks: this$"):
        corrected("pdf", data)


def test_the_text_command_reads_the_languages_that_are_named(tmp_path: Path) -> None:
    reads_thai()
    file = str(scan(tmp_path / "scan.pdf"))
    read = CliRunner().invoke(main, ["text", "--language", "tha", file])
    assert "ตัวอย่าง" in read.output.replace(" ", "")
    refused = CliRunner().invoke(main, ["text", "--language", "xyz", file])
    assert (refused.exit_code, "xyz" in refused.output) == (ExitCode.INPUT, True)


def test_without_ocrmypdf_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)
    with pytest.raises(FormatError, match=r"file: PDF needs OCRmyPDF.*thaifix\[pdf\]"):
        corrected("pdf", b"%PDF-1.7\n")


def test_a_pdf_does_not_lead_back() -> None:
    with pytest.raises(FormatError, match=r"^input: .*Keep the original"):
        reverted("pdf", b"%PDF-1.7\n")
