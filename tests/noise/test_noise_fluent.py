"""Fluent noise: other words in known terms, the same again elsewhere, and clauses said again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from toy_engine import Always, Known, known_terms

from thaifix.noise.draws import Draws
from thaifix.noise.fluent import (
    REPETITIONS,
    Fluent,
    Survey,
    TermPlace,
    shipped,
)
from thaifix.noise.lines import text_rows
from thaifix.text.edit import Edit, apply

WORDS = [
    ["กรม", "ทาง", "หลวง", "ชนบท"],
    ["กรม", "ทาง", "น้ำ", "ชุมชน"],
    ["กรม", "ทาง", "หลวง"],
    ["หลวง", "ชนบท", "ไทย", "ABC"],
    ["สำนักงาน"],
    ["ที่ดิน", "ชนบท", "ไทย", "ABC"],
    ["หลวง", "ไทย", "ABC", "ชุมชน"],
]
BOTH = {"substitution": 0.25, "repeated_clause": 0.1}


TERMS = known_terms(WORDS)


def test_divisions_are_where_words_begin() -> None:
    """In code points of the term; the first word is not told."""
    assert TERMS.divisions(0) == [3, 6, 10]
    assert TERMS.divisions(1) == [3, 6, 9]
    assert TERMS.divisions(4) == []
    assert TERMS.divisions(6) == [4, 7, 10]


def test_words_of_three_terms_are_familiar() -> None:
    """Others are not misread as words of two; what is not Thai is no word."""
    assert TERMS.words.all == ["กรม", "ชนบท", "ทาง", "หลวง", "ไทย"]


def test_terms_are_found() -> None:
    """The first and of these the longest, if it has several words."""
    text = "แจ้ง กรมทางหลวงชนบท และสำนักงาน กรมทางหลวงไทยABCชุมชน"
    assert TERMS.find(text) == [TermPlace(5, 19, 0), TermPlace(32, 42, 2)]
    assert TERMS.find("") == []


def test_terms_that_touch_are_both_found() -> None:
    assert [place.term for place in TERMS.find("กรมทางหลวงกรมทางน้ำชุมชน")] == [2, 1]


def test_a_term_is_misread_as_a_familiar_word() -> None:
    """Or loses one, or gets one; what it becomes is drawn, and nothing is drawn for some."""
    draws = Draws("misread")
    found = [TERMS.misread(0, draws) for _ in range(300)]
    misread = [one for one in found if one]
    assert len(misread) == 259  # six draws fail seldom, even of so few words
    text = TERMS.phrases.texts[0]
    for start, end, word in misread:
        assert text[start:end] != word
        assert {start, end} <= {0, 3, 6, 10, len(text)}
        without = word.replace(text[start:end], "", 1)
        assert word in ("", *TERMS.words.all) or without in TERMS.words.all
    assert TERMS.misread(4, draws) is None


def survey(text: str, fluent: Fluent) -> Survey:
    return fluent.survey(text, list(text_rows(text)))


def test_clauses_stand_between_spaces() -> None:
    """Of a row, without its line end; from 12 to 60 code points."""
    text = f"{'ก' * 11} {'ข' * 12} {'ค' * 60}\n{'ง' * 61} {'จ' * 20}\r\n{'ฉ' * 15}\0 {'ช' * 13}"
    found = survey(text, Fluent(BOTH, TERMS, Always(0.0))).clauses
    assert [text[start:end] for start, end in found] == ["ข" * 12, "ค" * 60, "จ" * 20, "ช" * 13]


def test_an_engine_without_terms_is_not_fluent() -> None:
    fluent = Fluent({}, None, Always(0.0))
    assert survey("กรมทางหลวงชนบท", fluent) == ((), ())
    assert fluent.expected(Survey((), ()), 1) == 0
    assert fluent.plan("กรมทางหลวงชนบท", Survey((), ()), 1) == []


def places(*terms: int) -> Survey:
    return Survey([TermPlace(20 * i, 20 * i + 10, term) for i, term in enumerate(terms)], ())


def test_expected_errors_of_terms_by_hand() -> None:
    """A term that stands there twice is misread there if it was before, or for itself."""
    fluent = Fluent(BOTH, TERMS, Always(0.0))
    assert fluent.expected(places(0, 1), 1) == pytest.approx(2 * 0.25 * 3.7)
    twice = 0.25 + (0.25 * 0.7 + 0.75 * 0.25)
    assert fluent.expected(places(0, 0), 1) == pytest.approx(twice * 3.7)
    chosen = 0.25 + 0.75 * 0.25
    thrice = twice + chosen * 0.7 + (1 - chosen) * 0.25
    assert fluent.expected(places(0, 0, 0), 1) == pytest.approx(thrice * 3.7)
    assert fluent.expected(places(0), 2) == pytest.approx(0.5 * 3.7)
    bound = 0.9 * 3.7
    assert fluent.expected(places(0), 100) == pytest.approx(bound)


def test_expected_errors_of_clauses_by_hand() -> None:
    """A clause and the space before it, 1.5 times on average."""
    fluent = Fluent(BOTH, TERMS, Always(0.0))
    clauses = Survey((), [(0, 19), (30, 49)])
    assert sum(REPETITIONS) / len(REPETITIONS) == 1.5
    assert fluent.expected(clauses, 1) == pytest.approx(0.1 * 2 * 20 * 1.5)
    assert fluent.expected(clauses, 3) == pytest.approx(0.3 * 2 * 20 * 1.5)
    assert fluent.expected(clauses, 100) == pytest.approx(0.9 * 2 * 20 * 1.5)


TEXT = "เสนอกรมทางหลวงชนบท แล้วแจ้ง\n" * 40


def test_a_term_is_misread_as_the_same_words_again() -> None:
    """In 0.7 of its further places; otherwise it is read right."""
    fluent = Fluent({"substitution": 0.5}, TERMS, Draws("again"))
    edits = fluent.plan(TEXT, survey(TEXT, fluent), 1)
    assert {edit.reason for edit in edits} == {"substitution"}
    assert len({(edit.start % 28, edit.end % 28, edit.replacement) for edit in edits}) == 1
    assert 20 < len(edits) < 36
    for edit in edits:
        assert TEXT[edit.start : edit.end] == edit.observed != edit.replacement


def test_loops_are_no_more_than_the_engine_has() -> None:
    """A clause of 19 with its space, 22.5 times on average, whatever the scale."""
    clauses = Survey((), [(0, 19), (30, 49)])
    fluent = Fluent({"loop": 0.25}, None, Draws("loops"))
    assert fluent.expected(clauses, 1) == pytest.approx(0.25 * 2 * 20 * 22.5)
    assert fluent.expected(clauses, 9) == pytest.approx(0.25 * 2 * 20 * 22.5)
    assert fluent.expected(clauses, 0.5) == pytest.approx(0.125 * 2 * 20 * 22.5)
    for scale, times in (0.5, 25), (1, 50), (9, 50):
        found = [fluent.plan(TEXT, clauses, scale) for _ in range(100)]
        edits = [edit for plan in found for edit in plan]
        assert {edit.reason for edit in edits} == {"loop"}
        assert len(edits) == pytest.approx(times, abs=1)
        for edit in edits:
            clause = f" {TEXT[edit.start - 19 : edit.start]}"
            assert edit.replacement == clause * (len(edit.replacement) // 20)
            assert len(edit.replacement) // 20 in range(5, 41)


def test_terms_are_misread_as_often_as_they_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of many sections holds a term once, which is misread in a quarter of them."""
    monkeypatch.setattr(TERMS, "misread", lambda term, draws: (3, 6, "ไทย"))
    fluent = Fluent({"substitution": 0.25}, TERMS, Draws("often"))
    text = "เสนอกรมทางหลวงชนบท\n"
    found = survey(text, fluent)
    for scale, times in (1, 100), (2, 200), (99, 360):
        edits = [fluent.plan(text, found, scale) for _ in range(400)]
        assert sum(map(len, edits)) == pytest.approx(times, abs=1)


