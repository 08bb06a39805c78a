"""Moved marks: where they are looked for, what may be meant, and what it costs."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from typing import cast

import pytest
from scanning import Oracle, Words

from thaifix.correct.moved_marks import moved_marks
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN
from thaifix.model.decoder import Scan
from thaifix.text.edit import Edit

EK, THO, DEAD, EIGHT = "\u0e48", "\u0e49", "\u0e4c", "\u0e47"
HAN, SI, II, UU, RING, DOT, YA, AM = (
    "\u0e31", "\u0e34", "\u0e35", "\u0e39", "\u0e4d", "\u0e3a", "\u0e4e", "\u0e33",
)  # fmt: skip
RARE, USUAL, DROPPED, FOREIGN_END = 5.0, 1.0, 2.0, 4.0  # nats


def scanned(words: Sequence[str], unknown: Sequence[int]) -> Scan:
    """The scan of a text of these words, some of them unknown."""
    starts = [sum(map(len, words[:i])) for i in range(len(words))]
    ids = [UNKNOWN if i in unknown else FIRST_WORD + i for i in range(len(words))]
    return Scan(array("i", starts), array("I", ids), array("f", [1.0] * len(words)))


def found(
    text: str,
    costs: Mapping[str, float],
    *,
    scan: Scan | None = None,
    protected: Sequence[tuple[int, int]] = (),
    least: float = 0.8,
    seen: int = 0,
) -> tuple[list[Edit], list[str]]:
    """The edits of a text that is one unknown word, and what was scanned for them."""
    oracle = Oracle(costs)
    edits = moved_marks(
        text, scan or scanned([text], [0]), cast(Decoder, oracle), protected, least=least, seen=seen
    )
    return list(edits), oracle.seen


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        (f"ขอ{THO}", [f"ข{THO}อ"]),
        (f"ขอ{THO}มูล", [f"ข{THO}อมูล"]),
        (f"กข{II}", [f"ก{II}ข"]),
        (f"กข{HAN}{EK}ค", [f"ก{HAN}{EK}ขค"]),
        (f"กข{EIGHT}ค", [f"ก{EIGHT}ขค"]),
        (f"กข{DEAD}ค", [f"ก{DEAD}ขค"]),
        (f"ก{II}ข{EK}", [f"ก{II}{EK}ข"]),
        (f"ก{EIGHT}ข{DEAD}", [f"ก{EIGHT}{DEAD}ข"]),
        (f"กข{THO} คง", [f"ก{THO}ข คง", f"ก{THO}ขคง"]),
        (f"กข{THO}  คง", [f"ก{THO}ข คง"]),
        (f"กข{THO}   คง", [f"ก{THO}ข  คง"]),
        (f"กข{THO} 5", [f"ก{THO}ข 5"]),
        (f"กข{THO} เก", [f"ก{THO}ข เก", f"ก{THO}ขเก"]),
        (f"กข{RING}", []),
        (f"กข{DOT}", []),
        (f"กข{YA}", []),
        (f"ก{II}ข{SI}", []),  # a vowel would stand on a vowel
        (f"ก{EK}ข{THO}", []),
        (f"าข{THO}", []),
        (f"เข{THO}", []),
        (f" ข{THO}", []),
        (f"ก ข{THO}", []),
        (f"ก{II}ข{EK}{DEAD}", []),
        (f"กข{SI}{EK}{DEAD}", []),
        (f"กข{THO} {EK}", []),  # a broken cluster
        (f"กข{THO} า", []),
        (f"กข{THO} {AM}", []),
        ("กข", []),
        (f"ก5{THO}", []),
    ],
)
def test_what_may_be_meant(text: str, readings: list[str]) -> None:
    _, seen = found(text, {})
    assert seen == ([text, *readings] if readings else [])


@pytest.mark.parametrize("seen", [0, 2, 3, 9])
@pytest.mark.parametrize("mark", [EK, DEAD, SI])
def test_what_a_moved_mark_costs(mark: str, seen: int) -> None:
    """Less where the document has shown three; more where foreign names end so."""
    rare = (USUAL if seen >= 3 else RARE) + FOREIGN_END * (mark == DEAD)
    text = f"กข{mark}"
    [edit] = found(text, {text: 20.0}, seen=seen)[0]
    assert edit == Edit(
        1, 3, f"{mark}ข", 20 - rare, round(1 / (1 + math.exp(rare - 20)), 4),
        "move_mark", None, f"ข{mark}",
    )  # fmt: skip
    [edit] = found(text, {text: rare + 1.4}, seen=seen)[0]
    assert edit.margin == 1.4
    assert found(text, {text: rare + 1.3}, seen=seen)[0] == []  # 0.79
    assert found(text, {text: rare + 1.3}, seen=seen, least=0.78)[0]


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        (f"กข{THO}", False),
        (f"กข{SI}", False),
        (f"กข{DEAD}", True),  # as foreign names end
        (f"ก{II}ข{EK}", True),  # as people end clauses
        (f"กข{THO} ค", False),  # the space stays
        (f"กข{THO}  ค", True),  # one of two spaces would go
    ],
)
def test_what_people_write_too_must_become_a_word(text: str, doubtful: bool) -> None:
    """All marks, where the document shows no others."""
    for unknown, seen, made in ((text[0], 3, not doubtful), (text[0], 2, False), ("ฮ", 2, True)):
        oracle = Oracle({text: 30.0}, (unknown,))
        edits = moved_marks(
            text, scanned([text], [0]), cast(Decoder, oracle), (), least=0.8, seen=seen
        )
        assert bool(list(edits)) == made


@pytest.mark.parametrize(
    ("costs", "after", "alone", "of_several"),
    [
        ({"ขอ": 20.0}, "", True, True),
        ({"ขอ": 15.0, "กกกกก": 1.0}, f"กกกกก อข{THO}กกกกก", True, True),
        (
            {"ขอ": 15.1, "กกกกก": 1.0},
            f"กกกกก อข{THO}กกกกก",
            False,
            True,
        ),  # twice a word that the model has hardly met
        ({"ขอ": 9.0, "กกก": 15.1}, "กกก", True, True),  # which does not stand there
        ({"ขอ": 9.0, "กกกก": 9.0}, "กกกกฮ", True, True),  # an unknown one, far away
        ({"ขอ": 9.0, "กกก": 9.0}, "กกกฮ", False, True),
    ],
)
def test_what_is_made_where_no_other_mark_was_moved(
    costs: Mapping[str, float], after: str, alone: bool, of_several: bool
) -> None:
    """A well-known word, and no unknown one within four letters of mark and letter."""
    text = f" อข{THO}{after}"
    decoder = cast(Decoder, Words({f"อ{THO}ข": costs["ขอ"], "ฮฮ": 1.0, **costs}))
    for seen, made in ((0, alone), (2, alone), (3, of_several)):
        edits = moved_marks(text, scanned([text], [0]), decoder, (), least=0.8, seen=seen)
        assert {edit.replacement for edit in edits} == ({f"{THO}ข"} if made else set())


def test_a_space_behind_may_have_come_with_it() -> None:
    """That costs more, and the model may want it all the same."""
    text = f"กข{THO} ค"
    [edit] = found(text, {text: 20.0})[0]
    assert (edit.end, edit.replacement) == (3, f"{THO}ข")
    assert edit.confidence == round(1 / (1 + math.exp(-15) + math.exp(-DROPPED)), 4)
    [edit] = found(text, {text: 30.0, " ค": 8.0})[0]
    assert (edit.end, edit.replacement, edit.margin) == (4, f"{THO}ข", 31.0)
    text = f"กข{THO}  ค"
    [edit] = found(text, {text: 20.0})[0]
    assert (edit.start, edit.end, edit.replacement) == (1, 4, f"{THO}ข")


def test_each_makes_the_next_more_likely() -> None:
    """From the fourth on, one that the model hardly wants is enough."""
    words = [f"กข{EK}จ\n", f"กค{EK}จ\n", f"กง{EK}จ\n", f"กช{EK}จ\n"]
    costs = {f"กข{EK}": 8.0, f"กค{EK}": 8.0, f"กง{EK}": 8.0, f"กช{EK}": 4.0}
    whole = "".join(words)
    assert len(found(whole, costs)[0]) == 4
    assert len(found(whole, costs | {f"กง{EK}": 1.0})[0]) == 2
    assert len(found(whole, costs | {f"กง{EK}": 1.0}, seen=1)[0]) == 3


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("ข" * 31, "ค" * 32, ("ข" * 31, "ค" * 32)),
        ("ข" * 40, "ค" * 40, ("ข" * 31, "ค" * 32)),
        ("ง\nข", "ค\nง", ("ข", "ค")),
    ],
)
def test_it_is_judged_in_its_line(before: str, after: str, seen: tuple[str, str]) -> None:
    """With 32 code points of it on each side."""
    _, read = found(f"{before}กม{EK}{after}", {})
    assert read[:2] == [f"{seen[0]}ก{middle}{seen[1]}" for middle in (f"ม{EK}", f"{EK}ม")]


def test_what_is_read_stands_before_the_next() -> None:
    text = f"กข{EK}จกค{THO}"
    edits, read = found(text, {f"กข{EK}": 20.0, f"กค{THO}": 20.0}, seen=3)
    assert [(e.start, e.end) for e in edits] == [(1, 3), (5, 7)]
    assert read[2:] == [f"ก{EK}ขจกค{THO}", f"ก{EK}ขจก{THO}ค"]
    edits, read = found(text, {f"กค{THO}": 20.0}, seen=3)
    assert [(e.start, e.end) for e in edits] == [(5, 7)]
    assert read[2:] == [text, f"กข{EK}จก{THO}ค"]


def test_what_is_protected_stays() -> None:
    text = f"กข{EK}จกค{THO}"
    costs = {f"กข{EK}": 20.0, f"กค{THO}": 20.0}
    for span, left in (((1, 2), [5]), ((2, 3), [5]), ((0, 1), [1, 5]), ((3, 5), [1, 5])):
        edits, read = found(text, costs, protected=[span], seen=3)
        assert [e.start for e in edits] == left
        assert read[-2].endswith(f"จกค{THO}")
    assert [e.start for e in found(text, costs, protected=[(0, 1), (6, 7)])[0]] == [1]


@pytest.mark.parametrize(
    ("unknown", "places"),
    [
        ([], []),
        ([0], [1, 5]),  # that of an unknown word, and that of the word behind it
        ([1], [1, 5, 9]),  # ... and of the word before
        ([2], [5, 9, 13]),
        ([3], [9, 13]),
        ([0, 1], [1, 5, 9]),
        ([0, 3], [1, 5, 9, 13]),
        ([1, 2], [1, 5, 9, 13]),
    ],
)
def test_only_unknown_words_are_looked_at(unknown: list[int], places: list[int]) -> None:
    words = [f"กข{EK}จ", f"กค{EK}จ", f"กง{EK}จ", f"กช{EK}จ"]
    text = "".join(words)
    costs = {f"ก{c}{EK}": 20.0 for c in "ขคงช"}
    edits, _ = found(text, costs, scan=scanned(words, unknown), seen=3)
    assert [edit.start for edit in edits] == places


def test_a_mark_between_words() -> None:
    """The letter that it stands on now may begin the word behind, but not the one after that."""
    words = ["ฮฮ", "กก", f"ข{EK}ง"]
    costs = {f"กข{EK}": 20.0}
    for unknown, places in (([0], []), ([1], [3]), ([2], [3])):
        edits, _ = found("".join(words), costs, scan=scanned(words, unknown))
        assert [edit.start for edit in edits] == [place + 1 for place in places]


@pytest.mark.parametrize("behind", [f" {THO}", f"{THO}", " า", f" {AM}"])
def test_what_stands_behind_the_last_word_is_seen(behind: str) -> None:
    """Even where the words that are looked at end with the mark."""
    words = [f"กข{HAN}{EK}", behind, "ก" * 20, "ก"]
    assert found("".join(words), {f"ข{HAN}{EK}": 20.0}, scan=scanned(words, [0]))[0] == []
    words = ["ก", f"กข{HAN}{EK}", "  ", "ค", "ก"]
    text = "".join(words)
    [edit] = found(text, {f"ข{HAN}{EK}": 20.0}, scan=scanned(words, [0]))[0]
    assert edit.replacement.endswith(" ") or text[edit.end] == " "


@pytest.mark.parametrize(("behind", "found_there"), [(" า", 0), (f" {THO}", 0), (" ก", 1)])
def test_all_that_tells_is_seen_behind_the_last_letter(behind: str, found_there: int) -> None:
    """Two marks, and a space with a letter or a mark, where the words end with the letter."""
    words = ["ฮ", "กข", f"{HAN}{EK}", behind, "ก" * 20]
    edits, _ = found("".join(words), {f"ข{HAN}{EK}": 20.0}, scan=scanned(words, [0]))
    assert len(edits) == found_there


def test_a_place_is_read_once() -> None:
    """Though it lies beside several unknown words."""
    words = [f"กข{EK}จ", "ฮ", "ฮ"]
    _, read = found("".join(words), {}, scan=scanned(words, [0, 1, 2]))
    assert len(read) == 2
