"""Chance that is the same on every machine: nothing but `random.Random.random` is drawn from.

Seeded with a string, that method is the one that Python promises to keep. No logarithm or
exponential is taken of what it gives, because their last bits differ between C libraries.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

QUANTILES = 24
"""Values by which a distribution is given, each for an equal part of it. By judgement."""

GOLDEN_RATIO = 0.6180339887498949
"""(sqrt(5) - 1) / 2: the step whose multiples, modulo 1, fill the unit interval most evenly."""

_T = TypeVar("_T")


class Draws(random.Random):
    """A source of random numbers, every method of which goes back to `random`."""

    def randrange(self, stop: int) -> int:  # type: ignore[override]
        """Draw an integer from 0 on, below `stop`."""
        return int(self.random() * stop)

    def choice(self, seq: Sequence[_T]) -> _T:  # type: ignore[override]
        """Draw an element of a sequence that is not empty."""
        return seq[int(self.random() * len(seq))]


def means(values: Iterable[float], parts: int = QUANTILES) -> tuple[float, ...]:
    """Compute quantiles: sort values, cut them into equal parts, and give the mean of each part.

    If there are fewer values than parts, each value is a part.
    """
    found = sorted(values)
    count = min(parts, len(found))
    cuts = [len(found) * k // count for k in range(count + 1)]
    return tuple(sum(found[a:b]) / (b - a) for a, b in pairwise(cuts))


def products(*factors: Sequence[float]) -> tuple[float, ...]:
    """Compute the quantiles of a product of independent factors, each given as quantiles."""
    found: tuple[float, ...] = (1.0,)
    for each in factors:
        found = means([a * b for a in found for b in each])
    return found


class Weighted:
    """Strings that are drawn as often as they were seen."""

    def __init__(self, times: Mapping[str, int]) -> None:
        """Take how often each string was seen."""
        self._strings = list(times)
        self._upto = list(accumulate(times.values()))

    def draw(self, draws: Draws) -> str:
        """Draw a string; there must be at least one."""
        return self._strings[bisect_right(self._upto, draws.random() * self._upto[-1])]


class Even(Generic[_T]):
    """Sorted values, drawn so that even a few of them have nearly the mean of all.

    Draw k is the value at the share (u + k * golden ratio) mod 1 of the sequence, u being random.
    """

    def __init__(self, values: Sequence[_T], draws: Draws) -> None:
        """Take values, all equally likely."""
        self._values = values
        self._at = draws.random()

    def draw(self) -> _T:
        """Draw the next value."""
        self._at = (self._at + GOLDEN_RATIO) % 1.0
        return self._values[int(self._at * len(self._values))]


class Hits:
    """Rare events: as many as are expected, at places left to chance.

    The places are divided into stretches in each of which one event is expected; each stretch has
    one event, at a random place.
    """

    def __init__(self, draws: Draws) -> None:
        """Begin with the first stretch."""
        self._draws = draws
        self._expected, self._stretch = 0.0, 0
        self._next = draws.random()

    def hit(self, probability: float) -> bool:
        """Tell whether the event happens at the next place, where it has this probability."""
        self._expected += probability
        if self._expected < self._next:
            return False
        self._stretch += 1
        self._next = self._stretch + self._draws.random()
        return True
