"""Which family of engines a document comes from, by what had to be corrected in it.

Each correction is a piece of evidence: some families make such errors often, others hardly ever.
A document is a mixture of families. The shares that explain its evidence best are found by
expectation maximisation. A family that has more than half of it lends the document its confusions;
a PDF layer makes moved marks cheap.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import mul, sub

from thaifix.correct.evidence import context_of
from thaifix.model.families import FAMILIES, LETTER_SPACED, PDF_LAYER, SCAN, confusions
from thaifix.text.edit import Edit

# P(reason | family): how often edits of `normal` had it, each once in its context. Measured on
# corpora/clean with the errors of `thaifix corrupt --engine`, three seeds; for `SCAN` on the 218
# pages that the model's confusions were counted on. What was seldom seen is by judgement; "" is all
# else, so that those of a family sum to 1.
_REASONS: Mapping[str, Mapping[str, float]] = {
    SCAN: {
        "respell": 0.559, "join_nikhahit_aa": 0.40, "strip": 0.015, "read_doubled_tone": 0.015,
        "join": 0.001, "split": 0.001, "move_mark": 0.001, "choose_mark": 0.003,
        "merge_doubled_marks": 0.002, "join_split_am": 0.001, "foreign_letter": 0.002,
    },
    LETTER_SPACED: {
        "letter_space": 0.34, "join_nikhahit_aa": 0.48, "join_parted_mark": 0.10,
        "respell": 0.05, "join_split_am": 0.02, "strip": 0.004, "join": 0.004, "": 0.002,
    },
    PDF_LAYER: {
        "move_mark": 0.45, "join_nikhahit_aa": 0.15, "join_split_am": 0.17, "turn_am": 0.09,
        "join_parted_mark": 0.03, "read_old_glyphs": 0.03, "read_latin_marks": 0.02,
        "merge_doubled_am": 0.02, "read_ring": 0.01, "respell": 0.02, "": 0.01,
    },
    "vlm": {
        "respell": 0.70, "merge_doubled_marks": 0.09, "term": 0.07, "read_lao_twins": 0.06,
        "foreign_letter": 0.03, "read_doubled_tone": 0.02, "choose_mark": 0.01,
        "join_nikhahit_aa": 0.002, "": 0.018,
    },
    "paddle": {
        "respell": 0.95, "join_nikhahit_aa": 0.03, "choose_mark": 0.01, "move_mark": 0.004,
        "merge_doubled_marks": 0.002, "": 0.004,
    },
}  # fmt: skip

LEAST_LIKELY = 1e-4
"""P(reason | family) of what a family was not seen to do. By judgement."""

LEAST_CONFUSED = 1e-4
"""Share of a confusion among those of one letter with another, for a family that does not have it.
By judgement."""

PRIOR_PIECES: Mapping[str, float] = dict.fromkeys(FAMILIES, 0.5) | {SCAN: 4.0}
"""Pieces of evidence that count for a family before there is any: most documents are scans. By
judgement."""

FEWEST_PIECES = 8
"""Pieces of evidence from which a document may be of another family than `SCAN`. By judgement."""

MOST_PIECES = 2000
"""Pieces of evidence after which a document is known well enough: what comes later is not counted,
so that memory stays bounded. By judgement."""

_SCANNERS = ("tesseract-script-thai", "tesseract-tha+eng")  # beside the model's own confusions
_SCAN = FAMILIES.index(SCAN)
_ROUNDS = 20  # of expectation maximisation, at most; by judgement
_SETTLED = 0.002  # by which no share changes any more: then it ends


Confusions = Mapping[tuple[str, str], float]
"""A number for each confusion: (observed, intended)."""

Piece = tuple[str, str, str]
"""A piece of evidence: a reason, and the letters observed and intended if that is one each at most
(else both are "")."""


class Likelihoods:
    """How likely families make what has to be corrected. Safe to share between threads."""

    def __init__(self, entries: Sequence[tuple[str, str, float]]) -> None:
        """Take the model's confusions: (observed, intended, cost in nats)."""
        self._entries = entries
        self._known: dict[Piece, tuple[float, ...]] = {}

    def of(self, piece: Piece) -> tuple[float, ...]:
        """The likelihood of a piece of evidence under each of `FAMILIES`."""
        if piece not in self._known:
            self._known[piece] = tuple(self._likelihood(piece, family) for family in FAMILIES)
        return self._known[piece]

    def _likelihood(self, piece: Piece, family: str) -> float:
        reason, observed, intended = piece
        likelihood = _REASONS[family].get(reason, LEAST_LIKELY)
        if reason == "respell" and observed + intended:
            share = self._shares[family].get((observed, intended), 0.0)
            likelihood *= max(share, LEAST_CONFUSED)
        return likelihood

    @cached_property
    def _shares(self) -> Mapping[str, Confusions]:
        """The share of each confusion among those of one letter that its family has."""
        model = {(o, t): math.exp(-cost) for o, t, cost in self._entries if len(o) < 2 > len(t)}
        scans = [_shares(table) for table in (model, *map(confusions, _SCANNERS)) if table]
        scan: dict[tuple[str, str], float] = {}
        for shares in scans:
            for pair, share in shares.items():
                scan[pair] = scan.get(pair, 0.0) + share / len(scans)
        found: dict[str, Confusions] = {SCAN: scan, LETTER_SPACED: scan}
        return {family: found.get(family) or _shares(confusions(family)) for family in FAMILIES}


