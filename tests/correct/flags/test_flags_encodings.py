"""Mojibake: found whole and named, whatever Thai it was; no other language is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.flags import find_flags
from thaifix.correct.flags.encodings import mojibake
from thaifix.text.protect import protected_spans

WORDS = [
    *("สำนักงาน", "ตรวจเงิน", "แผ่นดิน", "ประกาศ", "ระเบียบ", "กฎหมาย"),
    *("ที่ดิน", "อำเภอ", "เชียงใหม่", "น้ำท่วม", "ผู้ว่าราชการ"),
]
texts = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8)
READ_AS = {
    "cp1252": "Thai in UTF-8 that was read as Windows-1252 or Latin-1",
    "mac_roman": "Thai in UTF-8 that was read as Mac Roman",
    "cp437": "Thai in UTF-8 that was read as code page 437",
    "cp850": "Thai in UTF-8 that was read as code page 850",
    "cp874": "Thai in UTF-8 that was read as Windows-874 or TIS-620",
}


def misread(text: str, encoding: str) -> str:
    """UTF-8 as a browser reads it: what the encoding does not know becomes a control."""
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@given(texts, st.sampled_from(sorted(READ_AS)), st.sampled_from(["", " ", " 12 ", " (A1) "]))
def test_thai_in_utf_8_is_found_whole(words: list[str], encoding: str, between: str) -> None:
    garbled = misread(between.join(words), encoding)
    found = list(mojibake(f"ก {garbled} ข"))
    assert [(f.start, f.end, f.note) for f in found] == [(2, 2 + len(garbled), READ_AS[encoding])]


@pytest.mark.parametrize("lost", ["ignore", "replace"])
def test_letters_that_are_lost_do_not_matter(lost: str) -> None:
    """Windows-1252 has no letter for five of the bytes."""
    garbled = "การประชุมคณะกรรมการ".encode().decode("cp1252", lost)
    assert [f.note for f in mojibake(garbled)] == [READ_AS["cp1252"]]


@given(texts, st.sampled_from(["latin-1", "cp1252"]), st.sampled_from([" ", " 12 ", "\n"]))
def test_thai_in_tis_620_is_found_whole(words: list[str], encoding: str, between: str) -> None:
    garbled = between.join(words).encode("cp874").decode(encoding)
    assert [(f.start, f.end, f.note) for f in mojibake(garbled)] == [
        (0, len(garbled), "Thai in TIS-620 that was read as Windows-1252 or Latin-1")
    ]


@given(texts)
def test_thai_that_was_misread_twice_is_named(words: list[str]) -> None:
    garbled = misread(misread(" ".join(words), "cp1252"), "cp1252")
    notes = [f.note for f in mojibake(garbled)]
    assert notes == ["Thai in UTF-8 that was read as Windows-1252 or Latin-1, twice"]


@given(st.text("abcdeéèêëàâäãåçñòóôöõøùúûüýÿßæœÀÉÈÊÇÑÖÜÄÅØÆŒ '-.,", max_size=80), texts)
def test_latin_with_accents_is_no_mojibake(latin: str, words: list[str]) -> None:
    """No more than two accents in a row, as in all languages."""
    while any(not c.isascii() for c in latin) and (run := _first_run(latin)):
        latin = latin.replace(run, run[:2] + "n")
    assert list(mojibake(f"{' '.join(words)} {latin}")) == []


def _first_run(text: str) -> str:
    run = ""
    for letter in text:
        run = run + letter if not letter.isascii() else ""
        if len(run) > 2:
            return run
    return ""


@given(st.text("เแโใไธนกขคงจดตทบปผพาะิีุู่้อมรลวสห ", max_size=200))
def test_thai_that_has_other_vowels_is_no_mojibake(text: str) -> None:
    """Whatever stands behind a leading vowel, but four syllables like misread ones in a row."""
    if not any(f"เ{a}" in text for a in "ธน"):
        assert list(mojibake(text)) == []


def test_a_name_that_is_repeated_is_no_mojibake() -> None:
    assert list(mojibake("เนตเนตเนตเนตเนต")) == []
    assert list(mojibake("เธอเน้นเธอเนปาลเธอเนยเธอเนตรเธอเน้น")) == []
    assert len(list(mojibake("เธกเธฒเธเธ\u0e01"))) == 0  # three
    assert len(list(mojibake("เธกเธฒเธเเธฒเน\u0e01"))) == 0  # cut by another letter
    assert len(list(mojibake("เธกเธฒเธขเน\u0e01"))) == 1


def test_of_mojibake_nothing_else_is_said() -> None:
    """Although there are foreign letters, letters among digits, and strings of signs."""
    for encoding in READ_AS:
        garbled = misread("ข้อ ๒๕ออ (กรมที่ดิน) «ก» เรื่อง ", encoding) * 2
        found = find_flags(garbled, [], protected_spans(garbled))
        assert {f.reason for f in found} == {"mojibake"}


@pytest.mark.parametrize("encoding", sorted(READ_AS))
@pytest.mark.parametrize("last", "เ฿ฟ")
def test_a_run_ends_with_whatever_letter(encoding: str, last: str) -> None:
    """The first and the last code points of a row of 64, and the last that Windows-1252 adds."""
    garbled = misread(f"ประกาศ{last}", encoding)
    if encoding == "cp874":  # what it has not may be read as Windows-1252
        garbled = garbled.replace("\x9f", "\N{LATIN CAPITAL LETTER Y WITH DIAERESIS}")
    assert [(f.start, f.end) for f in mojibake(garbled)] == [(0, len(garbled))]


@pytest.mark.parametrize("encoding", sorted(READ_AS))
@pytest.mark.parametrize("byte", [0x7F, 0xC0])
def test_what_is_no_last_byte_ends_no_letter(encoding: str, byte: int) -> None:
    """Those are 0x80 to 0xBF."""
    whole = misread("ประกาศ", encoding)
    garbled = whole + misread("ก", encoding)[:2] + bytes([byte]).decode(encoding)
    cut = 3 if encoding == "cp874" else 1  # where all are Thai letters, no last one may lack
    assert [(f.start, f.end) for f in mojibake(garbled)] == [(0, len(garbled) - cut)]


@pytest.mark.parametrize(("between", "runs"), [(12, 1), (13, 2)])
@pytest.mark.parametrize("encoding", [*sorted(READ_AS), "twice", "tis-620"])
def test_in_a_run_up_to_12_signs_are_no_mojibake(encoding: str, between: int, runs: int) -> None:
    """As words in ASCII among Thai; what was misread twice has two signs of the last letter."""
    if encoding == "twice":
        words = misread(misread("ประกาศ", "cp1252"), "cp1252")
        between -= 2
    elif encoding == "tis-620":
        words = "ประกาศ".encode("cp874").decode("cp1252")
    else:
        words = misread("ประกาศ", encoding)
    found = list(mojibake(f"{words}{' ' * between}{words}"))
    assert len(found) == runs
    assert {f.end - f.start for f in found} == {len(words) * (3 - runs) + between * (2 - runs)}


def test_two_letters_are_mojibake_also_if_they_are_the_same() -> None:
    """But for Thai letters: there four must differ."""
    for encoding in READ_AS:
        assert len(list(mojibake(misread("กก", encoding)))) == (encoding != "cp874")
