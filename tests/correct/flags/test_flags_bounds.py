"""How far the rules of flags look: each bound from both sides."""

from __future__ import annotations

from unicodedata import name

import pytest

from thaifix.correct.flags import find_flags
from thaifix.correct.flags.markup import in_address
from thaifix.text.edit import Flag
from thaifix.text.script import DIGITS

# A clause of 47 letters without a repeated word, and words to fill the space between two of them.
CLAUSE = "ให้ทุกหน่วยงานจัดทำแผนรับมือน้ำท่วมและซักซ้อมกับ"


def reasons(text: str) -> list[str]:
    return [flag.reason for flag in find_flags(text, [], [])]


@pytest.mark.parametrize(("letters", "flagged"), [(39, False), (40, True)])
def test_a_clause_that_follows_itself_has_40_letters(letters: int, flagged: bool) -> None:
    """Shorter ones are headings and names; the space belongs to the clause."""
    clause = "จัดทำแผนรับมือน้ำท่วมและซักซ้อมกับชุมชน ใกล้เคียง"[: letters - 1]
    assert ("repeated_clause" in reasons(f"{clause} {clause} ")) is flagged


@pytest.mark.parametrize(
    ("between", "flagged"), [("กขค", True), ("ก" * 10, True), ("ก" * 11, False)]
)
def test_between_a_repeated_clause_and_itself_stand_12_letters_with_spaces(
    between: str, flagged: bool
) -> None:
    clause = f"{CLAUSE} ใกล้เคียงภายในสิบห้าวันนับจากวันนี้เป็นต้นไป"
    assert len(clause) >= 80
    assert ("repeated_clause" in reasons(f"{clause} {between} {clause}")) is flagged


@pytest.mark.parametrize(("cut", "flagged"), [(0, True), (1, False)])
def test_a_clause_that_is_taken_up_later_has_80_letters(cut: int, flagged: bool) -> None:
    clause = f"{CLAUSE} ใกล้เคียงภายในสิบห้าวันนับจากวันนี้เป็นต้นไป"[:80]
    text = f"{clause[cut:]} ฮฮฮ {clause[cut:]}"
    assert ("repeated_clause" in reasons(text)) is flagged


def test_pieces_that_stand_far_apart_are_no_repetition() -> None:
    """60 pieces apart, at most, however long what is repeated."""
    words = [f"ที่ว่าการอำเภอแห่งหนึ่ง{i:04}" for i in range(60)]
    assert "repeated_clause" in reasons(" ".join(words * 2))
    more = [*words, "ที่ว่าการอำเภอแห่งหนึ่งสุดท้าย"]
    assert "repeated_clause" not in reasons(" ".join(more * 2))


def bracketed(letters: int) -> str:
    """A bracket that is closed after so many letters."""
    words = "รายละเอียดตามเอกสารแนบท้าย " * 30
    return f"({words[: letters - 1]})"


@pytest.mark.parametrize(("letters", "flagged"), [(400, False), (401, True)])
def test_a_bracket_is_closed_within_400_letters(letters: int, flagged: bool) -> None:
    assert ("lost_text" in reasons(bracketed(letters))) is flagged


def test_a_bracket_is_closed_in_its_paragraph() -> None:
    assert reasons("กลุ่มงาน (แผนและ\nโครงการ)") == []
    assert reasons("กลุ่มงาน (แผนและ\n\nโครงการ)") == ["lost_text", "lost_text"]


def test_every_string_of_signs_is_flagged_once() -> None:
    """The first as the second, and two signs in one string are one."""
    text = "«^» ข้อความ «^» «»~"
    assert find_flags(text, [], []) == [
        Flag(0, 3, "latin_misread", "neither Thai nor Latin"),
        Flag(12, 15, "latin_misread", "neither Thai nor Latin"),
        Flag(16, 19, "latin_misread", "neither Thai nor Latin"),
    ]


