"""Historic spelling: which documents are recognised, what is kept in them, and that it is said."""

from __future__ import annotations

from array import array

import pytest

from thaifix import Corrector, Options
from thaifix.correct.document import Document
from thaifix.correct.historic import recognised
from thaifix.correct.knowledge import Knowledge
from thaifix.correct.stage import Block
from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN
from thaifix.lexicon.entries import Lexicon
from thaifix.model.decoder import Scan

REFORMED = "ไนคราวนี้ รัถบาลมีมติไห้กระซวงทำการสึกสาและประกาสไห้ซาบ"
OLD = "บรรดาราษฎรทังหลายทังปวง แลให้เปนการสืบไป"
TODAY = "ในคราวนี้ รัฐบาลมีมติให้กระทรวงทำการศึกษาและประกาศให้ทราบ"


def reasons(text: str, orthography: str = "auto", profile: str = "normal") -> list[str]:
    corrector = Corrector(options=Options(profile, orthography=orthography))
    return [flag.reason for flag in corrector.correct(text).flags]


@pytest.mark.parametrize("profile", ["strict", "normal", "bold"])
@pytest.mark.parametrize("text", [REFORMED, OLD])
def test_its_spellings_are_kept(text: str, profile: str) -> None:
    """And that is said once, however long the document is."""
    document = "".join(f"{text} หน้า {n}\n" for n in range(200))
    correction = Corrector(profile=profile).correct(document)
    assert correction.text == document
    said = [flag for flag in correction.flags if flag.reason == "historic_orthography"]
    assert len(said) == 1
    assert document[said[0].start : said[0].end] in text


def test_other_damage_is_repaired() -> None:
    damaged = f"{REFORMED}\nส\u0e4dานักงานเจ้าหน้้าที่กรมกาปกครอง\n"
    text = Corrector().correct(damaged).text
    assert text.split("\n") == [REFORMED, "สำนักงานเจ้าหน้าที่กรมการปกครอง", ""]


def test_what_the_user_says_holds() -> None:
    """Today's spelling is wanted, or one form alone is kept."""
    modern = Corrector(options=Options(orthography="modern")).correct(OLD)
    assert "ทั้งหลายทั้งปวง" in modern.text
    assert "historic_orthography" not in {flag.reason for flag in modern.flags}
    line = "ไห้ไปดูที่บ้าน และไห้กลับมา"
    assert Corrector(options=Options(orthography="historic")).correct(line).text == line
    with pytest.raises(ValueError, match="orthography 'royal'"):
        Options(orthography="royal")


@pytest.mark.parametrize(
    "text",
    [
        "ไห้ไช้ไน",  # what engines read for sara ai maimuan
        "ประกาสไห้",  # too little
        f"{REFORMED} {TODAY}",  # both spellings
        "เสพติด ได้ ไนล์ กดหมายเลข",  # forms as parts of other words
        "ก" * 4800 + REFORMED,  # too thin
    ],
)
def test_texts_of_today(text: str) -> None:
    assert recognised(text) is None


@pytest.mark.parametrize(
    ("forms", "enough"),
    [
        (["กระซวง"], False),
        (["กระซวง", "กระซวง"], False),  # the same
        (["กระซวง", "จำเภาะ"], True),
        (["กระซวง", "ภาสา"], True),  # four code points
        (["ทหาน", "ภาสา"], True),
        (["กระซวง", "คนะ"], False),  # three, which count half
        (["กระซวง", "คนะ", "ซาบ"], True),
        (["ฃวด", "คนะ", "ซาบ", "เฃา"], False),  # one must be long
        (["ภาสา", "คนะ", "ซาบ"], True),
    ],
)
def test_two_forms_are_enough(forms: list[str], enough: bool) -> None:
    assert (recognised(" ".join(forms)) is not None) is enough


@pytest.mark.parametrize(("letters", "enough"), [(800, True), (801, False)])
def test_a_form_stands_in_400_code_points(letters: int, enough: bool) -> None:
    text = "กระซวง จำเภาะ ".ljust(letters, "1")
    assert (recognised(text) is not None) is enough


@pytest.mark.parametrize(("today", "enough"), [(0, True), (2, True), (3, False)])
def test_a_quarter_may_be_written_as_today(today: int, enough: bool) -> None:
    """Of eight, two."""
    text = "กระซวง จำเภาะ " * 3 + "กระทรวง " * today
    assert (recognised(text) is not None) is enough


@pytest.mark.parametrize(("words", "unknown", "strange"), [(100, 4, False), (100, 5, True)])
def test_a_block_with_more_than_four_of_a_hundred_words_unknown_is_searched(
    corrector: Corrector, words: int, unknown: int, strange: bool
) -> None:
    document = Document(Knowledge(corrector.model, Lexicon(), Options()), None)
    ids = array("I", [UNKNOWN] * unknown + [FIRST_WORD] * (words - unknown))
    scan = Scan(array("i", range(words)), ids, array("f", [1.0] * words))
    document._state.blocks.append(Block("ก" * words, None, scan))
    assert document._is_strange() is strange
