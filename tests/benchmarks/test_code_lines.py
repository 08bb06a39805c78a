"""The lines with codes are always the same, and misread ones have one nearest member."""

from __future__ import annotations

import re

from benchmarks.codes.writing import fillings, misread, right_lines


def test_lines_are_filled_and_always_the_same() -> None:
    lines = right_lines(6)
    assert len(lines) >= 584
    assert not any(re.search("[{}]", line.text) for line in lines)
    assert right_lines(6) == lines


def test_fillings_are_distinct() -> None:
    assert all(len(set(values)) == len(values) for values in fillings().values())


def test_a_misread_line_has_one_other_letter() -> None:
    lines = [(line, text) for line in right_lines(1) if (text := misread(line))]
    assert lines
    for line, text in lines:
        pairs = zip(line.text, text, strict=True)
        assert sum(a != b for a, b in pairs) == 1
