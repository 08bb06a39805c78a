"""Misread letters: odds of counts, errors as the default view counts them, edits that say why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from toy_engine import TOY, Always, Known

from thaifix.noise.draws import Draws
from thaifix.noise.letters import (
    LetterNoise,
    Letters,
    errors,
    join_am,
    kind,
    reason,
)
from thaifix.text.edit import Edit
from thaifix.text.views import default

NIKHAHIT, AA, AM = "\u0e4d", "\u0e32", "\u0e33"
MAI_EK, MAI_THO, MAI_TRI, MAI_CHATTAWA = "\u0e48\u0e49\u0e4a\u0e4b"


def noise(letters: Letters, text: str) -> list[tuple[LetterNoise, int]]:
    return letters.misreadable(text)


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("กฮฤฦ", "consonant"),
        ("เแโใไะาำๅ", "vowel"),
        ("ัิีึืฺุู็่้๊๋์ํ๎", "mark"),
        ("๐๙", "Thai digit"),
        ("09", "digit"),
        ("azAZ", "Latin"),
        (".,!/-~\u2013\u2014\u2018\u2019\u201c\u201d\u2026", "punctuation"),
        (" ", "space"),
        ("\n\0\u00a0ฯๆ日é\ud800", "other"),
    ],
)
def test_kinds_of_letters(letters: str, name: str) -> None:
    assert {kind(letter) for letter in letters} == {name}


@pytest.mark.parametrize(
    ("intended", "observed", "name"),
    [
        (" ", "", "space"),
        (" ", "  ", "space"),
        ("ก", "ก ", "space"),
        ("ก", "ถ", "confusion"),
        ("ก", "", "confusion"),
        ("ก", "n", "foreign_letter"),
        ("า", "1г", "foreign_letter"),
        ("่", "马", "foreign_letter"),
        ("ก", "1", "confusion"),  # a digit is of no script
        ("ก", ".", "confusion"),
        ("๑", "n", "confusion"),  # what is no Thai letter has no foreign ones
        ("a", "о", "confusion"),
    ],
)
def test_reasons(intended: str, observed: str, name: str) -> None:
    assert reason(intended, observed) == name


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (NIKHAHIT + AA, AM),
        (MAI_EK + NIKHAHIT + AA, MAI_EK + AM),
        (NIKHAHIT + MAI_CHATTAWA + AA, MAI_CHATTAWA + AM),
        (AA + NIKHAHIT, AA + NIKHAHIT),
        ("ก", "ก"),
        (f"น{NIKHAHIT}{AA}ท{NIKHAHIT}{AA}", f"น{AM}ท{AM}"),
    ],
)
def test_sara_am_is_joined(text: str, joined: str) -> None:
    assert join_am(text) == joined


@pytest.mark.parametrize(
    ("intended", "observed", "count"),
    [
        ("ก", "ข", 1),
        (AM, NIKHAHIT + AA, 0),  # one look, two ways to store it
        (" ", "   ", 0),  # a run of spaces is one space
        ("   ", " ", 0),
        (" ", "", 1),
        ("", ": .", 3),
        ("กข", "ขกค", 2),
    ],
)
def test_errors_are_those_of_the_default_view(intended: str, observed: str, count: int) -> None:
    assert errors(intended, observed) == count


def test_noise_of_a_letter_that_was_seen() -> None:
    """ก was read as ถ three times and as ภ once, of 100; its kind adds 20 letters of the same.

    3 + 20 * 3 / 100 = 3.6 and 1.2 of 120: 0.04 are errors, three quarters of them ถ.
    """
    ((found, times),) = noise(Letters({"ก": 100}, {"ก": {"ถ": 3, "ภ": 1}}), "กก")
    assert times == 2
    assert found.odds == pytest.approx(0.04 / 0.96)
    assert found.cost == 1
    assert [(round(share, 9), letter) for share, letter in found.errors] == [
        (0.75, "ถ"),
        (1, "ภ"),
    ]
    assert found.habits == ()


def test_noise_of_a_letter_that_was_never_seen() -> None:
    """It is that of its kind; what was put in behind a letter is put in behind this one."""
    letters = Letters({"ก": 100, "ข": 100}, {"ก": {"กก": 3, "ถ": 1}})
    ((found, _),) = noise(letters, "ค")
    assert found.odds == pytest.approx(0.02 / 0.98)  # 4 errors of 200 consonants
    assert [(round(share, 9), observed) for share, observed in found.errors] == [
        (0.75, "คก"),
        (1, "ถ"),
    ]
    assert noise(letters, "ะ่1a. ") == []  # nothing is known of other kinds
    assert noise(Letters({}, {}), "ก") == []


def test_a_letter_is_not_misread_as_itself() -> None:
    """What others of its kind are read as may be that very letter."""
    assert noise(Letters({"ก": 100}, {"ก": {"ถ": 10}}), "ถ") == []


def test_letters_of_no_kind_are_known_by_their_own_counts() -> None:
    ((found, _),) = noise(Letters({"ๆ": 100}, {"ๆ": {"1": 25}}), "ๆ")
    assert found.odds == pytest.approx(1 / 3)


def test_habits_are_no_errors() -> None:
    """Nine of ten sara am are stored in two parts, and one of twenty loses its ring."""
    ((found, _),) = noise(Letters({AM: 100}, {AM: {NIKHAHIT + AA: 90, AA: 5}}), AM)
    assert found.odds == pytest.approx(0.05 / 0.95)  # (5 + 20 * 0.05) / 120
    assert [observed for _, observed in found.errors] == [AA]
    ((share, observed),) = found.habits
    assert observed == NIKHAHIT + AA
    assert share == pytest.approx(90 / 114)  # of 120 less the 6 that are in error


def test_nothing_is_misread_always() -> None:
    """The odds stay finite."""
    ((found, _),) = noise(Letters({"ๆ": 10}, {"ๆ": {"1": 10}}), "ๆ")
    assert found.odds == pytest.approx(9_999)
    ((found, _),) = noise(Letters({"ๆ": 10}, {"ๆ": {"1": 5, "ๆๆ1": 5}}), "ๆ")
    assert found.cost == 1.5


def test_equally_frequent_errors_stand_in_order() -> None:
    """Chance is the same whatever the order of a profile."""
    one, other = ({"ๆ": dict(found)} for found in ([("1", 2), ("2", 2)], [("2", 2), ("1", 2)]))
    assert noise(Letters({"ๆ": 9}, one), "ๆ") == noise(Letters({"ๆ": 9}, other), "ๆ")


def test_pairs_are_counted_where_they_stand() -> None:
    letters = Letters({"กา": 50, "ก": 50, "า": 50}, {"กา": {"ก": 10}})
    assert [(found.odds, times) for found, times in noise(letters, "กากากข")] == [(0.25, 2)]
    assert noise(letters, "กขา") == []


def expected(letters: Letters, text: str, scales: list[float], garbled: float) -> float:
    return letters.expected(letters.misreadable(text), scales, garbled)


def test_expected_errors_by_hand() -> None:
    """A letter that is misread in half the cases, as a string that is two errors."""
    letters = Letters({"ๆ": 2}, {"ๆ": {"ab": 1}})
    assert expected(letters, "ๆ", [1.0], 0) == pytest.approx(2 * 0.5)
    assert expected(letters, "ๆๆๆ", [1.0], 0) == pytest.approx(6 * 0.5)
    assert expected(letters, "ๆ", [1.0, 3.0], 0) == pytest.approx(2 * (0.5 + 0.75) / 2)
    there = 100 / 101
    assert expected(letters, "ๆ", [1.0], 0.2) == pytest.approx(2 * (0.2 * there + 0.8 * 0.5))
    assert expected(letters, "ๆ", [3.0], 0.2) == pytest.approx(2 * (0.6 * there + 0.4 * 0.75))
    most = 0.9
    assert most == 0.9
    assert expected(letters, "ๆ", [3.0], 0.5) == pytest.approx(2 * (most * there + 0.1 * 0.75))


def read(letters: Letters, text: str, *drawn: float, scale: float = 1, garbled: float = 0) -> str:
    """Read a text with known chance: two numbers for the stretch, then those of the letters."""
    edits = letters.corrupt(text, 0, len(text), scale, garbled, Known(*drawn))
    return "".join(f"{edit.start}{edit.replacement or '-'}" for edit in edits)


def test_letters_are_drawn_by_their_odds() -> None:
    """Odds of 1: below a half of the draw there is an error, the smaller shares first."""
    letters = Letters({"ๆ": 4}, {"ๆ": {"1": 1, "2": 1}})
    assert read(letters, "ๆๆๆๆ", 0.9, 0.5, 0.0, 0.2499, 0.25, 0.499) == "01112232"
    assert read(letters, "ๆๆ", 0.9, 0.5, 0.5, 0.999) == ""
    assert read(letters, "ๆ", 0.9, 0.5, 0.74, scale=3) == "02"  # odds of 3: errors up to 0.75
    assert read(letters, "ๆ", 0.9, 0.5, 0.76, scale=3) == ""


def test_habits_are_drawn_where_there_is_no_error() -> None:
    habit = Letters({" ": 100}, {" ": {"": 20, "  ": 40}})
    # The kind adds 4 to the lost ones; 24 of 120 are errors, 40 of 96 are doubled.
    assert read(habit, " ", 0.9, 0.5, 0.19) == "0-"
    assert read(habit, " ", 0.9, 0.5, 0.21, 0.41) == "1 "
    assert read(habit, " ", 0.9, 0.5, 0.21, 0.42) == ""


def test_pairs_come_before_their_letters() -> None:
    """If the pair is read right, its first letter is drawn for itself; no pair crosses the end."""
    letters = Letters({"ๆฯ": 2, "ๆ": 2, "ฯ": 2}, {"ๆฯ": {"x": 1}, "ๆ": {"1": 1}, "ฯ": {"2": 1}})
    assert read(letters, "ๆฯ", 0.9, 0.5, 0.1) == "0x"
    assert read(letters, "ๆฯ", 0.9, 0.5, 0.9, 0.1, 0.1) == "0112"
    assert read(letters, "ๆๆ", 0.9, 0.5, 0.1, 0.9) == "01"
    (edit,) = letters.corrupt("ๆฯ", 0, 1, 1, 0, Known(0.9, 0.5, 0.1))
    assert (edit.start, edit.end, edit.replacement) == (0, 1, "1")


def test_stretches_are_garbled_together() -> None:
    """Eight letters, of which the first stretch has those that chance has left."""
    letters = Letters({"ๆ": 101}, {"ๆ": {"1": 1}})  # odds of 0.01; of 1 where it is garbled
    # After int(0.25 * 8) + 1 = 3 letters a new stretch begins; the first is legible, it is not.
    drawn = [0.25, 0.5, *[0.4] * 3, 0.1, *[0.4] * 8, 0.5, 0.4]
    garbled = "".join(f"{place}1" for place in range(3, 11))
    assert read(letters, "ๆ" * 12, *drawn, garbled=0.2) == garbled
    assert read(letters, "ๆ", 0, 0.2, 0.4, garbled=0.2) == ""
    assert read(letters, "ๆ", 0, 0.19, 0.4, garbled=0.2) == "01"
    assert read(letters, "ๆ", 0, 0.59, 0.4, garbled=0.2, scale=3) == "01"
    assert read(letters, "ๆ", 0, 0.91, 0.5, garbled=0.5, scale=3) == ""


def test_edits_say_what_was_there_and_why() -> None:
    """What is put in behind a letter is no change of the letter."""
    letters = Letters(TOY.seen, TOY.letters)
    edits = list(letters.corrupt("กค", 0, 2, 1e9, 0, Always(0.1)))
    assert edits == [
        Edit(0, 1, "ถ", reason="confusion", observed="ก"),
        Edit(2, 2, "้", reason="confusion"),
    ]


@given(text=st.text("กขค日\n ", max_size=30), cut=st.integers(0, 30), seed=st.integers(0, 99))
def test_nothing_outside_the_span_is_looked_at(text: str, cut: int, seed: int) -> None:
    """Whatever stands there, the edits are the same, in order and within the span."""
    letters = Letters(TOY.seen, TOY.letters)
    end = min(cut, len(text))
    alone = list(letters.corrupt(text[:end], 0, end, 1, 0.1, Draws(f"{seed}")))
    assert list(letters.corrupt(text, 0, end, 1, 0.1, Draws(f"{seed}"))) == alone
    shifted = letters.corrupt("ก" + text, 1, end + 1, 1, 0.1, Draws(f"{seed}"))
    assert [(edit.start - 1, edit.end - 1) for edit in shifted] == [e[:2] for e in alone]


@pytest.mark.parametrize(("scale", "garbled"), [(0.2, 0.0), (1.0, 0.02), (3.0, 0.1), (20.0, 0.06)])
def test_as_many_errors_are_made_as_are_expected(scale: float, garbled: float) -> None:
    """Within a twentieth, of some thousands: the two halves of the module say the same."""
    letters = Letters(
        dict.fromkeys("กขา ", 1_000), {"ก": {"ถ": 60, "": 20}, "า": {"1": 50}, " ": {"": 90}}
    )
    text = "กขา ขกก " * 10_000
    edits = letters.corrupt(text, 0, len(text), scale, garbled, Draws("law"))
    made = sum(errors(edit.observed, edit.replacement) for edit in edits)
    assert made == pytest.approx(expected(letters, text, [scale], garbled), rel=0.05)


@given(st.text(" กำ่\u0e4dา", max_size=4), st.text(" กำ่\u0e4dา", max_size=4))
def test_errors_are_close_to_those_of_the_whole_view(intended: str, observed: str) -> None:
    """Between letters that no rule touches, they are never fewer than the view's."""
    around = [default(f"ขข{text}ขข") for text in (intended, observed)]
    assert errors(intended, observed) >= Levenshtein.distance(*around) - 2
