"""Letters: rules that keep the reading, and what the decoder reads in suspicious places."""

from __future__ import annotations

from collections.abc import Sequence

from thaifix.correct.decision import Decision
from thaifix.correct.moved_marks import moved_marks
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.options import Options
from thaifix.correct.proposals import (
    FEATURES,
    Proposal,
    drops_sign,
    features,
    in_word,
    is_quoted,
    keeping_space,
)
from thaifix.correct.revision import Findings
from thaifix.correct.stage import Block, DocumentState, Stage
from thaifix.correct.stages.broken_clusters import LEAST_CONFIDENCES
from thaifix.correct.tuning import Tuning
from thaifix.correct.uncertain_names import uncertain_names
from thaifix.correct.unfamiliar import familiar
from thaifix.correct.windows import Encoded, Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.adapt import Adaptation
from thaifix.model.bundle import Model
from thaifix.text.edit import Edit, apply, compose, trace, trim
from thaifix.text.normalize import (
    merge_doubled_am,
    merge_doubled_marks,
    normalize,
    read_latin_marks,
    read_old_glyphs,
    read_ring,
)
from thaifix.text.protect import KeepList

OF_TEXT_LAYERS = frozenset(
    rule.__name__
    for rule in (
        merge_doubled_am,
        merge_doubled_marks,
        read_latin_marks,
        read_old_glyphs,
        read_ring,
    )
)
"""Rules whose firing says nothing of how well letters were read."""


class Rules(Stage):
    """The rules of `text.normalize`: the same reading, written as Thai writes it."""

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Apply the rules to a block. O(n)."""
        edits = normalize(text, document.protected(text, keep))
        document.fired = sum(edit.reason not in OF_TEXT_LAYERS for edit in edits)
        return Findings(edits)


class LettersReader:
    """What reads the letters of all documents of a corrector. Safe to share between threads."""

    def __init__(self, model: Model, lexicon: Lexicon, options: Options, tuning: Tuning) -> None:
        """Put decoder and decision together. O(size of the model's tables of confusions)."""
        self.windows = Windows(model, lexicon, tuning)
        self._model = model
        self._lexicon = lexicon
        self._options = options
        self._tuning = tuning
        self._decision = Decision(model.header["decision"], FEATURES)

    def adapted(self, adaptation: Adaptation) -> tuple[Windows, int]:
        """`windows` with a document's confusions, and how many of them differ from the model's."""
        costs, changed = adaptation.costs(self._model.header["confusions"])
        return Windows(self._model, self._lexicon, self._tuning, costs), changed

    def moved(self, block: Encoded, protected: Sequence[tuple[int, int]], seen: int) -> Findings:
        """The marks of a block that were moved, those of names as flags.

        Args:
            block: Encoded and scanned.
            protected: Spans that must not change.
            seen: How many moved marks the document has shown before.
        """
        options = self._options
        least = options.threshold
        found = list(
            moved_marks(
                block.text, block.scan, self.windows.decoder, protected,
                least=LEAST_CONFIDENCES[options.profile] if least is None else least, seen=seen,
            )
        )  # fmt: skip
        return Findings(*uncertain_names(found, block.text)) if found else Findings()

    def decide(self, proposals: Sequence[Proposal], text: str, noise: NoiseLevel) -> list[Edit]:
        """The proposals that the options accept, as edits of the text that they were made for."""
        threshold = self._threshold(noise)
        edits = []
        for p in proposals:
            if p.reason == "foreign_letter" and not in_word(p, text):
                continue  # no part of a Thai word: what it stands for is anybody's guess
            if drops_sign(p) or is_quoted(p, text):
                continue
            confidence = self._decision.confidence(features(p, text, noise))
            if confidence >= threshold:
                p = keeping_space(p)
                edit = Edit(
                    p.start, p.end, p.intended, round(p.margin, 2), round(confidence, 4),
                    p.reason, p.entry, p.observed,
                )  # fmt: skip
                edits.append(trim(edit))
        return edits

    def _threshold(self, noise: NoiseLevel) -> float:
        """The least confidence of an edit; see `Tuning.careful`."""
        t = self._tuning
        threshold = self._decision.threshold(self._options)
        visible = noise.letters > t.enough and t.few < noise.evident < t.many
        if visible and self._options.threshold is None:
            return max(threshold, t.careful)
        return threshold


class Letters(Stage):
    """The letters of one document.

    Attributes:
        adapted: How many confusions the document has made cheaper so far.
    """

    def __init__(self, reader: LettersReader, *, adapt: bool) -> None:
        """Begin a document.

        Args:
            reader: Of its corrector.
            adapt: Whether the document's own confusions become cheaper in it.
        """
        self.adapted = 0
        self._reader = reader
        self._windows = reader.windows
        self._adaptation = Adaptation() if adapt else None
        self._due = False
        self._moved = 0

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Read a block; it joins the blocks of its section. O(n), and more for what is suspicious.

        Args:
            text: The block, after `Rules`.
            keep: The user's words that are never touched.
            document: What the stages share.
        """
        if self._due and self._adaptation:  # for what follows: most documents end with one block
            self._windows, self.adapted = self._reader.adapted(self._adaptation)
            self._due = False
        protected = document.protected(text, keep)
        block = self._windows.encoded(text, protected)
        moved = self._reader.moved(block, protected, self._moved)
        if not moved.edits:
            read = self._read(block, keep, protected, document)
            return Findings(read.edits, [*moved.flags, *read.flags])
        self._moved += len(moved.edits)
        text = apply(text, moved.edits)
        protected = document.protected(text, keep)
        read = self._read(self._windows.encoded(text, protected), keep, protected, document)
        traced = [
            flag._replace(start=span[0], end=span[1])
            for flag in read.flags
            if (span := trace(moved.edits, flag.start, flag.end))
        ]
        return Findings(compose(moved.edits, read.edits), [*moved.flags, *traced])

    def _read(
        self,
        block: Encoded,
        keep: KeepList | None,
        protected: Sequence[tuple[int, int]],
        document: DocumentState,
    ) -> Findings:
        """What the decoder reads in a block whose marks stand where they belong."""
        text = block.text
        proposals, document.noise = self._windows.propose(
            block, fired=document.fired, noise=document.noise
        )
        edits = self._reader.decide(proposals, text, document.noise)
        if not edits:
            document.blocks.append(Block(text, keep, block.scan, protected))
            return Findings()
        edits, flags = uncertain_names(edits, text)
        after = apply(text, edits)
        rescanned = self._windows.rescan(text, after, block.scan)
        known = list(familiar(edits, after, rescanned))
        if len(known) < len(edits):
            edits = known
            after = apply(text, edits)
            rescanned = self._windows.rescan(text, after, block.scan)
        document.blocks.append(Block(after, keep, rescanned))
        if self._adaptation and self._adaptation.learn(edits, after):
            self._due = True
        return Findings(edits, flags)
