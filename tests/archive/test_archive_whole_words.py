"""Changes in whole words: what is shown of them, and that every edit is in exactly one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.archive.whole_words import ChangedWords, changed_words
from thaifix.model.words import Words
from thaifix.stream.log import Logged
from thaifix.text.edit import Edit, apply, trim

WORDS = Words()


def logged(source: str, edits: Sequence[Edit]) -> list[tuple[Logged, Edit]]:
    lines, ahead = [], 0
    for edit in edits:
        line = 1 + source.count("\n", 0, edit.start)
        observed = source[edit.start : edit.end]
        lines.append((Logged("a", line, edit, observed, edit.start + ahead, ""), edit))
        ahead += len(edit.replacement) - len(observed)
    return lines


def changes(source: str, *edits: Edit) -> list[ChangedWords]:
    return list(changed_words(logged(source, edits), apply(source, edits), WORDS))


def made(source: str, observed: str, replacement: str, reason: str = "respell") -> Edit:
    start = source.index(observed)
    return Edit(start, start + len(observed), replacement, 1.0, 0.9, reason, None, observed)


@pytest.mark.parametrize(
    ("source", "edits", "shown"),
    [
        ("ที่ประชุมกำหนตแผน", [("ต", "ด")], [("กำหนต", "กำหนด")]),
        ("กำหนต", [("ต", "ด")], [("กำหนต", "กำหนด")]),
        # Two edits of one word are one change, of two words two.
        ("ไม่กําหนตแผน", [("ํา", "ำ"), ("ต", "ด")], [("กําหนต", "กำหนด")]),
        ("กำหนตแผม", [("ต", "ด"), ("ม", "น")], [("กำหนต", "กำหนด"), ("แผม", "แผน")]),
        # What is deleted hangs on the word before it; alone in a line it stands for itself.
        ("กำหนดด แผน", [("ด ", " ")], [("กำหนดด", "กำหนด")]),
        ("แผน\n~\nแผน", [("~", "")], [("~", "")]),
        # An edit that cuts or joins words shows all of them; line ends bound them.
        ("กำ หนดแผน", [(" ", "")], [("กำ หนด", "กำหนด")]),
        ("แผน\nกำหนต\nแผน", [("ต", "ด")], [("กำหนต", "กำหนด")]),
        # Signs and numbers are words of their own.
        ("ข้อ 1O แผน", [("O", "0")], [("O", "0")]),
    ],
)
def test_words(source: str, edits: list[tuple[str, str]], shown: list[tuple[str, str]]) -> None:
    found = changes(source, *(trim(made(source, *change)) for change in edits))
    assert [(change.observed, change.replacement) for change in found] == shown


def test_what_a_change_is_made_of() -> None:
    """Its place, the least of the confidences, and all reasons."""
    source = "ที่ประชุม\nไม่กําหนตแผน"
    orthography = made(source, "ํา", "ำ", "join")._replace(confidence=1.0)
    letters = made(source, "ต", "ด", "respell")._replace(confidence=0.6)
    (change,) = changes(source, orthography, letters)
    assert (change.line, change.confidence, change.reason) == (2, 0.6, "join+respell")
    assert apply(source, (orthography, letters))[change.start : change.end] == "กำหนด"
    assert change.edits == (orthography, letters)


@pytest.mark.parametrize("text", [None, "another text", ""])
def test_without_the_copy_letters_are_shown(text: str | None) -> None:
    """Also where the copy is not what the log says."""
    edit = made("กำหนต", "ต", "ด")
    (change,) = changed_words(logged("กำหนต", [edit]), text, WORDS)
    assert (change.observed, change.replacement, change.edits) == ("ต", "ด", (edit,))


LETTERS = st.text("กนำหด ่\n1a~", max_size=12)


@given(LETTERS, st.lists(st.tuples(LETTERS, LETTERS, LETTERS), max_size=4))
def test_every_edit_is_in_one_change(head: str, parts: list[tuple[str, str, str]]) -> None:
    """Changes lie apart, and putting back what was observed gives the source."""
    source, edits = head, []
    for observed, replacement, tail in parts:
        if observed != replacement:
            end = len(source) + len(observed)
            edits.append(Edit(len(source), end, replacement, observed=observed))
        source += observed + tail
    found = changes(source, *edits)
    assert [edit for change in found for edit in change.edits] == edits
    after = text = apply(source, tuple(edits))
    for change in reversed(found):
        assert after[change.start : change.end] == change.replacement
        text = text[: change.start] + change.observed + text[change.end :]
    assert text == source
