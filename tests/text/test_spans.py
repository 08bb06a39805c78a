"""Spans that are taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thaifix.text.spans import TakenSpans

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)).map(lambda s: (s[0], sum(s))))


@given(spans, spans)
def test_what_is_taken_touches_nothing(
    given_: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    """The same as looking at each."""
    taken, slow = TakenSpans(given_), list(given_)
    for start, end in asked:
        free = not any(a <= end and start <= b for a, b in slow)
        assert taken.touches(start, end) is not free
        assert taken.take(start, end) is free
        slow += [(start, end)] * free
