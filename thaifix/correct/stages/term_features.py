"""Candidates of terms, and what the decision knows of each."""

from __future__ import annotations

from math import log1p
from typing import NamedTuple

from thaifix.model.confusion import LOOK_ALIKES

FREQUENT = 8.0
"""Cost in nats below which a word alone stands between any others; by judgement."""

BESIDE = 6
"""Code points of the anchors that other places of a document are searched for; by judgement."""

_MOST_SEEN = 20
"""Places of a document that are told apart by number; by judgement."""

_SHAPE = str.maketrans(
    {letter: group[0] for group in reversed(LOOK_ALIKES) for letter in group}
)  # letters that look alike become one

FEATURES = (
    "one", "gain", "much", "distance", "far", "shape", "alike", "anchors", "held", "both", "whole",
    "near", "short", "lost", "extra", "ahead", "seen", "letters",
    "filler", "optional", "rival", "loose", "spaced", "echo", "unique", "surely",
)  # fmt: skip
"""Names of the features of a candidate, in the order of `features`."""


class Candidate(NamedTuple):
    """A gap and what a phrase has there. Spans in code points of the text; costs in nats."""

    start: int
    end: int
    observed: str
    intended: str
    phrase: str
    entry: str  # its id
    left: int  # letters of the phrase that stand before the gap
    right: int  # ... and after it
    whole: bool  # the phrase has no others
    gain: float  # what the language model saves
    ahead: float  # how much better it is supported than the next best reading
    known: int  # letters of the longest phrase that the observed letters belong to
    rare: float  # what the observed letters cost alone
    optional: bool  # the phrase is one without the gap, too
    unique: bool  # no other phrase has another thing beside its anchors


def shape_of(text: str) -> str:
    """A text with one letter for all that look alike."""
    return text.translate(_SHAPE)


def features(c: Candidate, text: str) -> list[float]:
    """What the decision knows of a candidate in its document, in the order of `FEATURES`."""
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    observed, intended = "".join(c.observed.split()), "".join(c.intended.split())
    most = max(len(observed), len(intended))
    distance = Levenshtein.distance(observed, intended)
    shape = Levenshtein.distance(shape_of(observed), shape_of(intended))
    anchors = min(c.left + c.right, 60)
    before = text[c.start - min(c.left, BESIDE) : c.start]
    after = text[c.end : c.end + min(c.right, BESIDE)]
    far = distance > 3
    seen = _seen(text, before + c.intended + after)
    return [
        1.0,
        min(c.gain, 40.0) / 10,
        max(min(c.gain, 40.0) - 15, 0) / 10,
        min(distance, 10) / 4,
        far,
        min(shape, 10) / 4,
        1 - distance / most,
        anchors / 10,
        far * anchors / 10,
        min(c.left, c.right, 10) / 5,
        c.whole,
        shape <= 1,
        most <= 3 and not (c.left and c.right),
        not observed,
        not intended,
        max(min(c.ahead, 15.0), -10.0) / 10,
        log1p(seen),
        min(len(intended), 12) / 6,
        not intended and c.rare < FREQUENT,
        c.optional,
        max(c.known - len(c.observed), 0) / max(c.left + c.right, 1),
        (not (c.left and c.right)) * distance / most,
        _inner_spaces(c.observed) > _inner_spaces(c.intended),
        min(seen, 3) * (min(c.left, c.right) >= 3),
        c.unique,
        c.unique * far * anchors / 10,
    ]


def _seen(text: str, wanted: str) -> int:
    """How often a text has some letters, as far as that is told apart."""
    seen, at = 0, text.find(wanted)
    while at >= 0 and seen < _MOST_SEEN:
        seen, at = seen + 1, text.find(wanted, at + len(wanted))
    return seen


def _inner_spaces(text: str) -> int:
    return max(len(text.split()) - 1, 0)
