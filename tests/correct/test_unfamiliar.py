"""Unfamiliar text: how much around an edit may be unknown, and what is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from thaifix.correct.unfamiliar import familiar
from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN
from thaifix.model.decoder import Scan
from thaifix.text.edit import Edit, apply


def scanned(words: Sequence[str]) -> tuple[str, Scan]:
    """A text and its scan; words that begin with `?` are unknown, which is no part of them."""
    starts, ids, text = [], [], ""
    for word in words:
        starts.append(len(text))
        ids.append(UNKNOWN if word.startswith("?") else FIRST_WORD)
        text += word.removeprefix("?")
    return text, Scan(array("i", starts), array("I", ids), array("f", [1.0] * len(ids)))


def kept(words: Sequence[str], *places: tuple[int, int]) -> list[int]:
    """Which edits, each of the letters of a text at a place of it, are yielded."""
    text, scan = scanned(words)
    edits = [Edit(start, end, text[start:end]) for start, end in places]
    return [edits.index(edit) for edit in familiar(edits, text, scan, bad=False)]


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        (["?" + "ก" * 7, "ข" * 13, "ดี"], True),  # 35 % of 20 letters
        (["?" + "ก" * 8, "ข" * 12, "ดี"], False),
        (["?" + "ก" * 7, "ข" * 12, "ดี"], False),
        (["ข" * 13, "?" + "ก" * 7, "ดี"], True),
        (["ดี"], True),
        (["?กกก", "ดี"], True),  # three letters say nothing
        (["?กกกก", "ดี"], False),
        (["?กก", " 5.-ๆฯ ", "?ก", "ดี"], True),  # signs are no letters
        (["?กก", " 5.-ๆฯ ", "?กก", "ดี"], False),
        (["กก", "?  55", "กก", "ดี"], True),
        (["?กก\u0e48", "ขข\u0e35", "ดี"], False),  # marks are letters
        (["?ก\u0e35\u0e48", "?ข", "ดี"], False),
    ],
)
def test_how_much_may_be_unknown(words: list[str], stays: bool) -> None:
    """Before the edit as behind it."""
    before = [*words[:-1], " ", words[-1]]
    text, _ = scanned(before)
    assert kept(before, (len(text) - 2, len(text))) == ([0] if stays else [])
    assert kept(["ดี", " ", *words[:-1]], (0, 2)) == ([0] if stays else [])


def test_its_own_words_are_left_out() -> None:
    """All that it touches, and no other."""
    words = ["กก", "?ขขขขข", "?งงงงง", "?จจจจจ", "คค"]
    assert kept(words, (2, 17)) == [0]
    assert kept(words, (6, 13)) == [0]
    assert kept(words, (2, 12)) == []
    assert kept(words, (7, 17)) == []
    assert kept(words, (7, 12)) == []
    assert kept(["กก", "?ขขขขข", "คค"], (2, 3)) == [0]
    assert kept(["กก", "?ขขขขข", "คค"], (6, 7)) == [0]
    assert kept(["กก", "?ขขขขข", "คค"], (0, 2)) == []
    assert kept(["กก", "?ขขขขข", "คค"], (7, 9)) == []


def test_only_its_line_is_looked_at() -> None:
    assert kept(["?กกกกก", "\n", "ดี", "\n", "?ขขขขข"], (6, 8)) == [0]
    assert kept(["ก", "\n", "?กกกกก", "ดี", "\n", "ขขขขข"], (7, 9)) == []
    assert kept(["ก" * 40, "\n", "ดี", "?ขขขขข", "\n", "ก" * 40], (41, 43)) == []
    assert kept(["ก", "\n", "ข" * 20, "\n", "ดี", "?ขขขขข", "\n", "ก" * 40], (23, 25)) == []


@pytest.mark.parametrize(("near", "stays"), [(47, False), (48, True), (49, True)])
def test_far_words_are_not_looked_at(near: int, stays: bool) -> None:
    """From 48 code points on; a word that reaches in counts whole."""
    near_word, far_word = "ก" * near, "?" + "ข" * 200
    assert kept(["ดี", near_word, far_word], (0, 2)) == ([0] if stays else [])
    assert kept([far_word, near_word, "ดี"], (200 + near, 202 + near)) == ([0] if stays else [])


def test_each_edit_is_judged_where_it_stands_afterwards() -> None:
    """Edits are of the text before, the scan is of the text after."""
    before = "กกกก กกกก\nขขดี\nคคคค"
    edits = [
        Edit(2, 4, "มมมมมม", observed="กก"),
        Edit(10, 12, "", observed="ขข"),
        Edit(16, 17, "ง", observed="ค"),
    ]
    words = ["กก", "มมมมมม", " ", "?กกกก", "\n", "ดี", "\n", "ค", "ง", "คค"]
    after, scan = scanned(words)
    assert apply(before, edits) == after
    assert list(familiar(edits, after, scan, bad=False)) == edits[1:]
    assert list(familiar([], after, scan, bad=False)) == []


def test_the_places_of_later_edits_are_shifted_by_all_before() -> None:
    """Else they would be judged in the lines between, which are unknown."""
    before = "กกกก\nขขขขขขขข\nคคคคคค\nงงงงงงงง\nจจจจจ"
    edits = [
        Edit(0, 0, "มมมม"),
        Edit(14, 18, "", observed="คคคค"),
        Edit(30, 31, "ซ", observed="จ"),
    ]
    words = ["มมมม", "กกกก", "\n", "?ขขขขขขขข", "\n", "คค", "\n", "?งงงงงงงง", "\n", "ซ", "จจจจ"]
    after, scan = scanned(words)
    assert apply(before, edits) == after
    assert list(familiar(edits, after, scan, bad=False)) == edits


def test_all_that_an_edit_writes_is_its_own() -> None:
    after, scan = scanned(["กก", "มมมม", "?นนนนนน", "กก"])
    edit = Edit(2, 2, "มมมมนนนนนน")
    assert apply("กกกก", [edit]) == after
    assert list(familiar([edit], after, scan, bad=False)) == [edit]


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        (["?" + "ก" * 5, "ดี", " ", "ข" * 40], False),  # a part that stays unknown beside it
        (["ก" * 5, "ดี", " ", "ข" * 40], True),
        (["?" + "ก" * 5, " ", "ดี", " ", "ข" * 40], True),  # no part of the same stretch
        (["?" + "ก" * 14, "ดี", " ", "ข" * 40], False),
        (["?" + "ก" * 15, "ดี", " ", "ข" * 40], True),  # too long for a name
        (["ดี", "?" + "ก" * 14, " ", "ข" * 40], False),
        (["ดี", "?" + "ก" * 15, " ", "ข" * 40], True),
        (["เซล", "ดี", "ล\u0e4c", " ", "ข" * 40], False),  # foreign, and several words
        (["เซข", "ดี", "ข\u0e4c", " ", "ข" * 40], True),
        (["ดี" + "ล\u0e4c", " ", "ข" * 40], True),  # one word
    ],
)
def test_foreign_names(words: list[str], stays: bool) -> None:
    """Letters of a short stretch are exchanged only if all of it is known then."""
    text, scan = scanned(words)
    start = text.index("ดี")
    found = list(familiar([Edit(start, start + 2, "ดี", reason="respell")], text, scan, bad=False))
    assert bool(found) == stays


@pytest.mark.parametrize(
    ("cost", "edit", "bad", "stays"),
    [
        (18.0, {}, False, True),
        (18.1, {}, False, False),
        (18.1, {}, True, True),
        (18.1, {"entry": "user-1"}, False, True),
        (18.1, {"reason": "split"}, False, True),
    ],
)
@pytest.mark.parametrize("start", [2, 3, 5])
def test_no_word_becomes_one_that_the_model_has_hardly_met(
    cost: float, edit: dict[str, str], bad: bool, stays: bool, start: int
) -> None:
    """But for the user's words, and in bad scans."""
    text, scan = scanned(["กก", "ขขขข", "คค", "งง"])
    scan.costs[1] = cost
    scan.costs[0] = scan.costs[2] = 30.0
    change = Edit(start, start + 1, text[start], **{"reason": "respell", **edit})  # type: ignore[arg-type]
    assert list(familiar([change], text, scan, bad=bad)) == [change] * stays
