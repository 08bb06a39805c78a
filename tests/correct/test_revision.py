"""Revisions: what one stage after another finds, told of the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.revision import Findings, Revision, moved
from thaifix.text.edit import Edit, Flag, apply


@st.composite
def findings(draw: st.DrawFn, text: str) -> Findings:
    """Edits and flags of a text."""
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    edits = [
        Edit(a, b, draw(st.text("กขค", max_size=3)), reason="test", observed=text[a:b])
        for a, b in zip(bounds[::2], bounds[1::2], strict=False)
    ]
    spans = [sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2))) for _ in range(2)]
    return Findings(edits, [Flag(a, b, "flag") for a, b in spans])


@given(st.data())
def test_stages_add_up(data: st.DataObject) -> None:
    """The text is always what the edits make of the source; flags lie in the source."""
    source = data.draw(st.text("กขค ", max_size=20))
    revision = Revision(source)
    text = source
    for _ in range(3):
        found = data.draw(findings(text))
        text = apply(text, found.edits)
        revision.add(found, only_flags=False)
        assert revision.text == text == apply(source, revision.edits)
    assert all(0 <= flag.start <= flag.end <= len(source) for flag in revision.flags)
    assert len(revision.flags) == 6


def test_without_edits_the_text_is_the_source() -> None:
    source = "".join(["ก", "ข"])
    revision = Revision(source)
    revision.add(Findings((), [Flag(0, 1, "a")]), only_flags=False)
    assert revision.text is source
    assert revision.flags == [Flag(0, 1, "a")]


def test_a_flag_stands_where_its_letters_came_from() -> None:
    """Behind an edit that made the text longer."""
    revision = Revision("abcd", [Edit(0, 1, "xyz", observed="a")])
    assert revision.text == "xyzbcd"
    revision.add(Findings((), [Flag(4, 5, "c")]), only_flags=False)
    assert revision.flags == [Flag(2, 3, "c")]


def test_edits_can_become_flags() -> None:
    """With the replacement as the note; the text stays, also for the stages that follow."""
    revision = Revision("abcd", [Edit(0, 1, "", observed="a")])
    found = Findings([Edit(1, 2, "X", reason="guess", observed="c")], [Flag(0, 1, "own", "note")])
    revision.add(found, only_flags=True)
    assert revision.text == "bcd"
    assert revision.flags == [Flag(0, 2, "own", "note"), Flag(2, 3, "guess", "X")]


def test_flags_are_moved() -> None:
    assert moved([Flag(1, 2, "a", "b")], 10) == [Flag(11, 12, "a", "b")]
    assert moved([], 10) == []
