"""How errors are spread: fitted so that bad pages, lines and places are as bad as real ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Any

import numpy as np

from thaifix.noise.draws import PARTS, Draws, Even, means
from thaifix.noise.letters import GARBLED, MOST, Letters, errors
from thaifix.noise.regions import Region

ROUNDS = 3
STEPS = 6  # halvings of the interval of a shape, in each round
_SHAPES = (0.05, 20.0)  # of gamma distributions: very uneven, nearly even
_SHARES = (1e-5, 0.1)
_SAMPLE = 200 * PARTS

Quantiles = tuple[float, ...]


class Spread:
    """Pages and where they were read wrong."""

    def __init__(
        self, letters: Letters, read: Sequence[Sequence[Region]], texts: Sequence[str]
    ) -> None:
        """Take the confusions, the regions of each page, and its intended text."""
        self._letters, self._texts = letters, texts
        wrong = [[r for r in page if r.kind == "letters"] for page in read]
        self._wrong = [
            _places((r.at, len(r.intended)) for r in page if errors(r.intended, r.observed))
            for page in wrong
        ]
        self._totals = np.array(
            [sum(errors(r.intended, r.observed) for r in page) for page in wrong], dtype=float
        )
        every = letters.rows("\n".join(texts))
        column = {id(row): k for k, (row, _) in enumerate(every)}
        self._odds = np.array([row.odds for row, _ in every])
        self._costs = np.array([row.cost for row, _ in every])
        self._times = np.zeros((len(texts), len(every)))
        for i, text in enumerate(texts):
            for row, count in letters.rows(text):
                self._times[i, column[id(row)]] = count

    def fit(self) -> tuple[list[float], Quantiles, float]:
        """Find the factors of pages, those of lines in quantiles, and the share that is garbled.

        A page's factor is what makes its expected errors those that were counted. Those of lines
        come from a gamma distribution. Its shape and the garbled share are what give as many lines
        without error and as many neighbouring errors as there were, when the pages are noised.
        """
        clean, follow = self._figures(self._wrong)
        shape, garbled = 1.0, 0.01
        for _ in range(ROUNDS):
            shape = self._shape(self._pages(_gamma(shape), garbled), garbled, clean)
            garbled = self._garbled(self._pages(_gamma(shape), garbled), shape, follow)
        return self._pages(_gamma(shape), garbled), rounded(_gamma(shape)), round(garbled, 5)

    def _shape(self, pages: Sequence[float], garbled: float, clean: float) -> float:
        return _solve(_SHAPES, lambda shape: self._noised(pages, shape, garbled)[0] > clean)

    def _garbled(self, pages: Sequence[float], shape: float, follow: float) -> float:
        return _solve(_SHARES, lambda share: self._noised(pages, shape, share)[1] < follow)

    def _pages(self, lines: Quantiles, garbled: float) -> list[float]:
        """The factor of each page."""
        low, high = np.full(len(self._texts), -12.0), np.full(len(self._texts), 12.0)
        there = self._times * GARBLED * self._odds / (1 + GARBLED * self._odds) @ self._costs
        for _ in range(30):
            middle = (low + high) / 2
            expected: Any = 0.0
            for factor in lines:
                scale = np.exp(middle) * factor
                odds = self._odds * scale[:, None]
                legible = self._times * odds / (1 + odds) @ self._costs
                share = np.minimum(garbled * scale, MOST)
                expected += (legible * (1 - share) + there * share) / len(lines)
            more = expected < self._totals
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return [float(x) for x in np.where(self._totals > 0, np.exp(high), 0.0)]

    def _noised(self, pages: Sequence[float], shape: float, garbled: float) -> tuple[float, float]:
        draws = Draws("fit")
        rows = Even(_gamma(shape), draws)
        found = []
        for text, page in zip(self._texts, pages, strict=True):
            places = set[int]()
            at = 0
            for part in text.split("\n"):
                end = at + len(part)
                edits = self._letters.corrupt(text, at, end, page * rows.draw(), garbled, draws)
                places |= _places(
                    (e.start, e.end - e.start) for e in edits if errors(e.observed, e.replacement)
                )
                at = end + 1
            found.append(places)
        return self._figures(found)

    def _figures(self, wrong: Sequence[set[int]]) -> tuple[float, float]:
        """Share of lines without error, and of errors right after which there is another."""
        lines = clean = follow = 0
        for text, places in zip(self._texts, wrong, strict=True):
            follow += sum(place + 1 in places for place in places)
            at = 0
            for part in text.split("\n"):
                lines += 1
                clean += places.isdisjoint(range(at, at + len(part)))
                at += len(part) + 1
        return clean / lines, follow / max(sum(map(len, wrong)), 1)


def rounded(values: Iterable[float]) -> Quantiles:
    """Quantiles as a profile has them."""
    return tuple(round(value, 4) for value in means(values))


def _places(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for at, length in spans for place in range(at, at + max(length, 1))}


def _solve(interval: tuple[float, float], too_low: Callable[[float], bool]) -> float:
    """Find where a positive value is no longer too low."""
    low, high = interval
    for _ in range(STEPS):
        middle = sqrt(low * high)
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return sqrt(low * high)


def _gamma(shape: float) -> Quantiles:
    """Quantiles of a gamma distribution of mean 1."""
    rnd = random.Random(0)
    return means(rnd.gammavariate(shape, 1 / shape) for _ in range(_SAMPLE))
