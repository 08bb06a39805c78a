"""Document memory: what one place of a document teaches about its other places.

Terms are sought in all of a section at once, so that how often a reading stands in it counts.
What a well anchored place has shown to be a misreading is then one wherever it stands beside the
same letters, in the rest of the document too. Memory is bounded: the newest `MOST` series stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import prod
from typing import NamedTuple

from thaifix.correct.decision import Decision
from thaifix.correct.options import Options
from thaifix.correct.stages.terms import FEATURES, Candidate, Terms, features
from thaifix.correct.windows import Scanned
from thaifix.kernel.symbols import encode
from thaifix.model.phrases import Index
from thaifix.text.edit import Edit, Flag, apply, compose, trim
from thaifix.text.protect import KeepList, protected_spans
from thaifix.text.script import starts_cluster

ROUNDS = 3
"""A corrected gap is an anchor for the next; so many times."""

SURE = 0.9
"""Confidence from which one place alone teaches."""

BESIDE = 4
"""Letters beside a misreading that must be the same in its other places."""

DOUBTFUL = 0.1
"""Confidence from which a place counts as a place of a series."""

SHARE = 0.75
"""Weight of each place of a series against one that is independent of the others."""

GAIN = 3.0
"""Nats that the language model must save at another place."""

MOST = 1000
"""Misreadings that a document remembers."""

ANCHORS = 24
"""Letters of a term around a misreading that make a less sure place teach, too."""

APART = 3
"""Letters in which a misreading that is remembered differs, at least."""


class Part:
    """A block as it is so far; what is derived from its text is derived when it is needed."""

    def __init__(
        self,
        text: str,
        keep: KeepList | None,
        scanned: Scanned | None = None,
        protected: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        """Take a text, the words never to touch, and its scan and protected spans if at hand."""
        self.text = text
        self.keep = keep
        self.scanned = scanned
        self._protected = protected
        self._whole: Sequence[tuple[int, int, int]] | None = None

    @cached_property
    def symbols(self) -> bytes:
        """The text, encoded."""
        return encode(self.text)

    def whole(self, terms: Terms) -> Sequence[tuple[int, int, int]]:
        """The phrases that the text has as they are: start, end, number."""
        if self._whole is None:
            self._whole = terms.index.strings.find(self.symbols)
        return self._whole

    @property
    def protected(self) -> Sequence[tuple[int, int]]:
        """Spans that must not change."""
        if self._protected is None:
            self._protected = protected_spans(self.text, self.keep)
        return self._protected


class Series(NamedTuple):
    """A misreading that a document repeats."""

    observed: str
    intended: str
    before: str  # what stands before it, or ...
    after: str  # ... after it, "" if that is no part of the term
    confidence: float
    entry: str


class Memory:
    """What a document has taught so far."""

    def __init__(self, options: Options, table: Mapping[str, object]) -> None:
        """Begin with nothing.

        Args:
            options: `document_memory` off leaves each place to itself.
            table: Weights and thresholds for candidates of terms.
        """
        self._decision = Decision(table, FEATURES)
        self._threshold = self._decision.threshold(options)
        self._remember = options.document_memory
        self._series: dict[tuple[str, str, str], Series] = {}

    def correct(self, parts: Sequence[Part], terms: Terms) -> tuple[tuple[Edit, ...], list[Flag]]:
        """Correct the terms of a section.

        Args:
            parts: Its blocks, letters corrected.
            terms: The phrases to look for.
        Returns:
            Edits of the joined parts, and flags with spans of them.
        """
        edits: tuple[Edit, ...] = ()
        flags: list[Flag] = []
        parts = list(parts)
        fresh = list(range(len(parts)))  # parts that were not looked at since they last changed
        familiar = None
        if self._remember:
            familiar = terms.index.familiar(chain.from_iterable(p.whole(terms) for p in parts))
        for _ in range(ROUNDS):
            text = "".join(part.text for part in parts)
            begins = _begins(parts)
            candidates = [
                c._replace(start=c.start + begins[i], end=c.end + begins[i])
                for i in fresh
                for c in _candidates(parts[i], terms, familiar)
            ]
            found, suspects = self._choose(candidates, text, terms)
            if not edits:
                flags = suspects
            if self._remember:
                found = self._recall(found, text, parts, begins, terms)
            if not found:
                break
            edits = compose(edits, found)
            parts, fresh = _edited(parts, begins, found)
        return edits, flags

    def _choose(
        self, candidates: Sequence[Candidate], text: str, terms: Terms
    ) -> tuple[list[Edit], list[Flag]]:
        """The surest candidates that do not touch each other, as edits; the unsafe as flags."""
        alone = [(self._decision.confidence(features(c, text)), c) for c in candidates]
        pooled = _pooled(alone, text) if self._remember else alone
        judged = [item for item in pooled if item[0] >= self._threshold]
        judged.sort(key=lambda item: (-item[0], item[1].start, item[1].end, item[1].intended))
        edits: list[Edit] = []
        flags: list[Flag] = []
        taken: list[tuple[int, int]] = []
        for confidence, c in judged:
            if any(start <= c.end and c.start <= end for start, end in taken):
                continue
            taken.append((c.start, c.end))
            if terms.unsafe(c):
                if c.whole:
                    flags.append(Flag(c.start, c.end, "unsafe_neighbour", c.phrase))
                continue
            edit = _edit(c, confidence)
            if edit is None:
                continue
            edits.append(edit)
            if self._remember:
                self._learn(c, text, confidence)
        return sorted(edits), flags

    def _learn(self, c: Candidate, text: str, confidence: float) -> None:
        from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

        apart = Levenshtein.distance(c.observed, c.intended)
        if (confidence < SURE and c.left + c.right < ANCHORS) or apart < APART or not c.observed:
            return
        before = text[c.start - min(c.left, BESIDE) : c.start]
        after = text[c.end : c.end + min(c.right, BESIDE)]
        series = Series(c.observed, c.intended, before, after, confidence, c.entry)
        self._series.pop((c.observed, before, after), None)
        self._series[c.observed, before, after] = series
        if len(self._series) > MOST:
            del self._series[next(iter(self._series))]

    def _recall(
        self,
        found: Sequence[Edit],
        text: str,
        parts: Sequence[Part],
        begins: Sequence[int],
        terms: Terms,
    ) -> list[Edit]:
        """Add what is remembered, where it stands beside the same letters."""
        if not self._series:
            return list(found)
        taken = [(e.start, e.end) for e in found]
        for part, begin in zip(parts, begins, strict=True):
            taken += [(a + begin, b + begin) for a, b in part.protected]
        edits = list(found)
        for series in self._series.values():
            for match in re.finditer(re.escape(series.observed), text):
                start, end = match.span()
                before = series.before and text.endswith(series.before, 0, start)
                after = series.after and text.startswith(series.after, end)
                beside = before or after if series.intended else before and after
                if not beside or not starts_cluster(text, end):
                    continue
                if any(a <= end and start <= b for a, b in taken):
                    continue
                if any(start < begin < end for begin in begins):
                    continue
                gain = terms.gain(text, start, end, series.intended)
                if gain < GAIN:
                    continue
                taken.append((start, end))
                edits.append(
                    trim(
                        Edit(
                            start, end, series.intended, round(gain, 2),
                            round(series.confidence, 4), "recall", series.entry, series.observed,
                        )
                    )
                )  # fmt: skip
        return sorted(edits)


def _pooled(judged: Sequence[tuple[float, Candidate]], text: str) -> list[tuple[float, Candidate]]:
    """Let the places where one reading may be a misreading of another bear each other out.

    They must stand beside the same letters, and the text must hold the other reading there, too:
    else the reading may be another name. Each place but counts as a share of an independent one.
    """
    series: defaultdict[tuple[str, str, str, str], list[tuple[float, int]]] = defaultdict(list)
    for confidence, c in judged:
        if confidence >= DOUBTFUL:
            series[_series(c, text)].append((confidence, c.start))
    out = []
    for confidence, c in judged:
        places = series.get(_series(c, text), ())
        if confidence >= DOUBTFUL and len({start for _, start in places}) > 1:
            before, _, intended, after = _series(c, text)
            if text.count(before + intended + after) > 1:
                doubt = prod((1 - p) ** SHARE for p, _ in places)
                confidence = max(confidence, 1 - doubt)
        out.append((confidence, c))
    return out


def _series(c: Candidate, text: str) -> tuple[str, str, str, str]:
    """What stands before a gap, in it, what should, and what stands after it."""
    before = text[c.start - min(c.left, BESIDE) : c.start]
    after = "" if before else text[c.end : c.end + min(c.right, BESIDE)]
    return before, c.observed, c.intended, after


def _candidates(part: Part, terms: Terms, familiar: Index | None) -> list[Candidate]:
    scanned = part.scanned or terms.scan(part.symbols)
    found = terms.candidates(part.text, part.symbols, scanned, part.whole(terms), familiar)
    return [c for c in found if not any(a < c.end and c.start < b for a, b in part.protected)]


def _begins(parts: Sequence[Part]) -> list[int]:
    begins, at = [], 0
    for part in parts:
        begins.append(at)
        at += len(part.text)
    return begins


def _edited(
    parts: Sequence[Part], begins: Sequence[int], edits: Sequence[Edit]
) -> tuple[list[Part], list[int]]:
    """The parts after edits, and the indices of those that changed."""
    out: list[Part] = []
    changed: list[int] = []
    for i, (part, begin) in enumerate(zip(parts, begins, strict=True)):
        end = begin + len(part.text)
        mine = [e for e in edits if begin <= e.start < end]
        if mine:
            text = apply(
                part.text, [e._replace(start=e.start - begin, end=e.end - begin) for e in mine]
            )
            part = Part(text, part.keep)
            changed.append(i)
        out.append(part)
    return out, changed


def _edit(c: Candidate, confidence: float) -> Edit | None:
    """A candidate as an edit that leaves line ends where they are."""
    intended = c.intended
    if "\n" in c.observed:
        from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

        gap = re.search(r"\s*\n\s*", c.observed)
        assert gap
        before, after = c.observed[: gap.start()], c.observed[gap.end() :]
        if "\n" in after:
            return None
        cut = min(
            (i for i in range(len(intended) + 1) if starts_cluster(intended, i)),
            key=lambda i: (
                Levenshtein.distance(before, intended[:i])
                + Levenshtein.distance(after, intended[i:])
            ),
        )
        intended = intended[:cut].rstrip() + gap[0] + intended[cut:].lstrip()
    return trim(
        Edit(
            c.start, c.end, intended, round(c.gain, 2), round(confidence, 4), "term",
            c.entry, c.observed,
        )
    )  # fmt: skip
