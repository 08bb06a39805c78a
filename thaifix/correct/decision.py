"""The decision: from what is known of a change to a confidence, and the threshold for it.

A logistic model turns features into a confidence; a profile is a threshold on it. The two are
compared in `stages.letters` (`LettersReader.decide`) and `stages.terms` (`Terms._choose`). Weights
and thresholds come with the bundle. The features of a proposal of the decoder stand in `proposals`,
those of a candidate of a term in `term_features`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from thaifix.correct.options import PROFILES, Options


class Decision:
    """Weights and thresholds of one model, for one kind of change."""

    def __init__(self, table: Mapping[str, object], names: Sequence[str]) -> None:
        """Take the bundle's table: {"weights": {feature: weight}, "thresholds": {profile: p}}.

        Args:
            table: From the bundle's header.
            names: Of the features, in the order in which `confidence` will get them.
        """
        weights, thresholds = table["weights"], table["thresholds"]
        assert isinstance(weights, Mapping)
        assert isinstance(thresholds, Mapping)
        self._weights: Sequence[float] = [float(weights.get(name, 0.0)) for name in names]
        self._thresholds = {name: float(thresholds[name]) for name in PROFILES}

    def confidence(self, features: Sequence[float]) -> float:
        """Probability, 0 to 1, that a change brings the text nearer to the intended one."""
        score = sum(w * x for w, x in zip(self._weights, features, strict=True))
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))

    def threshold(self, options: Options) -> float:
        """The least confidence of a change: the user's, else the profile's."""
        if options.threshold is not None:
            return options.threshold
        return self._thresholds[options.profile]

    def bound(self, own: float, options: Options) -> float:
        """What a user's threshold makes of another bound than the profile's.

        One above the profile's asks for fewer changes, so it lowers no bound.

        Args:
            own: The bound without a user's threshold, a confidence.
            options: The user's.
        """
        threshold = options.threshold
        if threshold is None or threshold >= self._thresholds[options.profile]:
            return max(own, threshold or 0.0)
        return threshold
