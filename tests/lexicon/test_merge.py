"""Comparing and uniting lexicons: laws, and what counts as a contradiction."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.lexicon.entries import Entry
from thaifix.lexicon.merge import EntryDifference, compare, merge

WORDS = st.lists(st.sampled_from(["กก", "ขข", "คค"]), max_size=2, unique=True).map(tuple)
YEARS = st.none() | st.integers(2500, 2503)
ENTRIES = st.builds(
    Entry,
    term=st.sampled_from(["กรม", "กอง", "กลุ่ม", "งาน"]),
    id=st.sampled_from(["a", "b", "c", "d"]),
    type=st.sampled_from(["", "unit", "law"]),
    aliases=WORDS,
    misreadings=WORDS,
    since=YEARS,
    until=YEARS,
)
LEXICONS = st.lists(ENTRIES, max_size=5)
SIDES: list[Literal["first", "last"]] = ["first", "last"]


@given(LEXICONS)
def test_equal_lexicons_do_not_differ(entries: list[Entry]) -> None:
    assert compare(entries, entries[:]) == []


@given(LEXICONS, LEXICONS)
def test_differences_turn_round(one: list[Entry], two: list[Entry]) -> None:
    """What is added one way is removed the other way."""
    united = merge([one])[0], merge([two])[0]
    there, back = compare(*united), compare(*reversed(united))
    added = {(d.id, d.term) for d in there if d.change == "added"}
    assert added == {(d.id, d.term) for d in back if d.change == "removed"}
    assert bool(there) == (united[0] != united[1])


@pytest.mark.parametrize("prefer", SIDES)
@given(st.lists(LEXICONS, max_size=3))
def test_merging_again_changes_nothing(
    prefer: Literal["first", "last"], lexicons: list[list[Entry]]
) -> None:
    once, _ = merge(lexicons, prefer)
    assert merge([once], prefer) == (once, [])
    assert merge([once, once], prefer) == (once, [])


@given(st.lists(LEXICONS, max_size=3))
def test_terms_and_ids_are_distinct_and_sorted(lexicons: list[list[Entry]]) -> None:
    united, conflicts = merge(lexicons)
    terms = [entry.term for entry in united]
    assert terms == sorted(set(terms))
    assert len({entry.id for entry in united}) == len(united)
    left_out = {conflict.other.term for conflict in conflicts if conflict.why == "id"}
    assert {e.term for entries in lexicons for e in entries} - set(terms) <= left_out


@given(LEXICONS, LEXICONS)
def test_the_order_of_files_is_their_rank(one: list[Entry], two: list[Entry]) -> None:
    """To prefer the last is to prefer the first of the rows turned round."""
    turned = [two[::-1], one[::-1]]
    assert merge([one, two], "last") == merge(turned, "first")


def test_readings_of_all_are_kept() -> None:
    one = Entry("กรมเจ้าท่า", "a", "agency", aliases=("จท.",), source="x")
    two = Entry("กรมเจ้าท่า", "b", "", aliases=("MD", "จท."), misreadings=("กรมเจาท่า",), since=2402)
    united, conflicts = merge([[one], [two]])
    assert united == [
        Entry("กรมเจ้าท่า", "a", "agency", ("จท.", "MD"), ("กรมเจาท่า",), 2402, source="x")
    ]
    assert conflicts == []


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (Entry("กรม", "a", "unit"), Entry("กรม", "a", "law"), "type"),
        (Entry("กรม", "a", since=2500), Entry("กรม", "a", since=2501), "since"),
        (Entry("กรม", "a", until=2500), Entry("กรม", "a", until=2501), "until"),
        (Entry("กรม", "a"), Entry("กอง", "a"), "id"),
    ],
)
def test_conflicts(one: Entry, two: Entry, why: str) -> None:
    """The preferred one stays; both are named."""
    assert merge([[one], [two]]) == ([one], [(one, two, why)])
    assert merge([[one], [two]], "last") == ([two], [(two, one, why)])


def test_a_term_may_get_a_new_spelling() -> None:
    """Entries belong together by their id where the term is gone."""
    old, new = Entry("องค์การค้า", "a-1"), Entry("องค์กรค้า", "a-1")
    assert compare([old], [new]) == [
        EntryDifference("changed", "a-1", "องค์กรค้า", "term", "องค์การค้า", "องค์กรค้า")
    ]


def test_counted_ids_do_not_matter() -> None:
    """In a plain list an id is but a line's number."""
    assert compare([Entry("กรม", "x.txt:1")], [Entry("กรม", "y.txt:7")]) == []
    found = compare([Entry("กรม", "x.txt:1")], [Entry("กอง", "x.txt:1")])
    assert [(d.change, d.term) for d in found] == [("removed", "กรม"), ("added", "กอง")]
