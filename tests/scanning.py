"""Decoders for tests: what their scans cost is said by the test."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from thaifix.kernel.symbols import FIRST_WORD, SPACE, UNKNOWN, decode


class Oracle:
    """A decoder to which a text costs what the strings in it cost together.

    Attributes:
        costs: By string, in nats.
        unknown: A text with one of these strings is an unknown word.
        seen: The texts that were scanned.
    """

    def __init__(self, costs: Mapping[str, float], unknown: tuple[str, ...] = ()) -> None:
        self.costs = costs
        self.unknown = unknown
        self.seen: list[str] = []

    def scan(self, symbols: bytes) -> tuple[list[int], list[int], list[float]]:
        text = decode(symbols)
        self.seen.append(text)
        cost = sum(cost for key, cost in self.costs.items() if key in text)
        word = UNKNOWN if any(key in text for key in self.unknown) else FIRST_WORD
        return [0, 0], [word, word], [cost / 2, cost / 2]


class Words:
    """A decoder that knows some words, each at a cost in nats, and finds the longest.

    Another letter is an unknown word, which costs twelve nats; a space costs two.
    """

    def __init__(self, costs: Mapping[str, float]) -> None:
        self._costs = dict(costs)
        self._ids = {word: FIRST_WORD + i for i, word in enumerate(self._costs)}

    def scan(self, symbols: bytes) -> tuple[array[int], array[int], array[float]]:
        text = decode(symbols)
        starts, words, costs = array("i"), array("I"), array("f")
        at = 0
        while at < len(text):
            word = max((w for w in self._costs if text.startswith(w, at)), key=len, default="")
            starts.append(at)
            space = text[at] == " "
            words.append(self._ids.get(word, SPACE if space else UNKNOWN))
            costs.append(self._costs.get(word, 2.0 if space else 12.0))
            at += len(word) or 1
        return starts, words, costs
