"""Names of persons: which edits of them are made, which are flagged."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from thaifix import Corrector
from thaifix.correct.options import PROFILES
from thaifix.correct.uncertain_names import uncertain_names
from thaifix.text.edit import Edit

TEXT = "นายธิรเมธ แก้วมณึ กล่าวว่า\n"


def edit(text: str, observed: str, replacement: str, entry: str | None = None) -> Edit:
    start = text.index(observed)
    return Edit(start, start + len(observed), replacement, entry=entry, observed=observed)


@pytest.mark.parametrize(
    ("observed", "replacement", "spelled"),
    [
        ("ิ", "ี", "ธีรเมธ"),
        ("ึ", "ี", "แก้วมณี"),
        ("ธ แ", "ธแ", "ธิรเมธแก้วมณึ"),  # it goes beyond the given name
    ],
)
def test_a_name_is_flagged(observed: str, replacement: str, spelled: str) -> None:
    made, flags = uncertain_names([edit(TEXT, observed, replacement)], TEXT)
    assert made == []
    assert [(flag.reason, flag.note) for flag in flags][:1] in (
        [("uncertain_name", spelled)],
        [("uncertain_name", spelled[: len("ธิรเมธแ")])],
    )


def test_another_place_bears_it_out() -> None:
    text = TEXT + "โดยธีรเมธ รับทราบ\n"
    found = edit(text, "ิ", "ี")
    assert uncertain_names([found], text) == ([found], [])


def test_the_users_lexicon_bears_it_out() -> None:
    found = edit(TEXT, "ิ", "ี", entry="own:1")
    assert uncertain_names([found], TEXT) == ([found], [])


def test_what_stands_beside_names_is_edited() -> None:
    found = [edit(TEXT, "นาย", "นาง"), edit(TEXT, "กล่าว", "เปิดเผย")]
    assert uncertain_names(found, TEXT) == (found, [])


def test_moved_marks_of_a_name_are_flagged_once(corrector: Corrector) -> None:
    text = "ผู้ตั้งคำถามคือ นายเจตน์ ศริธรานนท์ สมาชิกสภา\n"
    correction = corrector.correct(text)
    assert correction.text == text
    assert [(flag.reason, flag.note) for flag in correction.flags] == [
        ("uncertain_name", "ศิรธรานนท์")
    ]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["ศิขรินทร์ ทองสุกใส", "ธิรเมธ ศรีสุวรณ์", "กฤตยชญ์ วงษ์คำแหง"])
def test_rare_names_stay_on_noisy_pages(
    profiles: Mapping[str, Corrector], noisy_page: str, name: str, profile: str
) -> None:
    text = f"{noisy_page}โดยมีนาย{name} เป็นประธานในพิธีเปีดงาน\n"
    assert f"นาย{name} " in profiles[profile].correct(text).text
