"""PDFs made by real programs, and what is found in them; tests skip where one is missing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest

LINES = (
    "สำนักงานตัวอย่างกำหนดแนวทางการดำเนินงานประจำปี",
    "English words of the page 2563",
)
"""Of a scanned page."""
OWN = "สำนักงานกลางกำหนดให้ถือปฏิบัติโดยเคร่งครัด ตามที่ได้รับมอบหมายทุกประการ"
"""Of a page with a text of its own."""
FONT = Path("/usr/share/fonts/truetype/tlwg/Garuda.ttf")
"""Of the Debian package fonts-thai-tlwg."""


def need(*programs: str) -> None:
    """Skip a test where a program or a package is missing."""
    pytest.importorskip("ocrmypdf", minversion="17")
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"no {program}")


def reads_thai() -> None:
    """Skip a test where Tesseract, or its model of Thai, is missing."""
    need("tesseract")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if "tha" not in languages.stdout.split():
        pytest.skip("no tesseract-ocr-tha")


def scan(path: Path, lines: Sequence[str] = LINES) -> Path:
    """A PDF that is a picture of lines."""
    from PIL import Image, ImageDraw, ImageFont

    if not FONT.exists():
        pytest.skip("no fonts-thai-tlwg")
    font = ImageFont.truetype(str(FONT), 60)
    picture = Image.new("RGB", (1654, 200 + 150 * len(lines)), "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((100, 80 + 150 * number), line, font=font, fill="black")
    picture.save(path, resolution=200)
    return path


def printed(path: Path, text: str = OWN) -> Path:
    """A PDF with a text of its own, as Chromium prints it."""
    need("chromium")
    page = path.with_suffix(".html")
    page.write_text(f"<meta charset=utf-8><p style='font-family:Garuda'>{text}</p>", "utf-8")
    subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--print-to-pdf={path}", str(page),
        ],
        capture_output=True, check=True,
    )  # fmt: skip
    return path


def joined(path: Path, *parts: Path) -> Path:
    """One PDF of several."""
    import pikepdf

    with pikepdf.new() as pdf:
        opened = [pikepdf.open(part) for part in parts]
        for part in opened:
            pdf.pages.extend(part.pages)
        pdf.save(path)
    return path


def read_by_poppler(data: bytes) -> str:
    """What `pdftotext` finds."""
    need("pdftotext")
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def found_by_pdfium(data: bytes, wanted: str) -> bool:
    """Whether a search in PDFium, which Chromium's viewer is made of, finds some letters."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(BytesIO(data))
    return any(page.get_textpage().search(wanted).get_next() is not None for page in pdf)
