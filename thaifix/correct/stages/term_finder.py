"""Finding terms: phrases that a text has but for one gap, where it was misread fluently.

The letters of a fluent misreading are real words, so that only the rest of the phrase tells. A
phrase is divided into atoms: its words, and the words that those consist of. The kernel finds the
places where atoms of a phrase stand around a gap that reads otherwise and is less likely than the
phrase. Here each place is measured: what the language model gains, how much the letters differ,
how far the anchors reach, what else the document says.

The constants were found by trial, on misreadings planted in held-out clean text
(`training.terms`): what brings more of them back at equal harm. The decision's weights were
calibrated under them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from thaifix.correct.stages.term_features import BESIDE, Candidate
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import FIRST_WORD, UNKNOWN, encode
from thaifix.model.decoder import Scan
from thaifix.model.phrases import Index, Scanned
from thaifix.text.lazy import pattern

DEAR_WORD = 9.0
"""Cost in nats of a word, from which a gap is looked for there."""

ANCHOR_LETTERS = 5
"""Letters of a phrase that stand beside its gap, at least."""

STRONG_ANCHOR_LETTERS = 18
"""The same if other parts of the phrase are missing, too."""

LEAST_GAIN = 8.0
"""Nats that a phrase must save, before the two corrections below."""

GAIN_PER_DIFFERENCE = 2.0
"""Nats that it must save more for every letter that the two readings do not share."""

GAIN_PER_ANCHOR_LETTER = 0.25
"""Nats that it must save less for every letter of its anchors."""

MOST_ANCHOR_LETTERS = 60
"""Letters of the anchors that count, at most."""

ROUGHLY = 2.0
"""Nats by which the kernel's estimate of what is saved may be too low."""

SAFE_SHARE = 0.6
"""A candidate is unsafe if the observed letters belong to a phrase, too, of which so large a share
of the candidate's anchor letters stands beside them."""

_CONTEXT = 24  # code points on each side of a gap whose cost is compared; by judgement
_MOST_LOST = 3  # letters that a word too many or too few counts for, at most; by judgement
_THAI = pattern("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e\\s]*")

_Gaps = Mapping[tuple[int, int, str], "_Gap"]  # by start, end and what a phrase has there


class _Gap(NamedTuple):
    """What the best anchored phrase says of a gap."""

    phrase: str
    entry: str  # its id
    left: int  # letters of the phrase before the gap
    right: int  # ... and after it
    whole: bool  # the phrase has no others
    refund: float  # nats that a familiar phrase did not have to pay


