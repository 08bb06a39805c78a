"""Titles and ranks."""

import re

import pytest

from thaifix.text.titles import TITLES


@pytest.mark.parametrize(
    "title",
    [
        "นาย", "นางสาว", "น.ส.", "ดร.", "นพ.", "นายแพทย์", "แพทย์หญิง", "เด็กหญิง", "ม.ล.", "ม.ร.ว.",
        "พลเอก", "พลเรือโท", "พลตำรวจตรี", "พล.อ.", "พล.ต.อ.", "พันตำรวจเอก", "พันจ่าอากาศเอก",
        "พ.ต.ท.", "พ.อ.", "ร้อยตรี", "ร.ต.อ.หญิง", "ว่าที่", "นาวาอากาศเอก", "เรือโท", "จ่าสิบเอก",
        "จ.ส.อ.", "สิบตำรวจตรี", "ส.ต.ต.", "ดาบตำรวจ", "ด.ต.", "ผู้ช่วยศาสตราจารย์", "รศ.", "ผศ.", "ศ.",
    ],
)  # fmt: skip
def test_titles_are_known_as_a_whole(title: str) -> None:
    assert re.fullmatch(TITLES, title)


@pytest.mark.parametrize("word", ["น.", "พล", "ร้อย", "จ.", "พ.ศ.", "ครู", "เรือ"])
def test_other_words_are_no_titles(word: str) -> None:
    assert not re.fullmatch(TITLES, word)
