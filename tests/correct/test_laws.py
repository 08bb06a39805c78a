"""What holds for the correction of any text."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from math import isnan
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from thaifix import Correction, Corrector, Edit, Flag, apply, invert
from thaifix.text import blocks as divisions
from thaifix.text.blocks import blocks, sections
from thaifix.text.edit import shift
from thaifix.text.protect import KeepList, protected_spans
from thaifix.text.script import MARKS, ZERO_WIDTH

KEEP = ("เมือวันที", "คณะรัฐมนดรี", "นําท่วม", "เยียม", "โคธงการ", "กระทธวง")
"""Misreadings that the engine repairs unless it is told not to."""

_PAGES = Path(__file__).parents[1] / "data" / "pages.jsonl"
_LINES = [
    line + "\n"
    for page in _PAGES.read_text(encoding="utf-8").splitlines()[::5]
    for line in json.loads(page)["ocr"].splitlines()
    if len(line) < 60
]
_NASTY = [
    *"\r\n\t\f\0\v\x1b\x85\u2028\ud800\udcff\ufeff\u200b\u00a0 .,|<>`*-:/@ๆฯ๑๒๕๙09aZé中क\u09c7",
    *"\u0e81\u0ea3\u0eb2\u0ec1\u0ec8\u0ecd\U0001f600",
    *("\r\n", "\n\n", "  ", "ฯลฯ", "https://ก.th/ข", "<b>", "&amp;", "```\n", "ค.ศ. ", "เเ"),
    *("การ", "ที", "เมือ", "น้าท่วม", "คณะกรรมการ", "ประเทศไทย", "จังหวัด", "นาย ", "ก. "),
    *("ມາ", "ພາສາລາວ", "สมฺมา", "๑๒.๓๔", "12,345", "เรืองเดิม", "สํานัก\nงาน", "พระราชบัญญัดิ"),
    *("จั้งหวัด", "โคธงการ", "กระทธวง", "ธีรรัตน์", "12.5", "ก.พ.", "http://a.b/ก", "\u62c9", "(", ")"),
    *KEEP,
]
_AGENCY = "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ"
_TERMS = [
    _AGENCY,
    *(_AGENCY.replace("สิทธิ", wrong) for wrong in ("สถิติ", "สิท\nธิบัตร", "")),
    *(_AGENCY.replace("แห่งชาติ", wrong) for wrong in ("แห่งชาย", "แห่ง\nชาย", "แต่งชาติ")),
    "คณะกรรมการสถิติมนุษยชน", "พระราชบัญญัติคุ้มครองแรงงาน พ.ศ. ๒๕๑๔", "พ.ศ. ๒๕๗๙ ",
    "พระราชบัญญัติป้องกันและปราบปรามการค้าประเวณี พ.ศ. ๒๕๗๙", "องค์การอนามัยโลก (UNFPA)",
    "กรมส่งเสริมการปกครองท้องถิ่น", "กรมการปกครองท้องถิ่น",
]  # fmt: skip
_JUNK = st.text(
    alphabet=st.one_of(
        st.sampled_from("กขคงจชดตถทนบปพมยรลวสหอเแโไาะำ" + MARKS),
        st.sampled_from("กน\u0eb2 \n\r\f\t\0\ud800๑a"),
        st.characters(),
    ),
    max_size=12,
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(_LINES), st.sampled_from(_NASTY), st.sampled_from(_TERMS), _JUNK),
    max_size=12,
).map("".join)
RESTORED_OVER_A_LINE_END = (
    "นายกองค์การบริหารส่วนตำบล\n"
    "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติสำนักงานคณะกรรมการสถิติมนุษยชนแห่งชาติ"
    "สำนักงานคณะกรรมการสิท\nธิบัตรมนุษยชนแห่งชาติแขวงทางหลวงชนบท ถนนเลี่ยงเมือง ๕ฒอว๐\n"
    + "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ"
    * 3
)
"""After the first round of terms nothing but a line end parts a name from its like."""

FACTS = {"law_year"}
"""Reasons of edits that put what a lexicon knows in the place of a number."""

laws = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
dear_laws = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def overlaps(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit takes or inserts anything inside a span."""
    return (edit.start < end and start < edit.end) or start < edit.start < end


@pytest.fixture(scope="module")
def bold(profiles: dict[str, Corrector]) -> Corrector:
    """The profile that changes most."""
    return profiles["bold"]


@pytest.fixture(scope="module")
def keeping() -> Corrector:
    return Corrector(keep=KEEP, profile="bold")


@given(text=TEXTS)
@example(text="")
@example(text="\f\f")
@laws
def test_edits_lead_from_source_to_text_and_back(bold: Corrector, text: str) -> None:
    correction = bold.correct(text)
    assert correction.source == text
    assert apply(text, correction.edits) == correction.text
    assert invert(correction.text, correction.edits) == text
    if not correction.edits:
        assert correction.text is text


@given(text=TEXTS)
@example(text=RESTORED_OVER_A_LINE_END)
@laws
def test_edits_are_in_order_and_say_all(bold: Corrector, text: str) -> None:
    """None is without effect, or without a reason, or overlaps the next."""
    edits = bold.correct(text).edits
    assert all(a.end <= b.start for a, b in pairwise(edits))
    for edit in edits:
        assert edit.observed == text[edit.start : edit.end] != edit.replacement
        assert 0 <= edit.confidence <= 1
        assert not isnan(edit.margin)
        assert edit.reason


