"""A decoder for tests: what its scans cost is said by the test."""

from __future__ import annotations

from collections.abc import Mapping

from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN, decode


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
