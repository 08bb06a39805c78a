"""Finding strings: the same as looking at every place for every string."""

from __future__ import annotations

import subprocess
import sys
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thaifix.text import matching
from thaifix.text.matching import StringFinder

# Few letters, so that strings are found and begin with one another: Thai, Latin, astral, lone
# surrogates and the code points that stand for these in the search.
LETTERS = "ก่a\U0001f600\ud800\udc80\udfff\U0010f800\U0010fc80\U0010ffff"
STRINGS = st.lists(st.text(LETTERS, max_size=4), max_size=8)


def oracle(strings: list[str], text: str) -> list[tuple[int, int]]:
    """All spans, by where they begin, at one place the longest first."""
    longest_first = sorted(set(strings) - {""}, key=len, reverse=True)
    return [
        (start, start + len(string))
        for start in range(len(text))
        for string in longest_first
        if text.startswith(string, start)
    ]


@given(STRINGS, st.text(LETTERS, max_size=40))
@example(["\ud800"], "\U0010f800")
@example(["\U0010f800"], "\ud800")
@example(["\ud800", "\U0010f800"], "\ud800\U0010f800")
@example(["a"], "\udc80a")
def test_all_strings_are_found_everywhere(strings: list[str], text: str) -> None:
    assert list(StringFinder(strings).find(text)) == oracle(strings, text)


@given(STRINGS, st.text(LETTERS, max_size=40), st.integers(1, 9))
def test_windows_do_not_matter(strings: list[str], text: str, window: int) -> None:
    """A long text is searched piece by piece; what stands across two is found once."""
    with patch.object(matching, "_WINDOW", window):
        assert list(StringFinder(strings).find(text)) == oracle(strings, text)


def test_a_string_longer_than_a_window() -> None:
    long = "กา" * 4000
    text = "า" + long * 2
    assert list(StringFinder([long, "าก"]).find(text))[:2] == [(0, 2), (1, 8001)]
    assert list(StringFinder([long]).find(text)) == [(1 + 2 * i, 8001 + 2 * i) for i in range(4001)]


@pytest.mark.parametrize("surrogate", [0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000])
def test_each_surrogate_is_a_letter_of_its_own(surrogate: int) -> None:
    """From the first to the last, and the code points beside them."""
    letter, other = chr(surrogate), chr(surrogate ^ 1)
    assert list(StringFinder([f"ก{letter}"]).find(f"ก{other}ก{letter}")) == [(2, 4)]


@pytest.mark.parametrize("strings", [[], [""]])
def test_nothing_is_never_found(strings: list[str]) -> None:
    finder = StringFinder(strings)
    assert (len(finder), finder.longest) == (0, "")
    assert list(finder.find("กขค")) == []


def test_size() -> None:
    """Equal strings count once, the empty one does not."""
    finder = StringFinder(["ก", "กข", "ก", ""])
    assert (len(finder), finder.longest) == (2, "กข")


def test_the_library_is_loaded_by_the_first_search_only() -> None:
    """Who has no strings does not wait for it."""
    script = (
        "import sys\n"
        "from thaifix.text.matching import StringFinder\n"
        "list(StringFinder([]).find('a'))\n"
        "finder = StringFinder(['a'])\n"
        "print('ahocorasick_rs' in sys.modules)\n"
        "list(finder.find('a'))\n"
        "print('ahocorasick_rs' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", script], capture_output=True, check=True, text=True
    )
    assert run.stdout.split() == ["False", "True"]
