"""Text cut into the model's words, for whoever counts or judges words."""

from __future__ import annotations

from typing import NamedTuple

from thaifix.kernel.symbols import ABBREVIATION, FIRST_WORD, LINE_END, UNKNOWN, encode
from thaifix.model.bundle import Model
from thaifix.model.decoder import build_decoder


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
        self._decoder = build_decoder(model or Model())

    def cut(self, text: str) -> list[Word]:
        """The likeliest words of a text; line ends inside a word or sentence are left out. O(n)."""
        starts, words, costs = self._decoder.scan(encode(text))
        found: list[Word] = []
        for i, (start, word, cost) in enumerate(zip(starts, words, costs, strict=True)):
            if word == LINE_END:
                continue
            end = starts[i + 1] if i + 1 < len(starts) else len(text)
            kind = _kind(word)
            if kind == "unknown" and found and found[-1].kind == kind and found[-1].end == start:
                start, cost = found[-1].start, found[-1].cost + cost
                found.pop()
            found.append(Word(start, end, kind, cost))
        return found


def _kind(word: int) -> str:
    if word >= FIRST_WORD:
        return "word"
    return {UNKNOWN: "unknown", ABBREVIATION: "abbreviation"}.get(word, "sign")
