"""How much noise: a rate that is asked for, and met."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from thaifix.noise.engines import NoiseError
from thaifix.noise.letters import errors
from thaifix.text.edit import Edit

HIGHEST = 0.5
"""Highest rate: beyond it hardly anything of a text is left."""

OVERLAP = 0.3
"""Share of the rate by which fewer errors are counted than made: some lie on others."""

WINDOW = 20_000
"""Code points in which what was too much or too little is made up for."""

STEER = (0.5, 1.6)
"""Least and most that a page's noise is changed for it."""

_FAR = 1e6  # beyond this scale nothing changes any more
_NEAR = 0.002  # share of the errors by which they may be missed
_STEPS = 40  # until a scale is taken as it is
_WITHIN_REACH = 0.95  # share of the rate that must be


class Rate:
    """Errors per code point that are asked for, in the default view.

    Attributes:
        asked: None for what the engine makes by itself.
        steering: Factor that leads back to the rate.
    """

    def __init__(self, asked: float | None) -> None:
        """Take a rate, 0 to `HIGHEST`. Raises NoiseError."""
        if asked is not None and not 0 <= asked <= HIGHEST:
            raise NoiseError(
                f"rate {asked:g} is not from 0 to {HIGHEST}. Give a share of code points"
            )
        self.asked = asked
        self.steering = 1.0
        self._expected = self._size = 0.0
        self._too_few = 0.0

    def scale(self, expected: Callable[[float], float], size: int) -> float:
        """Find the scale at which a section has as many errors as asked; 1 without a rate.

        Args:
            expected: Errors by scale; it rises, ever more slowly.
            size: Code points of the section, in the default view.
        """
        if self.asked is None:
            return 1.0
        wanted = self.asked * (1 + OVERLAP * self.asked) * size
        low, high, least, most = 0.0, 1.0, 0.0, expected(1.0)
        while most < wanted and high < _FAR:
            low, least, high = high, most, high * 4
            most = expected(high)
        scale, found = high, most
        for _ in range(_STEPS):
            if abs(found - wanted) <= wanted * _NEAR or not least < wanted < most:
                break
            scale = low + (high - low) * (wanted - least) / (most - least)
            found = expected(scale)
            if found < wanted:
                low, least = scale, found
            else:
                high, most = scale, found
        self._expected += found
        self._size += size
        return round(scale, 6)

    def count(self, edits: Iterable[Edit], size: int) -> None:
        """Compare what was made of so many code points with what was asked for."""
        if not self.asked:
            return
        wanted = self.asked * (1 + OVERLAP * self.asked)
        made = sum(_seen(edit) for edit in edits)
        self._too_few += wanted * size - made
        low, high = STEER
        self.steering = round(min(max(1 + self._too_few / (wanted * WINDOW), low), high), 6)

    def check(self, engine: str) -> None:
        """Raise NoiseError if the rate was out of reach so far."""
        if self.asked and self._expected < _WITHIN_REACH * self.asked * self._size:
            reached = self._expected / self._size
            raise NoiseError(
                f"rate {self.asked:g} is out of reach: {engine} can bring this text to "
                f"{reached:.3f}. Ask for less"
            )


def _seen(edit: Edit) -> int:
    """Errors that a measure will count for an edit."""
    if edit.reason == "blank_line":
        return 0
    replacement = edit.replacement
    if edit.reason == "margin":
        replacement = " " + replacement.strip()
    return errors(edit.observed, replacement)
