"""Neighbours: as the definition says, compared with each pair tried."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from thaifix.lexicon.neighbours import MOST_NEIGHBOURS, near, neighbours, prefixes, radius

SHORT = st.text("กขาี", min_size=1, max_size=6)
LONG = st.text("กขา", min_size=13, max_size=36)
# Long random strings are hardly ever near each other: take some that were made of one.
CUTS = st.tuples(st.integers(0, 35), st.integers(0, 3), st.text("กขา", max_size=3))


def every_pair(terms: list[str]) -> list[tuple[str, str, int]]:
    pairs = [(a, b, Levenshtein.distance(a, b)) for a, b in combinations(sorted(set(terms)), 2)]
    return [(a, b, d) for a, b, d in pairs if d <= max(1, max(len(a), len(b)) // 8)]


@given(st.lists(SHORT, max_size=20))
def test_short_terms(terms: list[str]) -> None:
    assert neighbours(terms) == every_pair(terms)


@given(LONG, st.lists(st.lists(CUTS, max_size=3), max_size=8), st.lists(SHORT, max_size=3))
def test_long_terms(term: str, changes: list[list[tuple[int, int, str]]], short: list[str]) -> None:
    terms = [term, *short]
    for cuts in changes:
        changed = term
        for at, length, new in cuts:
            changed = changed[:at] + new + changed[at + length :]
        terms.append(changed)
    assert neighbours(terms) == every_pair(terms)


@given(st.lists(st.one_of(SHORT, LONG), min_size=1, max_size=12))
def test_neighbours_of_one(terms: list[str]) -> None:
    """The same relation, asked for one term."""
    found = near(terms[0], set(terms))
    pairs = [(a, b, d) for a, b, d in every_pair(terms) if terms[0] in (a, b)]
    assert {(min(terms[0], b), max(terms[0], b), d) for b, d in found} == set(pairs)
    assert [d for _, d in found] == sorted(d for _, d in found)


@given(st.lists(st.text("กข", min_size=1, max_size=5), max_size=12))
def test_prefixes(terms: list[str]) -> None:
    for beginning, term in prefixes(terms):
        assert term.startswith(beginning)
    longest = {
        term: max((b for b in set(terms) - {term} if term.startswith(b)), key=len, default=None)
        for term in set(terms)
    }
    expected = {(b, term) for term, b in longest.items() if b is not None}
    assert set(prefixes(terms)) == expected


@pytest.mark.parametrize(
    ("letters", "most"), [(1, 1), (15, 1), (16, 2), (23, 2), (24, 3), (80, 10)]
)
def test_radius(letters: int, most: int) -> None:
    assert radius(letters) == most


def test_agencies() -> None:
    """One letter makes another body of one; a longer name is no neighbour of its beginning."""
    terms = ["กรมการปกครอง", "กรมการปกครองท้องถิ่น", "องค์การ", "องค์กร"]
    assert neighbours(terms) == [("องค์กร", "องค์การ", 1)]
    assert prefixes(terms) == [("กรมการปกครอง", "กรมการปกครองท้องถิ่น")]


def test_of_many_neighbours_the_nearest_are_found() -> None:
    """Not all pairs, which would fill the memory where terms differ in a number."""
    stem = "สำนักงานพัฒนาชุมชนตำบล"
    terms = [f"{stem}{number:03}" for number in range(300)]
    found = neighbours([*terms, f"{stem}012ก"])
    assert len(found) <= 301 * MOST_NEIGHBOURS
    assert (f"{stem}012", f"{stem}012ก", 1) in found
    assert {distance for *_, distance in found} <= {1, 2, 3}
    assert len({term for pair in found for term in pair[:2]}) == 301
