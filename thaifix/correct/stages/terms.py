"""Terms: whole phrases that a text has but for one gap, where it was misread fluently.

The letters of a fluent misreading are real words, so that only the rest of the phrase tells. A
phrase is divided into atoms (its words, and those into the words they consist of). The kernel
finds the places where atoms of a phrase stand around a gap that reads otherwise and is less likely
than the phrase; here each is measured: what the language model gains, how much the letters differ,
how far the anchors reach, what else the document says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from math import log1p
from typing import Any, NamedTuple

from thaifix.correct import windows
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import FIRST_WORD, encode
from thaifix.model.confusion import LOOK_ALIKES
from thaifix.model.phrases import Index, Scanned

DEAR = 9.0
"""A gap is looked for where a word costs at least this, in nats."""

ANCHORED = 5
"""Letters of a phrase that must stand beside a gap, at least ..."""

STRONG = 18
"""... and so many if other parts of the phrase are missing too."""

LEAST = 8.0
"""Nats that a phrase must save, and ..."""

ALIKE = 2.0
"""... so many more for every letter that the two readings do not share, ..."""

ANCHOR = 0.25
"""... and so many less for every letter of its anchors."""

ROUGH = 2.0
"""Nats by which the kernel's estimate of what is saved may err."""

SAFE = 0.6
"""Share of a candidate's anchors that a phrase of the observed letters must not have."""

FILLER = 8.0
"""A word that costs less than this alone, in nats, stands between any others."""

_CONTEXT = 24  # code points around a gap whose cost is compared
_BESIDE = 6  # code points of the anchors that other places of a document are searched for
_THAI = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e\\s]*")
_SHAPE = str.maketrans(
    {letter: group[0] for group in reversed(LOOK_ALIKES) for letter in group}
)  # letters that look alike become one


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


class _Gap(NamedTuple):
    """What the best anchored phrase says of a gap."""

    phrase: str
    entry: str
    left: int
    right: int
    whole: bool
    refund: float


FEATURES = (
    "one", "gain", "much", "distance", "far", "shape", "alike", "anchors", "held", "both", "whole",
    "near", "short", "lost", "extra", "ahead", "seen", "letters",
    "filler", "optional", "rival", "loose", "spaced", "echo", "unique", "surely",
)  # fmt: skip
"""Names of the features of a candidate, in the order of `features`."""


