"""Official forms: how much of a name may be wrong, from both sides, and all its places."""

from __future__ import annotations

import pytest

from thaifix.correct.stages.official_forms import OfficialForms
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import apply

HEAD = "สหพันธ์เกลียวคลื่น"  # 18 letters
KEPT = "ฟ้าใส"
MAI_EK = "\N{THAI CHARACTER MAI EK}"


def corrected(name: str, text: str) -> str:
    """What becomes of a text where `(ZKL)` proves a name."""
    forms = OfficialForms([Entry(name, "in-1", "body", ("ZKL",))])
    return apply(text, sorted(forms.edits(text)))


@pytest.mark.parametrize(
    ("observed", "intended", "misread"),
    [
        (3, 4, False),
        (4, 3, False),
        (4, 4, True),
        (4, 12, True),
        (12, 4, True),
        (12, 12, True),
        (12, 13, False),
        (13, 12, False),
    ],
)
def test_a_word_that_is_wrong_as_a_whole_has_4_to_12_letters(
    observed: int, intended: int, misread: bool
) -> None:
    """Both as it is read and as it should be."""
    name, form = (f"{HEAD}{'นฬ'[k] * n}{KEPT}" for k, n in enumerate((intended, observed)))
    text = f"ตามหนังสือ {form} (ZKL)"
    assert (corrected(name, text) == text.replace(form, name)) is misread
    assert (corrected(name, text) == text) is not misread


@pytest.mark.parametrize(("letters", "misread"), [(15, False), (16, True)])
def test_beside_such_a_word_16_letters_are_right(letters: int, misread: bool) -> None:
    name, form = (f"{HEAD[: letters - len(KEPT)]}{letter * 4}{KEPT}" for letter in "นฬ")
    text = f"ตามหนังสือ {form} (ZKL)"
    assert (corrected(name, text) != text) is misread


def test_one_such_word_is_the_most() -> None:
    name, form = (f"{HEAD}{a * 4}{KEPT}{a * 4}" for a in "นฬ")
    text = f"ตามหนังสือ {form} (ZKL)"
    assert corrected(name, text) == text


NAME, FORM = f"{HEAD}ดดด{KEPT}", f"{HEAD}ดตด{KEPT}"


@pytest.mark.parametrize(
    "text",
    [
        f"{{0}}{MAI_EK} และ {{1}} (ZKL) กับ {{1}}",
        f"{{1}} (ZKL) แล้ว {{0}}{MAI_EK} กับ {{1}}",
        f"{{1}} (ZKL) แล้ว {{1}} กับ {{0}}{MAI_EK}",
        "{1} (ZKL) กับ{1}",
    ],
)
def test_a_place_that_goes_on_with_a_mark_is_another_word(text: str) -> None:
    """It stays, and hinders none of the others, before and behind it."""
    assert corrected(NAME, text.format(FORM, FORM)) == text.format(FORM, NAME)


@pytest.mark.parametrize("at", [5, len(HEAD) + 1, len(HEAD) + 2])
def test_white_space_in_a_name_stays(at: int) -> None:
    form, name = (f"{letters[:at]}\n{letters[at:]}" for letters in (FORM, NAME))
    assert corrected(NAME, f"{form} (ZKL)") == f"{name} (ZKL)"


def test_white_space_in_a_wrong_word_hinders_its_correction() -> None:
    """It would have no place to stay at."""
    name, form = (f"{HEAD}{letter * 4}{KEPT}" for letter in "นฬ")
    assert corrected(name, f"{form} (ZKL)") == f"{name} (ZKL)"
    text = f"{form.replace('ฬฬฬฬ', 'ฬฬ ฬฬ')} (ZKL)"
    assert corrected(name, text) == text


@pytest.mark.parametrize(("wrong", "misread"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_wrong_name_begins_with_three_right_letters(wrong: int, misread: bool) -> None:
    name, form = (f"รยกว{KEPT}"[:wrong] + letter + f"รยกวงหนจทผอ{KEPT}"[wrong:] for letter in "ดต")
    text = f"ตามหนังสือ {form} (ZKL)"
    assert (corrected(name, text) == text.replace(form, name)) is misread
    assert (corrected(name, text) == text) is not misread


@pytest.mark.parametrize(("letters", "misread"), [(2, False), (3, True)])
def test_between_two_wrong_letters_are_three_right_ones(letters: int, misread: bool) -> None:
    """Else the place is wrong as a whole, and no single letters were taken for others."""
    name, form = (f"{HEAD}{letter}{'นมยรวหง'[:letters]}{letter}{KEPT}" for letter in "ดต")
    text = f"ตามหนังสือ {form} (ฬฮ.)"
    edits = sorted(OfficialForms([Entry(name, "in-1", "body", ("ฬฮ.",))]).edits(text))
    assert (apply(text, edits) == text.replace(form, name)) is misread
    assert bool(edits) is misread


@pytest.mark.parametrize(("wrong", "same"), [(3, True), (4, False)])
def test_an_english_name_has_85_of_100_letters(wrong: int, same: bool) -> None:
    """Of 20 letters, 17; else it is another body's, and so is the abbreviation."""
    english = "Board of Blue Waters"
    forms = OfficialForms([Entry(NAME, "in-1", "body", ("ZKL", english))])
    stated = english[:-wrong] + "x" * wrong
    edits = list(forms.edits(f"แจ้ง {NAME} ({stated} – ZKN)"))
    assert [(e.observed, e.replacement) for e in edits] == [("ZKN", "ZKL")] * same


def test_the_evidence_is_told_by_the_confidence() -> None:
    """A letter that looks alike is surer than an abbreviation, that than a word; all are likely."""
    name = f"{HEAD}ดดดด{KEPT}"
    forms = OfficialForms([Entry(name, "in-1", "body", ("ZKL",))])
    (letter,), (short,), (whole,) = (
        list(forms.edits(f"แจ้ง {text}"))
        for text in (
            f"{HEAD}ตดดด{KEPT} (ZKL)",
            f"{name} (ZKN)",
            f"{HEAD}ฬฬฬฬ{KEPT} (ZKL)",
        )
    )
    assert letter.confidence > short.confidence > whole.confidence > 0.5


@pytest.mark.parametrize(("marks", "misread"), [("\u0e48", True), ("\u0e48\u0e49", False)])
def test_one_mark_may_be_lost_or_come_in(marks: str, misread: bool) -> None:
    """Not two at once."""
    with_marks, without = f"{HEAD}ด{marks}ดด{KEPT}", f"{HEAD}ดดด{KEPT}"
    for name, form in (with_marks, without), (without, with_marks):
        text = f"ตามหนังสือ {form} (ฬฮ.)"
        forms = OfficialForms([Entry(name, "in-1", "body", ("ฬฮ.",))])
        assert bool(list(forms.edits(text))) is misread
