"""hOCR with an element for each letter, and with what else the engine thought of."""

from __future__ import annotations

import pytest
from replacements import corrected, reverted, text_of

LETTER = "<span class='ocrx_cinfo' title='x_bboxes 0 0 9 9; x_conf 9'>{}</span>"
CHOICE = "<span class='ocrx_cinfo' title='x_confs 9'>{}</span>"


def page(line: str) -> bytes:
    return (
        f"<?xml version='1.0'?><html><body><div class='ocr_page'><span class='ocr_line'>{line}"
        "</span></div></body></html>"
    ).encode()


def word(*inner: str) -> str:
    return "<span class='ocrx_word'>\n " + "\n ".join(inner) + "\n</span>"


def letters(text: str, letter: str = LETTER) -> list[str]:
    return [letter.format(each) for each in text]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (word(*letters("กข")), "กข"),
        (word(*letters("กข")) + word(*letters("คง")), "กขคง"),
        (word(*letters("กข")) + "\n" + word(*letters("คง")), "กข คง"),
        (word(*letters("ก ข")), "ก ข"),  # a letter that is a space
        ("\n".join(letters("กข")) + "\n", "กข"),  # without words
        ("\n".join(letters("ก ข")), "ก ข"),
        (word("ก", *letters("ขค", CHOICE)), "ก"),
        (word(*letters("กข"), f"<span class='ocrx_cinfo'>{CHOICE.format('ค')}</span>"), "กข"),
        (word("<ins class='alt'>ก</ins><del class='alt'>ข</del>"), "ก"),
        (word("ก<del>ข</del>"), "กข"),
    ],
)
def test_white_space_between_letters_is_none(line: str, text: str) -> None:
    data = page(line)
    assert text_of("hocr", data) == f"{text}\n"
    result, _ = corrected("hocr", data, {"ก": "ถ"})
    assert text_of("hocr", result) == f"{text}\n".replace("ก", "ถ")
    assert reverted("hocr", result) == data