def test_clauses_are_said_again_behind_themselves() -> None:
    """Once, twice or four times, each time with a space before it."""
    fluent = Fluent({"repeated_clause": 0.5}, TERMS, Draws("again"))
    edits = fluent.plan(TEXT, survey(TEXT, fluent), 1)
    assert {edit.reason for edit in edits} == {"repeated_clause"}
    clause = " เสนอกรมทางหลวงชนบท"
    times = [edit.replacement.count(clause) for edit in edits]
    for edit, count in zip(edits, times, strict=True):
        assert edit == Edit(edit.start, edit.start, clause * count, reason="repeated_clause")
        assert TEXT[: edit.start].endswith(clause.strip())
    assert len(edits) == pytest.approx(20, abs=1)
    assert set(times) <= {1, 2, 4}
    assert times.count(1) > len(times) / 2


def test_repetitions_are_drawn() -> None:
    """Seven in ten once, two twice, one four times."""
    text = "กขคงจฉชซฌญฎฏ"
    said = []
    for share in (0.0, 0.69, 0.7, 0.89, 0.9):
        fluent = Fluent({"repeated_clause": 0.9}, None, Known(0.0, 0.0, share, share))
        (edit,) = fluent.plan(text, Survey((), [(0, 12)]), 1)
        said.append(edit)
    assert said == [
        Edit(12, 12, f" {text}" * times, reason="repeated_clause") for times in (1, 1, 2, 2, 4)
    ]


@given(
    st.lists(st.sampled_from([*TERMS.phrases.texts, "แจ้งให้ทราบโดยทั่วกัน", " ", "\n"]), max_size=20),
    st.integers(0, 99),
)
def test_planned_edits_do_not_overlap(parts: list[str], seed: int) -> None:
    text = "".join(parts)
    fluent = Fluent({"substitution": 0.9, "repeated_clause": 0.9}, TERMS, Draws(f"{seed}"))
    edits = fluent.plan(text, survey(text, fluent), 1)
    apply(text, edits)  # raises an error otherwise
    assert all(edit.observed == text[edit.start : edit.end] for edit in edits)


def test_of_edits_that_overlap_the_first_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A term is misread where a clause ends within it: nothing is said again in the middle."""
    monkeypatch.setattr(TERMS, "misread", lambda term, draws: (0, 14, "ไทย"))
    fluent = Fluent({"substitution": 0.9, "repeated_clause": 0.9}, TERMS, Always(0.0))
    text = "เสนอกรมทางหลวงชนบท"
    edits = fluent.plan(text, Survey([TermPlace(4, 18, 0)], [(0, 12), (0, 18)]), 1)
    assert [(edit.start, edit.end) for edit in edits] == [(4, 18), (18, 18)]


def test_terms_of_the_package() -> None:
    """Some thousand, with some hundred familiar words, as the mean of their errors says."""
    terms = shipped()
    assert shipped() is terms
    assert len(terms.phrases.texts) > 1_000
    assert len(terms.words.all) > 100
    draws = Draws("cost")
    costs = []
    for term in range(0, len(terms.phrases.texts), 10):
        if drawn := terms.divisions(term) and terms.misread(term, draws):
            start, end, word = drawn
            costs.append(Levenshtein.distance(terms.phrases.texts[term][start:end], word))
    assert 3 < sum(costs) / len(costs) < 6
