"""Spellings of one name: how far apart they may be, and how many; each bound from both sides."""

from __future__ import annotations

import pytest

from thaifix.correct.stages.names import Names
from thaifix.text.edit import apply
from thaifix.text.script import CONSONANTS

GIVEN, SURNAME = "กดบลหกดบลห", "กดบลหกดบลหกดบลหกดบลห"  # 10 and 20 letters
POSITION = " นักวิชาการชำนาญการ"
MARK = "\N{THAI CHARACTER SARA U}"
SARA_AA = "\N{THAI CHARACTER SARA AA}"


def misread(name: str, letters: int, *, alike: int = 0) -> str:
    """A name with so many other letters from the third on, or look-alikes from the first on."""
    name = name[:2] + "น" * letters + name[2 + letters :]
    return name[:alike].translate(str.maketrans("กดบลห", "ถตปสท")) + name[alike:]


def found(*names: tuple[str, str], after: str = "") -> tuple[int, int]:
    """How many edits and flags there are in a text with a line for each name."""
    edits, flags = Names(()).variants("".join(f"ดร.{a} {b}{after} 1\n" for a, b in names))
    return len(edits), len(flags)


def alike(one: tuple[str, str], other: tuple[str, str], after: str = "") -> bool:
    """Whether two names are flagged as spellings of one."""
    edits, flags = found(one, other, after=after)
    assert edits == 0
    return flags == 2


@pytest.mark.parametrize(
    ("surname", "same"),
    [
        (misread(SURNAME, 4), True),
        (misread(SURNAME, 5), False),
        (misread(SURNAME, 0, alike=8), True),
        (misread(SURNAME, 0, alike=9), False),
    ],
)
def test_a_fifth_of_a_surname_may_differ(surname: str, same: bool) -> None:
    """Look-alikes count half."""
    assert alike((GIVEN, SURNAME), (GIVEN, surname)) is same


@pytest.mark.parametrize(("marks", "same"), [(8, True), (9, False)])
def test_marks_that_are_lost_count_half(marks: int, same: bool) -> None:
    """Of 20 code points."""
    whole = ("บ" + MARK) * 10
    lost = whole.replace(MARK, "", marks)
    assert alike((GIVEN, whole), (GIVEN, lost)) is same


@pytest.mark.parametrize(("letters", "same"), [(10, True), (11, False)])
def test_half_of_it_may_if_the_position_is_the_same(letters: int, same: bool) -> None:
    pair = (GIVEN, SURNAME), (GIVEN, misread(SURNAME, letters))
    assert alike(*pair, after=POSITION) is same
    assert not alike(*pair)


@pytest.mark.parametrize(("letters", "same"), [(9, False), (10, True)])
def test_a_position_has_10_letters(letters: int, same: bool) -> None:
    """Spaces do not count; what follows is not compared."""
    position = " " + POSITION[1 : letters + 1]
    pair = (GIVEN, SURNAME), (GIVEN, misread(SURNAME, 8))
    assert alike(*pair, after=position) is same


def test_what_follows_ten_letters_of_a_position_may_differ() -> None:
    lines = [
        f"ดร.{GIVEN} {surname}{POSITION[:11]}{more}"
        for surname, more in ((SURNAME, "กก"), (misread(SURNAME, 8), "ขข"))
    ]
    assert len(Names(()).variants(" 1\n".join(lines))[1]) == 2


@pytest.mark.parametrize(("letters", "halves", "edited"), [(3, 0, True), (3, 1, False)])
def test_three_twentieths_of_it_are_put_right(letters: int, halves: int, edited: bool) -> None:
    """Of more, all places are flagged."""
    wrong = misread(SURNAME, letters)[: 20 - halves] + "ท" * halves
    assert found(*[(GIVEN, SURNAME)] * 3, (GIVEN, wrong)) == ((1, 0) if edited else (0, 4))


@pytest.mark.parametrize(
    ("right", "wrong", "edited"), [(2, 1, False), (3, 1, True), (5, 2, False), (6, 2, True)]
)
def test_a_majority_is_three_times_as_many(right: int, wrong: int, edited: bool) -> None:
    names = [(GIVEN, SURNAME)] * right + [(GIVEN, misread(SURNAME, 1))] * wrong
    assert found(*names) == ((wrong, 0) if edited else (0, right + wrong))


