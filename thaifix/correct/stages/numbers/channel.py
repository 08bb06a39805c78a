"""Whether an engine can have read a number as what stands there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from thaifix.model.digits import UNSEEN, digit_confusions
from thaifix.text.numerals import ARABIC, like
from thaifix.text.script import DIGITS

LETTER = 0.005
"""P(sign | digit) of a letter or sign for a digit that was never seen so: no number has one, so
that it was misread whatever it was. By judgement."""

EXTRA = 0.1
"""Share of a misread digit's readings that have a sign more: `๐๒` for `๖`. By judgement; of those
that were counted one in eight."""

LOST = 0.003
"""P("" | digit) of a digit that was never lost. By judgement."""

SEPARATOR = 0.05
"""P(observed | intended) of full stop, comma, nothing for each other in a number. By judgement."""

MOST_COST, MOST_COST_OF_SIGN = 4.0, 2.5
"""Nats that a misreading may cost, and each of its wrong signs in addition. By judgement: that
allows one reading in twenty for all that an engine does often, and forbids two in a row that it
hardly ever does."""

_LONGEST = 3  # signs that are read for a digit
_SEPARATORS = frozenset(".,")
_DIGITS = frozenset(DIGITS + ARABIC)


class DigitChannel:
    """What the engines of a document's family read for digits. Safe to share."""

    def __init__(self, family: str) -> None:
        """Take one of `model.families.FAMILIES`; its profiles are read at the first question."""
        self._family = family

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], float]:
        return digit_confusions(self._family)

    def has_seen(self, observed: str, intended: str) -> bool:
        """Whether an engine was seen to read a string for a digit."""
        return self._known.get((observed, intended), 0.0) > UNSEEN

    def probability(self, observed: str, intended: str) -> float:
        """P(observed | intended) of a digit that was misread; 0 if no engine reads it so.

        Args:
            observed: None to three code points.
            intended: A Thai or Arabic digit.
        """
        known = self._known.get((observed, intended), 0.0)
        if known > UNSEEN:
            return known
        if not observed:
            return LOST
        if len(observed) == 1:
            return 0.0 if observed in _DIGITS or observed in _SEPARATORS else LETTER
        best = max(
            EXTRA if letter == intended else self.probability(letter, intended)
            for letter in observed
        )
        return best * EXTRA ** (len(observed) - 1)

    def cost(self, observed: str, intended: str) -> float:
        """The cost of reading a number as another string, in nats; infinite if none reads it so.

        Args:
            observed: What stands in the text, without white space.
            intended: Digits with commas and full stops, in one script.
        Time: the product of the lengths.
        """
        costs = [0.0] + [math.inf] * len(observed)
        for sign in intended:
            after = [math.inf] * (len(observed) + 1)
            for at, before in enumerate(costs):
                if before == math.inf:
                    continue
                for end in range(at, min(at + _LONGEST, len(observed)) + 1):
                    p = self._step(observed[at:end], sign)
                    if p and before - math.log(p) < after[end]:
                        after[end] = before - math.log(p)
            costs = after
        return costs[-1]

    def _step(self, observed: str, sign: str) -> float:
        if observed == sign:
            return 1.0
        if sign in _SEPARATORS:
            return SEPARATOR if not observed or observed in _SEPARATORS else 0.0
        return self.probability(observed, sign)

    def may_be(self, observed: str, written: str, least: float) -> bool:
        """Whether a number of the same length was misread, sign for sign.

        Args:
            observed: What stands in the text.
            written: What should, in the same script.
            least: P(observed | intended) that each wrong digit must have. Letters and signs are
                misread whatever they are.
        """
        return len(observed) == len(written) and all(
            seen == right or self.probability(seen, right) >= (least if seen in _DIGITS else LETTER)
            for seen, right in zip(observed, written, strict=True)
        )

    def readings(self, observed: str, values: Iterable[int]) -> list[tuple[int, float]]:
        """Which of some values a number may have been, with P(observed | value).

        Args:
            observed: Digits of one script.
            values: Integers; of another length they are left out.
        """
        found = []
        for value in values:
            written = like(observed, value)
            if len(written) == len(observed):
                pairs = zip(observed, written, strict=True)
                p = math.prod(1.0 if o == w else self.probability(o, w) for o, w in pairs)
                found.append((value, p))
        return [(value, p) for value, p in found if p]

    def explains(self, observed: str, written: str) -> float | None:
        """The cost of reading a number as another string; None if that is no likely misreading.

        Args:
            observed: What stands in the text, without white space.
            written: Digits with commas and full stops, in one script.
        """
        cost = self.cost(observed, written)
        likely = MOST_COST + MOST_COST_OF_SIGN * Levenshtein.distance(observed, written)
        return cost if cost <= likely else None
