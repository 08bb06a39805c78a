"""Errors by class and by what was read for what: they add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.evaluation.breakdown import (
    CLASSES,
    Confusion,
    classes,
    classify,
    confusions,
    line_errors,
)
from thaifix.text.align import Gap, gaps, matches

TEXTS = st.text(alphabet="กขค่ีำเ๑1a. \nẞ", max_size=30)


def wrong(reference: str, hypothesis: str) -> list[Gap]:
    return list(gaps(matches(reference, hypothesis), len(reference), len(hypothesis)))


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("กฮฤฦ", "consonant"),
        ("เแโใไะาำๅ", "vowel"),
        ("่้๊๋", "tone"),
        ("ัิีึืุู็์ฺํ๎", "mark"),
        ("๐๙09", "digit"),
        ("aZéſ", "latin"),
        ('.,()"-–|=+$ฯๆ฿', "punctuation"),
        (" \n\t\u00a0", "space"),
        ("\u0e81中א\u0301\0²½", "other"),
    ],
)
def test_classify(letters: str, name: str) -> None:
    assert {classify(letter) for letter in letters} == {name}
    assert name in CLASSES


def test_classes_by_hand() -> None:
    """ท for ห, a lost mai ek, a lost space; a dot that came in."""
    reference, hypothesis = "ให่ ดี", "ใทดี."
    assert classes(reference, hypothesis, wrong(reference, hypothesis)) == {
        "consonant": 1,
        "tone": 1,
        "space": 1,
        "punctuation": 1,
    }


def test_confusions_by_hand() -> None:
    """One for one, two for one, one for two, two for two, lost, come in; three are too long."""
    reference = "กมขนงจฉญชมณมดดด"
    hypothesis = "Aม12งBฉCDมณZมEFGH"
    found, longer = confusions(reference, hypothesis, wrong(reference, hypothesis))
    assert found == {
        Confusion("A", "ก"): 1,
        Confusion("12", "ขน"): 1,
        Confusion("B", "จ"): 1,
        Confusion("CD", "ญช"): 1,
        Confusion("Z", ""): 1,
    }
    assert longer == 1
    for observed, intended in [("ab", "ก"), ("a", "กข"), ("", "ก"), ("", "กข"), ("ab", "")]:
        reference, hypothesis = f"นม{intended}มน", f"นม{observed}มน"
        found, longer = confusions(reference, hypothesis, wrong(reference, hypothesis))
        assert (dict(found), longer) == ({Confusion(observed, intended): 1}, 0)


def test_line_errors_by_hand() -> None:
    """Line 1 has one wrong letter and loses its end; what comes in stands in line 3."""
    reference, hypothesis = "กข\nคง\nจ", "กXคง\nYจ"
    assert line_errors(reference, wrong(reference, hypothesis)) == [2, 0, 1]
    assert line_errors("", []) == [0]
    assert line_errors("ก\nข\n", wrong("ก\nข\n", "")) == [2, 2, 0]


@given(TEXTS, TEXTS)
def test_they_add_up(reference: str, hypothesis: str) -> None:
    """Classes and lines to the errors, confusions to the gaps."""
    gaps_ = wrong(reference, hypothesis)
    errors = sum(gap.errors for gap in gaps_)
    by_class = classes(reference, hypothesis, gaps_)
    assert by_class.total() == errors
    assert set(by_class) <= set(CLASSES)
    lines = line_errors(reference, gaps_)
    assert sum(lines) == errors
    assert len(lines) == len(reference.split("\n"))
    found, longer = confusions(reference, hypothesis, gaps_)
    assert found.total() + longer == len(gaps_)


def test_classes_of_gaps_of_several_letters() -> None:
    """Three for two: both intended ones, and the last that came in; two for three: all intended."""
    for reference, hypothesis, found in [
        ("ฉกาฉ", "ฉ1a.ฉ", {"consonant": 1, "vowel": 1, "punctuation": 1}),
        ("ฉ1a.ฉ", "ฉกาฉ", {"digit": 1, "latin": 1, "punctuation": 1}),
        ("ฉ", "ฉ\N{THAI CHARACTER MAI EK}", {"tone": 1}),
    ]:
        assert classes(reference, hypothesis, wrong(reference, hypothesis)) == found


def test_errors_of_a_gap_over_line_ends() -> None:
    """Each intended letter counts in its own line, what is too much in the first."""
    reference = "กข\nคง\nจ"
    assert line_errors(reference, [Gap(1, 5, 1, 1)]) == [2, 2, 0]
    assert line_errors(reference, [Gap(1, 5, 1, 8)]) == [2 + 3, 2, 0]
    assert line_errors(reference, [Gap(2, 3, 2, 3), Gap(5, 7, 5, 6)]) == [1, 1, 1]
    assert line_errors(reference, [Gap(3, 3, 3, 4), Gap(6, 6, 7, 9)]) == [0, 1, 2]
