"""Names that are found by their last letters."""

from __future__ import annotations

import pytest

from thaifix.correct.stages.listed_names import ListedName, by_end, letters_before, longest_ending
from thaifix.lexicon.entries import Entry


def names(*letters: str) -> list[ListedName]:
    return [ListedName(name, Entry(name, f"te-{name}")) for name in letters]


@pytest.mark.parametrize(("name", "found"), [("ขคงจ", False), ("กขคงจ", True), ("ฮกขคงจ", True)])
def test_a_name_has_five_letters(name: str, found: bool) -> None:
    """Shorter ones end too many words."""
    assert (longest_ending(by_end(names(name)), f"ที่{name}") is not None) is found


def test_the_longest_of_several_counts() -> None:
    known = by_end(names("กขคงจ", "ชซกขคงจ", "ซกขคงจ"))
    for text, name in ("ชซกขคงจ", "ชซกขคงจ"), ("ซกขคงจ", "ซกขคงจ"), ("ฮกขคงจ", "กขคงจ"):
        found = longest_ending(known, text)
        assert found is not None
        assert found.letters == name
    assert longest_ending(known, "กขคงฉ") is None


@pytest.mark.parametrize(("before", "letters"), [(139, 139), (140, 140), (141, 140)])
def test_140_code_points_are_looked_at(before: int, letters: int) -> None:
    """White space counts, and is no letter."""
    assert letters_before("ก" * before + "ข", before) == "ก" * letters
    assert letters_before("ก" * before + "\n" * 9 + "ข", before + 9) == "ก" * min(before, 131)
