"""Adaptation: a document's own confusions, learned from what was surely read wrong in it.

Nobody knows what is right; but where context leaves no doubt about a letter, the misreading counts
as seen. Letters misread so more often than the model expects become cheaper for the rest of the
document. Costs never rise, and what the document does not show stays as it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from thaifix.text.edit import Edit

ENOUGH = 12
"""Sure misreadings from which a document's confusions are used; again at twice as many, ..."""

TWICE = 3
"""A confusion counts from so many times on."""

SURE = 0.8
"""Confidence from which a misreading counts as seen."""

PRIOR = 1000.0
"""Weight of the model's expectation, in letters seen."""


class Adaptation:
    """The confusions of one document so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seen: Counter[tuple[str, str]] = Counter()
        self._letters: Counter[str] = Counter()
        self._due = ENOUGH

    def learn(self, edits: Sequence[Edit], text: str) -> bool:
        """Count what was misread in a block; tell whether it is time to adapt.

        Args:
            edits: Made in the block by the decoder; only one letter for another counts. Without
                any the block is left out.
            text: The block as corrected.
        """
        if not edits:
            return False
        self._letters.update(text)
        self.seen.update(
            (edit.observed, edit.replacement)
            for edit in edits
            if edit.confidence >= SURE and len(edit.observed) == len(edit.replacement) == 1
        )
        if self.seen.total() < self._due:
            return False
        self._due = 2 * self.seen.total()
        return True

    def costs(
        self, entries: Sequence[tuple[str, str, float]]
    ) -> tuple[list[tuple[str, str, float]], int]:
        """The model's confusions with the document's own made cheaper, and how many were.

        Args:
            entries: (observed, intended, cost in nats).
        """
        out = []
        changed = 0
        for observed, intended, cost in entries:
            times = self.seen[observed, intended]
            if times >= TWICE:
                expected = PRIOR * math.exp(-cost)
                own = -math.log((times + expected) / (self._letters[intended] + times + PRIOR))
                if own < cost:
                    cost = own
                    changed += 1
            out.append((observed, intended, cost))
        return out, changed
