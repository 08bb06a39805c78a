"""What Tesseract writes, whatever it is told: the same text, and the way back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from replacements import corrected, reverted, text_of

from thaifix import formats

PAGE = Path(__file__).parents[2] / "data" / "page.png"


def read(folder: Path, *arguments: str) -> Path:
    """Read the page with Tesseract; skip the test where that, or its model of Thai, is missing."""
    if not shutil.which("tesseract"):
        pytest.skip("needs Tesseract (Debian: tesseract-ocr)")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if "tha" not in languages.stdout.split():
        pytest.skip("needs Tesseract's model of Thai (Debian: tesseract-ocr-tha)")
    command = ["tesseract", str(PAGE), str(folder / "page"), "-l", "tha", "--psm", "6", *arguments]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "page"


@pytest.mark.parametrize(
    "options",
    [
        ["hocr_char_boxes=1"],
        ["lstm_choice_mode=1"],
        ["lstm_choice_mode=2"],
        ["hocr_char_boxes=1", "lstm_choice_mode=2"],
        ["hocr_font_info=1"],
    ],
)
def test_letters_and_choices_in_hocr_change_nothing(options: list[str], tmp_path: Path) -> None:
    """Elements of letters, and what else Tesseract thought of, are not read."""
    told = [part for option in options for part in ("-c", option)]
    plain = read(tmp_path, "hocr", "alto")
    text = text_of("alto", plain.with_suffix(".xml").read_bytes())
    assert text_of("hocr", plain.with_suffix(".hocr").read_bytes()) == text
    data = read(tmp_path, *told, "hocr").with_suffix(".hocr").read_bytes()
    assert formats.detect(data) == "hocr"
    assert text_of("hocr", data) == text
    assert "ก" in text
    result, _ = corrected("hocr", data, {"ก": "ถ"})
    assert text_of("hocr", result) == text.replace("ก", "ถ")
    assert reverted("hocr", result) == data
