"""Dialect: which words say that a line is in it."""

from __future__ import annotations

from array import array

import pytest

from thaifix import Corrector
from thaifix.correct.dialects import DialectWords
from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN
from thaifix.model.decoder import Scan, scan


def dialect(text: str, at: int, corrector: Corrector) -> bool:
    scanned = scan(corrector._knowledge.reader.windows.decoder, text)
    return DialectWords(text, scanned).are_around(at, at)


@pytest.mark.parametrize(
    "text",
    ["ไปเฮ็ดเวียก", "บ่ฮู้", "เปิ้นไปกาด", "หรอยจังฮู้", "สิไปไส เด้อ", "กิ๋นข้าวแล้ว"],
)
def test_words_of_dialect(text: str, corrector: Corrector) -> None:
    """One long word, or two short ones."""
    assert dialect(text, 0, corrector)


@pytest.mark.parametrize(
    "text",
    [
        "ฮู้",  # one short word: perhaps `รู้`
        "บ่ บ่ บ่",  # the same one
        "บ่งชี้ว่าไผ่ล้อม",  # parts of other words
        "ดำรงตำแหน่งผู้ว่าราชการจังหวัด",
        "เขาไปทำงานที่ตลาดเมื่อวานนี้",
    ],
)
def test_standard_thai(text: str, corrector: Corrector) -> None:
    assert not dialect(text, 0, corrector)


def test_only_what_stands_near_counts(corrector: Corrector) -> None:
    """In the same line, and not too far."""
    near = "เปิ้นไป" + "ก" * 53
    assert dialect(near, len(near), corrector)
    assert not dialect(near + "ก", len(near) + 1, corrector)
    assert not dialect("เปิ้นไป\nกรม", 9, corrector)
    assert not dialect("กรม\nเปิ้นไป", 1, corrector)
    assert dialect("กรม\nเปิ้นไป", 5, corrector)


@pytest.mark.parametrize("profile", ["strict", "normal", "bold"])
def test_a_line_of_dialect_stays(profile: str, noisy_page: str) -> None:
    """On a damaged page, too; what no Thai text has is repaired in it all the same."""
    corrector = Corrector(profile=profile)
    line = "ซุมแซงกันมากินแจ่วฮ้อนอยู่ทางใต้ถุนเด้อ\n"
    assert corrector.correct(noisy_page + line).text.endswith(line)
    assert corrector.correct("เฮาสิไปเฮ็ดเวียกนํากัน\n").text == "เฮาสิไปเฮ็ดเวียกนำกัน\n"


@pytest.mark.parametrize(("text", "enough"), [("กาด", False), ("กิ๋น", True)])
def test_a_word_of_four_code_points_is_enough(
    text: str, enough: bool, corrector: Corrector
) -> None:
    """A shorter one may be a misreading."""
    assert dialect(text, 0, corrector) is enough


@pytest.mark.parametrize(("word", "found"), [(UNKNOWN, True), (FIRST_WORD, False)])
def test_a_word_of_dialect_is_no_part_of_a_known_one(word: int, found: bool) -> None:
    """Within an unknown one it may be."""
    text = "ฮกิ๋นฮ"
    scanned = Scan(array("i", [0]), array("I", [word]), array("f", [1.0]))
    assert DialectWords(text, scanned).are_around(0, 0) is found
