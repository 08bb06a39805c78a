"""A correction of joined texts, divided: each part is a correction of its text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from thaifix import Correction, Edit, Flag, apply
from thaifix.correct.division import BETWEEN, divide

TEXTS = ["กขค", "", "งจ"]  # joined: กขค\n\nงจ, the texts begin at 0, 4 and 5
JOINED = BETWEEN.join(TEXTS)


def divided(*edits: Edit) -> list[Correction]:
    return divide(Correction(JOINED, apply(JOINED, edits), edits), TEXTS)


@st.composite
def corrections(draw: st.DrawFn) -> tuple[Correction, list[str]]:
    """A correction of some joined texts; its edits are as they come."""
    texts = draw(st.lists(st.text("กa\n", max_size=4), min_size=1, max_size=5))
    source = BETWEEN.join(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    edits = tuple(
        Edit(start, end, draw(st.text("ขb\n", max_size=4)), observed=source[start:end])
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    flags = tuple(Flag(start, end, "why") for start, end in pairwise(cuts))
    return Correction(source, apply(source, edits), edits, flags), texts


@given(corrections())
def test_parts_are_corrections_of_their_texts(example: tuple[Correction, list[str]]) -> None:
    correction, texts = example
    parts = divide(correction, texts)
    assert [part.source for part in parts] == texts
    assert [apply(part.source, part.edits) for part in parts] == [part.text for part in parts]
    for part in parts:
        assert all(0 <= f.start <= f.end <= len(part.source) for f in part.flags)
    assert sum(len(part.flags) for part in parts) == len(correction.flags)


@given(corrections())
def test_where_line_ends_stay_nothing_is_lost(example: tuple[Correction, list[str]]) -> None:
    correction, texts = example
    kept = tuple(e for e in correction.edits if e.observed.count("\n") == e.replacement.count("\n"))
    whole = Correction(correction.source, apply(correction.source, kept), kept)
    assert BETWEEN.join(part.text for part in divide(whole, texts)) == whole.text


def test_spans_count_from_the_text_they_are_in() -> None:
    first, empty, last = divided(
        Edit(1, 2, "x", observed="ข"), Edit(4, 4, "y"), Edit(6, 7, "z", observed="จ")
    )
    assert first.edits == (Edit(1, 2, "x", observed="ข"),)
    assert empty.edits == (Edit(0, 0, "y"),)
    assert last.edits == (Edit(1, 2, "z", observed="จ"),)


def test_an_edit_over_an_end_is_one_in_each_text() -> None:
    parts = divided(Edit(2, 6, "x\n\ny", observed="ค\n\nง", reason="term", proof=(0, 1)))
    assert [part.text for part in parts] == ["กขx", "", "yจ"]
    assert parts[2].edits == (Edit(0, 1, "y", observed="ง", reason="term"),)


def test_an_edit_that_takes_an_end_away_is_left_out() -> None:
    parts = divided(Edit(1, 2, "x", observed="ข"), Edit(2, 6, "y", observed="ค\n\nง"))
    assert [part.text for part in parts] == ["กxค", "", "งจ"]


def test_a_flag_ends_with_its_text() -> None:
    correction = Correction(JOINED, JOINED, flags=(Flag(2, 6, "repeat", "note"),))
    assert [part.flags for part in divide(correction, TEXTS)] == [
        (Flag(2, 3, "repeat", "note"),), (), (),
    ]  # fmt: skip
