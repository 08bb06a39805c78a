"""A collection of texts as numbers: each distinct word once, every text as an array of them.

What is kept grows with the distinct words and four bytes a word of text, not with the text.
"""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_right
from collections.abc import Iterable

from thaifix.model.words import Words
from thaifix.text.blocks import blocks
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

_EXAMPLE_WORDS = 12
"""Words on each side of a place that an example shows, at most: by judgement, about a line."""


class Collection:
    """Texts cut into words, and each word a number.

    Attributes:
        words: The numbers of the texts' words, in their order; a 0 stands before the first document
            and after each.
    """

    def __init__(self, words: Words) -> None:
        """Begin without texts.

        Args:
            words: Cuts the texts.
        """
        self._cut = words.cut
        self._number: dict[str, int] = {"": 0}
        self._surface = [""]
        self._gap = bytearray(b"\1")  # whether a word ends a phrase
        self._unknown = bytearray(b"\0")
        self.words = array("I", [0])
        self._ends: list[int] = [0]

    def read(self, chunks: Iterable[bytes]) -> None:
        """Take in a text: a document, or several with form feeds between.

        Args:
            chunks: Its bytes, UTF-8, in chunks of any size.
        """
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        for block in blocks(decoder.decode(chunk) for chunk in chunks):
            if block.first:
                self._end()
            text = apply(block.text, normalize(block.text))
            self.words.extend(
                self.number(text[word.start : word.end], word.kind) for word in self._cut(text)
            )
        self._end()

    def _end(self) -> None:
        if self.words[-1]:
            self._ends.append(len(self.words))
            self.words.append(0)

    def number(self, surface: str, kind: str) -> int:
        """The number of a word; a new word gets the next one.

        Args:
            surface: Its letters. Runs of white space count as one space.
            kind: As in `model.words.Word`.
        """
        surface = " ".join(surface.split()) or " "
        found = self._number.get(surface)
        if found is None:
            found = self._number[surface] = len(self._surface)
            self._surface.append(surface)
            self._gap.append(kind == "sign")
            self._unknown.append(kind == "unknown")
        return found

    def numbers(self, term: str) -> tuple[int, ...]:
        """The numbers of a term's words."""
        return tuple(self.number(term[w.start : w.end], w.kind) for w in self._cut(term))

    def text(self, words: Iterable[int]) -> str:
        """The letters of words."""
        return "".join(map(self._surface.__getitem__, words))

    def is_gap(self, word: int) -> bool:
        """Whether the word of a number is none, but a space, number or sign."""
        return bool(self._gap[word])

    def is_unknown(self, word: int) -> bool:
        """Whether the model does not know the word of a number."""
        return bool(self._unknown[word])

    def document(self, place: int) -> int:
        """The number of the document that a place (index into `words`) is in, from 1."""
        return bisect_right(self._ends, place)

    def around(self, place: int, length: int) -> str:
        """Show what stands at a place, with up to `_EXAMPLE_WORDS` to each side in its document.

        Args:
            place: Index into `words`.
            length: How many words stand there.
        """
        before: list[int] = []
        for word in reversed(self.words[max(0, place - _EXAMPLE_WORDS) : place]):
            if not word:
                break
            before.append(word)
        after: list[int] = []
        for word in self.words[place : place + length + _EXAMPLE_WORDS]:
            if not word:
                break
            after.append(word)
        return self.text(before[::-1]) + self.text(after)
