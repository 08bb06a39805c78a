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
    ("กขค", [(0, 1, "ฃ"), (1, 2, "ฅ")], ["ฃ", "ฅ", "ค"]),
    ("กขค", [(0, 2, "ฃฅซ")], ["ฃ", "ฅซ", "ค"]),  # letter by letter as far as there are some
    ("กขค", [(0, 3, "ฃ")], ["ฃ", "", ""]),
    ("กขค", [(0, 2, "ฃ่ฅ")], ["ฃ่", "ฅ", "ค"]),  # but a mark stays with its letter
    ("กขค", [(1, 1, "เแ")], ["ก", "เแข", "ค"]),  # leading vowels to the letter after them
    ("กขค", [(1, 1, "นเ")], ["กน", "เข", "ค"]),
    ("ก ข", [(2, 2, "่")], ["ก", "่ข"]),  # at a space, to the letter there
    ("ก ข", [(1, 2, "ค ")], ["กค", "ข"]),
    ("ก ข", [(1, 2, " ค")], ["ก", "คข"]),
    ("ก ข", [(1, 2, "  ")], ["ก", " ข"]),
    ("กข\nคง", [(0, 2, "ฃ"), (3, 4, "ฅ")], ["ฃ", "", "ฅ", "ง"]),
    ("กข\nคง", [(0, 5, "กข\nคฅง")], ["ก", "ข", "คฅ", "ง"]),  # only what differs
    ("ก\n\nข", [(0, 4, "ค\n\nฅ")], ["ค", "ฅ"]),
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


@pytest.mark.parametrize(
    ("before", "one", "joined"),
    [
        ("ก ข", (1, 2, ""), ["ข"]),
        ("ก ข ค", (1, 2, ""), ["ข"]),
        ("ก ข ค", (1, 4, "ข"), ["ข", "ค"]),
        ("ก ข", (0, 2, ""), ["ข"]),  # the first letter went with the space
        ("ก ข", (1, 2, "ค"), ["ข"]),
        ("ก ข", (2, 3, "ค"), []),
        ("ก ข", (1, 3, " ค"), []),
        ("ก ข", (1, 2, "ค "), []),
    ],
)
def test_words_whose_space_went_are_joined(
    before: str, one: tuple[int, int, str], joined: list[str]
) -> None:
    """Those that still have letters before them, or that begin the line now."""
    row = line(before)
    text = lay_out([PageText([Paragraph([row])])])
    found = leaf_changes(text, [edit(text, *one)], [word.leaves[0] for word in row.words])
    assert [change.leaf.text for change in found if change.joined] == joined


def test_what_repeats_letters_changes_with_them() -> None:
    """A whole, its parts, and what is nowhere to be found."""
    text = "กข คง\n"
    whole, part, other, empty = leaf("กข คง"), leaf("ข"), leaf("จ"), leaf("")
    whole.start, part.start, empty.start = 0, 1, 2
    edits = [edit(text, 1, 3, "ฃ "), edit(text, 5, 5, "จ")]
    found = list(leaf_changes(text, edits, [whole, part, other, empty]))
    assert [(change.leaf, change.text) for change in found] == [(whole, "กฃ คงจ"), (part, "ฃ")]


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
