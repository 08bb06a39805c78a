"""The laws of edits, and the errors of those that break them."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thaifix.errors import EditError, ThaifixError
from thaifix.text.edit import Correction, Edit, Flag, apply, compose, invert, shift, trace, trim

TEXTS = st.text(alphabet="กาน้ำเ \n", max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, source: str) -> tuple[Edit, ...]:
    """Sorted, disjoint edits; touching ones, insertions and edits without effect among them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(
        Edit(
            start, end, draw(st.text("xyก", max_size=3)), reason="test", observed=source[start:end]
        )
        for start, end in spans
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    source = draw(TEXTS)
    return source, draw(edits_of(source))


@st.composite
def edited_twice(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...], tuple[Edit, ...]]:
    source, first = draw(edited())
    return source, first, draw(edits_of(apply(source, first)))


def test_fields_stand_in_the_documented_order() -> None:
    assert Edit._fields == (
        "start",
        "end",
        "replacement",
        "margin",
        "confidence",
        "reason",
        "entry",
        "observed",
        "proof",
    )
    assert Edit(0, 1, "x") == (0, 1, "x", inf, 1.0, "", None, "", None)
    assert Flag(0, 1, "impossible_time") == (0, 1, "impossible_time", "")


def test_correction_is_frozen() -> None:
    correction = Correction(source="ก", text="ก")
    assert (correction.edits, correction.flags) == ((), ())
    with pytest.raises(AttributeError):
        correction.text = "ข"  # type: ignore[misc]


@given(TEXTS)
def test_without_edits_the_same_object_comes_back(source: str) -> None:
    assert apply(source, ()) is source
    assert invert(source, ()) is source


@given(edited())
def test_invert_undoes_apply(case: tuple[str, tuple[Edit, ...]]) -> None:
    source, edits = case
    assert invert(apply(source, edits), edits) == source


@given(edited_twice())
@example(("ab", (Edit(0, 1, "", observed="a"), Edit(1, 2, "x", observed="b")), (Edit(0, 0, "y"),)))
@example(("ab", (Edit(1, 1, "xy"),), (Edit(0, 2, "", observed="ax"), Edit(2, 3, "", observed="y"))))
def test_compose_is_apply_after_apply(
    case: tuple[str, tuple[Edit, ...], tuple[Edit, ...]],
) -> None:
    source, first, second = case
    composed = compose(first, second)
    assert apply(source, composed) == apply(apply(source, first), second)
    assert len(composed) <= len(first) + len(second)


@given(edited())
def test_compose_with_nothing_changes_nothing(case: tuple[str, tuple[Edit, ...]]) -> None:
    _, edits = case
    assert compose(edits, ()) == edits
    assert compose((), edits) == edits


@given(edited())
def test_compose_with_the_way_back_leaves_nothing(case: tuple[str, tuple[Edit, ...]]) -> None:
    source, edits = case
    text = apply(source, edits)
    back = (Edit(0, len(text), source, observed=text),)
    assert apply(source, compose(edits, back)) == source
    assert all(edit.observed != edit.replacement for edit in compose(edits, back) if edits)


def test_compose_merges_what_touches_and_keeps_the_later_reason() -> None:
    # "abcd" -> "axcd" -> "ayd": b to x, then xc to y
    first = (Edit(1, 2, "x", 3.0, 0.5, "first", "e1", "b"),)
    second = (Edit(1, 3, "y", 2.0, 0.9, "second", None, "xc"),)
    assert compose(first, second) == (Edit(1, 3, "y", 2.0, 0.9, "second", None, "bc"),)


def test_compose_leaves_apart_what_does_not_touch() -> None:
    first = (Edit(0, 1, "xx", observed="a"),)
    second = (Edit(3, 4, "y", observed="c"),)
    assert compose(first, second) == (*first, Edit(2, 3, "y", observed="c"))


@given(edited(), st.text("ab", max_size=5))
def test_shifted_edits_hold_after_a_prefix(case: tuple[str, tuple[Edit, ...]], prefix: str) -> None:
    source, edits = case
    assert apply(prefix + source, shift(edits, len(prefix))) == prefix + apply(source, edits)
    assert shift(shift(edits, len(prefix)), -len(prefix)) == edits


def test_shifted_edits_keep_their_proof() -> None:
    edit = Edit(5, 6, "x", observed="y", proof=(1, 3))
    assert shift([edit], 4) == (edit._replace(start=9, end=10, proof=(5, 7)),)
    assert shift([edit._replace(proof=None)], 4)[0].proof is None


