"""An engine made up for tests, and chance that is known beforehand."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from thaifix.model.phrases import Scanned
from thaifix.noise.draws import Draws
from thaifix.noise.engines import Engine, Margin, PageQuality
from thaifix.noise.fluent import KnownTerms

TOY = Engine(
    name="toy",
    origin="made up",
    rate=0.1,
    page_length=1000,
    seen=dict.fromkeys("กขค ", 1_000_000),
    letters={"ก": {"ถ": 1_000_000}, "ค": {"ค้": 500_000}},
    pages=(PageQuality(1.0, 0.0, 0.0),),
    line=(1.0,),
    garbled=0.0,
    before=Margin({}, (1.0,)),
    after=Margin({"- ": 1}, (3.0,)),
    lines={},
    longest_lost=0,
    fluent={},
)
"""Misreads every ก, and half of the ค get a mark."""

SILENT = replace(TOY, letters={})
"""Misreads nothing."""


def silent(**changes: Any) -> Engine:
    """An engine that makes no noise but what is asked for."""
    return replace(SILENT, **changes)


class Known(Draws):
    """Gives the numbers that it was given, one after the other."""

    def __init__(self, *numbers: float) -> None:
        super().__init__()
        self._numbers = list(numbers)

    def random(self) -> float:
        return self._numbers.pop(0)


class Always(Draws):
    """Gives one number again and again."""

    def __init__(self, number: float) -> None:
        super().__init__()
        self._number = number

    def random(self) -> float:
        return self._number


def known_terms(terms: Sequence[Sequence[str]]) -> KnownTerms:
    """Terms, each given as the words that it is divided into."""
    texts = ["".join(term) for term in terms]
    ends, starts = array("i"), array("i")
    at = 0
    for term in terms:
        for word in term:
            starts.append(at)
            at += len(word)
        ends.append(at)
        starts.append(at)  # a line end stands between two phrases
        at += 1
    nothing = array("I", [0] * len(starts)), array("f", [0.0] * len(starts))
    return KnownTerms(Scanned(texts, texts, ends, starts, *nothing))
