"""Chance that is the same on every machine: nothing but `random.Random.random` is drawn from.

That method, seeded with a string, is the one that Python promises to keep; and no logarithm or
exponential, whose last bit differs between C libraries, is taken of what it gives.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

PARTS = 24
"""Of a distribution, when it is given as quantiles."""

_T = TypeVar("_T")
_GOLDEN = 0.6180339887498949


class Draws(random.Random):
    """Draws whose every method goes back to `random`."""

    def randrange(self, stop: int) -> int:  # type: ignore[override]
        """A number from 0, below `stop`."""
        return int(self.random() * stop)

    def choice(self, seq: Sequence[_T]) -> _T:  # type: ignore[override]
        """One of a sequence that is not empty."""
        return seq[int(self.random() * len(seq))]


def means(values: Iterable[float], parts: int = PARTS) -> tuple[float, ...]:
    """Quantiles: the mean of each of so many equal parts of values; of fewer values, each."""
    found = sorted(values)
    count = min(parts, len(found))
    cuts = [len(found) * k // count for k in range(count + 1)]
    return tuple(sum(found[a:b]) / (b - a) for a, b in pairwise(cuts))


def products(*factors: Sequence[float]) -> tuple[float, ...]:
    """Quantiles of the product of independent factors, given as quantiles."""
    found: tuple[float, ...] = (1.0,)
    for each in factors:
        found = means([a * b for a in found for b in each])
    return found


class Weighted:
    """Strings, each drawn as often as it was seen."""

    def __init__(self, times: Mapping[str, int]) -> None:
        """Take counts."""
        self._strings = list(times)
        self._upto = list(accumulate(times.values()))

    def draw(self, draws: Draws) -> str:
        """One of the strings, of which there must be some."""
        return self._strings[bisect_right(self._upto, draws.random() * self._upto[-1])]


class Even(Generic[_T]):
    """Sorted values, drawn so that already a few of them have the mean of all.

    Draw k lies at the share (u + k * golden ratio) mod 1 of the values.
    """

    def __init__(self, values: Sequence[_T], draws: Draws) -> None:
        """Take values, equally likely."""
        self._values = values
        self._at = draws.random()

    def draw(self) -> _T:
        """The next value."""
        self._at = (self._at + _GOLDEN) % 1.0
        return self._values[int(self._at * len(self._values))]


class Hits:
    """Events of small probability, as many of them as are expected, at places left to chance.

    Of every stretch in which one event is expected, one place has it.
    """

    def __init__(self, draws: Draws) -> None:
        """Begin."""
        self._draws = draws
        self._expected, self._stretch = 0.0, 0
        self._next = draws.random()

    def hit(self, probability: float) -> bool:
        """Tell whether the event happens now."""
        self._expected += probability
        if self._expected < self._next:
            return False
        self._stretch += 1
        self._next = self._stretch + self._draws.random()
        return True
