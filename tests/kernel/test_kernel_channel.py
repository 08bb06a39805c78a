"""The channel: which entries it takes. What they cost is seen where texts are decoded."""

from __future__ import annotations

import math

import pytest
import reference
from hypothesis import example, given
from hypothesis import strategies as st

from thaifix.kernel.channel import Channel
from thaifix.kernel.symbols import SYMBOLS

SOME = [0, 1, SYMBOLS - 1, SYMBOLS, 255]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(SOME), max_size=3).map(bytes),
            st.lists(st.sampled_from(SOME), max_size=4).map(bytes),
            st.one_of(st.floats(-1, 9, width=32), st.sampled_from([math.inf, math.nan, -0.0])),
        ),
        max_size=2,
    )
)
@example([(b"\1\1", b"\1\1\1", 0.0)])
@example([(b"\1\1\1", b"\1\1\1", 0.0)])
@example([(b"\1\1", b"\1\1\1\1", 0.0)])
@example([(b"", b"", 0.0)])
def test_entries_that_are_refused(entries: list[tuple[bytes, bytes, float]]) -> None:
    """Just those that the oracle refuses."""
    try:
        reference.Channel(entries, 1.0, 1.0)
    except ValueError:
        with pytest.raises(ValueError, match=r"entry|cost|symbol"):
            Channel(entries, 1.0, 1.0)
    else:
        Channel(entries, 1.0, 1.0)


@pytest.mark.parametrize("cost", [-0.1, math.nan, -math.inf])
def test_costs_of_foreign_letters_that_are_refused(cost: float) -> None:
    for costs in ((cost, 1.0), (1.0, cost)):
        with pytest.raises(ValueError, match="cost"):
            Channel([], *costs)


def test_entries_are_a_list_of_bytes() -> None:
    for wrong in (None, (), [("ก", b"", 1.0)], [(b"", None, 1.0)], [(b"\1", b"\2", "1")]):
        with pytest.raises(TypeError):
            Channel(wrong, 1.0, 1.0)  # type: ignore[arg-type]
