"""What a rule has found: a number that another place proves wrong, or a contradiction."""

from __future__ import annotations

from math import log
from typing import NamedTuple

from thaifix.text.edit import Edit, Flag

Span = tuple[int, int]
"""Half-open, in code points of the text."""


class Finding(NamedTuple):
    """A span, and what should stand there.

    Attributes:
        span: Of the text that the rule was given.
        replacement: What is proved; None if nothing is, and the place is flagged.
        reason: The rule's name.
        confidence: 0 to 1, of a proved reading.
        proof: The place that proves it, or contradicts it.
        note: Of a flag.
    """

    span: Span
    replacement: str | None
    reason: str
    confidence: float
    proof: Span
    note: str = ""

    def edit(self, text: str) -> Edit:
        """The edit of a finding with a replacement; its margin are the confidence's log odds."""
        assert self.replacement is not None
        margin = round(log(self.confidence / (1 - self.confidence)), 2)
        start, end = self.span
        return Edit(
            start, end, self.replacement, margin, self.confidence, self.reason,
            observed=text[start:end], proof=self.proof,
        )  # fmt: skip

    def flag(self) -> Flag:
        """The flag of a finding without one."""
        return Flag(*self.span, self.reason, self.note)
