"""The likeliest of a few readings of one place, by the language model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import encode

AROUND = 32
"""Code points to each side, in the same line, that a reading is scanned with, at most. By
judgement."""


class Likeliest(NamedTuple):
    """The reading that wins.

    Attributes:
        reading: The text.
        margin: By how many nats it beats the text as it stands.
        confidence: Its probability among the readings, 0 to 1.
    """

    reading: str
    margin: float
    confidence: float


def likeliest(
    decoder: Decoder, before: str, observed: str, readings: Mapping[str, float], after: str
) -> Likeliest:
    """Choose among a text as it stands and other readings of it.

    Args:
        decoder: Of the model.
        before: What stands before, repaired; only the end of its last line counts.
        observed: The text as it stands.
        readings: What else may be meant, and what it costs beyond the model's cost, in nats.
        after: What stands behind; only the beginning of its first line counts.
    Time: a scan for each reading.
    """
    left = before[-AROUND:].rpartition("\n")[2]
    right = after[:AROUND].partition("\n")[0]
    costs = {
        reading: extra + sum(decoder.scan(encode(left + reading + right))[2])
        for reading, extra in {observed: 0.0, **readings}.items()
    }
    best = min(costs, key=costs.__getitem__)
    total = sum(math.exp(costs[best] - cost) for cost in costs.values())
    return Likeliest(best, costs[observed] - costs[best], 1 / total)
