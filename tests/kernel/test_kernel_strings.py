"""Strings, found wherever a text has them."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thaifix.kernel.strings import Strings
from thaifix.kernel.symbols import NEWLINE

LETTERS = st.lists(st.integers(1, 2), max_size=40).map(bytes)


@settings(max_examples=100)
@given(
    strings=st.lists(st.lists(st.integers(1, 2), min_size=8, max_size=12).map(bytes), max_size=6),
    parts=st.lists(st.one_of(LETTERS, st.integers(0, 5)), max_size=5),
)
@example(strings=[b"\1" * 8, b"\1" * 9, b"\1" * 8], parts=[b"\1" * 20])
def test_strings_are_found_wherever_they_stand(
    strings: list[bytes], parts: list[bytes | int]
) -> None:
    text = b"".join(
        part if isinstance(part, bytes) else strings[part % len(strings)] if strings else b""
        for part in parts
    )
    ends = array("i")
    for string in strings:
        ends.append(ends[-1] + 1 + len(string) if ends else len(string))
    found = Strings(bytes([NEWLINE]).join(strings), ends).find(text)
    naive = [
        (start, start + len(string), i)
        for start in range(len(text))
        for i, string in enumerate(strings)
        if text.startswith(string, start)
    ]
    assert sorted(found) == sorted(naive)
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in naive)


def test_short_strings_are_an_error() -> None:
    with pytest.raises(ValueError, match="at least 8 symbols, this one 7"):
        Strings(b"\1" * 7, array("i", [7]))
