"""The noise level of a document: how much it errs, as far as one can see."""

from __future__ import annotations

import math
from typing import NamedTuple


class NoiseLevel(NamedTuple):
    """Counts that add, over a stretch of text.

    Attributes:
        letters: Code points of the stretch.
        fired: Rules that fired in it.
        sure: Proposals in it that are evidence of an error.
    """

    letters: float = 0.0
    fired: float = 0.0
    sure: float = 0.0

    def add(self, letters: int, fired: int, sure: int, *, carried: float) -> NoiseLevel:
        """The counts after one more block; those before weigh `carried`."""
        return NoiseLevel(
            self.letters * carried + letters,
            self.fired * carried + fired,
            self.sure * carried + sure,
        )

    @property
    def evident(self) -> float:
        """Evident errors per 1,000 code points. Half a thousand without errors is added, so that
        one error in a short text is no high rate.
        """
        return (self.sure + self.fired / 2) / (self.letters / 1000 + 0.5)

    def rates(self, own: int = 0) -> tuple[float, float]:
        """Logarithms of two rates per 1,000 code points, for the decision.

        Args:
            own: How many of the sure proposals are the one that is judged: it is no evidence for
                itself.
        Returns:
            Of rules that fired, and of sure proposals; small constants keep them finite.
        """
        scale = self.letters / 1000 + 0.5
        return (
            math.log((self.fired + 0.1) / scale),
            math.log((max(self.sure - own, 0) + 0.2) / scale),
        )