class Terms:
    """The gaps of one model's phrases in texts."""

    def __init__(self, phrases: Scanned, decoder: Decoder, plain: Decoder, cuts: Any) -> None:
        """Index the phrases.

        Args:
            phrases: Of all lexicons; of equal phrases the first counts.
            decoder: Tells what a text costs.
            plain: Scanned the phrases, scans the texts: the same without the user's entries.
            cuts: A bit mask for each word of the model: where it can be divided.
        """
        self.index = Index(phrases, cuts)
        self._decoder = decoder
        self._plain = plain
        self._cuts = cuts

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(self.index.phrases.texts)

    @cached_property
    def _forward(self) -> list[str]:
        return sorted(self._texts)

    @cached_property
    def _backward(self) -> list[str]:
        return sorted(text[::-1] for text in self._texts)

    def scan(self, symbols: bytes) -> windows.Scanned:
        """Scan a text as `candidates` needs it."""
        return self._plain.scan(symbols)

    def divisions(self, text: str) -> list[int]:
        """Where a phrase can be divided: the bounds of its atoms but for its ends. O(n)."""
        starts, words, _ = self._plain.scan(encode(text))
        found = []
        for start, end, word in zip(starts, [*starts[1:], len(text)], words, strict=True):
            mask = (
                self._cuts[word - FIRST_WORD]
                if FIRST_WORD <= word < FIRST_WORD + len(self._cuts)
                else 0
            )
            found += [start, *(at for at in range(start + 1, end) if mask >> (at - start) & 1)]
        return found[1:]

    def unsafe(self, c: Candidate) -> bool:
        """Whether the observed letters, too, belong to a phrase, with anchors about as long."""
        return c.known - len(c.observed) >= SAFE * (c.left + c.right)

    def _optional(self, c: Candidate) -> bool:
        """Whether the phrase without the gap, which is at one of its ends, is a phrase too."""
        text = c.phrase
        if not c.left and text.startswith(c.intended):
            return text[len(c.intended) :].lstrip() in self._texts
        if not c.right and text.endswith(c.intended):
            return text[: -len(c.intended)].rstrip() in self._texts
        return False

    def _unique(self, c: Candidate) -> bool:
        """Whether all phrases that begin (end) like this one have its word there, too."""
        text = c.phrase
        if not c.right and text.endswith(c.intended):
            return _continues(self._forward, text[: len(text) - len(c.intended)], c.intended)
        if not c.left and text.startswith(c.intended):
            return _continues(self._backward, text[len(c.intended) :][::-1], c.intended[::-1])
        return c.left > 0 < c.right

    def candidates(
        self,
        text: str,
        symbols: bytes,
        scanned: windows.Scanned,
        held: Sequence[tuple[int, int, int]],
        familiar: Index | None = None,
    ) -> list[Candidate]:
        """The gaps of a text, the best supported reading of each place first.

        Args:
            text: Normalised.
            symbols: The same, encoded.
            scanned: The same, scanned.
            held: The phrases that the text has as they are: what `index.strings` found.
            familiar: Phrases that the document is known to use.
        """
        starts, words, costs = scanned
        gaps: dict[tuple[int, int, str], _Gap] = {}
        for index in filter(None, (self.index, familiar)):
            for (
                phrase,
                first,
                last,
                start,
                end,
                left,
                right,
                whole,
                gain,
                paid,
            ) in index.kernel.find(
                symbols, starts, words, costs, DEAR, ANCHORED, STRONG, LEAST, ANCHOR, ALIKE
            ):
                intended = index.joined[first:last]
                # What a phrase begins with is as dear as ever; what follows in it is not.
                refund = paid * index.refund / (1 - index.refund)
                if not left:
                    gain, refund = gain - refund, 0.0
                if gain + ROUGH < _needed(text[start:end], intended, left + right):
                    continue
                gap = gaps.get((start, end, intended))
                if gap is None or gap.left + gap.right < left + right:
                    refund = max(refund, gap.refund) if gap else refund
                    texts, ids = index.phrases.texts, index.phrases.ids
                    gap = _Gap(texts[phrase], ids[phrase], left, right, whole, refund)
                gaps[start, end, intended] = gap._replace(refund=max(refund, gap.refund))
        if not gaps:
            return []
        before: dict[tuple[int, int], float] = {}
        measured = []
        for (start, end, intended), gap in gaps.items():
            if not _THAI.fullmatch(text, start, end):
                continue
            if not intended and not _repeated(text, start, end, gap.left, gap.right):
                continue
            lo = starts[max(0, bisect_left(starts, start - _CONTEXT) - 1)]
            at = bisect_left(starts, end + _CONTEXT)
            hi = starts[at] if at < len(starts) else len(text)
            if (lo, hi) not in before:
                before[lo, hi] = self._cost(text[lo:hi])
            gain = before[lo, hi] - self._cost(text[lo:start] + intended + text[end:hi])
            found = Candidate(
                start, end, text[start:end], intended, gap.phrase, gap.entry, gap.left,
                gap.right, gap.whole, gain + gap.refund, 0.0, 0, 0.0, False, False,
            )  # fmt: skip
            if _support(found) > 0:
                measured.append(found)
        if not measured:
            return []
        measured.sort(key=lambda c: (-_support(c), c.start, c.end, c.intended))
        supports = list(map(_support, measured))
        return [
            c._replace(
                ahead=support - _rival(c, measured, supports, text),
                known=max((b - a for a, b, _ in held if a <= c.start and c.end <= b), default=0),
                rare=self._cost(c.observed),
                optional=self._optional(c),
                unique=self._unique(c),
            )
            for c, support in zip(measured, supports, strict=True)
        ]

    def gain(self, text: str, start: int, end: int, intended: str) -> float:
        """What the language model saves, in nats, if `intended` stands at a span."""
        lo, hi = max(0, start - _CONTEXT), end + _CONTEXT
        return self._cost(text[lo:hi]) - self._cost(text[lo:start] + intended + text[end:hi])

    def _cost(self, text: str) -> float:
        return sum(self._decoder.scan(encode(text))[2])