@pytest.mark.parametrize(
    ("letters", "halves", "surname", "same"),
    [(1, 1, 2, True), (2, 0, 1, False), (1, 1, 3, False), (1, 0, 3, True), (1, 0, 4, False)],
)
def test_given_names_may_differ_less_if_surnames_do_too(
    letters: int, halves: int, surname: int, same: bool
) -> None:
    """By a letter and a half; what they differ by is taken off what surnames may."""
    given = misread(GIVEN, letters)[: 10 - halves] + "ท" * halves
    assert alike((GIVEN, SURNAME), (given, misread(SURNAME, surname))) is same


@pytest.mark.parametrize(
    ("letters", "halves", "same"), [(3, 1, True), (4, 0, False), (2, 0, True), (3, 0, True)]
)
def test_a_third_of_a_given_name_may_differ(letters: int, halves: int, same: bool) -> None:
    """35 % of it, where the surname is the same."""
    given = misread(GIVEN, letters)[: 10 - halves] + "ท" * halves
    assert alike((GIVEN, SURNAME), (given, SURNAME)) is same


@pytest.mark.parametrize(("letters", "same"), [(3, False), (4, True)])
def test_surnames_of_four_letters_are_compared(letters: int, same: bool) -> None:
    surname = SURNAME[:letters]
    assert alike((GIVEN, surname), (GIVEN, misread(surname, 0, alike=1))) is same


def test_a_lost_vowel_does_not_hide_a_name() -> None:
    """Where the given name was misread, too, the consonants of the surname lead to it."""
    surname = f"ก{SARA_AA}{SURNAME[1:]}"
    assert alike((GIVEN, surname), ("น" + GIVEN[1:], SURNAME))


@pytest.mark.parametrize(("spellings", "more"), [(6, ""), (7, ", …")])
def test_a_note_lists_six_spellings(spellings: int, more: str) -> None:
    names = [SURNAME[:k] + "น" + SURNAME[k + 1 :] for k in range(2, 2 + spellings)]
    flags = Names(()).variants("".join(f"ดร.{GIVEN} {name} 1\n" for name in names))[1]
    assert len(flags) == spellings
    assert flags[0].note == ", ".join(f"{GIVEN} {n} (1)" for n in sorted(names)[:6]) + more


@pytest.mark.parametrize(("others", "remembered"), [(1999, True), (2000, False)])
def test_2000_spellings_are_remembered(others: int, remembered: bool) -> None:
    """Of which the newest stay: the first one was the right one."""
    names = Names(())
    right, wrong = f"ดร.{GIVEN} {SURNAME}", f"ดร.{GIVEN} {misread(SURNAME, 1)}"
    names.learn(f"{right} 1\n" * 3)
    letters = "กดบลหนขงจทผยสฮ"
    names.learn(
        "".join(
            f"ดร.นนน ฮฮ{letters[i % 14]}{letters[i // 14 % 14]}{letters[i // 196]} 1\n"
            for i in range(others)
        )
    )
    edits, _ = names.variants(wrong)
    assert (apply(wrong, edits) == right) is remembered


@pytest.mark.parametrize(("others", "compared"), [(38, True), (39, False)])
def test_forty_names_that_are_alike_in_their_consonants_are_compared(
    others: int, compared: bool
) -> None:
    """Of more with one given name, two surnames that begin alike are no spellings of one."""
    letters = [letter for letter in CONSONANTS if letter not in SURNAME][:others]
    names = [(GIVEN, letter * 10) for letter in letters]
    pair = (GIVEN, SURNAME), (GIVEN, "นน" + SURNAME[2:])
    assert found(*names, *pair, after=" " + "1" * 20) == (0, 2 * compared)


def test_a_name_that_is_put_right_is_likely_right() -> None:
    text = f"ดร.{GIVEN} {SURNAME} 1\n" * 3 + f"ดร.{GIVEN} {misread(SURNAME, 1)} 1\n"
    ((edit,), _) = Names(()).variants(text)
    assert 0.5 < edit.confidence < 1
