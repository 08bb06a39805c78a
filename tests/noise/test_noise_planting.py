"""Planted misreadings: where they are, what they were, and that they can be undone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.noise import Planted, WordPool, misread_terms, touching
from thaifix.text.edit import Edit, apply

WORDS = WordPool(
    ["การ", "กลาง", "งาน", "กรม", "ทาง", "ทราย", "ช้าง", "หลวง", "หลวม", "ชนบท", "ชุมชน", "ที่ดิน"]
)
PHRASES = {"กรมทางหลวงชนบท": (3, 6, 10), "สำนักงานที่ดินกลาง": (8, 14), "กรมที่ดิน": (3,), "สั้น": (2,)}
TEXTS = st.lists(
    st.sampled_from([*PHRASES, "แจ้งว่า", " ", "\n", "กรมทาง", "\f", "a"]), max_size=12
).map("".join)
SEEDS = st.integers(0, 10_000)


def undo(observed: str, planted: list[Planted]) -> str:
    """Put back what stood there."""
    edits = [Edit(p.start, p.end, p.intended, observed=observed[p.start : p.end]) for p in planted]
    return apply(observed, edits)


@given(text=TEXTS, seed=SEEDS, most=st.integers(0, 4))
def test_undone_the_text_is_as_before(text: str, seed: int, most: int) -> None:
    """Spans are in order, within the observed text, and something else stood there."""
    observed, planted = misread_terms(text, PHRASES.items(), WORDS, most=most, seed=seed)
    assert undo(observed, planted) == text
    for p in planted:
        assert 0 <= p.start <= p.end <= len(observed)
        assert observed[p.start : p.end] != p.intended
    assert bool(planted) is (observed != text)


@given(text=TEXTS, seed=SEEDS)
def test_equal_seeds_give_equal_results(text: str, seed: int) -> None:
    first = misread_terms(text, PHRASES.items(), WORDS, most=3, seed=seed)
    backwards = reversed(PHRASES.items())
    assert misread_terms(text, backwards, WORDS, most=3, seed=seed) == first


@given(text=TEXTS, seed=SEEDS, most=st.integers(0, 2))
def test_only_phrases_are_misread_and_not_too_many(text: str, seed: int, most: int) -> None:
    """Each phrase in one way, however often it stands there."""
    observed, planted = misread_terms(text, PHRASES.items(), WORDS, most=most, seed=seed)
    ways = {(observed[p.start : p.end], p.intended) for p in planted}
    assert len(ways) <= most
    shift = 0
    for p in planted:
        start = p.start - shift
        around = [text.find(phrase, max(0, start - len(phrase))) for phrase in PHRASES]
        assert any(0 <= at <= start for at in around)
        shift += p.end - p.start - len(p.intended)


def test_a_third_of_a_phrases_places_at_least() -> None:
    text = "กรมทางหลวงชนบท แจ้งว่า " * 9
    counts = set()
    for seed in range(60):
        _, planted = misread_terms(text, PHRASES.items(), WORDS, most=1, seed=seed)
        assert len({p.intended for p in planted}) <= 1
        counts.add(len(planted))
    assert counts <= {0, 3, 9}
    assert {3, 9} <= counts


def test_short_and_undivided_phrases_stay() -> None:
    text = "สั้น กรมธนารักษ์กลาง "
    for seed in range(30):
        known = [("สั้น", (2,)), ("กรมธนารักษ์กลาง", ())]
        assert misread_terms(text, known, WORDS, most=5, seed=seed) == (text, [])


def test_a_phrase_does_not_become_another() -> None:
    """That would be as right as what stood there."""
    known = {"สำนักงานที่ดินหลวง": (14,), "สำนักงานที่ดินหลวม": (14,)}
    words = WordPool(["หลวง", "หลวม"])
    for seed in range(60):
        observed, _ = misread_terms("สำนักงานที่ดินหลวง", known.items(), words, most=1, seed=seed)
        assert observed != "สำนักงานที่ดินหลวม"


@given(word=st.sampled_from([*WORDS.all, "กระทรวง", "ก"]), seed=SEEDS)
def test_words_are_drawn_from_those_given(word: str, seed: int) -> None:
    """Never the word itself where it should be another of similar shape."""
    alike = WORDS.alike(word, random.Random(seed))
    assert alike is None or alike in WORDS.all
    assert alike != word
    assert alike is None or abs(len(alike) - len(word)) <= 2
    unlike = WORDS.unlike(word, random.Random(seed))
    assert unlike is None or (unlike in WORDS.all and abs(len(unlike) - len(word)) <= 3)


def test_without_words_nothing_is_drawn() -> None:
    assert WordPool([]).alike("การ", random.Random(0)) is None
    assert WordPool([]).unlike("การ", random.Random(0)) is None


@given(
    spans=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=6),
    start=st.integers(0, 30),
    length=st.integers(0, 10),
)
def test_touching_is_what_a_span_reaches(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    planted, at = [], 0
    for gap, size in spans:
        planted.append(Planted(at + gap, at + gap + size, ""))
        at += gap + size
    end = start + length
    expected = [p for p in planted if p.start <= end and start <= p.end]
    assert list(touching(planted, start, end)) == expected


@pytest.mark.parametrize("seed", range(3))
def test_an_empty_text_stays(seed: int) -> None:
    assert misread_terms("", PHRASES.items(), WORDS, most=3, seed=seed) == ("", [])
