"""Text cut into the words of the model, for what counts or judges words."""

from __future__ import annotations

from typing import NamedTuple

from thaifix.kernel.symbols import ABBREVIATION, FIRST_WORD, LINE_END, UNKNOWN, encode
from thaifix.model.bundle import Model
from thaifix.model.decoder import build_decoder


class WordSpan(NamedTuple):
    """A word as it stands in a text.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends.
        kind: "word", "unknown" (all letters in a row that are no word), "abbreviation" or "sign"
            (spaces, numbers, Latin, punctuation).
        cost: What it costs behind the word before it, in nats; of unknown letters, the sum.
    """

    start: int
    end: int
    kind: str
    cost: float


class Words:
    """Cuts texts into the words of a model."""

    def __init__(self, model: Model | None = None) -> None:
        """Make the decoder of a model.

        Args:
            model: An open bundle; by default the one that comes with thaifix.
        Raises:
            ModelError: If the bundle cannot be used.
        """
        self._decoder = build_decoder(model or Model())

    def cut(self, text: str) -> list[WordSpan]:
        """Find the likeliest words of a text.

        Returns:
            The words in their order. Line ends inside a word or sentence belong to none of them.
        Time: O(n).
        """
        starts, words, costs = self._decoder.scan(encode(text))
        found: list[WordSpan] = []
        for i, (start, word, cost) in enumerate(zip(starts, words, costs, strict=True)):
            if word == LINE_END:
                continue
            end = starts[i + 1] if i + 1 < len(starts) else len(text)
            kind = _kind(word)
            if kind == "unknown" and found and found[-1].kind == kind and found[-1].end == start:
                start, cost = found[-1].start, found[-1].cost + cost
                found.pop()
            found.append(WordSpan(start, end, kind, cost))
        return found


def _kind(word: int) -> str:
    if word >= FIRST_WORD:
        return "word"
    return {UNKNOWN: "unknown", ABBREVIATION: "abbreviation"}.get(word, "sign")