@given(text=TEXTS)
@example(text="เมือวันที\r\n\r\nน้าท่วม\rเมือง\n\f\n")
@example(text="กระทธวง\r'\nบันทึกข้อความ\n")
@laws
def test_line_ends_never_change(bold: Corrector, text: str) -> None:
    """Neither their number nor their kind."""
    ends = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
    assert ends.findall(bold.correct(text).text) == ends.findall(text)


@given(text=TEXTS)
@example(text="๑ู๒ เมือวันที ๕")
@laws
def test_digits_never_change(bold: Corrector, text: str) -> None:
    """Thai, Arabic or other: the same ones in the same order, but for years of known laws."""

    def digits(text: str) -> list[str]:
        return [letter for letter in text if unicodedata.category(letter) == "Nd"]

    others = [e for e in bold.correct(text).edits if e.reason not in FACTS]
    assert digits(apply(text, others)) == digits(text)


def touched(corrector: Corrector, text: str) -> list[Edit]:
    """Edits of what is protected."""
    edits, at, found = corrector.correct(text).edits, 0, list[Edit]()
    for block in blocks([text]):
        for start, end in protected_spans(block.text):
            found += [
                e for e in edits if overlaps(e, start + at, end + at) and e.reason not in FACTS
            ]
        at += len(block.text)
    return found


@given(text=TEXTS.map(lambda text: re.sub(f"[{ZERO_WIDTH}]", "", text)))
@laws
def test_what_is_protected_never_changes(bold: Corrector, text: str) -> None:
    assert touched(bold, text) == []


def test_what_is_protected_stays_so_when_what_is_beside_it_is_removed(bold: Corrector) -> None:
    assert touched(bold, "\u4e2d\ufeffบันทึกข้อความ\n") == []


@given(text=TEXTS)
@example(text="เมือวันที ๕ คณะรัฐมนดรีเยียมพืนทีนําท่วม")
@laws
def test_kept_words_never_change(keeping: Corrector, text: str) -> None:
    edits = keeping.correct(text).edits
    for span in KeepList(KEEP).spans(text):
        assert [e for e in edits if overlaps(e, *span)] == []


@given(text=TEXTS)
@laws
def test_kept_words_are_as_frequent_as_before(keeping: Corrector, text: str) -> None:
    corrected = keeping.correct(text).text
    for word in KEEP:
        assert corrected.count(word) >= text.count(word)


@given(text=TEXTS)
@laws
def test_edits_and_flags_do_not_overlap(bold: Corrector, text: str) -> None:
    """What is flagged is left as it is; flags stand in order and within the text."""
    correction = bold.correct(text)
    assert list(correction.flags) == sorted(correction.flags)
    for flag in correction.flags:
        assert 0 <= flag.start < flag.end <= len(text)
        if flag.reason in {"mojibake", "repeated_clause", "repeated_loop"}:
            continue  # long ones, in which letters are repaired all the same
        assert [e for e in correction.edits if overlaps(e, flag.start, flag.end)] == []


@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
@dear_laws
def test_what_was_corrected_before_does_not_matter(bold: Corrector, texts: list[str]) -> None:
    """One corrector, used again and again, gives what a fresh one gives."""
    fresh = Corrector(profile="bold")
    assert bold.correct(texts[-1]) == fresh.correct(texts[-1])
    assert [bold.correct(t) for t in texts] == [fresh.correct(t) for t in texts]


@given(texts=st.lists(TEXTS, max_size=4))
@dear_laws
def test_correct_many_is_correct_of_each(bold: Corrector, texts: list[str]) -> None:
    assert list(bold.correct_many(iter(texts))) == [bold.correct(t) for t in texts]


def by_sections(corrector: Corrector, text: str) -> Correction:
    """Correct section by section, each document by a `Document` of its own."""
    parts: list[Correction] = []
    document = corrector.document()
    for section in sections([text]):
        if section.first:
            document = corrector.document()
        parts.append(document.correct(section.text))
    at, edits, flags = 0, list[Edit](), list[Flag]()
    for part in parts:
        edits += shift(part.edits, at)
        flags += [f._replace(start=f.start + at, end=f.end + at) for f in part.flags]
        at += len(part.source)
    return Correction(text, "".join(p.text for p in parts), tuple(edits), tuple(flags))


@given(text=TEXTS)
@example(text="เมือวันที ๕\fเมือวันที ๖\f")
@laws
def test_correct_is_the_documents_sections_joined(bold: Corrector, text: str) -> None:
    assert bold.correct(text) == by_sections(bold, text)


def test_long_texts_are_the_documents_sections_joined(
    bold: Corrector, pages: list[dict[str, Any]]
) -> None:
    """Documents of several sections, whose noise and memory go on from one to the next."""
    half = "".join(page["ocr"] + "\n" for page in pages[:10])
    text = f"{half}\f{half}"
    with patch.object(divisions, "SECTION_SIZE", 5000):
        assert len(list(sections([text]))) > 3
        assert bold.correct(text) == by_sections(bold, text)


def test_documents_do_not_know_of_each_other(corrector: Corrector, noisy_page: str) -> None:
    """The noise of one does not make the next one suspicious."""
    clean = "หนังสือราชการฉบับนี้ ชั้นไม่รุ้อ่ะ เค้าบอกว่าดีแล้ว\n"
    alone = corrector.correct(clean).text
    assert corrector.correct(noisy_page * 3 + "\f" + clean).text.endswith("\f" + alone)
    assert list(corrector.correct_many([noisy_page, clean]))[1].text == alone
