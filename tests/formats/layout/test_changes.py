"""Corrections shared out among the places that hold letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_tree import leaf, line

from thaifix.errors import EditError
from thaifix.formats.layout.changes import leaf_changes
from thaifix.formats.layout.tree import PageText, Paragraph, TextLine, lay_out
from thaifix.text.edit import Edit, apply


def edit(text: str, start: int, end: int, replacement: str) -> Edit:
    return Edit(start, end, replacement, observed=text[start:end])


CASES = [
    # before, edits, after: letters by leaf
    ("กขค", [(1, 2, "ฃ")], ["ก", "ฃ", "ค"]),  # a letter keeps its leaf
    ("กขค", [(1, 2, "")], ["ก", "", "ค"]),
    ("กค", [(1, 1, "่")], ["ก่", "ค"]),  # a mark goes to its letter
    ("กค", [(1, 1, "เ")], ["ก", "เค"]),  # a leading vowel to the letter after it
    ("กา", [(1, 1, "น")], ["กน", "า"]),  # a whole cluster stays with what is before it
    ("ก่า", [(1, 2, "้")], ["ก", "้", "า"]),
    ("กค", [(1, 1, " ")], ["ก ", "ค"]),  # a new space stands behind a letter
    ("ก ค", [(1, 2, "")], ["ก", "ค"]),  # joined: what changes is told apart
    ("ก ค", [(1, 2, "ๆ")], ["กๆ", "ค"]),  # what takes a space's place goes to what is before it
    ("ก ค", [(2, 2, "เ")], ["ก", "เค"]),
    ("ก ค", [(1, 1, "้")], ["ก้", "ค"]),
    ("ก", [(0, 0, "เ")], ["เก"]),
    ("ก", [(1, 1, "า")], ["กา"]),
    ("กข\nคง", [(1, 4, "\n")], ["ก", "", "", "ง"]),
    ("กข\nคง", [(1, 4, "ฃ\nฅ")], ["ก", "ฃ", "ฅ", "ง"]),
    ("ก\nข", [(1, 1, "า"), (2, 2, "เ")], ["กา", "เข"]),
    ("กขค", [(0, 0, "เ"), (0, 1, "ฃ")], ["เฃ", "ข", "ค"]),  # edits that touch
]


@pytest.mark.parametrize(("before", "edits", "after"), CASES)
def test_letters_keep_their_place(
    before: str, edits: list[tuple[int, int, str]], after: list[str]
) -> None:
    lines = [line(text) for text in before.split("\n")]
    text = lay_out([PageText([Paragraph(lines)])])
    assert text == before + "\n"
    leaves = [word.leaves[0] for line in lines for word in line.words]
    found = {
        id(change.leaf): change.text
        for change in leaf_changes(text, [edit(text, *one) for one in edits], leaves)
    }
    assert [found.get(id(leaf), leaf.text) for leaf in leaves] == after


def test_joined_words_are_told() -> None:
    joined = line("ก ค")
    text = lay_out([PageText([Paragraph([joined])])])
    found = list(leaf_changes(text, [edit(text, 1, 2, "")], [w.leaves[0] for w in joined.words]))
    assert [(change.text, change.joined) for change in found] == [("ค", True)]


def test_line_feeds_are_kept() -> None:
    with pytest.raises(EditError, match="line feed"):
        list(leaf_changes("ก\nข\n", [edit("ก\nข\n", 1, 2, "")], [leaf("ก")]))


@st.composite
def corrections(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text of two lines, neither empty, and edits of it that keep the line feeds."""
    letters = st.text("กขา่เ ", max_size=8)
    rows = [" ".join(draw(letters).split()) or "ก" for _ in range(2)]
    text = "\n".join(rows) + "\n"
    edits, at = [], 0
    while at < len(text) - 1 and draw(st.booleans()):
        start = draw(st.integers(at, len(text) - 1))
        end = draw(st.integers(start, min(start + 3, len(text) - 1)))
        new = draw(letters) + "".join(
            "\n" + draw(letters) for _ in range(text.count("\n", start, end))
        )
        edits.append(edit(text, start, end, new))
        at = end + 1
    return text, edits


@given(corrections())
def test_no_letter_is_lost(correction: tuple[str, list[Edit]]) -> None:
    """All leaves together say the corrected text, but for spaces; so do whole lines."""
    text, edits = correction
    lines = [line(row) for row in text[:-1].split("\n")]
    wholes = [TextLine([], leaf=leaf(row)) for row in text[:-1].split("\n")]
    for chosen in lines, wholes:
        assert lay_out([PageText([Paragraph(chosen)])]) == text
    corrected = apply(text, edits)
    for chosen, spaces in (lines, ""), (wholes, " "):
        said = []
        for row in chosen:
            leaves = [row.leaf] if row.leaf else [word.leaves[0] for word in row.words]
            found = {id(change.leaf): change.text for change in leaf_changes(text, edits, leaves)}
            said.append("".join(found.get(id(leaf), leaf.text) for leaf in leaves))
        expected = [row.replace(" ", spaces) for row in corrected[:-1].split("\n")]
        assert [row.replace(" ", spaces) for row in said] == expected
