"""Broken clusters: every kind, its readings and what they cost; and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.text import broken
from thaifix.text.broken import RESTORE_LETTER, broken_clusters
from thaifix.text.script import (
    ABOVE_BELOW_VOWELS,
    CONSONANTS,
    FOLLOWING_VOWELS,
    LEADING_VOWELS,
    MAITAIKHU,
    MARKS,
    SARA_A,
    SARA_AA,
    SARA_AM,
    THANTHAKHAT,
    TONE_MARKS,
)

EK, THO, TRI = "\u0e48", "\u0e49", "\u0e4a"
SI, II, U, HAN, EIGHT = "\u0e34", "\u0e35", "\u0e38", "\u0e31", "\u0e47"
DEAD, RING, AM = "\u0e4c", "\u0e4d", "\u0e33"
LIKELY, RARELY, SELDOM = 2.0, 3.0, 6.0  # nats

SPLIT, TURN, DOUBLED = "join_split_am", "turn_am", "read_doubled_tone"
PARTED, MOVE, CHOOSE = "join_parted_mark", "move_mark", "choose_mark"


@pytest.mark.parametrize(
    ("text", "observed", "reason", "readings"),
    [
        # half a sara am behind a space
        ("ก า", " า", SPLIT, {AM: 0, "า": RARELY}),
        ("ก  าข", "  า", SPLIT, {AM: 0, "า": RARELY}),
        ("ก\u00a0าข", "\u00a0า", SPLIT, {AM: 0, "า": RARELY}),
        (f"ก{THO} า", f"{THO} า", SPLIT, {THO + AM: 0, f"{THO}า": RARELY}),
        (f"ก{RING} า", f"{RING} า", SPLIT, {AM: 0}),
        (f"ก{THO}{RING} า", f"{THO}{RING} า", SPLIT, {THO + AM: 0}),
        (f"ก{RING} {THO}า", f"{RING} {THO}า", SPLIT, {THO + AM: 0}),
        (f"ก {THO}า", f" {THO}า", SPLIT, {THO + AM: 0, f"{THO}า": 0}),
        (f"ก{EK} {THO}า", f"{EK} {THO}า", SPLIT, {EK + AM: 0, f"{EK}า": 0}),
        (f"ก {RING}า", f" {RING}า", SPLIT, {AM: 0}),
        (f"ก{RING} {RING}า", f"{RING} {RING}า", SPLIT, {AM: 0}),
        (f"ก {AM}", f" {AM}", SPLIT, {AM: 0}),
        (f"ก{EK} {AM}ข", f"{EK} {AM}", SPLIT, {EK + AM: 0}),
        # aa before its ring
        (f"กา{RING}", f"า{RING}", TURN, {AM: 0}),
        (f"ก{THO}า{RING}", f"{THO}า{RING}", TURN, {THO + AM: 0}),
        (f"กา{THO}{RING}", f"า{THO}{RING}", TURN, {THO + AM: 0}),
        (f"ก{THO}า{EK}{RING}", f"{THO}า{EK}{RING}", TURN, {THO + AM: 0}),
        (f"กา {RING}", f"า {RING}", TURN, {AM: 0}),
        (f"กา{RING}.", f"า{RING}", TURN, {AM: 0}),
        (f"กา{RING} ", f"า{RING}", TURN, {AM: 0}),
        (f"กา{RING} 5", f"า{RING}", TURN, {AM: 0}),
        (f"กา{RING}  ข", f"า{RING}  ", TURN, {f"{AM} ": 0}),
        (f"กา{RING} ข", f"า{RING} ", TURN, {f"{AM} ": LIKELY, AM: 0}),
        (f"กา{RING} ขคา{RING}ง", f"า{RING} ", TURN, {f"{AM} ": 0, AM: LIKELY}),
        (f"กา{RING} ขคา{RING}.", f"า{RING} ", TURN, {f"{AM} ": LIKELY, AM: 0}),
        # a doubled tone mark
        (f"ก{THO}{THO}า", f"{THO}{THO}า", DOUBLED, {f"{THO}า": 0, THO + AM: 0}),
        (f"ก{EK * 4}า", f"{EK * 4}า", DOUBLED, {f"{EK}า": 0, EK + AM: 0}),
        (f"ก{SI}{EK}{EK}า", f"{EK}{EK}า", DOUBLED, {f"{EK}า": 0, EK + AM: 0}),
        # a mark behind a space
        (f"ก {THO}", f" {THO}", PARTED, {THO: 0}),
        (f"ก  {II}{EK}ข", f"  {II}{EK}", PARTED, {II + EK: 0}),
        (f"ก\u00a0{HAN}ข", f"\u00a0{HAN}", PARTED, {HAN: 0}),
        (f"ก{II} {EK}", f" {EK}", PARTED, {EK: 0}),
        (f"ก{EIGHT} {DEAD}", f" {DEAD}", PARTED, {DEAD: 0}),
        (f"ก {THO} ข", f" {THO} ", PARTED, {f"{THO} ": 0, THO: LIKELY}),
        (f"ก {THO} 5", f" {THO}", PARTED, {THO: 0}),
        (f"ก {THO} ", f" {THO}", PARTED, {THO: 0}),
        # a tone mark on a following vowel
        (f"กา{THO}", f"า{THO}", MOVE, {f"{THO}า": 0, "า": SELDOM}),
        (f"กะ{THO}", f"ะ{THO}", MOVE, {f"{THO}ะ": 0, "ะ": SELDOM}),
        (f"กา{THO}{THO}", f"า{THO}{THO}", MOVE, {f"{THO}า": 0, "า": SELDOM}),
        (f"กา{DEAD}", f"า{DEAD}", MOVE, {f"{DEAD}า": 0, "า": SELDOM}),
        (f"ก{THO}า{THO}", f"{THO}า{THO}", MOVE, {f"{THO}า": 0}),
        (f"ก{EK}า{THO}", f"{EK}า{THO}", MOVE, {f"{EK}า": 0}),
        # a mark on a leading vowel
        (f"เ{THO}ก", f"เ{THO}ก", MOVE, {f"เก{THO}": 0, "เก": SELDOM}),
        (f"แ{II}{EK}กข", f"แ{II}{EK}ก", MOVE, {f"แก{II}{EK}": 0, "แก": SELDOM}),
        # two marks in one place
        (f"ก{SI}{II}", f"{SI}{II}", CHOOSE, {SI: 0, II: 0}),
        (
            f"ก{HAN}{U}",
            f"{HAN}{U}",
            CHOOSE,
            {HAN: 0, U: 0, f"{U}{THO}": LIKELY, f"{U}{EK}": RARELY},
        ),
        (
            f"ก{II}{EIGHT}",
            f"{II}{EIGHT}",
            CHOOSE,
            {II: 0, EIGHT: 0, f"{II}{THO}": LIKELY, f"{II}{EK}": RARELY},
        ),
        (f"ก{HAN}{EIGHT}", f"{HAN}{EIGHT}", CHOOSE, {HAN: 0, EIGHT: 0}),
        (f"ก{HAN}าน", f"{HAN}า", CHOOSE, {f"{THO}า": 0, f"{EK}า": LIKELY}),
        (f"ก{HAN}อน", f"{HAN}อ", CHOOSE, {f"{THO}อ": 0, f"{EK}อ": LIKELY}),
        (
            f"ก{HAN}เก",
            f"{HAN}เ",
            CHOOSE,
            {f"{THO}เ": 0, f"{EK}เ": LIKELY, **{f"{HAN}{c}เ": SELDOM for c in "กงดนบมยว"}},
        ),
        (f"ก{EIGHT}{SI}{EK}", f"{EIGHT}{SI}", CHOOSE, {EIGHT: 0, SI: 0}),
        (f"ก{EK}{THO}", f"{EK}{THO}", CHOOSE, {EK: 0, THO: 0}),
        (f"ก{II}{THO}{DEAD}", f"{THO}{DEAD}", CHOOSE, {THO: 0, DEAD: 0}),
        (f"ก{EIGHT}{THO}{EK}", f"{THO}{EK}", CHOOSE, {THO: 0, EK: 0}),
        # a mark on nothing
        (f"{THO}ก", THO, RESTORE_LETTER, {letter + THO: 0 for letter in CONSONANTS}),
        (f"{THO} ก", THO, RESTORE_LETTER, {letter + THO: 0 for letter in CONSONANTS}),
        (f"ก\n{SI}{EK}า", SI + EK, RESTORE_LETTER, {c + SI + EK: 0 for c in CONSONANTS}),
    ],
)
def test_kinds(text: str, observed: str, reason: str, readings: dict[str, float]) -> None:
    """Where each begins and ends, what may be meant, and at which cost; anywhere in a text."""
    place = broken_clusters(text)[0]
    assert text[place.start : place.end] == observed
    assert place.start == text.index(observed)
    assert place.reason == reason
    assert dict(place.readings) == readings
    assert len(place.readings) == len(readings)
    later = broken_clusters(f"กา ดี\n{text}")[0]
    assert later == (place.start + 6, place.end + 6, reason, place.readings)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ก",
        f"ก{II}{EK}",
        f"ก{THO}า",
        f"ก{THO}{AM}",
        f"เก{THO}า",
        f"ก{SI}{DEAD}",
        "ก   า",  # three spaces part columns
        f"ก   {THO}",
        f"ก   {AM}",
        "ก\nา",
        f"ก\n.{THO}",
        "5 า",
        f"ๆ {AM}",
        "ะ า",
        f"5 {THO}",
        f"ก{EK} {II}",  # what was parted would stand out of order
        f"ะ {THO}",
        f"ก า{THO}{II}",
        f"ก {AM}{THO}",
        f"กา{RING}{THO}",
        f"5า{RING}",
        f"กา  {RING}",
        f"ก{THO}{THO}ะ",  # a rule of `text.normalize` does
        f"ก{THO}{EK}า{II}",
        f"5{THO}{THO}า",
        f"กา{II}",
        f"กา{THO}{II}",
        f"เ{THO}ก{THO}",
        f"เ{THO}5",
        f"เ{THO}",
        f"ก{SI}{SI}",  # a rule of `text.normalize` does
        f"5{SI}{II}",
        f"5{EK}{THO}",
        f"ก{EK}{EK}",
        f"ก{EK}{THO}{TRI}",
        THO,
        f"{THO}5",
        f"{THO}.ก",
        f"5{THO}ก",
    ],
)
def test_what_is_none(text: str) -> None:
    """Or what nobody knows a reading of."""
    reasons = {place.reason for place in broken_clusters(text)}
    allowed = {f"ก{THO}{EK}า{II}": {CHOOSE}, f"ก า{THO}{II}": set()}
    assert reasons == allowed.get(text, set())


def test_places_that_overlap() -> None:
    """The first counts, and of those that begin in one place the longest."""
    text = f"ก {THO}า"
    [place] = broken_clusters(text)
    assert text[place.start : place.end] == f" {THO}า"
    assert [p[:3] for p in broken_clusters(f"ก{SI}{II} {THO}")] == [(1, 3, CHOOSE), (3, 5, PARTED)]
    assert [p[:3] for p in broken_clusters(f"ก{EK}{THO}า{THO}")] == [(1, 3, CHOOSE)]


CLUSTER = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(["", *LEADING_VOWELS]),
    st.sampled_from(CONSONANTS),
    st.sampled_from(["", *ABOVE_BELOW_VOWELS.replace(HAN, ""), MAITAIKHU, f"{HAN}ง", f"{HAN}ว"]),
    st.sampled_from(["", *TONE_MARKS, THANTHAKHAT]),
    st.sampled_from(
        ["", *FOLLOWING_VOWELS, "ฯ", "ๆ", " ", "\u00a0", "\n", ".", "5", "๕", "a", "-"]
    ),
)
LIVELY = st.text(st.sampled_from(f"กขเแาะ{AM}5 \u00a0\n" + MARKS), max_size=14)


@settings(max_examples=300)
@given(st.lists(CLUSTER, max_size=12).map("".join))
def test_thai_has_none(text: str) -> None:
    """Text of well-formed clusters, whatever stands between them."""
    assert broken_clusters(text) == []


@settings(max_examples=500)
@given(LIVELY)
def test_places_are_sorted_and_apart(text: str) -> None:
    """Within the text; no reading is what stands there, and each costs what it should, at least."""
    places = broken_clusters(text)
    for place in places:
        assert 0 <= place.start < place.end <= len(text)
        assert place.readings
        assert text[place.start : place.end] not in dict(place.readings)
        assert min(cost for _, cost in place.readings) == 0
    assert all(a.end <= b.start for a, b in pairwise(places))


@settings(max_examples=500)
@given(LIVELY)
def test_the_quick_look_misses_nothing(text: str) -> None:
    """What is found beside something broken is found alone, too."""
    beside = broken_clusters(f"{text}\nก {AM}")
    assert [p[:3] for p in beside[:-1]] == [p[:3] for p in broken_clusters(f"{text}\n")]


PIECES = [*f"กขมนร{LEADING_VOWELS}{SARA_A}{SARA_AA}{SARA_AM}{MARKS} \u00a0\n.1"]


@given(text=st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_none_is_missed_where_only_a_part_of_a_text_is_searched(text: str) -> None:
    """A search of the whole text for every kind finds the same."""
    found = [
        (*match.span(), kind.reason, tuple(dict(kind.readings(match)).items()))
        for kind in broken._KINDS
        for match in kind.pattern.finditer(text)
    ]
    expected: list[tuple[object, ...]] = []
    end = 0
    for place in sorted(found, key=lambda place: (place[0], -place[1])):
        if place[0] >= end:
            expected.append(place)
            end = place[1]
    assert list(map(tuple, broken_clusters(text))) == expected
