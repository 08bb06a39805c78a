"""Patterns that are compiled late."""

from __future__ import annotations

import re

import pytest

from thaifix.text.lazy import pattern


def test_it_is_a_pattern() -> None:
    """Every method and attribute of one, with its flags."""
    late, now = pattern("^(?P<a>ก+)b", re.MULTILINE | re.I), re.compile("^(?P<a>ก+)b", re.M | re.I)
    text = "กกB\nกb ข"
    assert [m.span("a") for m in late.finditer(text)] == [m.span("a") for m in now.finditer(text)]
    assert late.findall(text) == now.findall(text) == ["กก", "ก"]
    for method in ("match", "search", "fullmatch"):
        for string in (text, "กb", "x"):
            late_match = getattr(late, method)(string)
            now_match = getattr(now, method)(string)
            assert (late_match and late_match[0]) == (now_match and now_match[0])
    assert late.sub("-", text) == now.sub("-", text)
    assert late.split(text) == now.split(text)
    assert (late.flags, late.pattern, late.groupindex) == (now.flags, now.pattern, now.groupindex)


def test_what_is_wrong_is_said_late() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("")
