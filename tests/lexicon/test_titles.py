"""Titles and ranks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.stages.names import Names
from thaifix.lexicon import titles
from thaifix.lexicon.entries import shipped
from thaifix.lexicon.titles import before_full_name, before_name

TABLE = [title for e in shipped(("titles",)) if e.type != "royal" for title in (e.term, *e.aliases)]


@pytest.mark.parametrize(
    "title",
    [
        "นาย", "นาง", "นางสาว", "น.ส.", "ดร.", "นพ.", "นายแพทย์", "แพทย์หญิง", "เด็กหญิง",
        "ม.ล.", "ม.ร.ว.",
        "พลเอก", "พลเรือโท", "พลตำรวจตรี", "พล.อ.", "พล.ต.อ.", "พันตำรวจเอก", "พันจ่าอากาศเอก",
        "พ.ต.ท.", "พ.อ.", "พ.อ.อ.", "ร้อยตรี", "นาวาอากาศเอก", "เรือโท", "จ่าสิบเอก", "จ.อ.",
        "จ.ส.อ.", "สิบตำรวจตรี", "ส.ต.ต.", "ดาบตำรวจ", "ด.ต.", "ผู้ช่วยศาสตราจารย์", "รศ.", "ผศ.", "ศ.",
        "คุณหญิง", "ภญ.", "น.สพ.", "นายหมวดโท", "หม่อมเจ้า",
    ],
)  # fmt: skip
def test_titles_are_known_as_a_whole(title: str) -> None:
    assert re.fullmatch(before_full_name(), title)
    assert re.fullmatch(before_name(), title)


@pytest.mark.parametrize("title", TABLE)
def test_every_title_and_rank_of_the_table_is_known(title: str) -> None:
    """Combinations by their parts."""
    assert re.fullmatch(rf"(?:{before_full_name()}\s?)+", title)


@pytest.mark.parametrize("title", ["ร.ต.อ.หญิง", "พ.ต.หญิง", "ว่าที่", "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.หญิง"])
def test_women_and_those_who_act(title: str) -> None:
    assert re.fullmatch(rf"(?:{before_full_name()}\s?)+", title)
    assert not re.fullmatch(before_name(), title)


@pytest.mark.parametrize("title", ["คุณ", "พระ", "หลวงพ่อ", "หลวงปู่", "ครู", "อาจารย์"])
def test_titles_before_one_name(title: str) -> None:
    assert re.fullmatch(before_name(), title)
    assert not re.fullmatch(before_full_name(), title)


@pytest.mark.parametrize(
    "word", ["", "น.", "พล", "ร้อย", "จ.", "พ.ศ.", "พ.ต", "พ0อ.", "เรือ", "หญิง", "สมเด็จพระสังฆราช"]
)
def test_other_words_are_no_titles(word: str) -> None:
    assert not re.fullmatch(before_full_name(), word)
    assert not re.fullmatch(before_name(), word)


def test_the_longest_title_is_taken() -> None:
    found = re.match(before_full_name(), "นายแพทย์สมชาย")
    assert found
    assert found[0] == "นายแพทย์"


@given(st.sets(st.text("กข.(", max_size=4), min_size=1))
def test_one_of_matches_its_strings_and_no_other(strings: set[str]) -> None:
    pattern = re.compile(titles._one_of(strings))
    for string in strings:
        assert pattern.fullmatch(string)
        for other in (string + "ก", string[:-1], string[1:], string.replace(".", "ก")):
            assert bool(pattern.fullmatch(other)) == (other in strings)


@pytest.mark.parametrize(
    ("title", "sexes"),
    [
        *(
            (title, {"f"})
            for title in ("นาง", "น.ส.", "ด.ญ.", "พญ.", "ทพญ.", "แพทย์หญิง", "ร.ต.อ.หญิง")
        ),
        *((title, {"m"}) for title in ("นาย", "ด.ช.", "เด็กชาย")),
        *((title, set[str]()) for title in ("ดร.", "น.สพ.", "พ.ต.อ.", "นพ.")),
    ],
)
def test_sexes_that_titles_tell(title: str, sexes: set[str]) -> None:
    names = Names([])
    names.learn(f"{title}สมพร ใจมั่นคง")
    assert [seen.sexes for seen in names._seen.values()] == [sexes]