@pytest.mark.parametrize(
    ("line", "flagged"),
    [("« - ' .", True), ("«" + " " * 54 + "- ' .", True), ("«" + " " * 55 + "- ' .", False)],
)
def test_a_line_of_scattered_signs_has_60_letters(line: str, flagged: bool) -> None:
    assert len(line) <= 61
    assert ("margin_noise" in reasons(f"ข้อความ\n{line}\nข้อความ")) is flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("เพื่อat ข้อ", False),
        ("ข้อ atการ", False),
        ("การatข้อ", True),
        ("เพื่อset ข้อ", True),
        ("ข้อ setการ", True),
    ],
)
def test_a_latin_word_at_one_thai_word_has_three_letters(text: str, flagged: bool) -> None:
    """Between two of them, two are enough."""
    assert ("latin_glued" in reasons(text)) is flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("ข้อ 3 setการ", False),
        ("ข้อ 3  setการ", True),
        ("3 setการ", False),
        ("3setการ", False),
        ("ข้อ ก setการ", True),
    ],
)
def test_what_stands_before_a_latin_word_is_its_own_over_one_space(
    text: str, flagged: bool
) -> None:
    assert ("latin_glued" in reasons(text)) is flagged


@pytest.mark.parametrize("letter", ["\N{DEVANAGARI LETTER KA}", "\N{CYRILLIC CAPITAL LETTER DE}"])
@pytest.mark.parametrize(("letters", "flagged"), [(1, True), (3, True), (4, False)])
def test_up_to_three_foreign_letters_are_flagged(letter: str, letters: int, flagged: bool) -> None:
    """More are a word of another language."""
    assert ("foreign_letter" in reasons(f"กา{letter * letters}กา")) is flagged


@pytest.mark.parametrize("spared", ["เพื่อat ข้อ", "ข้อ 3 setการ", "ใช้emailข้อ", "ข้อ atการ"])
def test_a_latin_word_that_is_spared_hinders_no_other(spared: str) -> None:
    text = f"{spared} และเพื่อset ข้อ"
    assert [text[f.start : f.end] for f in find_flags(text, [], [])] == ["set"]


@pytest.mark.parametrize(
    ("text", "flagged"), [("กเMบ", True), ("กเบMบ", False), ("กบMเบ", False), ("กMบเบ", False)]
)
def test_a_large_latin_letter_behind_a_leading_vowel_is_flagged(text: str, flagged: bool) -> None:
    """Right behind it: a Thai letter must stand there. Elsewhere it may be a letter by itself."""
    found = [f for f in find_flags(text, [], []) if f.reason == "foreign_letter"]
    assert [f[:2] for f in found] == [(text.index("M"), text.index("M") + 1)] * flagged


def test_all_foreign_letters_are_named() -> None:
    text = "กา\N{DEVANAGARI LETTER KA}\N{DEVANAGARI LETTER GA}กา"
    assert [f.note for f in find_flags(text, [], [])] == [
        "Devanagari letter ka, Devanagari letter ga"
    ]


def test_what_was_flagged_says_why() -> None:
    """One note for each kind."""
    notes = {
        "เวลา 25.10 น.": "no such time of day",
        "วันที่ 31 เมษายน 2567 นี้": "no such day in this month",
        "วันจันทร์ที่ 2 มกราคม 2567": "another day of the week",
        "ก ๒ก๖": "a letter among digits",
        "ก ๒๕ออ": "letters among digits",
        "ก ๒๕9": "Thai and Arabic digits in one number",
        "ระบบ translateข้อความ": "Latin word without a space in Thai text",
        "สวัสดีเ\nครับ": "a vowel without its consonant",
        "\N{THAI CHARACTER MAI THO}กา": "a mark without its letter",
        "มี (ดังนี้": "a bracket without its partner",
        "1. กลาง\n2. ขวา\n4. ซ้าย": "a number is missing before it",
        "กา\u0915กา": "Devanagari letter ka",
        "กระทรวงสาธารณสุขกระทรวงสาธารณสุข": "repeats the letters before",
    }
    assert {text: [f.note for f in find_flags(text, [], [])] for text in notes} == {
        text: [note] for text, note in notes.items()
    }


def pieces(letters: int) -> str:
    """A clause of pieces of seven letters, but for the first, which has so many."""
    return " ".join(["ธงมนบกวจหลทดสยรพ"[:letters], *(f"{c}รงมน{d}ก" for c in "กขค" for d in "ถทธ")])


@pytest.mark.parametrize(("letters", "flagged"), [(9, False), (10, True)])
def test_a_piece_that_shows_a_repetition_has_10_letters(letters: int, flagged: bool) -> None:
    clause = pieces(letters)
    assert ("repeated_clause" in reasons(f"{clause} {clause} ")) is flagged


