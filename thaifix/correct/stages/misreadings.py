"""Known misreadings: what a lexicon says is never meant, put right wherever it stands.

A misreading of a lexicon needs no suspicion and no anchors: the entry names it. It must stand as
whole words, and what the language model thinks of the place must not contradict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.kernel.symbols import encode
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import Edit, apply, trim
from thaifix.text.matching import StringFinder
from thaifix.text.normalize import normalize
from thaifix.text.protect import KeepList, protected_spans
from thaifix.text.script import LETTERS, starts_cluster

SHORTEST_MISREADING = 3
"""Code points of a misreading, at least: what is shorter stands in too many words. By judgement."""

LEAST_GAIN = 4.0
"""Nats that the language model must save where the misreading consists of words that it knows; see
the confidences below. Elsewhere it must not prefer the misreading."""

# Confidences. Of misreadings with an unknown word or of `_LONG` letters: (right + 1) / (found + 2)
# of the 139 that 20 million characters of official text hold, all of them right. Of short ones
# that are words: 20 made-up ones stood 16,000 times for themselves in 4 million characters, and
# 4 of these places were changed wrongly, none with a gain of 8 nats; 93 % came back where they
# stood for the term. If one place in 200 is a misreading, that makes:
_SURE = 0.98
_GAINED = 0.95
_LIKELY = 0.8

_LONG = 8  # code points from which a misreading needs no more evidence; see the confidences
_MUCH = 8.0  # nats from which a gain is much; see the confidences
_CONTEXT = 16  # code points around a misreading whose cost is compared; by judgement
_AROUND = 40  # code points around it that are scanned for the bounds of words; by judgement

Scan = Callable[[bytes], tuple[Sequence[int], Sequence[int], Sequence[float]]]
"""`Decoder.scan`: start, word (0 if unknown) and cost of each token of encoded text."""


class Misreadings(Stage):
    """The known misreadings of entries. Safe to share between documents and threads."""

    guesses = True

    def __init__(self, entries: Iterable[Entry], scan: Scan) -> None:
        """Take entries.

        A string that is also a term or an alias is no misreading, and one of two terms proves
        neither.

        Args:
            entries: Of all lexicons.
            scan: Of the model's decoder.
        Time: O(letters of the entries).
        """
        self._scan = scan
        right: set[str] = set()
        meant: dict[str, Entry | None] = {}
        for entry in entries:
            right.update((entry.term, *entry.aliases))
            for raw in entry.misreadings:
                observed = apply(raw, normalize(raw))  # as the text that it is looked for in
                if len(observed) >= SHORTEST_MISREADING:
                    known = meant.setdefault(observed, entry)
                    if known and known.term != entry.term:
                        meant[observed] = None
        self._meant = {o: e for o, e in meant.items() if e and o not in right}
        self._strings = _Strings(self._meant, right)

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find the known misreadings of a section; see `edits`."""
        return Findings(self.edits(text, keep))

    def edits(self, text: str, keep: KeepList | None = None) -> list[Edit]:
        """Find the known misreadings of a text; of those that overlap, the longest.

        Args:
            text: A section of a document, normalised, its letters corrected.
            keep: The user's never-touch list.
        Returns:
            Sorted, disjoint edits of `text` with the reason `misreading` and the entry's id. They
            never change a line end. What is protected stays, unless it is part of a misreading
            (a Latin abbreviation, say).
        Time: O(n), and a short scan for each misreading.
        """
        found = [
            edit
            for start, end in _longest(self._strings.find(text))
            if (edit := self._edit(text, start, end))
        ]
        if not found:
            return []
        fixed = list(keep.spans(text)) if keep else []
        around = protected_spans(text)
        return [
            trim(e)
            for e in found
            if not any(a < e.end and e.start < b for a, b in fixed)
            and not any(a < e.end and e.start < b and (a < e.start or e.end < b) for a, b in around)
        ]

    def _edit(self, text: str, start: int, end: int) -> Edit | None:
        observed = text[start:end]
        entry = self._meant.get(observed)
        if not entry:
            return None
        words = self._words(text, start, end)
        if words is None:
            return None
        lo, hi = max(0, start - _CONTEXT), end + _CONTEXT
        gain = self._cost(text[lo:hi]) - self._cost(text[lo:start] + entry.term + text[end:hi])
        if gain < (LEAST_GAIN if words else 0.0):
            return None
        sure = not words or len(observed) >= _LONG
        confidence = _SURE if sure else _GAINED if gain >= _MUCH else _LIKELY
        return Edit(
            start, end, entry.term, round(gain, 2), confidence, "misreading", entry.id, observed
        )

    def _words(self, text: str, start: int, end: int) -> bool | None:
        """Whether all words of a span are known; None if it begins or ends within one."""
        if not (starts_cluster(text, start) and starts_cluster(text, end)):
            return None
        lo = max(0, start - _AROUND)
        starts, words, _ = self._scan(encode(text[lo : end + _AROUND]))
        ends = [*starts[1:], min(len(text), end + _AROUND) - lo]
        known = True
        for first, last, word in zip(starts, ends, words, strict=True):
            for edge in (start - lo, end - lo):
                if first < edge < last and word and text[lo + edge] in LETTERS:
                    return None
            if not word and first < end - lo and start - lo < last:
                known = False
        return known

    def _cost(self, text: str) -> float:
        return sum(self._scan(encode(text))[2])


class _Strings:
    """Finds misreadings, and the right names that hold one: such a name stands in its way."""

    def __init__(self, misreadings: Iterable[str], right: Iterable[str]) -> None:
        self._finder = StringFinder(misreadings)
        self._right = tuple(right)
        self._holding: dict[str, list[tuple[str, int]]] = {}  # by misreading, once it was found

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield spans, in no order."""
        for start, end in self._finder.find(text):
            yield start, end
            for name, at in self._names(text[start:end]):
                if at <= start and text.startswith(name, start - at):
                    yield start - at, start - at + len(name)

    def _names(self, misreading: str) -> list[tuple[str, int]]:
        """The right names that hold a misreading, with where it stands in them."""
        if misreading not in self._holding:
            places = re.compile(f"(?={re.escape(misreading)})")
            self._holding[misreading] = [
                (name, match.start())
                for name in self._right
                if misreading in name
                for match in places.finditer(name)
            ]
        return self._holding[misreading]


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that no longer one overlaps, sorted; of equal ones the first stays."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        while kept and start < kept[-1][1] and kept[-1][1] - kept[-1][0] < end - start:
            kept.pop()
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
