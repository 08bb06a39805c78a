"""Known errors are restored or not; what touches none stands elsewhere."""

import pytest

from thaifix.evaluation.known_errors import elsewhere, restored, standing_for
from thaifix.text.edit import Correction, Edit, apply


def edit(source: str, start: int, end: int, replacement: str) -> Edit:
    return Edit(start, end, replacement, observed=source[start:end])


def corrected(source: str, *edits: Edit) -> Correction:
    return Correction(source, apply(source, edits), edits)


@pytest.mark.parametrize(
    ("edits", "right"),
    [
        pytest.param([(2, 3, "x")], True, id="as the truth has it"),
        pytest.param([(0, 6, "abxdef")], True, id="in a wider edit"),
        pytest.param([(0, 6, "abxdeF")], False, id="in a wider edit that does harm as well"),
        pytest.param([(1, 2, "B"), (2, 3, "x")], True, id="beside another change"),
        pytest.param([(2, 3, "y")], False, id="otherwise"),
        pytest.param([], False, id="not at all"),
        pytest.param([(2, 3, "")], False, id="deleted"),
    ],
)
def test_restored(edits: list[tuple[int, int, str]], right: bool) -> None:
    source = "abcdef"
    error = edit(source, 2, 3, "x")
    correction = corrected(source, *(edit(source, *e) for e in edits))
    assert restored(error, [error], correction) == right


def test_either_of_two_equal_letters_may_be_deleted() -> None:
    """Edits that come to the same are as good as the truth's."""
    source = "abbc"
    error = edit(source, 1, 2, "")
    assert restored(error, [error], corrected(source, edit(source, 2, 3, "")))
    assert not restored(error, [error], corrected(source, edit(source, 3, 4, "")))


def test_an_edit_over_two_errors_must_undo_both() -> None:
    """Half of what hangs together is not exact."""
    source = "abcd"
    truth = [edit(source, 0, 1, "x"), edit(source, 2, 3, "y")]
    both, half = (corrected(source, edit(source, 0, 3, text)) for text in ("xby", "xbc"))
    assert [restored(error, truth, both) for error in truth] == [True, True]
    assert [restored(error, truth, half) for error in truth] == [False, False]


def test_standing_for_takes_edits_in_whole() -> None:
    source = "abcdef"
    correction = corrected(source, edit(source, 1, 3, "X"), edit(source, 5, 6, "Z"))
    assert standing_for(correction, 2, 4) == "Xd"
    assert standing_for(correction, 3, 5) == "de"


def test_elsewhere_is_what_touches_no_error() -> None:
    source = "abcdef"
    truth = [edit(source, 1, 2, "x")]
    beside, apart = edit(source, 2, 3, "y"), edit(source, 4, 5, "z")
    assert elsewhere(truth, corrected(source, beside, apart)) == [apart]


def made(source: str, *edits: tuple[int, int, str]) -> Correction:
    """A correction of some edits: start, end, replacement."""
    return corrected(source, *(edit(source, *one) for one in edits))


def test_an_insertion_is_restored_where_it_belongs() -> None:
    """It has no inside: an edit that touches its place counts with it."""
    source = "abcd"
    error = edit(source, 2, 2, "x")
    assert restored(error, [error], made(source, (2, 2, "x")))
    assert restored(error, [error], made(source, (1, 2, "bx")))
    assert restored(error, [error], made(source, (2, 3, "xc")))
    assert not restored(error, [error], made(source, (1, 1, "x")))
    assert not restored(error, [error], made(source, (3, 3, "x")))
    assert not restored(error, [error], made(source, (2, 2, "x"), (2, 3, "")))


def test_errors_that_hang_together_over_several_edits() -> None:
    """An edit over the end of one error and the beginning of the next binds them."""
    source = "abcdefgh"
    truth = [edit(source, 0, 2, "A"), edit(source, 3, 5, "D"), edit(source, 6, 7, "G")]
    correction = made(source, (0, 1, "A"), (1, 4, "cD"), (4, 5, ""))
    assert [restored(error, truth, correction) for error in truth] == [True, True, False]
    correction = made(source, (0, 1, "A"), (1, 4, "cX"), (4, 5, ""))
    assert [restored(error, truth, correction) for error in truth] == [False, False, False]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        pytest.param(0, 1, "a", id="nothing was changed"),
        pytest.param(1, 2, "X", id="within an edit"),
        pytest.param(0, 3, "aX", id="around it"),
        pytest.param(3, 3, "X", id="an empty span has no inside"),
        pytest.param(3, 4, "d", id="beside it"),
        pytest.param(4, 5, "eY", id="an insertion has no inside"),
        pytest.param(5, 5, "Y", id="at an insertion"),
    ],
)
def test_what_stands_for_a_span(start: int, end: int, text: str) -> None:
    source = "abcdef"
    correction = made(source, (1, 3, "X"), (5, 5, "Y"))
    assert standing_for(correction, start, end) == text


def test_edits_that_touch_an_error_are_not_elsewhere() -> None:
    """At either end, or an insertion at its place."""
    source = "abcdefgh"
    truth = [edit(source, 3, 5, "x"), edit(source, 7, 7, "y")]
    for start, end in (2, 3), (5, 6), (3, 3), (5, 5), (0, 8), (7, 8), (6, 7):
        assert elsewhere(truth, made(source, (start, end, "Q"))) == []
    for start, end in (1, 2), (2, 2), (0, 1), (8, 8):
        correction = made(source, (start, end, "Q"))
        assert elsewhere(truth, correction) == list(correction.edits)
