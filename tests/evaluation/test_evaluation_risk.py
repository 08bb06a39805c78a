"""Risk and coverage: each edit is judged alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.evaluation.risk import Point, Verdict, curve, judge
from thaifix.text.align import distance
from thaifix.text.edit import Correction, Edit, apply

NIKHAHIT = "\u0e4d"


def correction(source: str, *edits: tuple[int, int, str, float]) -> Correction:
    made = tuple(Edit(s, e, r, confidence=c, observed=source[s:e]) for s, e, r, c in edits)
    return Correction(source, apply(source, made), made)


@pytest.mark.parametrize(
    ("source", "edit", "intended", "worth"),
    [
        ("การประขุม", (6, 7, "ช"), "การประชุม", "good"),
        ("การประชุม", (6, 7, "ข"), "การประชุม", "harmful"),
        ("การประขุม", (6, 7, "ซ"), "การประชุม", "idle"),
        (f"ท{NIKHAHIT}า", (1, 3, "\u0e33"), "ทำ", "hidden"),
        ("ก ข", (1, 2, ""), "กข", "good"),
        ("กข", (1, 1, " "), "กข", "harmful"),
    ],
)
def test_judge(source: str, edit: tuple[int, int, str], intended: str, worth: str) -> None:
    assert list(judge(correction(source, (*edit, 0.5)), intended)) == [Verdict(0.5, worth)]


def test_edits_are_judged_where_they_stand() -> None:
    """Two in a long text, the first right and the second wrong; a page is missing between."""
    filler = "".join(f"ข้อ {i} " for i in range(400))
    source, intended = f"ประขุม{filler}ประชุม", f"ประชุม{filler[:300]}{filler[900:]}ประชุม"
    last = len(source) - 3
    made = correction(source, (3, 4, "ช", 0.9), (last, last + 1, "ข", 0.7))
    assert list(judge(made, intended)) == [Verdict(0.9, "good"), Verdict(0.7, "harmful")]


def test_curve_by_hand() -> None:
    """Hidden edits do not count; thresholds are hundredths."""
    verdicts = [
        Verdict(1.0, "good"),
        Verdict(0.995, "good"),
        Verdict(0.9, "harmful"),
        Verdict(0.5, "idle"),
        Verdict(1.0, "hidden"),
    ]
    points = curve(verdicts)
    assert points == [
        Point(0.5, 1.0, 4, 2, 1, 1),
        Point(0.9, 0.75, 3, 2, 0, 1),
        Point(0.99, 0.5, 2, 2, 0, 0),
        Point(1.0, 0.25, 1, 1, 0, 0),
    ]
    assert (points[0].precision, points[0].risk) == (2 / 4, 1 / 4)
    assert curve([]) == curve([Verdict(1.0, "hidden")]) == []


VERDICTS = st.builds(Verdict, st.floats(0, 1), st.sampled_from(["good", "idle", "harmful"]))


@given(st.lists(VERDICTS, min_size=1))
def test_laws_of_the_curve(verdicts: list[Verdict]) -> None:
    """Thresholds rise, coverage falls from all, and what is applied adds up."""
    points = curve(verdicts)
    assert points[0].applied == len(verdicts)
    assert points[0].coverage == 1.0
    assert [p.threshold for p in points] == sorted({p.threshold for p in points})
    assert [p.applied for p in points] == sorted({p.applied for p in points}, reverse=True)
    for point in points:
        assert point.good + point.idle + point.harmful == point.applied
        assert point.applied == sum(v.confidence >= point.threshold - 1e-9 for v in verdicts)


@given(st.text(alphabet="กขา ", max_size=20), st.text(alphabet="กขา ", max_size=20))
def test_replacing_all_by_the_truth_is_never_harmful(source: str, intended: str) -> None:
    made = correction(source, (0, len(source), intended, 1.0))
    assert {verdict.worth for verdict in judge(made, intended)} <= {"good", "hidden"}


LETTERS = st.text(alphabet="กขคงจ", max_size=6)


@given(LETTERS, LETTERS, LETTERS, LETTERS)
def test_edits_are_judged_by_the_errors_of_the_whole_text(
    before: str, observed: str, corrected: str, intended: str
) -> None:
    """Which is what the few letters around them come to, wherever the edit stands."""
    ends = "".join(map(chr, range(0xE50, 0xE5A))) * 5, "".join(map(chr, range(0x41, 0x5B))) * 3
    source, true = (f"{ends[0]}{before}{text}{ends[1]}" for text in (observed, intended))
    at = len(ends[0]) + len(before)
    made = correction(source, (at, at + len(observed), corrected, 0.5))
    gain = distance(true, source) - distance(true, made.text)
    worth = "hidden" if observed == corrected else "idle"
    worth = "good" if gain > 0 else "harmful" if gain < 0 else worth
    assert list(judge(made, true)) == [Verdict(0.5, worth)]


def test_edits_before_and_after_all_that_agrees() -> None:
    """Nothing agrees at the ends of the texts, or nowhere."""
    made = correction("xxกขคงจฉyy", (0, 2, "zz", 0.1), (8, 10, "", 0.2))
    assert [v.worth for v in judge(made, "zกขคงจฉ")] == ["good", "good"]
    assert [v.worth for v in judge(made, "กขคงจฉww")] == ["idle", "idle"]
    assert [v.worth for v in judge(correction("x", (0, 1, "y", 1.0)), "yก")] == ["good"]
    assert list(judge(correction("x"), "y")) == []


@pytest.mark.parametrize("hundredths", range(101))
def test_thresholds_are_the_hundredths_that_were_meant(hundredths: int) -> None:
    """Also where binary fractions fall short of them, such as 0.29."""
    assert [p.threshold for p in curve([Verdict(hundredths / 100, "good")])] == [hundredths / 100]