def _repeated(text: str, start: int, end: int, left: int, right: int) -> bool:
    """Whether a word too many stands there twice, or in the same place of the text once more.

    Engines repeat words and misread one as two time and again; people add words that they mean.
    """
    word = "".join(text[start:end].split())
    if text.endswith(word, 0, start) or text.startswith(word, end):
        return True
    before = text[start - min(left, _BESIDE) : start]
    after = text[end : end + min(right, _BESIDE)]
    return text.count(before + text[start:end] + after) > 1 < text.count(before + after)


def _inner_spaces(text: str) -> int:
    return max(len(text.split()) - 1, 0)


def _needed(observed: str, intended: str, anchors: int) -> float:
    """What a phrase must save, in nats, with so many letters beside the gap."""
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    apart = Levenshtein.distance(observed, intended)
    if not (observed and intended):
        apart = min(apart, 3)  # a word too many or too few
    return LEAST + ALIKE * apart - ANCHOR * min(anchors, 60)


def _support(c: Candidate) -> float:
    return c.gain - _needed(c.observed, c.intended, c.left + c.right)


def _rival(
    c: Candidate, others: Sequence[Candidate], supports: Sequence[float], text: str
) -> float:
    """Support of the best supported candidate that says otherwise; `others` are sorted by it."""
    for other, support in zip(others, supports, strict=True):
        if other.start <= c.end and c.start <= other.end:
            lo, hi = min(c.start, other.start), max(c.end, other.end)
            if _applied(c, text, lo, hi) != _applied(other, text, lo, hi):
                return support
    return 0.0


def _applied(c: Candidate, text: str, lo: int, hi: int) -> str:
    return "".join((text[lo : c.start] + c.intended + text[c.end : hi]).split())


def _continues(texts: Sequence[str], begin: str, rest: str) -> bool:
    """Whether all of the sorted texts that begin so go on so."""
    at = bisect_left(texts, begin)
    while at < len(texts) and texts[at].startswith(begin):
        if not texts[at].startswith(rest, len(begin)):
            return False
        at += 1
    return True


def features(c: Candidate, text: str) -> list[float]:
    """What the decision knows of a candidate in its document, in the order of `FEATURES`."""
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    observed, intended = "".join(c.observed.split()), "".join(c.intended.split())
    most = max(len(observed), len(intended))
    distance = Levenshtein.distance(observed, intended)
    shape = Levenshtein.distance(observed.translate(_SHAPE), intended.translate(_SHAPE))
    anchors = min(c.left + c.right, 60)
    before = text[c.start - min(c.left, _BESIDE) : c.start]
    after = text[c.end : c.end + min(c.right, _BESIDE)]
    far = distance > 3
    seen = text.count(before + c.intended + after)
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
        log1p(min(seen, 20)),
        min(len(intended), 12) / 6,
        not intended and c.rare < FILLER,
        c.optional,
        max(c.known - len(c.observed), 0) / max(c.left + c.right, 1),
        (not (c.left and c.right)) * distance / most,
        _inner_spaces(c.observed) > _inner_spaces(c.intended),
        min(seen, 3) * (min(c.left, c.right) >= 3),
        c.unique,
        c.unique * far * anchors / 10,
    ]
