"""Alignment: the segments give the texts back and count the distance."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from thaifix import align as module
from thaifix.align import Segment, align

TEXTS = st.text(alphabet="กขคาเ \n", max_size=40)


@given(TEXTS, TEXTS)
def test_segments_are_a_shortest_alignment(reference: str, hypothesis: str) -> None:
    """Parts joined are the texts, kinds take turns, errors add up to the distance."""
    segments = align(reference, hypothesis)
    assert "".join(segment.reference for segment in segments) == reference
    assert "".join(segment.hypothesis for segment in segments) == hypothesis
    assert Segment("", "") not in segments
    differs = [segment.errors > 0 for segment in segments]
    assert all(a != b for a, b in pairwise(differs))
    assert sum(s.errors for s in segments) == Levenshtein.distance(reference, hypothesis)


def test_parts_of_a_page() -> None:
    """A deletion, a substitution and an insertion, each beside what agrees."""
    assert align("การย้ายถิ่น", "กรย้ายดิ่นๆ") == [
        Segment("ก", "ก"),
        Segment("า", ""),
        Segment("รย้าย", "รย้าย"),
        Segment("ถ", "ด"),
        Segment("ิ่น", "ิ่น"),
        Segment("", "ๆ"),
    ]


def test_empty_and_equal_texts() -> None:
    """Nothing aligns with nothing; equal texts are one segment."""
    assert align("", "") == []
    assert align("ไทย", "ไทย") == [Segment("ไทย", "ไทย")]
    assert align("", "ไทย") == [Segment("", "ไทย")]


def long_text(lines: int) -> list[str]:
    """Distinct lines, so that a cut cannot slip from one to another."""
    numbers = (i * 7919 % 100_003 for i in range(lines))
    return [f"บรรทัดที่ {n:06d} ของข้อความยาวฉบับหนึ่งซึ่งไม่ซ้ำกับบรรทัดอื่น" for n in numbers]


def test_long_text_is_cut_where_it_agrees() -> None:
    """Errors of a text of many windows are counted as without windows."""
    lines = long_text(1_200)
    reference = "\n".join(lines)
    lines[10] = lines[10].replace("ข้อ", "ขอ")
    del lines[300]
    lines.insert(700, "บรรทัดที่เกินมา")
    hypothesis = "\n".join(lines)
    segments = align(reference, hypothesis)
    assert len(reference) > 4 * module._WINDOW
    assert "".join(segment.reference for segment in segments) == reference
    assert "".join(segment.hypothesis for segment in segments) == hypothesis
    assert sum(s.errors for s in segments) == Levenshtein.distance(reference, hypothesis)


def test_long_texts_that_never_agree() -> None:
    """Without a place to cut, the whole is aligned at once."""
    reference, hypothesis = "ก" * 20_000, "ข" * 17_000
    assert align(reference, hypothesis) == [Segment(reference, hypothesis)]