@pytest.mark.parametrize(("between", "flagged"), [("ก ข ค", True), ("ก ข ค ง", False)])
def test_three_pieces_may_stand_between_a_clause_and_itself(between: str, flagged: bool) -> None:
    """As many that are not the same: more are a list of like things."""
    clause = f"{pieces(10)} {pieces(11)}"
    assert len(clause) >= 80
    assert len(between) <= 10
    assert ("repeated_clause" in reasons(f"{clause} {between} {clause}")) is flagged


@pytest.mark.parametrize(("letters", "flagged"), [(59, False), (60, True)])
def test_a_line_that_is_repeated_has_60_letters(letters: int, flagged: bool) -> None:
    """Shorter ones are cells of a column."""
    line = f"{CLAUSE}ใกล้เคียงภายในสิบห้าวันนับจากนี้"[:letters]
    assert ("repeated_clause" in reasons(f"{line}\n{line}")) is flagged


@pytest.mark.parametrize(("letters", "flagged"), [(5, False), (6, True), (24, True), (25, False)])
def test_a_word_that_is_repeated_has_6_to_24_letters(letters: int, flagged: bool) -> None:
    word = "ธกขคงจชซดตทนบปพฟมยรลวหอฉฮ"[:letters]
    assert ("repeated_word" in reasons(word * 2)) is flagged


@pytest.mark.parametrize(
    "letter",
    ["\N{TIBETAN LETTER KA}", "\N{SINHALA LETTER ALPAPRAANA KAYANNA}", "\N{LAO LETTER KO}"],
)
def test_letters_of_neighbouring_scripts_are_foreign(letter: str) -> None:
    assert [f.note for f in find_flags(f"กา{letter}กา", [], [])] == [name(letter).capitalize()]


@pytest.mark.parametrize(
    ("text", "at", "inside"),
    [
        ("-->" + "x" * 197 + "W", 200, True),
        ("-->" + "x" * 198 + "W", 201, False),
        ("W" + "x" * 197 + "-->", 0, True),
        ("W" + "x" * 198 + "-->", 0, False),
        ("//" + "x" * 198 + "W", 200, True),
        ("//" + "x" * 199 + "W", 201, False),
        ("W" + "x" * 198 + "//", 0, True),
        ("W" + "x" * 199 + "//", 0, False),
    ],
)
def test_an_address_is_looked_for_200_letters_to_each_side(
    text: str, at: int, inside: bool
) -> None:
    """As are the times of a subtitle."""
    assert in_address(text, at, at + 1) is inside


@pytest.mark.parametrize(
    ("number", "flagged"),
    [
        ("1O", False),
        ("1O5", True),
        ("1O" + "5" * 28, True),
        ("1O" + "5" * 29, False),
    ],
)
def test_a_number_with_letters_has_3_to_30_figures(number: str, flagged: bool) -> None:
    """Shorter ones may be names, longer ones are codes."""
    assert ("misread_number" in reasons(f"จำนวน {number} บาท")) is flagged


@pytest.mark.parametrize(
    ("length", "at", "flagged"),
    [
        (4096, 399, False),
        (4096, 400, True),
        (4096, -400, True),
        (4096, -399, False),
        (4095, 399, True),
        (4095, -399, True),
    ],
)
def test_a_bracket_may_have_its_partner_400_letters_beyond_a_cut(
    length: int, at: int, flagged: bool
) -> None:
    """A text of 4,096 code points may be cut from a longer one; a shorter one is whole."""
    text = "".join(f"ลำดับ {i} " for i in range(600))
    at %= length
    cut = f"{text[:at]}{')' if at < 1000 else '('}{text[at + 1 : length]}"
    assert len(cut) == length
    assert ("lost_text" in reasons(cut)) is flagged


@pytest.mark.parametrize("digits", ["0123456789", DIGITS])
@pytest.mark.parametrize("missing", [4, 9, 10, 11, 13])
def test_a_number_is_missed_in_a_list_of_any_length(digits: str, missing: int) -> None:
    numbers = [number for number in range(1, 16) if number != missing]
    text = "".join(f"{number}. รายการ\n" for number in numbers)
    text = text.translate(str.maketrans("0123456789", digits))
    found = [f for f in find_flags(text, [], []) if f.reason == "lost_text"]
    assert [int(text[f.start : f.end]) for f in found] == [missing + 1]
