"""Families of engines: what each does to letters, beside the pages that the model has learned from.

The model's confusions were counted on scanned pages. Other recognisers take other letters for one
another. Their profiles lie in `engines/`, where `thaifix.noise` finds them too; a name here is the
name there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from thaifix.model.confusion import LONGEST_INTENDED, LONGEST_OBSERVED, is_allowed

SCAN = "scan"
"""Engines that look at scanned pages, as Tesseract: the model's own confusions."""

LETTER_SPACED = "letter-spaced"
"""The same, with a space between most letters."""

PDF_LAYER = "pdf-layer"
"""Text layers of PDF files, whose fonts draw marks as glyphs of their own. Their letters are right,
so that they have no confusions of their own."""

FAMILIES = (SCAN, LETTER_SPACED, PDF_LAYER, "vlm", "paddle")
"""All families. `vlm` are vision-language models, `paddle` are PaddleOCR, EasyOCR and the like."""

SHARE = 0.5
"""Share of a family in the mixture that is made for its documents: the model's confusions have the
rest. By judgement."""

PROFILES = Path(__file__).with_name("engines")
"""The folder of the profiles."""


@cache
def confusions(family: str) -> Mapping[tuple[str, str], float]:
    """P(observed | intended) of a family, where it differs from the model; none of `SCAN`.

    Returns:
        By (observed, intended), strings that the confusion model can have.
    """
    if family in (SCAN, LETTER_SPACED, PDF_LAYER):
        return {}
    profile = json.loads(PROFILES.joinpath(f"{family}.json").read_text(encoding="utf-8"))
    return {
        (observed, intended): times / profile["seen"][intended]
        for intended, readings in profile["letters"].items()
        for observed, times in readings.items()
        if intended in profile["seen"]
        and intended.strip()
        and len(intended) <= LONGEST_INTENDED
        and len(observed) <= LONGEST_OBSERVED
        and is_allowed(observed, intended)
    }


def mixed(
    entries: Sequence[tuple[str, str, float]], family: str
) -> Sequence[tuple[str, str, float]]:
    """The confusions for documents of a family: no cost rises, and what the model has not is added.

    Args:
        entries: The model's: (observed, intended, cost in nats).
        family: One of `FAMILIES`.
    Returns:
        `entries` themselves if the family has no confusions of its own.
    """
    own = confusions(family)
    if not own:
        return entries
    costs = {(observed, intended): cost for observed, intended, cost in entries}
    for pair, probability in own.items():
        costs[pair] = min(-math.log(SHARE * probability), costs.get(pair, math.inf))
    return [(observed, intended, cost) for (observed, intended), cost in costs.items()]
