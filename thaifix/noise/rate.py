"""How much noise: a rate that is asked for, and met."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from thaifix.noise.engines import NoiseError
from thaifix.noise.letters import errors
from thaifix.text.edit import Edit

HIGHEST_RATE = 0.5
"""Errors per code point that can be asked for, at most. By judgement: beyond it hardly anything is
left of a text."""

OVERLAP_PER_RATE = 0.3
"""Share of the errors that a measure does not see because they lie on others, for each unit of the
rate: 3 % at a rate of 0.1. By judgement; with it `test_the_rate_is_met` holds."""

STEERING_WINDOW = 20_000
"""Code points in which errors that are too many or too few are made up for, about ten pages. By
judgement: soon enough to meet a rate on 100,000, slow enough to leave pages different."""

STEERING_BOUNDS = (0.5, 1.6)
"""Least and greatest factor by which a page's noise is changed to make up for others. By judgement:
a page stays like those that were counted."""

NO_CHANGE = 1e6
"""Scale beyond which there are no more errors: all that can be misread is. By judgement."""

_TOLERANCE = 0.002  # share of the errors by which they may be missed; by judgement
_MOST_TRIES = 40  # scales that are tried before one is taken as it is; by judgement
_LEAST_REACHED = 0.95  # share of the rate that must be within reach; by judgement


class TargetRate:
    """Errors per code point that are asked for, in the default view of `thaifix evaluate`.

    Attributes:
        asked: The rate; None for what the engine makes by itself.
        steering: Factor to the noise of the next page that leads back to the rate.
    """

    def __init__(self, asked: float | None) -> None:
        """Take a rate, 0 to `HIGHEST_RATE`.

        Raises:
            NoiseError: If it is out of range.
        """
        if asked is not None and not 0 <= asked <= HIGHEST_RATE:
            raise NoiseError(
                f"rate {asked:g} is not from 0 to {HIGHEST_RATE}. Give a share of code points"
            )
        self.asked = asked
        self.steering = 1.0
        self._expected = self._size = 0.0
        self._too_few = 0.0

    def scale(self, expected: Callable[[float], float], size: int) -> float:
        """Find the factor to all odds with which a section has as many errors as asked.

        Args:
            expected: Gives the expected errors of a scale; they rise with it, ever more slowly.
            size: Code points of the section, in the default view.
        Returns:
            The scale, rounded to six places; 1 if no rate is asked for.
        """
        if self.asked is None:
            return 1.0
        wanted = self._per_code_point() * size
        low, high, least, most = 0.0, 1.0, 0.0, expected(1.0)
        while most < wanted and high < NO_CHANGE:
            low, least, high = high, most, high * 4
            most = expected(high)
        scale, found = high, most
        for _ in range(_MOST_TRIES):  # regula falsi
            if abs(found - wanted) <= wanted * _TOLERANCE or not least < wanted < most:
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

    def within_reach(self, most: float, size: int) -> bool:
        """Tell whether a section can have as many errors as asked.

        Args:
            most: Expected errors if all that can be misread is.
            size: Code points of the section, in the default view.
        """
        return most >= self._per_code_point() * size

    def count(self, edits: Iterable[Edit], size: int) -> None:
        """Compare the errors that were made with what was asked for, and steer.

        Args:
            edits: What was made of the last part of the text.
            size: Code points of that part.
        """
        if not self.asked:
            return
        wanted = self._per_code_point()
        self._too_few += wanted * size - sum(map(_errors_of, edits))
        low, high = STEERING_BOUNDS
        steering = 1 + self._too_few / (wanted * STEERING_WINDOW)
        self.steering = round(min(max(steering, low), high), 6)

    def check(self, engine: str) -> None:
        """Make sure that the rate was within reach so far.

        Args:
            engine: Its name, for the message.
        Raises:
            NoiseError: If it was not; says which rate was.
        """
        if self.asked and self._expected < _LEAST_REACHED * self.asked * self._size:
            reached = self._expected / self._size
            raise NoiseError(
                f"rate {self.asked:g} is out of reach: {engine} can bring this text to "
                f"{reached:.3f}. Ask for less"
            )

    def _per_code_point(self) -> float:
        """Errors that must be made, so that a measure sees the rate that was asked for."""
        asked = self.asked or 0.0
        return asked * (1 + OVERLAP_PER_RATE * asked)


def _errors_of(edit: Edit) -> int:
    """Count the errors that a measure will count for an edit."""
    if edit.reason == "blank_line":
        return 0
    replacement = edit.replacement
    if edit.reason == "margin":
        replacement = " " + replacement.strip()
    return errors(edit.observed, replacement)
