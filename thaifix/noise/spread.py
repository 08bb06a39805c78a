"""How errors are spread: fitted so that bad pages, lines and places are as bad as real ones.

Needs numpy (`pip install 'thaifix[train]'`); only `measure` imports it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import sqrt
from typing import Any

import numpy as np

from thaifix.noise.draws import QUANTILES, Draws, Even, means
from thaifix.noise.faults import Fault
from thaifix.noise.letters import GARBLED_ODDS_FACTOR, MOST_STRETCHES_GARBLED, Letters, errors

ROUNDS = 3
"""Times that the shape of lines and the garbled share are fitted, in turn. By judgement."""

HALVINGS = 6
"""Halvings of the interval of a parameter, in each round. By judgement: chance moves the figures
more than further ones would."""

SHAPES = (0.05, 20.0)
"""Bounds of the shape of the gamma distribution of lines, from very uneven to nearly even. By
judgement."""

GARBLED_SHARES = (1e-5, 0.1)
"""Bounds of the share of stretches that are garbled. By judgement."""

LOG_FACTORS = (-12.0, 12.0)
"""Bounds of the logarithm of a page's factor: no page is so good or bad. By judgement."""

FACTOR_HALVINGS = 30
"""Halvings of that interval; 24 / 2**30 is beyond the four places that a profile has."""

_GAMMA_SAMPLE = 200 * QUANTILES  # draws from which a distribution's quantiles are computed

Quantiles = tuple[float, ...]


class Spread:
    """Pages, and where they were read wrong."""

    def __init__(
        self, letters: Letters, found: Sequence[Sequence[Fault]], texts: Sequence[str]
    ) -> None:
        """Take the confusions, the faults of each page, and its intended text."""
        self._letters, self._texts = letters, texts
        wrong = [[f for f in page if f.kind == "letters"] for page in found]
        self._wrong = [
            _places((f.at, len(f.intended)) for f in page if errors(f.intended, f.observed))
            for page in wrong
        ]
        self._totals = np.array(
            [sum(errors(f.intended, f.observed) for f in page) for page in wrong], dtype=float
        )
        every = letters.misreadable("\n".join(texts))
        column = {id(noise): k for k, (noise, _) in enumerate(every)}
        self._odds = np.array([noise.odds for noise, _ in every])
        self._costs = np.array([noise.cost for noise, _ in every])
        self._times = np.zeros((len(texts), len(every)))
        for i, text in enumerate(texts):
            for noise, count in letters.misreadable(text):
                self._times[i, column[id(noise)]] = count

    def fit(self) -> tuple[list[float], Quantiles, float]:
        """Fit how uneven the errors are.

        The factor of a page is the one with which its expected errors are those that were counted.
        The factors of lines come from a gamma distribution of mean 1. Its shape and the garbled
        share are those with which, when the pages are noised, as many lines have no error, and as
        many errors have a neighbour, as on the real pages.

        Returns:
            The factors of the pages, those of lines as quantiles, and the share of stretches that
            are garbled.
        """
        clean, follow = self._figures(self._wrong)
        shape, garbled = 1.0, 0.01
        for _ in range(ROUNDS):
            shape = self._shape(self._pages(_gamma(shape), garbled), garbled, clean)
            garbled = self._garbled(self._pages(_gamma(shape), garbled), shape, follow)
        return self._pages(_gamma(shape), garbled), rounded(_gamma(shape)), round(garbled, 5)

    def _shape(self, pages: Sequence[float], garbled: float, clean: float) -> float:
        return _solve(SHAPES, lambda shape: self._noised(pages, shape, garbled)[0] > clean)

    def _garbled(self, pages: Sequence[float], shape: float, follow: float) -> float:
        return _solve(GARBLED_SHARES, lambda share: self._noised(pages, shape, share)[1] < follow)

    def _pages(self, lines: Quantiles, garbled: float) -> list[float]:
        """Find the factor of each page; 0 for a page without errors."""
        lowest, highest = LOG_FACTORS
        low, high = np.full(len(self._texts), lowest), np.full(len(self._texts), highest)
        garbled_odds = GARBLED_ODDS_FACTOR * self._odds
        there = self._times * GARBLED_ODDS_FACTOR * self._odds / (1 + garbled_odds) @ self._costs
        for _ in range(FACTOR_HALVINGS):
            middle = (low + high) / 2
            expected: Any = 0.0
            for factor in lines:
                scale = np.exp(middle) * factor
                odds = self._odds * scale[:, None]
                legible = self._times * odds / (1 + odds) @ self._costs
                share = np.minimum(garbled * scale, MOST_STRETCHES_GARBLED)
                expected += (legible * (1 - share) + there * share) / len(lines)
            more = expected < self._totals
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return [float(x) for x in np.where(self._totals > 0, np.exp(high), 0.0)]

    def _noised(self, pages: Sequence[float], shape: float, garbled: float) -> tuple[float, float]:
        """Noise the letters of the pages, and give the figures of the result."""
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
        """Compute the share of lines without error, and of errors with another right after them.

        Args:
            wrong: For each page the places of its errors, in code points.
        """
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
    """Compute quantiles as a profile has them, with four decimal places."""
    return tuple(round(value, 4) for value in means(values))


def _places(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for at, length in spans for place in range(at, at + max(length, 1))}


def _solve(interval: tuple[float, float], too_low: Callable[[float], bool]) -> float:
    """Find the value in an interval of positive ones from which on it is no longer too low."""
    low, high = interval
    for _ in range(HALVINGS):
        middle = sqrt(low * high)
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return sqrt(low * high)


@cache
def _gamma(shape: float) -> Quantiles:
    """Compute the quantiles of a gamma distribution of mean 1."""
    rnd = random.Random(0)
    return means(rnd.gammavariate(shape, 1 / shape) for _ in range(_GAMMA_SAMPLE))
