"""Letters: rules that keep the reading, and what the decoder reads in suspicious places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thaifix.correct.cut_words import cut_words
from thaifix.correct.decision import Decision
from thaifix.correct.families import Likelihoods
from thaifix.correct.moved_marks import REASON as MOVED
from thaifix.correct.moved_marks import SEVERAL, moved_marks
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.options import Options
from thaifix.correct.proposals import (
    FEATURES,
    Proposal,
    drops_sign,
    features,
    in_word,
    is_far_fetched,
    is_quoted,
    keeping_space,
)
from thaifix.correct.revision import Findings
from thaifix.correct.stage import Block, DocumentState, Stage
from thaifix.correct.stages.broken_clusters import LEAST_CONFIDENCES
from thaifix.correct.tuning import Tuning
from thaifix.correct.uncertain_names import uncertain_names
from thaifix.correct.unfamiliar import familiar
from thaifix.correct.windows import ITS_OWN, Encoded, Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.adapt import Adaptation
from thaifix.model.bundle import Model
from thaifix.model.families import PDF_LAYER, SCAN, mixed
from thaifix.text.edit import Edit, apply, compose, trace, trim
from thaifix.text.normalize import (
    merge_doubled_am,
    merge_doubled_marks,
    normalize,
    read_latin_marks,
    read_old_glyphs,
    read_ring,
)
from thaifix.text.protect import KeepList, touches

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


KNOWN_WORDS = {"strict": 8.0, "normal": 5.0, "bold": 3.0}
"""Nats that other letters of words that are all known must gain, by profile: on a bad page one word
may be exchanged for another (`ทิ้ง` for `ทั้ง`). Measured on 60 pages of damaged lines with 300
right ones from a novel: `strict` changed 21 of those, with 8 nats one; `normal` 57, with 5 nats 18.
Of the wrong letters of 109 pages `strict` leaves 1.5 % more for it, `normal` none."""


class Rules(Stage):
    """The rules of `text.normalize`: the same reading, written as Thai writes it."""

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Apply the rules to a block. O(n)."""
        edits = normalize(text, document.protected(text, keep))
        document.fired = sum(edit.reason not in OF_TEXT_LAYERS for edit in edits)
        return Findings(edits)