def _shares(table: Confusions) -> Confusions:
    single = {(o, t): p for (o, t), p in table.items() if len(o) < 2 > len(t)}
    whole = sum(single.values())
    return {pair: p / whole for pair, p in single.items()}


class FamilyEvidence:
    """What one document has shown."""

    def __init__(self, likelihoods: Likelihoods, fixed: str | None) -> None:
        """Begin a document.

        Args:
            likelihoods: Of its corrector.
            fixed: The family, if the user has named it.
        """
        self._likelihoods = likelihoods
        self._fixed = fixed
        self._seen: set[tuple[str, ...]] = set()
        self._pieces: Counter[Piece] = Counter()
        self._due = FEWEST_PIECES
        self._family = fixed or SCAN

    def see(self, edits: Iterable[Edit], text: str) -> None:
        """Count corrections, each once in its context.

        Args:
            edits: Of `text`.
            text: A block, before the edits.
        """
        if self._fixed:
            return
        for edit in edits:
            if len(self._seen) >= MOST_PIECES:
                return
            pair = edit.observed, edit.replacement
            piece = (edit.reason, *(pair if max(map(len, pair)) <= 1 else ("", "")))
            place = *piece, context_of(text, edit.start, edit.end)
            if place in self._seen:
                continue
            self._seen.add(place)
            self._pieces[piece] += 1

    def pieces(self) -> Counter[str]:
        """How many pieces of evidence each family explains best. O(different pieces)."""
        shares = list(self._shares().values())
        found: Counter[str] = Counter()
        for piece, times in self._pieces.items():
            parts = map(mul, shares, self._likelihoods.of(piece))
            _, family = max(zip(parts, FAMILIES, strict=True))
            found[family] += times
        return found

    def family(self) -> str:
        """The family that the document is read as: `SCAN` unless another has most of it.

        It is estimated at `FEWEST_PIECES`, and again whenever their number has doubled.
        Time: O(different pieces) then.
        """
        if len(self._seen) >= self._due:
            self._due = 2 * len(self._seen)
            self._family = self._likeliest() if self._may_be_other() else SCAN
        return self._family

    def _likeliest(self) -> str:
        shares = self._shares()
        best = max(FAMILIES, key=lambda family: shares[family])
        return best if 2 * shares[best] > 1 else SCAN

    def _may_be_other(self) -> bool:
        """Whether another family explains half of the pieces better than `SCAN` does."""
        better = [0] * len(FAMILIES)
        for piece, times in self._pieces.items():
            likelihoods = self._likelihoods.of(piece)
            for i, likelihood in enumerate(likelihoods):
                better[i] += times * (likelihood > likelihoods[_SCAN])
        return 2 * max(better) >= len(self._seen)

    def _shares(self) -> dict[str, float]:
        """The shares of the families, which sum to 1."""
        likely = [(self._likelihoods.of(piece), times) for piece, times in self._pieces.items()]
        prior = [PRIOR_PIECES[family] for family in FAMILIES]
        total = sum(prior) + len(self._seen)
        shares = [one / sum(prior) for one in prior]
        for _ in range(_ROUNDS if likely else 0):
            explained = list(prior)
            for likelihoods, times in likely:
                parts = list(map(mul, shares, likelihoods))
                whole = sum(parts)
                for i, part in enumerate(parts):
                    explained[i] += times * part / whole
            before, shares = shares, [one / total for one in explained]
            if max(map(abs, map(sub, shares, before))) < _SETTLED:
                break
        return dict(zip(FAMILIES, shares, strict=True))
