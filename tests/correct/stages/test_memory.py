"""Document memory: what one place of a document teaches about the others."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thaifix import Correction, Corrector, Options, apply, invert
from thaifix.correct.stages import memory
from thaifix.correct.stages.term_features import Candidate
from thaifix.stream.filter import Filter

OFFICE = "สำนักงานพัฒนาระบบตรวจสอบแห่งแคว้นล้านดาว"
MISREAD = OFFICE.replace("พัฒนา", "พัดลม")
LONG = f"ตามที่{MISREAD} แจ้งมา\n"
WEAK = "ให้สำนักงานพัดลม ดำเนินการต่อไป\n"
REPAIRED = "ให้สำนักงานพัฒนา ดำเนินการต่อไป\n"
OTHER = "ชาวบ้านได้เดินทางไปตลาดแต่เช้า\n"


@pytest.fixture(scope="module")
def learning() -> Corrector:
    return Corrector(lexicons=[[OFFICE]], options=Options(lexicons=False))


@pytest.fixture(scope="module")
def forgetting() -> Corrector:
    options = Options(lexicons=False, memory=False)
    return Corrector(lexicons=[[OFFICE]], options=options)


def test_a_weak_place_alone_is_left_alone(learning: Corrector) -> None:
    assert learning.correct(WEAK).text is WEAK


@pytest.mark.parametrize("text", [LONG + WEAK, WEAK + LONG, LONG + OTHER * 40 + WEAK])
def test_a_long_term_teaches(learning: Corrector, text: str) -> None:
    """What was misread there is put right elsewhere, before it and after it."""
    correction = learning.correct(text)
    assert correction.text == text.replace("พัดลม", "พัฒนา")
    reasons = {edit.start: edit.reason for edit in correction.edits}
    assert sorted(reasons.values()) == ["memory", "term"]
    assert {edit.entry for edit in correction.edits} == {"list:1"}
    assert apply(text, correction.edits) == correction.text
    assert invert(correction.text, correction.edits) == text


def test_the_rest_of_the_document_is_taught_too(learning: Corrector) -> None:
    """Section after section, though not what was written out before."""
    document = learning.document()
    assert document.correct(WEAK).text == WEAK
    document.correct(LONG)
    document.correct(OTHER)
    assert document.correct(WEAK).text == REPAIRED


def test_nothing_goes_over_a_form_feed(learning: Corrector) -> None:
    text = f"{LONG}\f{WEAK}"
    assert learning.correct(text).text == f"{LONG}\f{WEAK}".replace(MISREAD, OFFICE)
    document = learning.document()
    document.correct(LONG)
    assert learning.document().correct(WEAK).text == WEAK


def test_without_memory_each_place_is_alone(forgetting: Corrector) -> None:
    correction = forgetting.correct(LONG + WEAK)
    assert correction.text == LONG.replace("พัดลม", "พัฒนา") + WEAK
    assert {edit.reason for edit in correction.edits} == {"term"}
    document = forgetting.document()
    document.correct(LONG)
    assert document.correct(WEAK).text == WEAK


@pytest.mark.parametrize(
    "elsewhere",
    [
        "เขาซื้อพัดลม มาใหม่\n",  # not beside the same letters
        "ให้สำนักงานพัดลม\N{THAI CHARACTER SARA II} ดำเนินการ\n",  # the last letter has a mark more
        "ดู https://a.th/สำนักงานพัดลม ต่อไป\n",  # protected
    ],
)
def test_elsewhere_the_same_letters_may_be_right(learning: Corrector, elsewhere: str) -> None:
    corrected = learning.correct(LONG + elsewhere).text
    assert corrected == LONG.replace("พัดลม", "พัฒนา") + elsewhere


def test_kept_words_are_not_recalled() -> None:
    options = Options(lexicons=False)
    keeping = Corrector(lexicons=[[OFFICE]], keep=["พัดลม ดำเนินการ"], options=options)
    assert keeping.correct(LONG + WEAK).text == LONG.replace("พัดลม", "พัฒนา") + WEAK


@pytest.mark.parametrize("gap", ["\n", "\r\n", " \n  "])
def test_line_ends_stay(learning: Corrector, gap: str) -> None:
    """Beside what is recalled, and within it."""
    for weak in (f"ให้สำนักงาน{gap}พัดลม ดำเนินการ\n", f"ให้สำนักงานพัดลม{gap}ดำเนินการ\n"):
        corrected = learning.correct(LONG + weak).text
        assert corrected.startswith(LONG.replace("พัดลม", "พัฒนา"))
        assert corrected.replace("พัฒนา", "พัดลม") == LONG + weak


def test_a_misreading_over_a_line_end_teaches_nothing() -> None:
    """What stands elsewhere would lose its line end, or get one."""
    agency = "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ"
    broken = agency.replace("สิทธิ", "สิท\nธิบัตร")
    text = f"{agency}{broken}{agency.replace('แห่ง', 'แต่ง')}{broken}จัดซื่อจัดจ้าง พ.ศ. ๒๕๒๐\n"
    corrected = Corrector(profile="bold").correct(text)
    assert corrected.text.count("\n") == text.count("\n")
    assert {edit.reason for edit in corrected.edits} <= {"term", "respell"}


def test_only_the_newest_are_remembered(learning: Corrector) -> None:
    """However long a document is, its memory is bounded."""
    other = OFFICE.replace("ตรวจสอบ", "ตำรวจสาม")
    with patch.object(memory, "MOST_REMEMBERED", 1):
        document = learning.document()
        document.correct(LONG)
        assert document.correct(WEAK).text == REPAIRED
        document.correct(LONG.replace(MISREAD, other))
        assert document.correct(WEAK).text == WEAK
        document.correct(LONG)
        assert document.correct(WEAK).text == REPAIRED


PIECES = [
    LONG,
    WEAK,
    OTHER,
    "\f",
    "\n",
    f"{OFFICE} ",
    "สำนักงานพัดลม",
    "ที่ประชุมมีมติเห็นซอบ\n",
    "\r\n",
    "๕ ",
]


def filtered(corrector: Corrector, chunks: list[bytes]) -> tuple[bytes, list[Correction]]:
    written: list[bytes] = []
    seen: list[Correction] = []
    sink = Filter(corrector, written.append, watch=lambda piece: seen.append(piece.correction))
    sink.file("-", chunks)
    sink.close()
    return b"".join(written), seen


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
    cuts=st.lists(st.integers(0, 3000), max_size=6),
)
def test_chunks_do_not_matter(learning: Corrector, text: str, cuts: list[int]) -> None:
    """The filter gives what the corrector gives, however the text comes in."""
    data = text.encode()
    bounds = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[a:b] for a, b in pairwise(bounds)]
    output, seen = filtered(learning, chunks)
    assert output.decode() == learning.correct(text).text
    assert (output, seen) == filtered(learning, [data])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_edits_lead_there_and_back(learning: Corrector, text: str) -> None:
    correction = learning.correct(text)
    assert apply(text, correction.edits) == correction.text
    assert invert(correction.text, correction.edits) == text
    assert all(a.end <= b.start for a, b in pairwise(correction.edits))
    assert correction.text.count("\n") == text.count("\n")
    assert learning.correct(text) == correction


@pytest.mark.parametrize(
    ("confidence", "anchors", "taught"),
    [(0.9, 2, True), (0.89, 2, False), (0.5, 23, False), (0.5, 24, True), (1.0, 2, True)],
)
def test_what_teaches(confidence: float, anchors: int, taught: bool) -> None:
    """A place that is sure, or has long anchors."""
    known = memory.Memory()
    text = "สำนักงานพัดลมเมือง"
    c = Candidate(
        8, 13, "พัดลม", "พัฒนา", "", "", anchors // 2, anchors - anchors // 2, False,
        9.0, 9.0, 0, 9.0, False, True,
    )  # fmt: skip
    known.learn(c, text, confidence)
    assert len(known._lessons) == taught


def place(
    observed: str, intended: str, before: str, after: str = "", reach: int = 99
) -> tuple[Candidate, str]:
    """A candidate between letters of its term, so many at most, and the text that it stands in."""
    c = Candidate(
        len(before), len(before) + len(observed), observed, intended, "", "te-1",
        min(reach, len(before)), min(reach, len(after)), False,
        9.0, 9.0, 0, 9.0, False, True,
    )  # fmt: skip
    return c, before + observed + after


def recalled(
    known: memory.Memory, text: str, saved: float = 9.0, begins: tuple[int, ...] = (0,)
) -> str:
    """What becomes of a text, if the language model saves so much at any place."""
    return apply(text, known.recall([], text, (), begins, lambda *_: saved))


@pytest.mark.parametrize(
    ("intended", "taught"), [("กขฮฮ", False), ("กฮฮฮ", True), ("กขคงงง", False), ("กขคงงงง", True)]
)
def test_what_teaches_differs_in_three_letters(intended: str, taught: bool) -> None:
    """What differs less may be right elsewhere."""
    known = memory.Memory()
    known.learn(*place("กขคง", intended, "สำนักงาน"), 1.0)
    assert (recalled(known, "แจ้งสำนักงานกขคง") != "แจ้งสำนักงานกขคง") is taught


@pytest.mark.parametrize(
    ("text", "same"), [("จจจจทรวงกขคง", True), ("จจจจจรวงกขคง", False), ("ทรวงกขคง", True)]
)
@pytest.mark.parametrize("behind", [False, True])
def test_four_letters_beside_it_must_be_the_same(text: str, same: bool, behind: bool) -> None:
    """Before it or after it."""
    known = memory.Memory()
    if behind:
        text = text[::-1]
        known.learn(*place("งคขก", "ฮฮฮฮ", "", "กระทรวง"[::-1]), 1.0)
    else:
        known.learn(*place("กขคง", "ฮฮฮฮ", "กระทรวง"), 1.0)
    assert ("ฮฮฮฮ" in recalled(known, text)) is same


@pytest.mark.parametrize(("saved", "recalls"), [(2.99, False), (3.0, True)])
def test_the_language_model_must_save_three_nats(saved: float, recalls: bool) -> None:
    known = memory.Memory()
    known.learn(*place("กขคง", "ฮฮฮฮ", "กระทรวง"), 1.0)
    assert (recalled(known, "จกระทรวงกขคง", saved) == "จกระทรวงฮฮฮฮ") is recalls


@pytest.mark.parametrize(("others", "remembered"), [(999, True), (1000, False)])
def test_a_thousand_misreadings_are_remembered(others: int, remembered: bool) -> None:
    """The newest of them."""
    known = memory.Memory()
    for i in range(others + 1):
        known.learn(*place(f"กข{chr(0x4E00 + i)}", "ฮฮฮ", "กระทรวง"), 1.0)
    first, last = (f"กระทรวงกข{chr(0x4E00 + i)}" for i in (0, others))
    assert (recalled(known, first) == "กระทรวงฮฮฮ") is remembered
    assert recalled(known, last) == "กระทรวงฮฮฮ"


def test_what_is_recalled_lies_in_one_block_and_on_nothing_else() -> None:
    known = memory.Memory()
    known.learn(*place("กขคง", "ฮฮฮฮ", "กระทรวง"), 1.0)
    text = "กระทรวงกขคง"
    assert [recalled(known, text, begins=(0, at)) != text for at in (7, 8, 10, 11)] == [
        *(True, False, False, True)
    ]


def judged(*confidences: float, right: int = 2, between: str = "") -> list[float]:
    """The pooled confidences of places of one series; the right reading stands in other lines."""
    text, found = "".join(f"{i} กระทรวงฮฮฮฮ{between}\n" for i in range(right)), []
    for i, confidence in enumerate(confidences):
        text += f"ข้อ{i} กระทรวง"
        start = len(text)
        text += f"กขคง{between}\n"
        c, _ = place("กขคง", "ฮฮฮฮ", "กระทรวง")
        found.append((confidence, c._replace(start=start, end=start + 4)))
    return [confidence for confidence, _ in memory.pooled(found, text)]


def test_places_of_a_series_bear_each_other_out() -> None:
    """More than one alone, less than if they erred independently."""
    first, second = judged(0.5, 0.5)
    assert 0.5 < first == second < 0.75
    (third, *_) = judged(0.5, 0.5, 0.5)
    assert first < third < 0.875


@pytest.mark.parametrize("right", [0, 1])
def test_a_series_needs_the_right_reading_in_two_other_places(right: int) -> None:
    """Else what is read may be another name."""
    assert judged(0.5, 0.5, right=right) == [0.5, 0.5]


def test_a_place_alone_is_no_series() -> None:
    assert judged(0.5) == [0.5]


@pytest.mark.parametrize(("doubtful", "counts"), [(0.09, False), (0.1, True)])
def test_a_doubtful_place_bears_out_others_from_a_tenth_on(doubtful: float, counts: bool) -> None:
    """And is borne out by them."""
    (sure, *_), (more, _, other) = judged(0.5, 0.5), judged(0.5, 0.5, doubtful)
    assert (more > sure) is counts
    assert (other > doubtful) is counts