class LettersReader:
    """What reads the letters of all documents of a corrector. Safe to share between threads.

    Attributes:
        least_of_marks: Least confidence with which marks are moved and words made whole.
    """

    def __init__(self, model: Model, lexicon: Lexicon, options: Options, tuning: Tuning) -> None:
        """Put decoder and decision together. O(size of the model's tables of confusions)."""
        self.windows = Windows(model, lexicon, tuning)
        self._model = model
        self._lexicon = lexicon
        self._options = options
        self._tuning = tuning
        self._decision = Decision(model.header["decision"], FEATURES)
        marks = LEAST_CONFIDENCES[options.profile]
        self.least_of_marks = self._decision.bound(marks, options)
        self._visible = self._decision.bound(tuning.careful, options)
        self._known = KNOWN_WORDS[options.profile]
        self._of_family = {SCAN: self.windows}
        self.likelihoods = Likelihoods(model.header["confusions"])

    def of_family(self, family: str) -> Windows:
        """`windows` with the confusions of a family of engines. Made at the first call."""
        if family not in self._of_family:
            own = self._confusions(family)
            model = own is self._model.header["confusions"]
            self._of_family[family] = self.windows if model else self._with(own)
        return self._of_family[family]

    def adapted(self, adaptation: Adaptation, family: str) -> tuple[Windows, int]:
        """`of_family` with a document's confusions, and how many of them it has made cheaper."""
        costs, changed = adaptation.costs(self._confusions(family))
        return self._with(costs), changed

    def _confusions(self, family: str) -> Sequence[tuple[str, str, float]]:
        entries: Sequence[tuple[str, str, float]] = self._model.header["confusions"]
        return mixed(entries, family)

    def _with(self, confusions: Sequence[tuple[str, str, float]]) -> Windows:
        return Windows(self._model, self._lexicon, self._tuning, confusions)

    def rejoined(self, block: Encoded, protected: Sequence[tuple[int, int]], seen: int) -> Findings:
        """The marks of a block that were moved and the words that were cut, names as flags.

        Args:
            block: Encoded and scanned.
            protected: Spans that must not change.
            seen: How many moved marks the document has shown before.
        """
        least = self.least_of_marks
        given = block.text, block.scan, self.windows.decoder, protected
        found = list(moved_marks(*given, least=least, seen=seen))
        taken = [(edit.start - 1, edit.end + 1) for edit in found]
        cut = [e for e in cut_words(*given, least=least) if not touches(taken, e.start, e.end)]
        if not found and not cut:
            return Findings()
        return Findings(*uncertain_names(sorted([*found, *cut]), block.text))

    def decide(self, proposals: Sequence[Proposal], text: str, noise: NoiseLevel) -> list[Edit]:
        """The proposals that the options accept, as edits of the text that they were made for."""
        least = self._decision.threshold(self._options)
        careful = max(least, self._careful(noise))
        times = Counter((p.observed, p.intended) for p in proposals)
        edits = []
        for p in proposals:
            if not self._may_be(p, text, noise):
                continue
            confidence = self._decision.confidence(features(p, text, noise))
            plain = self._is_plain(p) and times[p.observed, p.intended] < ITS_OWN
            if confidence >= (least if plain else careful):
                p = keeping_space(p)
                edit = Edit(
                    p.start, p.end, p.intended, round(p.margin, 2), round(confidence, 4),
                    p.reason, p.entry, p.observed,
                )  # fmt: skip
                edits.append(trim(edit))
        return edits

    def _may_be(self, p: Proposal, text: str, noise: NoiseLevel) -> bool:
        """Whether a proposal may become an edit, however sure it is."""
        if p.reason == "foreign_letter" and not in_word(p, text):
            return False  # no part of a Thai word: what it stands for is anybody's guess
        if p.reason == "respell" and not p.unknown and p.margin < self._known:
            return False
        if p.reason == "strip" and not self.is_bad(noise):
            return False  # only bad scans have dirt; people leave a sign lying anywhere
        return not (drops_sign(p) or is_quoted(p, text) or is_far_fetched(p))

    def is_bad(self, noise: NoiseLevel) -> bool:
        """Whether a document is a bad scan."""
        return noise.evident >= self._tuning.many

    def _careful(self, noise: NoiseLevel) -> float:
        """The least confidence of an edit that is not plain; see `Tuning.careful`."""
        t = self._tuning
        return self._visible if t.few < noise.evident < t.many else 0.0

    def _is_plain(self, proposal: Proposal) -> bool:
        """Whether one reading explains the letters by far, a usual misreading away."""
        return proposal.sure and min(proposal.margin, proposal.rival) >= self._tuning.plain


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
        self._family = SCAN
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
        self._turn_to(document.families.family())
        if self._due:  # for what follows: most documents end with one block
            self._adapt()
        protected = document.protected(text, keep)
        block = self._windows.encoded(text, protected)
        usual = SEVERAL if self._family == PDF_LAYER else 0
        moved = self._reader.rejoined(block, protected, max(self._moved, usual))
        if not moved.edits:
            read = self._read(block, keep, protected, document)
            return Findings(read.edits, [*moved.flags, *read.flags])
        self._moved += sum(edit.reason == MOVED for edit in moved.edits)
        document.families.see(moved.edits, text)
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
        noise = document.noise
        found, left = self._decided(block, keep, protected, document)
        document.families.see(found.edits, block.text)
        if found.edits and self._turn_to(document.families.family()):
            document.noise = noise
            found, left = self._decided(block, keep, protected, document)
        document.blocks.append(left)
        if self._adaptation and self._adaptation.learn(found.edits, left.text):
            self._due = True
        return found

    def _decided(
        self,
        block: Encoded,
        keep: KeepList | None,
        protected: Sequence[tuple[int, int]],
        document: DocumentState,
    ) -> tuple[Findings, Block]:
        """What is decided of a block, and the block as it is then."""
        text = block.text
        proposals, document.noise = self._windows.propose(
            block, fired=document.fired, noise=document.noise
        )
        edits = self._reader.decide(proposals, text, document.noise)
        if not edits:
            return Findings(), Block(text, keep, block.scan, protected)
        edits, flags = uncertain_names(edits, text)
        after = apply(text, edits)
        rescanned = self._windows.rescan(text, after, block.scan)
        bad = self._reader.is_bad(document.noise)
        known = list(familiar(edits, after, rescanned, bad=bad))
        if len(known) < len(edits):
            edits = known
            after = apply(text, edits)
            rescanned = self._windows.rescan(text, after, block.scan)
        return Findings(edits, flags), Block(after, keep, rescanned)

    def _turn_to(self, family: str) -> bool:
        """Read as a family of engines errs; tell whether its confusions are others than before."""
        if family == self._family:
            return False
        before, self._family = self._windows, family
        if self.adapted:
            self._adapt()
        else:
            self._windows = self._reader.of_family(family)
        return self._windows is not before

    def _adapt(self) -> None:
        if self._adaptation:
            self._windows, self.adapted = self._reader.adapted(self._adaptation, self._family)
            self._due = False