@pytest.mark.parametrize(
    ("proof", "traced"),
    [((0, 1), (0, 1)), ((3, 5), (3, 4)), ((6, 8), (5, 7)), ((9, 10), (8, 9))],
)
def test_composed_edits_have_their_proof_in_the_source(
    proof: tuple[int, int], traced: tuple[int, int]
) -> None:
    """`3:4` became two letters longer by one; what touches an edit is taken as a whole."""
    first = (Edit(3, 4, "vw", observed="d"),)
    for start in (4, 7):  # one that touches the first, and one that does not
        text = apply("abcdefghi", first)
        second = (Edit(start, start + 1, "z", observed=text[start], proof=proof),)
        assert compose(first, second)[-1].proof == traced


@given(edited())
def test_trimmed_edits_do_the_same(case: tuple[str, tuple[Edit, ...]]) -> None:
    source, edits = case
    trimmed = tuple(map(trim, edits))
    assert apply(source, trimmed) == apply(source, edits)
    assert tuple(map(trim, trimmed)) == trimmed


@pytest.mark.parametrize(
    ("span", "traced", "why"),
    [
        ((0, 1), (0, 1), "before all edits"),
        ((1, 2), (1, 2), "before an edit, apart from it"),
        ((1, 3), (1, 5), "touches an edit, which is taken in whole"),
        ((4, 5), (3, 5), "within an edit"),
        ((5, 7), (3, 6), "begins where an edit ends"),
        ((7, 8), (6, 7), "between two edits"),
        ((8, 10), (7, 10), "takes in a deletion"),
        ((9, 9), (8, 9), "is where something was deleted"),
        ((10, 11), (10, 11), "after all edits"),
        ((0, 11), (0, 11), "everything"),
    ],
)
def test_trace(span: tuple[int, int], traced: tuple[int, int], why: str) -> None:
    """Of "abcdefghijk", where "de" became "XYZ" and "i" was deleted."""
    edits = (Edit(3, 5, "XYZ", observed="de"), Edit(8, 9, "", observed="i"))
    assert apply("abcdefghijk", edits) == "abcXYZfghjk"
    assert trace(edits, *span) == traced, why


@given(edited(), st.data())
def test_a_traced_span_became_one_that_holds_the_given(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    """Edits that the span touches are taken in whole, and no others."""
    source, edits = case
    text = apply(source, edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lo, hi = trace(edits, start, end)
    grown, before, within = 0, list[Edit](), list[Edit]()
    for edit in edits:
        begin = edit.start + grown
        until = begin + len(edit.replacement)
        grown = until - edit.end
        if until < start:
            before.append(edit)
        elif begin <= end:
            within.append(edit)
    assert 0 <= lo <= hi <= len(source)
    head = apply(source[:lo], before)
    middle = apply(source[lo:hi], shift(within, -lo))
    assert text.startswith(head + middle)
    assert len(head) <= start <= end <= len(head) + len(middle)
    if not within:
        assert source[lo:hi] == text[start:end]


@given(st.integers(0, 9), st.integers(0, 9))
def test_without_edits_a_span_is_its_own(start: int, length: int) -> None:
    assert trace((), start, start + length) == (start, start + length)


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ((Edit(2, 1, "x"),), "ends before it starts"),
        ((Edit(-1, 0, "x"),), "starts before the text"),
        ((Edit(3, 4, "x"),), "reaches over the end"),
        ((Edit(4, 4, "x"),), "inserts after the end"),
        ((Edit(1, 2, "x", observed="b"), Edit(0, 1, "x", observed="a")), "unsorted"),
        ((Edit(0, 2, "x", observed="ab"), Edit(1, 2, "x", observed="b")), "overlap"),
        ((Edit(0, 1, "x", observed="z"),), "observed other text"),
        ((Edit(0, 1, "x"),), "did not say what it observed"),
    ],
)
def test_apply_refuses(edits: tuple[Edit, ...], why: str) -> None:
    with pytest.raises(EditError, match="Give"):
        apply("abc", edits)


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("abc", (Edit(0, 1, "x", observed="a"),)),
        ("xbc", (Edit(0, 2, "x", observed="a"),)),
        ("x", (Edit(0, 1, "xy", observed="a"),)),
    ],
)
def test_invert_refuses_other_text(text: str, edits: tuple[Edit, ...]) -> None:
    with pytest.raises(EditError, match="Give"):
        invert(text, edits)


def test_compose_refuses_edits_of_other_text() -> None:
    with pytest.raises(EditError):
        compose((Edit(0, 1, "x", observed="a"),), (Edit(0, 1, "y", observed="z"),))


def test_edit_error_can_be_caught_both_ways() -> None:
    assert issubclass(EditError, ThaifixError)
    assert issubclass(EditError, ValueError)
