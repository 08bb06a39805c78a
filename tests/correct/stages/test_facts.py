"""Facts: each rule where it must act and where it must not; a right text is never touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.stages.facts import Facts
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import apply
from thaifix.text.script import DIGITS

LAWS = {
    "พระราชบัญญัติป้องกันและปราบปรามการค้าประเวณี": (2539,),
    "พระราชบัญญัติจราจรทางบก": (2522,),
    "พระราชบัญญัติสหกรณ์": (2511, 2542),
    "พระราชบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ": (2560,),
}
BODIES = {
    "องค์การอนามัยโลก": ("WHO", "World Health Organization"),
    "องค์การระหว่างประเทศเพื่อการโยกย้ายถิ่นฐาน": ("IOM", "International Organization for Migration"),
    "กองทุนประชากรแห่งสหประชาชาติ": ("UNFPA", "United Nations Population Fund"),
    "ธนาคารพัฒนาเอเชีย": ("ADB", "Asian Development Bank"),
    "กระทรวงศึกษาธิการ": ("ศธ.", ""),
}
MISREAD = {"ธนาคารพัฒนาเอเชีย": ("ธนาคารพัฒนาเอเซีย",)}
ENTRIES = [
    *(
        Entry(
            title,
            f"la-{years[0]}",
            "act",
            since=years[-1],
            note="years=" + ";".join(map(str, years)),
        )
        for title, years in LAWS.items()
    ),
    *(
        Entry(name, f"in-{aliases[0]}", "body", tuple(filter(None, aliases)), MISREAD.get(name, ()))
        for name, aliases in BODIES.items()
    ),
    Entry("ศฐ.", "ab-1", "abbreviation"),
    Entry("สพฐ.", "ab-2", "abbreviation", note="expansion=สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"),
]
FACTS = Facts(ENTRIES)
CASES: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[2] / "cases" / "facts.json").read_text(encoding="utf-8")
)

SPACES = st.sampled_from(["", " ", "\n", "  \n"])
WORDS = st.text("กขาี ศ.()๑1A\n", max_size=12)


def in_digits(year: int, thai: bool) -> str:
    return "".join(DIGITS[int(d)] for d in str(year)) if thai else str(year)


@st.composite
def citations(draw: st.DrawFn, year: tuple[int, int] | None = None) -> str:
    """A law and a year; the right one, unless `year` says from when to when."""
    title, years = draw(st.sampled_from(sorted(LAWS.items())))
    stated = draw(st.integers(*year) if year else st.sampled_from(years))
    era = draw(st.sampled_from(["พ.ศ.", "พุทธศักราช", "พ. ศ."]))
    return f"{title}{draw(SPACES)}{era}{draw(SPACES)}{in_digits(stated, draw(st.booleans()))}"


@st.composite
def bodies(draw: st.DrawFn, letters: str = "") -> str:
    """A body with an abbreviation in parentheses; the right one, or one of `letters`."""
    name, (right, english) = draw(st.sampled_from(sorted(BODIES.items())))
    before = f"{english} – " if english and draw(st.booleans()) else ""
    short = draw(st.text(letters, min_size=2, max_size=6)) if letters else right
    return f"{name}{draw(SPACES)}({before}{short})"


RIGHT = st.lists(st.one_of(citations(), bodies()), min_size=1, max_size=5).map(" ได้แก่ ".join)
ANY = st.lists(
    st.one_of(
        citations((2400, 2599)),
        bodies("UNFPAWHOศธร."),
        st.sampled_from(["องค์กรอนามัยโลก (WHO) ", "ธนาคารพัฒนาเอเซีย (ADB) ", "องค์กรอนามัย\nโลก "]),
        WORDS,
    ),
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['rule']}: {c['why']}") for c in CASES])
def test_cases(case: dict[str, str]) -> None:
    """A case becomes what is intended, by its own rule alone."""
    edits = FACTS.edits(case["text"])
    assert apply(case["text"], edits) == case["intended"]
    assert {e.reason for e in edits} <= {case["rule"]}
    assert all(e.entry for e in edits)


@given(RIGHT)
def test_right_facts_stay(text: str) -> None:
    assert FACTS.edits(text) == []


@given(ANY)
def test_edits_can_be_applied(text: str) -> None:
    """They are sorted and disjoint, change something, and what they make needs no more of them."""
    edits = FACTS.edits(text)
    corrected = apply(text, edits)
    assert all(e.observed != e.replacement for e in edits)
    assert all(0.5 < e.confidence < 1 and e.margin > 0 for e in edits)
    assert not {e.reason for e in FACTS.edits(corrected)} & {"law_year", "abbreviation_of"}


@given(ANY)
def test_white_space_and_lines_stay(text: str) -> None:
    corrected = apply(text, FACTS.edits(text))
    spaces = [c for c in text if c.isspace()]
    assert [c for c in corrected if c.isspace()] == spaces


@given(ANY)
def test_digits_keep_their_kind(text: str) -> None:
    for edit in FACTS.edits(text):
        if edit.reason == "law_year":
            kinds = [digit in DIGITS for digit in edit.observed]
            assert [digit in DIGITS for digit in edit.replacement] == kinds


@given(ANY, st.data())
def test_protected_spans_stay(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for edit in FACTS.edits(text, [(start, end)]):
        assert edit.end <= start or end <= edit.start or start == end


def test_a_text_without_facts_needs_no_entries() -> None:
    assert Facts([]).edits("องค์กรอนามัยโลก (WHO) ตามพระราชบัญญัติจราจรทางบก พ.ศ. ๒๕๗๙") == []


def test_a_later_law_of_the_lexicon_moves_what_is_to_come() -> None:
    """Where the lexicon has a law of 2580, a law of 2579 is no law of the future."""
    text = "ตามพระราชบัญญัติป้องกันและปราบปรามการค้าประเวณี พ.ศ. ๒๕๗๙"
    later = Entry("พระราชบัญญัติการเดินทางในอวกาศ", "la-2580", "act", since=2580)
    assert FACTS.edits(text)
    assert Facts([*ENTRIES, later]).edits(text) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("๒๕๓ฒ", "๒๕๓๙"),
        ("๒๕๓»", "๒๕๓๙"),
        ("๒๕9๙", "๒๕๓๙"),
        ("๒๕ว๒", ""),
        ("๒๕๑๐", ""),
        ("๒๕๓๙", ""),
    ],
)
def test_letters_in_years_need_a_document_that_was_read(written: str, read: str) -> None:
    text = f"พระราชบัญญัติป้องกันและปราบปรามการค้าประเวณี พ.ศ. {written} และ"
    assert [e.replacement for e in FACTS.edits(text, family="scan")] == [read] * bool(read)
    if not written.isdigit():
        assert FACTS.edits(text) == []


def test_surer_evidence_is_told_by_the_confidence() -> None:
    """A listed misreading is surer than a whole word that reads otherwise."""
    (listed,) = FACTS.edits("ธนาคารพัฒนาเอเซีย (ADB)")
    *_, word = FACTS.edits("องค์การระหว่างประเทศเพื่อการโยกย้ายถาวรสหภพ (IOM)")
    assert listed.confidence > word.confidence
    assert listed.margin > word.margin


def test_an_expansion_in_a_note_counts_as_a_name() -> None:
    text = "แจ้ง สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน (สฟฐ.) แล้ว"
    (edit,) = FACTS.edits(text)
    assert (edit.observed, edit.replacement, edit.entry) == ("สฟฐ.", "สพฐ.", "ab-2")
