"""Text cut into the model's words, for whoever counts or judges words."""

from __future__ import annotations

from typing import NamedTuple

from thaifix import _kernel
from thaifix.lexicon import Lexicon
from thaifix.model import Model
from thaifix.options import Options
from thaifix.windows import Windows

_LINE_END = 0xFFFFFFFF  # scan's word for a line end that counts as nothing
_UNKNOWN = 0
_ABBREVIATION = 6
_CLASSES = 102  # ids below are no words but kinds of signs


class Word(NamedTuple):
    """A word as it stands in a text.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends.
        kind: "word", "unknown" (letters that are no word, as long as they go), "abbreviation" or
            "sign" (spaces, numbers, Latin, punctuation).
        cost: What it costs after the word before, in nats; of an unknown run, the sum.
    """

    start: int
    end: int
    kind: str
    cost: float


class Words:
    """A model's segmenter."""

    def __init__(self, model: Model | None = None) -> None:
        """Use a model, by default the one that comes with thaifix. Raises ModelError."""
        self._decoder = Windows(model or Model(), Lexicon(), Options()).decoder

    def cut(self, text: str) -> list[Word]:
        """The likeliest words of a text; line ends inside a word or sentence are left out. O(n)."""
        starts, words, costs = self._decoder.scan(_kernel.encode(text))
        found: list[Word] = []
        for i, (start, word, cost) in enumerate(zip(starts, words, costs, strict=True)):
            if word == _LINE_END:
                continue
            end = starts[i + 1] if i + 1 < len(starts) else len(text)
            kind = _kind(word)
            if kind == "unknown" and found and found[-1].kind == kind and found[-1].end == start:
                start, cost = found[-1].start, found[-1].cost + cost
                found.pop()
            found.append(Word(start, end, kind, cost))
        return found


def _kind(word: int) -> str:
    if word >= _CLASSES:
        return "word"
    return {_UNKNOWN: "unknown", _ABBREVIATION: "abbreviation"}.get(word, "sign")