class TermFinder:
    """The gaps of one model's phrases in texts. Safe to share between threads.

    Attributes:
        index: The phrases.
        own: Ids of the user's own entries: they were given to be found.
        scans_as_the_reader: Whether `scan` gives what the reader of letters has scanned already:
            without entries of the user, which are words for the reader alone.
    """

    def __init__(
        self,
        phrases: Scanned,
        decoder: Decoder,
        plain: Decoder,
        cuts: Any,
        own: frozenset[str] = frozenset(),
    ) -> None:
        """Index the phrases.

        Args:
            phrases: Of all lexicons; of equal phrases the first counts.
            decoder: Tells what a text costs.
            plain: Scanned the phrases, scans the texts: the same without the user's entries.
            cuts: A bit mask for each word of the model: where it can be divided.
            own: Ids of the user's own entries.
        """
        self.index = Index(phrases, cuts)
        self.scans_as_the_reader = plain is decoder
        self.own = own
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

    def scan(self, symbols: bytes) -> Scan:
        """Scan a text as `candidates` needs it."""
        return Scan(*self._plain.scan(symbols))

    def knows(self, text: str) -> bool:
        """Whether all words of a text are in the vocabulary; so are those of an empty one. O(n)."""
        return UNKNOWN not in self._plain.scan(encode(text))[1]

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
        return c.known - len(c.observed) >= SAFE_SHARE * (c.left + c.right)

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
        scan: Scan,
        held: Sequence[tuple[int, int, int]],
        familiar: Index | None = None,
    ) -> list[Candidate]:
        """The gaps of a text, the best supported reading of each place first.

        Args:
            text: Normalised.
            symbols: The same, encoded.
            scan: The same, as `scan` gives it.
            held: The phrases that the text has as they are: what `index.strings` found.
            familiar: Phrases that the document is known to use.
        """
        measured = self._measured(self._gaps(text, symbols, scan, familiar), text, scan)
        measured.sort(key=lambda c: (-_support(c), c.start, c.end, c.intended))
        supports = list(map(_support, measured))
        longest = max((end - start for start, end, _ in held), default=0)
        rivals = _Rivals(measured, supports, text)
        return [
            c._replace(
                ahead=support - rivals.support_against(c),
                known=_known(c, held, longest),
                rare=self._cost(c.observed),
                optional=self._optional(c),
                unique=self._unique(c),
            )
            for c, support in zip(measured, supports, strict=True)
        ]

    def _gaps(self, text: str, symbols: bytes, scan: Scan, familiar: Index | None) -> _Gaps:
        """What the kernel finds, each place and reading once."""
        gaps: dict[tuple[int, int, str], _Gap] = {}
        for index in filter(None, (self.index, familiar)):
            found = index.kernel.find(
                symbols, *scan, DEAR_WORD, ANCHOR_LETTERS, STRONG_ANCHOR_LETTERS, LEAST_GAIN,
                GAIN_PER_ANCHOR_LETTER, GAIN_PER_DIFFERENCE, anchor_symbols=MOST_ANCHOR_LETTERS,
                word_apart=_MOST_LOST,
            )  # fmt: skip
            texts, ids = index.phrases.texts, index.phrases.ids
            for phrase, first, last, start, end, left, right, whole, gain, paid in found:
                intended = index.joined[first:last]
                # What a phrase begins with is as dear as ever; what follows in it is not.
                refund = paid * index.refund / (1 - index.refund)
                if not left:
                    gain, refund = gain - refund, 0.0
                if gain + ROUGHLY < _needed(text[start:end], intended, left + right):
                    continue
                gap = gaps.get((start, end, intended))
                if gap is None or gap.left + gap.right < left + right:
                    refund = max(refund, gap.refund) if gap else refund
                    gap = _Gap(texts[phrase], ids[phrase], left, right, whole, refund)
                gaps[start, end, intended] = gap._replace(refund=max(refund, gap.refund))
        return gaps

    def _measured(self, gaps: _Gaps, text: str, scan: Scan) -> list[Candidate]:
        """The gaps whose phrase saves enough, measured in their surroundings."""
        starts = scan.starts
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
        return measured

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
    before = text[start - min(left, BESIDE) : start]
    after = text[end : end + min(right, BESIDE)]
    return text.count(before + text[start:end] + after) > 1 < text.count(before + after)


def _needed(observed: str, intended: str, anchors: int) -> float:
    """What a phrase must save, in nats, with so many letters beside the gap."""
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    apart = Levenshtein.distance(observed, intended)
    if not (observed and intended):
        apart = min(apart, _MOST_LOST)
    letters = min(anchors, MOST_ANCHOR_LETTERS)
    return LEAST_GAIN + GAIN_PER_DIFFERENCE * apart - GAIN_PER_ANCHOR_LETTER * letters


def _support(c: Candidate) -> float:
    return c.gain - _needed(c.observed, c.intended, c.left + c.right)


def _known(c: Candidate, held: Sequence[tuple[int, int, int]], longest: int) -> int:
    """Letters of the longest phrase around a candidate; `held` is sorted by where it begins."""
    first = bisect_left(held, (c.end - longest,))
    end = bisect_left(held, (c.start + 1,))
    return max((b - a for a, b, _ in held[first:end] if c.end <= b), default=0)


class _Rivals:
    """The candidates of a text, by their place.

    Args:
        candidates: The best supported first.
        supports: Their support.
        text: The text.
    """

    def __init__(
        self, candidates: Sequence[Candidate], supports: Sequence[float], text: str
    ) -> None:
        self._candidates, self._supports, self._text = candidates, supports, text
        self._places = sorted((c.start, rank) for rank, c in enumerate(candidates))
        self._longest = max((c.end - c.start for c in candidates), default=0)

    def support_against(self, c: Candidate) -> float:
        """Support of the best supported candidate that touches one and says otherwise.

        Time: that of the candidates around it.
        """
        first = bisect_left(self._places, (c.start - self._longest, 0))
        end = bisect_left(self._places, (c.end + 1, 0))
        for rank in sorted(rank for _, rank in self._places[first:end]):
            other = self._candidates[rank]
            if c.start <= other.end:
                lo, hi = min(c.start, other.start), max(c.end, other.end)
                if _applied(c, self._text, lo, hi) != _applied(other, self._text, lo, hi):
                    return self._supports[rank]
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
