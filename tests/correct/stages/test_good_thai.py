"""Gaps of terms that are good Thai: what stays, where, and what is misread all the same."""

from __future__ import annotations

import pytest

from thaifix import Corrector
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.facts import Facts
from thaifix.correct.stages.good_thai import is_good_thai
from thaifix.correct.stages.term_features import Candidate
from thaifix.lexicon.entries import PHRASES, shipped

CLEAN = "ชาวบ้านได้เดินทางไปตลาดแต่เช้าเพื่อซื้อผักและปลามาทำอาหารให้ครอบครัว\n"


def gap(observed: str, intended: str) -> Candidate:
    return Candidate(
        0,
        len(observed),
        observed,
        intended,
        "",
        "te-1",
        9,
        9,
        True,
        30.0,
        30.0,
        0,
        30.0,
        False,
        True,
    )


def knows(text: str) -> bool:
    return text in {"", " ", "แห่ง", "รัฐ", "ตรวจยศ", "ข้ามแดน", "สิทธิ", "ชาด", "ชาติ", "ตรา", "ตรวจ"}


@pytest.mark.parametrize(
    ("observed", "intended", "clean", "stays"),
    [
        ("แห่ง", "รัฐ", True, True),  # a word for another, ...
        ("แห่ง", "รัฐ", False, False),  # ... which in a sentence alone may be misread
        ("ตรวจยศ", "", False, True),  # a word would go, ...
        ("", "กรม", False, True),  # ... or come in
        (" ", "กรม", False, True),
        ("", "ก", False, False),  # a letter was lost
        ("ข้ามแดน", "ข้างต้น", True, True),  # the whole gap is known, not its letters that differ
        ("รัฐมนดรี", "รัฐมนตรี", True, False),  # no word
        ("แหง่ง", "แห่ง", True, False),
        ("สิทธิ", "สิทธี", True, False),  # letters of one shape
        ("ชาด", "ชาติ", True, False),  # ... and a mark lost
        ("ชาติ", "ชาด", True, True),  # none comes in
        ("ตรา", "ตรวจ", True, True),  # two letters
        ("แหงรัฐ", "แห่งรัฐ", True, False),
    ],
)
def test_what_is_good_thai(observed: str, intended: str, clean: bool, stays: bool) -> None:
    assert is_good_thai(gap(observed, intended), knows, clean=clean) is stays


@pytest.mark.parametrize(
    ("read", "worst", "errs", "clean"),
    [(999, 0.0, False, False), (1000, 0.49, False, True), (5000, 0.5, True, False)],
)
def test_when_a_document_is_clean(read: int, worst: float, errs: bool, clean: bool) -> None:
    """Both by what was read for good."""
    state = DocumentState()
    state.noise = NoiseLevel(1000, 0, 1.5 * worst)
    state.end_block("ก" * read)
    assert (state.errs, state.is_clean) == (errs, clean)


@pytest.mark.parametrize("profile", ["strict", "normal", "bold"])
@pytest.mark.parametrize(
    "line",
    [
        "ให้ประธานแห่งสภาที่ได้รับคำร้องส่งคำร้องนั้นต่อไป และให้สมาชิกแห่งสภานั้นลงมติ\n",
        "กรรมการต้องเป็นผู้พิพากษาในศาลฎีกาหรือตุลาการในศาลปกครองสูงสุด\n",
        "ให้เจ้าหน้าที่วางเงินค่าทดแทนไว้ แล้วแจ้งให้เจ้าของทราบ\n",
        "การพนันไพ่ให้เป็นไปตามพระราชบัญญัติไพ่ พุทธศักราช ๒๔๘๖\n",
    ],
)
def test_laws_name_things_in_their_own_words(
    profiles: dict[str, Corrector], line: str, profile: str
) -> None:
    text = CLEAN * 20 + line
    assert profiles[profile].correct(text).text == text


@pytest.mark.parametrize(("read", "flagged"), [(999, False), (1000, True)])
def test_years_of_laws_stay_in_clean_documents(read: int, flagged: bool) -> None:
    """They are flagged there: laws of one name were made in several years."""
    text = "ตามพระราชบัญญัติระเบียบข้าราชการฝ่ายอัยการ พ.ศ. ๒๕๒๑"
    state = DocumentState()
    state.end_block("ก" * read)
    found = Facts(shipped(PHRASES)).find(text, None, state)
    assert [flag.reason for flag in found.flags] == ["law_year"] * flagged
    assert [edit.reason for edit in found.edits] == ["law_year"] * (not flagged)


def test_a_users_own_entry_is_found_everywhere() -> None:
    """Who gives a term expects misreadings of it."""
    office = "สำนักงานพัฒนาระบบตรวจสอบแห่งแคว้นล้านดาว"
    line = f"ตามที่{office} แจ้งมา\n"
    corrector = Corrector(lexicons=[[office]])
    text = CLEAN * 20 + line.replace("พัฒนา", "พัดลม")
    assert corrector.correct(text).text == CLEAN * 20 + line


def test_a_word_of_the_document_is_no_evidence() -> None:
    """However often it stands there: `ทรัสตี` is not `ทรัสต์`."""
    lines = [
        "ให้ทรัสตีรายใหม่มีสิทธิและหน้าที่แทน", "ทรัสตีลาออกจากการทำหน้าที่", "ประกอบธุรกิจเป็นทรัสตี",
        "ทรัสตีต้องแจ้งการลาออก", "ในกรณีที่ทรัสตีถูกถอดถอน", "ทรัสตีรายเดิมต้องส่งมอบทรัพย์สิน",
        "การแต่งตั้งทรัสตีให้ทำเป็นหนังสือ", "ห้ามทรัสตีนำหนี้ของตนมาหักกลบ",
    ]  # fmt: skip
    text = "\n".join(f"{line}\n{CLEAN}" for line in lines * 3)
    assert Corrector().correct(text).text == text
