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
