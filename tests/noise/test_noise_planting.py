"""Planted misreadings: where they are, what they were, and that they can be undone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_engine import Known

from thaifix.noise import Planted, WordPool, misread_terms, touching
from thaifix.noise.planting import misread
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


PHRASE = "กรมทางหลวงชนบท"
CUTS = 3, 6, 10


@pytest.mark.parametrize(
    ("first", "two", "start", "end"),
    [
        pytest.param(0.0, 0.9, 0, 3, id="the first word"),
        pytest.param(0.3, 0.9, 3, 6, id="an inner word"),
        pytest.param(0.3, 0.3, 3, 6, id="one word from 0.3 on"),
        pytest.param(0.3, 0.29, 3, 10, id="two words below"),
        pytest.param(0.6, 0.0, 6, 14, id="the last two words"),
        pytest.param(0.9, 0.0, 10, 14, id="only the last one"),
    ],
)
def test_parts_of_a_phrase(first: float, two: float, start: int, end: int) -> None:
    """One or two words, left out here."""
    assert misread(PHRASE, CUTS, WORDS, Known(first, two, 0.0)) == (start, end, "")


def test_what_a_word_is_misread_as() -> None:
    """Left out, put in behind or before, of similar shape; of 16 drawn, one."""
    pool = WordPool(["คาง", "ทางน้ำ"])

    def drawn(kind: float, *more: float) -> tuple[int, int, str] | None:
        return misread(PHRASE, CUTS, pool, Known(0.3, 0.9, kind, *more))

    assert drawn(0.049) == (3, 6, "")
    assert drawn(0.05, 0.49, 0.0) == (3, 6, "ทางคาง")
    assert drawn(0.119, 0.5, 0.9) == (3, 6, "ทางน้ำทาง")
    assert drawn(0.121, 0.0) == (3, 6, "คาง")
    assert drawn(0.99, 0.0) == (3, 6, "คาง")  # too little is left to tell for another shape


@pytest.mark.parametrize(
    ("left", "first", "unlike"),
    [(11, 0.5, False), (12, 0.5, True), (19, 0.0, False), (20, 0.0, True), (20, 0.9, True)],
)
def test_words_of_another_shape_need_context(left: int, first: float, unlike: bool) -> None:
    """More of it beside the first and the last word."""
    inner = 0 < first < 0.9
    before = left // 2 if inner else left if first else 0
    phrase = "ก" * before + "ทาง" + "ข" * (left - before)
    cuts = [cut for cut in (before, before + 3) if 0 < cut < len(phrase)]
    pool = WordPool(["ยุบ"])  # nothing like ทาง
    for kind, word in (0.71, "ยุบ"), (0.69, None):
        found = misread(phrase, cuts, pool, Known(first, 0.9, kind, 0.0, 0.0))
        assert found == ((before, before + 3, word) if word and unlike else None)


@pytest.mark.parametrize(
    ("phrase", "cuts", "first"),
    [
        ("กรมทางหลวง", (), 0.0),
        ("กขคงจฉชซ", (5,), 0.0),  # three letters would be left
        ("กรม กรมธนารักษ์", (3, 4), 0.4),  # a space is no word
    ],
)
def test_what_is_not_misread(phrase: str, cuts: tuple[int, ...], first: float) -> None:
    assert misread(phrase, cuts, WORDS, Known(first, 0.9, 0.0)) is None


def test_four_letters_are_enough_beside_a_misread_word() -> None:
    assert misread("กขคงจฉชซ", (4,), WORDS, Known(0.0, 0.9, 0.0)) == (0, 4, "")


def test_a_word_is_not_misread_as_itself() -> None:
    """As a word of another shape might be that word."""
    phrase = f"{'ก' * 9}ทาง{'ข' * 9}"
    assert misread(phrase, (9, 12), WordPool(["ทาง"]), Known(0.5, 0.9, 0.9, 0.0, 0.0)) is None


def drawn(pool: WordPool, word: str, *, alike: bool) -> set[str]:
    """All words that are drawn for another."""
    draw = pool.alike if alike else pool.unlike
    found = {draw(word, random.Random(seed)) for seed in range(200)}
    return {other for other in found if other}


def test_words_of_similar_shape() -> None:
    """At most three letters differ, two in length; of words of two letters, one."""
    pool = WordPool(
        ["กขคง", "กขค", "กข", "ก", "กขคงจ", "กขคงจฉ", "กขคงจฉช", "กxyz", "wxyz", "กขคx", "xy"]
    )
    assert drawn(pool, "กขคง", alike=True) == {
        *("กขค", "กข", "กขคงจ", "กขคงจฉ", "กxyz", "กขคx")
    }  # fmt: skip
    assert drawn(pool, "กข", alike=True) == {"กขค"}
    assert drawn(pool, "ก", alike=True) == {"กข"}


def test_words_of_another_shape_are_as_long() -> None:
    """Up to three letters shorter or longer, of two at least; each length is as likely."""
    pool = WordPool(["x" * length for length in range(1, 12)])
    assert drawn(pool, "กขคงจ", alike=False) == {"x" * length for length in range(2, 9)}
    assert drawn(pool, "กขคงจฉช", alike=False) == {"x" * length for length in range(4, 11)}


def test_words_of_similar_shape_are_drawn_from_a_dozen() -> None:
    """Of each length."""
    pool = WordPool([f"กข{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"])
    assert len(drawn(pool, "กขค", alike=True)) == 12


def test_phrases_that_recur_come_first() -> None:
    """From three places on, chance decides."""
    text = f"{PHRASE} a สำนักงานที่ดินกลาง b {PHRASE} "
    misread = {p.intended for seed in range(40) for p in plant(text, most=1, seed=seed)}
    assert misread
    assert all(intended in PHRASE for intended in misread)
    text = (PHRASE + " ") * 5 + "สำนักงานที่ดินกลาง " * 3
    misread = {p.intended for seed in range(40) for p in plant(text, most=1, seed=seed)}
    assert any(intended in PHRASE for intended in misread)
    assert any(intended not in PHRASE for intended in misread)


def plant(text: str, *, most: int, seed: int) -> list[Planted]:
    return misread_terms(text, PHRASES.items(), WORDS, most=most, seed=seed)[1]


def test_a_fifth_of_phrases_are_misread_everywhere() -> None:
    """All others in a third of their places, rounded up."""
    text = f"{PHRASE} แจ้งว่า " * 7
    counts = [len(plant(text, most=1, seed=seed)) for seed in range(600)]
    assert set(counts) == {0, 3, 7}
    assert counts.count(7) / (counts.count(3) + counts.count(7)) == pytest.approx(0.2, abs=0.05)


def test_phrases_that_overlap_are_misread_once() -> None:
    known = {PHRASE: CUTS, "หลวงชนบทและชุมชน": (4, 8, 11)}
    text = "กรมทางหลวงชนบทและชุมชน"
    for seed in range(60):
        observed, planted = misread_terms(text, known.items(), WORDS, most=2, seed=seed)
        assert len(planted) <= 1
        assert undo(observed, planted) == text
    beside = f"{PHRASE}หลวงชนบทและชุมชน"
    both = [misread_terms(beside, known.items(), WORDS, most=2, seed=seed)[1] for seed in range(60)]
    assert max(map(len, both)) == 2


@pytest.mark.parametrize(("length", "planted"), [(7, False), (8, True)])
def test_phrases_of_eight_letters_are_misread(length: int, planted: bool) -> None:
    phrase = "กรมทางหลวง"[:length]
    found = [
        misread_terms(phrase, [(phrase, (3,))], WORDS, most=1, seed=seed)[1] for seed in range(40)
    ]
    assert any(found) is planted
