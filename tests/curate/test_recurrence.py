"""Words that recur together, against counting them one by one."""

from __future__ import annotations

from collections import Counter
from math import log

import pytest
from camel_words import collected
from hypothesis import given
from hypothesis import strategies as st

from thaifix.curate.collection import Collection
from thaifix.curate.recurrence import Recurrence, recurrences


def counted(collection: Collection, least: int) -> dict[tuple[int, ...], Recurrence]:
    """What recurs and has free ends; O(n**3)."""
    text = list(collection.words)
    counts: Counter[tuple[int, ...]] = Counter()
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            if collection.is_gap(text[end - 1]):
                break
            counts[tuple(text[start:end])] += 1
    found = {}
    for words, count in counts.items():
        if count < least:
            continue
        longer = [
            n
            for other, n in counts.items()
            for rest in [other[1:]] * (other[:-1] == words) + [other[:-1]] * (other[1:] == words)
            if counts[rest] >= least
        ]
        if max(longer, default=0) > 0.7 * count:
            continue
        divisions = range(1, len(words))
        cohesion = min(
            (log(count * len(text) / (counts[words[:i]] * counts[words[i:]])) for i in divisions),
            default=0.0,
        )
        found[words] = Recurrence(words, count, cohesion)
    return found


letters = st.text(alphabet="ABC ", max_size=30)


@given(st.lists(letters, max_size=4), st.integers(2, 4))
def test_all_that_recurs_is_found(texts: list[str], least: int) -> None:
    """Once, from short to long, with its places and how it holds together."""
    collection = collected(*texts)
    text = tuple(collection.words)
    expected = counted(collection, least)
    found = list(recurrences(collection, least, lambda found: True))
    assert [len(one.words) for one, _ in found] == sorted(len(one.words) for one, _ in found)
    assert len(found) == len(expected)
    for one, places in found:
        assert one.words in expected
        wanted = expected[one.words]
        assert one.occurrences == wanted.occurrences
        assert one.cohesion == pytest.approx(wanted.cohesion)
        size = len(one.words)
        assert places == [i for i in range(len(text)) if text[i : i + size] == one.words]


def test_ends_are_free_up_to_seven_of_ten() -> None:
    """A next word, or one before, that stands there more often makes it a part of something."""
    for same, free in [(7, True), (8, False)]:
        after = collected(*(["AbCd"] * same + [f"AbE{c}" for c in "abc"[: 10 - same]]))
        words = after.numbers("Ab")
        assert (words in {r.words for r, _ in recurrences(after, 2, lambda r: True)}) is free
        before = collected(*(["CdAb"] * same + [f"E{c}Ab" for c in "abc"[: 10 - same]]))
        words = before.numbers("Ab")
        assert (words in {r.words for r, _ in recurrences(before, 2, lambda r: True)}) is free


def test_only_what_is_wanted_is_given() -> None:
    """And nothing of more than 80 letters; longer ones are sought all the same."""
    long, longer = "A" + "b" * 39 + "C" + "d" * 39, "A" + "b" * 39 + "C" + "d" * 40
    collection = collected(*[long] * 2, *[longer] * 3)
    asked: list[str] = []

    def wanted(found: Recurrence) -> bool:
        asked.append(collection.text(found.words))
        return len(found.words) == 1

    assert [r.words for r, _ in recurrences(collection, 2, wanted)] == [
        collection.numbers("A" + "b" * 39)
    ]
    assert asked == ["A" + "b" * 39, long]
