"""Looking up entries."""

from __future__ import annotations

import pytest

from thaifix.lexicon.entries import Entry
from thaifix.lexicon.search import alike, find

ENTRIES = [
    Entry("กรมเจ้าท่า", "a-1", aliases=("จท.",), misreadings=("กรมเจาท่า",)),
    Entry("กรมที่ดิน", "a-2", aliases=("จท.",)),
    Entry("โรงเรียน", "a-3"),
]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("กรมเจ้าท่า", ["a-1"]),
        ("a-2", ["a-2"]),
        ("จท.", ["a-1", "a-2"]),
        ("กรมเจาท่า", ["a-1"]),
        ("กรม", []),
    ],
)
def test_find(query: str, ids: list[str]) -> None:
    """By term, id, alias or misreading, whole."""
    assert [entry.id for entry in find(query, ENTRIES)] == ids


def test_alike() -> None:
    """The most alike first; what has little in common is not named."""
    assert alike("กรมจ้าวท่า", ENTRIES) == ["กรมเจ้าท่า"]
    assert alike("กรมที่ท่า", ENTRIES)[0] == "กรมที่ดิน"
    assert alike("xyz", ENTRIES) == []


@pytest.mark.parametrize(("term", "named"), [("กกกขข", True), ("กกขขข", False)])
def test_three_of_five_letters_must_be_the_same(term: str, named: bool) -> None:
    assert alike("กกกกก", [Entry(term, "a-1")]) == [term] * named


def test_ten_terms_are_named() -> None:
    """The most alike ones, however many there are."""
    terms = [Entry("กรมเจ้าท่า" + "ก" * i, f"a-{i}") for i in range(12)]
    assert alike("กรมเจ้าท่า", reversed(terms)) == [entry.term for entry in terms[:10]]
