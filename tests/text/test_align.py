"""Alignment: matches and gaps give the texts back and count the distance."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from thaifix.text import align as module
from thaifix.text.align import Gap, Match, Segment, align, distance, gaps, matches, spell

TEXTS = st.text(alphabet="กขคาเ \n", max_size=40)


def rejoined(reference: str, hypothesis: str) -> tuple[list[Match], list[Gap]]:
    """Align, and check that what agrees and what does not are the texts."""
    found = matches(reference, hypothesis)
    wrong = list(gaps(found, len(reference), len(hypothesis)))
    parts = sorted(
        [(m.reference, m.hypothesis, m.length, m.length) for m in found]
        + [(g.start, g.hypothesis_start, g.end - g.start, g.hypothesis_end - g.hypothesis_start)
           for g in wrong]
    )  # fmt: skip
    at = to = 0
    for start, begin, length, size in parts:
        assert (start, begin) == (at, to)
        at, to = start + length, begin + size
    assert (at, to) == (len(reference), len(hypothesis))
    for match in found:
        assert match.length
        agreed = reference[match.reference : match.reference + match.length]
        assert hypothesis.startswith(agreed, match.hypothesis)
    return found, wrong


@given(TEXTS, TEXTS)
def test_matches_are_a_shortest_alignment(reference: str, hypothesis: str) -> None:
    _, wrong = rejoined(reference, hypothesis)
    errors = sum(gap.errors for gap in wrong)
    assert errors == distance(reference, hypothesis) == Levenshtein.distance(reference, hypothesis)


@given(TEXTS, TEXTS)
def test_segments_are_the_texts(reference: str, hypothesis: str) -> None:
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


def test_matches_and_gaps() -> None:
    """The same in numbers: `ข` is read as `คค`, `ง` is lost."""
    found = matches("กขงจ", "กคคจ")
    assert found == [Match(0, 0, 1), Match(3, 3, 1)]
    assert list(gaps(found, 4, 4)) == [Gap(1, 3, 1, 3)]
    assert Gap(1, 3, 1, 2).errors == Gap(1, 2, 1, 3).errors == 2


def test_empty_and_equal_texts() -> None:
    """Nothing aligns with nothing; equal texts are one segment."""
    assert align("", "") == []
    assert align("ไทย", "ไทย") == [Segment("ไทย", "ไทย")]
    assert align("", "ไทย") == [Segment("", "ไทย")]
    assert matches("", "ไทย") == []


def long_text(lines: int) -> list[str]:
    """Distinct lines, so that a cut cannot slip from one to another."""
    numbers = (i * 7919 % 100_003 for i in range(lines))
    return [f"บรรทัดที่ {n:06d} ของข้อความยาวฉบับหนึ่งซึ่งไม่ซ้ำกับบรรทัดอื่น" for n in numbers]


@pytest.mark.parametrize("end", ["\n", " "])
def test_long_text_is_cut_where_it_agrees(end: str) -> None:
    """Errors of a text that is cut are counted as without cuts, with and without line ends."""
    lines = long_text(1_200)
    reference = end.join(lines)
    lines[10] = lines[10].replace("ข้อ", "ขอ")
    del lines[300]
    lines.insert(700, "บรรทัดที่เกินมา")
    hypothesis = end.join(lines)
    assert len(reference) * len(hypothesis) > 8 * module._LARGEST_EXACT
    _, wrong = rejoined(reference, hypothesis)
    errors = sum(gap.errors for gap in wrong)
    assert errors == distance(reference, hypothesis) == Levenshtein.distance(reference, hypothesis)


def test_a_missing_passage_of_a_long_text() -> None:
    """It is one gap, however long."""
    lines = long_text(2_000)
    reference, hypothesis = "\n".join(lines), "\n".join(lines[:500] + lines[1_500:])
    lost = len("\n".join(lines[500:1_500])) + 1
    _, wrong = rejoined(reference, hypothesis)
    assert [gap.errors for gap in wrong] == [lost]


@pytest.mark.parametrize(
    ("reference", "hypothesis"),
    [
        ("ก" * 40_000, "ข" * 30_000),
        ("กข" * 20_000, "ขก" * 18_000),
        ("ก" * 40_000, ""),
        ("\n".join(long_text(1_200)), "\n".join(sorted(long_text(1_200)))),
        ("\n".join(long_text(1_200)), "\n".join(long_text(1_200)[600:] + long_text(600))),
    ],
    ids=["nothing agrees", "periods", "nothing there", "lines in disorder", "halves exchanged"],
)
def test_long_texts_that_do_not_fit(reference: str, hypothesis: str) -> None:
    """Some alignment comes out, never one of more errors than replacing all."""
    _, wrong = rejoined(reference, hypothesis)
    assert sum(gap.errors for gap in wrong) <= max(len(reference), len(hypothesis))


@given(TEXTS, TEXTS)
def test_cut_texts_are_aligned_too(reference: str, hypothesis: str) -> None:
    """With tiny parts every branch of the cutting is taken; the parts are still the texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LARGEST_EXACT", 16)
        patch.setattr(module, "_UNITS_BETWEEN_CUTS", 4)
        patch.setattr(module, "_UNITS_AT_A_CUT", (4, 2))
        _, wrong = rejoined(reference, hypothesis)
        errors = sum(gap.errors for gap in wrong)
    assert errors >= Levenshtein.distance(reference, hypothesis)


@given(st.lists(st.sampled_from(["กา", "ก", "า", "\U00010000"])), st.lists(st.text(max_size=2)))
def test_spelled_sequences_are_equal_where_units_are(one: list[str], other: list[str]) -> None:
    texts = spell(one, other)
    assert list(map(len, texts)) == [len(one), len(other)]
    for i, unit in enumerate(one):
        assert [texts[0][i] == symbol for symbol in texts[1]] == [unit == u for u in other]


def test_too_many_different_units_are_refused() -> None:
    """One symbol for two units would hide errors."""
    with pytest.raises(ValueError, match="chr"):
        spell([f"{i:07d}" for i in range(0x110000 - 0x10000 + 1)])
