"""Pairs of symbols against a plain search, and the tables that are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.kernel.pairs import find_doubled, find_pairs

TABLES = st.binary(min_size=256, max_size=256)
SYMBOLS = st.lists(st.sampled_from([0, 1, 2, 3, 255]), max_size=40).map(bytes)


@given(symbols=SYMBOLS, classes=TABLES, wanted=TABLES)
def test_pairs_are_those_of_a_plain_search(symbols: bytes, classes: bytes, wanted: bytes) -> None:
    classes = bytes(number % 16 for number in classes)
    expected = [
        at
        for at in range(len(symbols) - 1)
        if wanted[16 * classes[symbols[at]] + classes[symbols[at + 1]]]
    ]
    assert find_pairs(symbols, classes, wanted) == expected


@given(symbols=SYMBOLS, wanted=TABLES)
def test_doubled_are_those_of_a_plain_search(symbols: bytes, wanted: bytes) -> None:
    expected = [
        at
        for at in range(len(symbols) - 1)
        if symbols[at] == symbols[at + 1] and wanted[symbols[at]]
    ]
    assert find_doubled(symbols, wanted) == expected


@pytest.mark.parametrize("size", [0, 255, 257])
def test_tables_of_another_length_are_refused(size: int) -> None:
    table, other = bytes(256), bytes(size)
    with pytest.raises(ValueError, match=f"{size} classes and 256 pairs"):
        find_pairs(b"\1", other, table)
    with pytest.raises(ValueError, match=f"256 classes and {size} pairs"):
        find_pairs(b"\1", table, other)
    with pytest.raises(ValueError, match=f"{size} symbols"):
        find_doubled(b"\1", other)


def test_classes_are_below_16() -> None:
    classes = bytearray(256)
    classes[7] = 16
    with pytest.raises(ValueError, match="class 16 of symbol 7: there are 16"):
        find_pairs(b"", classes, bytes(256))
