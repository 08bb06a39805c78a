"""Finding many strings in a text at once.

The search is that of the library `ahocorasick-rs`, which is loaded, like the automaton of the
strings, when a text is searched for the first time: a run without strings pays nothing.

The kernel keeps a finder of its own (`thaifix.kernel.phrases.Strings`) for the phrases of the
lexicons, because all runs but those on clean text would wait for the automaton: for the 5,807
phrases that come with thaifix it is built in 73 ms (that of the kernel in 2 ms) and takes 4 MB (the
other 0.1 MB); then both search 20 million code points a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_WINDOW = 4096
"""Code points that are searched at a time, which bounds the memory for what is found. By judgement;
measured on the corpora, windows of 1,000 to 16,384 are equally fast, larger ones slower."""

# The library takes valid Unicode: it raises an error for lone surrogates in a text, and a string
# with one is never found. So each surrogate is searched for as another code point, one of the last
# 2,048 of the private-use plane 16.
_FIRST_SURROGATE, _LAST_SURROGATE, _STAND_IN = 0xD800, 0xDFFF, 0x10F800
_STAND_INS = {
    surrogate: surrogate - _FIRST_SURROGATE + _STAND_IN
    for surrogate in range(_FIRST_SURROGATE, _LAST_SURROGATE + 1)
}


class StringFinder:
    """Finds strings wherever a text has them. Safe to use from several threads.

    Args:
        strings: Any strings; those that are empty are left out.
    Attributes:
        longest: One of the longest strings; "" if there are none.
    Time: O(letters of the strings) at the first search: 3 ms for 1,000 words, 1.6 s for 100,000.
    Memory: about 200 bytes a word.
    """

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = list(set(strings) - {""})
        self.longest = max(self._strings, key=len, default="")

    def __len__(self) -> int:
        return len(self._strings)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find all strings, overlapping ones too.

        Args:
            text: Any text; lone surrogates are code points like others.
        Yields:
            Spans in code points, sorted by where they begin, at one place the longest first.
        Time: O(n + spans), 20 to 130 ns a code point. Memory: what `_WINDOW` code points hold.
        """
        if not self._strings:
            return
        longest = len(self.longest)
        step = max(_WINDOW, longest)
        for begin in range(0, len(text), step):
            window = text[begin : begin + step + longest - 1]
            found = sorted((start, -end) for start, end in self._spans(window) if start < step)
            for start, end in found:
                yield begin + start, begin - end

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of a short text in any order."""
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
            exact = not self._has_surrogates
        except UnicodeEncodeError:
            valid = text.translate(_STAND_INS)
            found = self._automaton.find_matches_as_indexes(valid, overlapping=True)
            exact = False
        for index, start, end in found:
            if exact or text.startswith(self._strings[index], start):  # no stand-in of the text
                yield start, end

    @cached_property
    def _has_surrogates(self) -> bool:
        try:
            "".join(self._strings).encode()
        except UnicodeEncodeError:
            return True
        return False

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        strings = self._strings
        if self._has_surrogates:
            strings = [string.translate(_STAND_INS) for string in strings]
        return AhoCorasick(strings, store_patterns=False)
