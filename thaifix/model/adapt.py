"""Adaptation: a document's own confusions, learned from its surest corrections.

Nobody knows what the document should say. But where the context leaves no doubt about a letter, its
misreading is counted. A misreading that the document shows more often than the model expects gets
cheaper for the rest of the document. No cost rises, and what the document does not show keeps its
cost.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from thaifix.text.edit import Edit

FIRST_ADAPTATION = 12
"""Misreadings that a document must show before it adapts for the first time; it adapts again
whenever their number has doubled. By judgement."""

TIMES_OF_A_CONFUSION = 3
"""How many times a document must show a confusion before its cost changes. By judgement."""

SURE_CONFIDENCE = 0.8
"""Confidence of an edit, 0 to 1, from which its misreading is counted. By judgement."""

PRIOR_LETTERS = 1000.0
"""Weight of the model's expectation against the document's own counts, in letters. By judgement."""


class Adaptation:
    """The confusions of one document so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seen: Counter[tuple[str, str]] = Counter()
        self._letters: Counter[str] = Counter()
        self._due = FIRST_ADAPTATION

    def learn(self, edits: Sequence[Edit], text: str) -> bool:
        """Count the misreadings of a block.

        Args:
            edits: What the decoder changed in the block. Only edits of one letter into one other
                are counted. A block without edits is not counted at all.
            text: The block as corrected.
        Returns:
            Whether it is time to adapt.
        """
        if not edits:
            return False
        self._letters.update(text)
        self.seen.update(
            (edit.observed, edit.replacement)
            for edit in edits
            if edit.confidence >= SURE_CONFIDENCE
            and len(edit.observed) == len(edit.replacement) == 1
        )
        if self.seen.total() < self._due:
            return False
        self._due = 2 * self.seen.total()
        return True

    def costs(
        self, entries: Sequence[tuple[str, str, float]]
    ) -> tuple[list[tuple[str, str, float]], int]:
        """Make the confusions cheaper that the document shows.

        Args:
            entries: The model's confusions: (observed, intended, cost in nats).
        Returns:
            The confusions in the same order, and how many of them are cheaper now.
        """
        out = []
        changed = 0
        for observed, intended, cost in entries:
            times = self.seen[observed, intended]
            if times >= TIMES_OF_A_CONFUSION:
                expected = PRIOR_LETTERS * math.exp(-cost)
                own = -math.log(
                    (times + expected) / (self._letters[intended] + times + PRIOR_LETTERS)
                )
                if own < cost:
                    cost = own
                    changed += 1
            out.append((observed, intended, cost))
        return out, changed
