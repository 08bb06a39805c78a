"""Letter spaces: which texts have them, which lines, and what is a list of letters."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from typing import cast

import pytest

from thaifix import Corrector, invert
from thaifix.correct.options import PROFILES
from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.letter_spaces import LetterSpaces
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN, decode
from thaifix.text.edit import apply
from thaifix.text.protect import KeepList

EK = "\u0e48"
UNKNOWN_LETTER = "ฮ"


class Speller:
    """A decoder that knows all but one letter, with or without mai ek on it."""

    def scan(self, symbols: bytes) -> tuple[array[int], array[int], array[float]]:
        tokens = list(re.finditer(f"{UNKNOWN_LETTER}{EK}?|[^{UNKNOWN_LETTER}]+", decode(symbols)))
        words = [UNKNOWN if m[0][0] == UNKNOWN_LETTER else FIRST_WORD for m in tokens]
        starts = array("i", [m.start() for m in tokens])
        return starts, array("I", words), array("f", [1.0] * len(words))


def joined(text: str, keep: KeepList | None = None) -> str:
    """A text without its letter spaces."""
    edits = LetterSpaces(cast(Decoder, Speller())).find(text, keep, DocumentState()).edits
    assert {edit.reason for edit in edits} <= {"letter_space"}
    return apply(text, edits)


def spaced(count: int, letter: str = "ก") -> str:
    """Letters with so many spaces between them."""
    return " ".join(letter * (count + 1))


LINE = spaced(12)
JOINED = "ก" * 13


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LINE, True),  # twelve gaps
        (spaced(11), False),
        (f"{LINE}\n{'ข' * 9}", True),  # with eight others: 60 %
        (f"{LINE}\n{'ข' * 10}", False),
        (f"{'ข' * 9}\n{LINE}", True),
        (f"{spaced(6)}\n{spaced(6)}", True),
        (f"{spaced(6)}\n{spaced(5)}", False),
        (" ".join("กา" * 7), True),  # vowels have gaps
        (" ".join("เก" * 7), True),
        (f"ก ข {' '.join(['ก' + EK] * 11)}", True),
        (" ".join(["ก \u0e48"] * 7), False),  # no gap is before a mark
        (" ".join("5" * 20), False),
        (" ".join("ก5" * 20), False),
        (f"ก ข {'  '.join('ก' * 13)}", False),  # one space each
        (f"ก ข ค {'. ก' * 12}", False),  # between letters
        (" ".join(["กข"] * 13), False),
        ("", False),
    ],
)
def test_which_texts_are_letter_spaced(text: str, found: bool) -> None:
    assert (joined(text) != text) == found


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("ก ข ค", "กขค"),
        ("ก ข", "ก ข"),  # too short
        ("ก ข คงจฉ", "กขคงจฉ"),  # two gaps of five
        ("ก ข คงจฉช", "ก ข คงจฉช"),
        ("ก ข ค  ง", "กขค ง"),  # two spaces: a word ends
        ("ก ข ค   ง", "กขค   ง"),
        ("ก ข ค \u0e48 ง", "กขค\u0e48ง"),
        ("ก ข ค 5 ง", "กขค 5 ง"),
        ("ก ข ค . ง", "กขค . ง"),
        ("ก ข ค\tง", "กขค\tง"),
        ("ก ข ค\u00a0ง", "กขค\u00a0ง"),
        (" ก ข ค ", " กขค "),
        ("ฮ ก ฮ ก", "ฮกฮก"),  # half of it is known
        ("ฮ ฮ ก ก", "ฮฮกก"),
        ("ฮ ก ฮ ก ฮ", "ฮ ก ฮ ก ฮ"),
        (f"ฮ{EK} ก ฮ{EK} ก", f"ฮ{EK} ก ฮ{EK} ก"),  # letters count, not words
        ("", ""),
    ],
)
def test_lines_of_such_texts(line: str, without: str) -> None:
    """Before and after others, each by itself."""
    assert joined(f"{LINE}\n{line}\n{LINE}") == f"{JOINED}\n{without}\n{JOINED}"
    assert joined(f"{line}\n{LINE}\n") == f"{without}\n{JOINED}\n"


def test_what_is_protected_stays() -> None:
    text = f"{LINE} ข  ค"
    assert joined(text) == f"{JOINED}ข ค"
    assert joined(text, KeepList(["ก ข"])) == f"{JOINED} ข ค"
    assert joined(text, KeepList(["ข  ค"])) == f"{JOINED}ข  ค"
    assert joined(text, KeepList(["ข"])) == f"{JOINED}ข ค"
    assert joined(text, KeepList([" ข"])) == f"{JOINED} ข ค"


def test_every_space_is_an_edit() -> None:
    text = f"{spaced(12)}  ข"
    edits = LetterSpaces(cast(Decoder, Speller())).find(text, None, DocumentState()).edits
    assert [edit[:3] for edit in edits] == [
        *((2 * i + 1, 2 * i + 2, "") for i in range(12)),
        (25, 27, " "),
    ]
    assert [edit.observed for edit in edits] == [*" " * 12, "  "]


SENTENCE = "ที่ประชุมมีมติเห็นชอบตามที่คณะกรรมการเสนอ"
SPACED = "ท ี ่ ป ร ะ ช ุ ม ม ี ม ต ิ เ ห ็ น ช อ บ ต า ม ท ี ่ ค ณ ะ ก ร ร ม ก า ร เ ส น อ"


@pytest.mark.parametrize("profile", PROFILES)
def test_tesseract_text(profiles: Mapping[str, Corrector], profile: str) -> None:
    """Whether it parts marks from letters or clusters from clusters."""
    clusters = "ที่ ป ร ะ ชุ ม มี ม ติ เ ห็ น ช อ บ ต า ม ที่ ค ณ ะ ก ร ร ม ก า ร เ ส น อ"
    for text in (SPACED, clusters, f"{clusters}\n{clusters}\n"):
        correction = profiles[profile].correct(text)
        assert correction.text == text.replace(" ", "")
        assert "letter_space" in {edit.reason for edit in correction.edits}
        assert invert(correction.text, correction.edits) == text
    assert profiles[profile].correct(clusters).text == SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        "ก ข ฃ ค ฅ ฆ ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ ฑ ฒ ณ ด ต ถ ท ธ น บ ป ผ ฝ พ ฟ ภ ม",
        "คะแนน ก ข ค ง จ",
        "ที่ ประชุม มี มติ เห็น ชอบ ตาม ที่ คณะ กรรมการ เสนอ และ ให้ เจ้าหน้าที่ แจ้ง ผู้ เกี่ยวข้อง ทราบ",
        "ไป มา หา สู่ กัน ไม่ ได้ มา นาน แล้ว วัน นี้ ฝน ตก หนัก มาก ทั้ง วัน",
    ],
)
def test_what_stays(profiles: Mapping[str, Corrector], text: str) -> None:
    """Lists of letters, and text with spaces between its words."""
    for corrector in profiles.values():
        assert corrector.correct(text).text == text
