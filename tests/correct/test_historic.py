"""Historic spelling: which documents are recognised, what is kept in them, and that it is said."""

from __future__ import annotations

import pytest

from thaifix import Corrector, Options
from thaifix.correct.historic import recognised

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
