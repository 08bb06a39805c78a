"""Spellings of one name win, are flagged together, or are left to two persons."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.stages.names import Names
from thaifix.text.edit import apply

KNOWN = frozenset({"วิชัย", "วิชุดา", "สมชาย", "สมชัย", "แก้วมโนรมย์", "ทองอินทร์", "ทองอินทร", "ใจดี"})


def text(*names: str) -> str:
    return " ลงนาม\n".join(names) + " ลงนาม"


EDITED = {
    "majority": (
        ["นายธีรเมธ บุญเกียรติไพร"] * 3 + ["นายธีรเมธ บุญเกียรตไพร"],
        ["นายธีรเมธ บุญเกียรติไพร"] * 4,
    ),
    "lexicon": (
        ["นายวิชัย แก้วมโนรมย์", "นายวิชัย แก้วมโนรมซ์"],
        ["นายวิชัย แก้วมโนรมย์"] * 2,
    ),
    "given name": (
        ["ดร.วิชัย พลอยสุวรรณรัตน์", "นายวิซัย พลอยสุวรรณรัตน์"],
        ["ดร.วิชัย พลอยสุวรรณรัตน์", "นายวิชัย พลอยสุวรรณรัตน์"],
    ),
    "line end between": (
        ["นายวิชัย แก้วมโนรมย์", "นายวิซัย\r\nแก้วมโนรมย์"],
        ["นายวิชัย แก้วมโนรมย์", "นายวิชัย\r\nแก้วมโนรมย์"],
    ),
    "word after it": (
        ["นายวิชัย แก้วมโนรมย์ปลัดกระทรวง", "นายวิชัย แก้วมโนรมซ์และคณะ"],
        ["นายวิชัย แก้วมโนรมย์ปลัดกระทรวง", "นายวิชัย แก้วมโนรมย์และคณะ"],
    ),
    "what is put right bears out": (
        ["พล.ต.อ.วิชัย แก้วมโนรมย์", "นายวิชัย แก้วมโนรมซ์", "นายวิชัย แก้วมโนรมย"],
        ["พล.ต.อ.วิชัย แก้วมโนรมย์", "นายวิชัย แก้วมโนรมย์", "นายวิชัย แก้วมโนรมย์"],
    ),
}


@pytest.mark.parametrize(("observed", "intended"), EDITED.values(), ids=EDITED)
def test_the_best_spelling_wins(observed: list[str], intended: list[str]) -> None:
    edits, flags = Names(KNOWN).variants(text(*observed))
    assert apply(text(*observed), edits) == text(*intended)
    assert flags == []
    assert {edit.reason for edit in edits} == {"name_variant"}


FLAGGED = {
    "one against one": ["นางอรจิรา ดอนบ้านแก้ง", "นางอรจิรา ดอนบ้านแก็ง"],
    "three readings": ["นางอรจิรา ตันวีรวงศ์", "นางอรจิรา ตันวีวงศ์", "นางอรจิรา ตันอิรุวงศ์"],
    "both parts": ["นางสาวอณิชพัทร ศิริธรรมรักษ์", "นางสาวอนิชพัทร ศิริธรรมรักย์"],
    "known spelling in the minority": ["นายวิชัย แก้วมโนรมย์"] + ["นายวิชัย แก้วมโนรมซ์"] * 2,
    "two known spellings": ["นายวิชัย ทองอินทร์", "นายวิชัย ทองอินทร"],
}


@pytest.mark.parametrize("names", FLAGGED.values(), ids=FLAGGED)
def test_what_is_in_doubt_is_flagged_at_all_places(names: list[str]) -> None:
    observed = text(*names)
    edits, flags = Names(KNOWN).variants(observed)
    assert edits == []
    titles = ("นางสาว", "นาง", "นาย")
    plain = [next(n.removeprefix(t) for t in titles if n.startswith(t)) for n in names]
    assert [observed[f.start : f.end] for f in flags] == plain
    for name in plain:
        assert f"{name} ({plain.count(name)})" in flags[0].note


def test_the_same_position_makes_far_readings_one_name() -> None:
    names = "นางสาวอณิชพัทร ศิริธรรมรักษ์{0}\nนางสาวอนิชพัทร ศิริดำรงค์{0}\n"
    assert len(Names(KNOWN).variants(names.format(" นักวิชาการชำนาญการ"))[1]) == 2
    assert Names(KNOWN).variants(names.format("")) == ([], [])


APART = {
    "brothers": ["นายสมชาย พลอยสุวรรณรัตน์", "นายสมชัย พลอยสุวรรณรัตน์"],
    "two known surnames": ["นายวิชัย แก้วมโนรมย์", "นายวิชัย ทองอินทร์"],
    "woman and man": ["นายอรจิรา ดอนบ้านแก้ง", "นางอรจิรา ดอนบ้านแก็ง"],
    "other surname": ["นายวิชัย บุญเกียรติไพร", "นายวิชัย บุญเรืองสิน"],
    "short surnames": ["นายวิชัย ใจดี", "นายวิชัย ใจดำ"],
    "next word": ["นายวิชัย พลอยสุวรรณรัตน์", "นายวิชัย พลอยสุวรรณรัตน์จะ"],
    "premier": ["ท่านนายกวิชัย พลอยสุวรรณรัตน์", "นายวิชัย พลอยสุวรรณรัตน์"],
    "other words": ["นายกรัฐมนตรี แถลงผลงานวันนี้", "นายกรัฐมนตรี แถลงผลงานวันนั้"],
    "no surname": ["นายวิชัย กล่าวขอบคุณ", "นายวิชัย กล่าวขอบคูณ"],
    "blank line": ["นายวิชัย\n\nแก้วมโนรมย์", "นายวิชัย\n\nแก้วมโนรมซ์"],
    "equal": ["นายวิชัย แก้วมโนรมย์"] * 3,
}


@pytest.mark.parametrize("names", APART.values(), ids=APART)
def test_other_persons_are_left_alone(names: list[str]) -> None:
    assert Names(KNOWN).variants(text(*names)) == ([], [])


def test_earlier_sections_count() -> None:
    names = Names(KNOWN)
    names.learn(text(*["นายธีรเมธ บุญเกียรติไพร"] * 3))
    edits, flags = names.variants("นายธีรเมธ บุญเกียรตไพร")
    assert apply("นายธีรเมธ บุญเกียรตไพร", edits) == "นายธีรเมธ บุญเกียรติไพร"
    assert flags == []
    assert names.variants("ไม่มีชื่อ") == ([], [])


def test_the_oldest_names_are_forgotten() -> None:
    names = Names(KNOWN)
    names.learn(text(*["นายธีรเมธ บุญเกียรติไพร"] * 3))
    others = (f"นายวิชัย {'กขคง'[i % 4]}{'จฉชซ'[i // 4 % 4]}{chr(0xE01 + i // 16 % 40)}"
              f"{chr(0xE01 + i // 640 % 40)}นา" for i in range(2000))  # fmt: skip
    names.learn(text(*others))
    assert names.variants("นายธีรเมธ บุญเกียรตไพร") == ([], [])


def test_known_may_be_a_function() -> None:
    observed = text("นายวิชัย แก้วมโนรมย์", "นายวิชัย แก้วมโนรมซ์")
    assert Names(KNOWN.__contains__).variants(observed) == Names(KNOWN).variants(observed)


def test_what_is_protected_stays() -> None:
    observed = text("นายวิชัย แก้วมโนรมย์", "นายวิชัย แก้วมโนรมซ์")
    at = observed.index("แก้วมโนรมซ์")
    assert Names(KNOWN).variants(observed, [(at, at + 11)]) == ([], [])


NAMES = sorted({name for names, *_ in EDITED.values() for name in names})
NAMES += sorted({name for names in (*FLAGGED.values(), *APART.values()) for name in names})
PIECES = [*NAMES, *(f"{name}ลงนาม" for name in NAMES), " ", "\n", "\r\n", "์", "นาย", "และ"]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join))
def test_edits_come_to_an_end_and_keep_lines(observed: str) -> None:
    """Sorted, disjoint and true to the text, or `apply` would refuse them.

    What is put right bears others out, which a second look finds; a third finds nothing.
    """
    names = Names(KNOWN)
    edits, flags = names.variants(observed)
    corrected = apply(observed, edits)
    again = apply(corrected, names.variants(corrected)[0])
    assert names.variants(again)[0] == []
    assert corrected.count("\n") == observed.count("\n")
    assert corrected.count("\r") == observed.count("\r")
    assert all(one.end <= other.start for one, other in pairwise(flags))
    assert not any(f.start < e.end and e.start < f.end for f in flags for e in edits)
