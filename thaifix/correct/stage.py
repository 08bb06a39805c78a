"""What a stage of correction is, and what the stages of a document share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from thaifix.correct.families import FamilyEvidence, Likelihoods
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.revision import Findings
from thaifix.kernel.symbols import UNKNOWN, encode
from thaifix.model.decoder import Scan
from thaifix.model.families import SCAN
from thaifix.text.protect import KeepList, protected_spans

ERRS = 0.5
"""Evident errors per 1,000 code points, of the worst block, from which a document errs: two slips
of its author within a block give less. Measured on 4.5 million code points of acts."""

ENOUGH = 1000
"""Code points from which a document shows whether it errs: a sentence or two show nothing. By
judgement."""

NOISY = 1.75
"""Evident errors of letters per 1,000 code points from which a document is evidently read by an
engine: 98 % of the pages of `corpora/official-letters`, and none of 1,400 stretches of correct
text, which have at most 1.5."""


class Block:
    """A stretch of a section as it is so far. What is derived from its text is derived once, when
    it is needed.
    """

    def __init__(
        self,
        text: str,
        keep: KeepList | None,
        scan: Scan | None = None,
        protected: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        """Take a text, the words never to touch, and its scan and protected spans if at hand."""
        self.text = text
        self.keep = keep
        self.scan = scan
        self._protected = protected

    @cached_property
    def symbols(self) -> bytes:
        """The text, encoded."""
        return encode(self.text)

    @property
    def protected(self) -> Sequence[tuple[int, int]]:
        """Spans that must not change, in code points of the text."""
        if self._protected is None:
            self._protected = protected_spans(self.text, self.keep)
        return self._protected

    def is_doubtful(self, dear: float) -> bool:
        """Whether a word is unknown or costs `dear` nats and more; else the block says what it
        should. The block must have a scan.
        """
        assert self.scan is not None
        return UNKNOWN in self.scan.words or max(self.scan.costs, default=0.0) >= dear


class DocumentState:
    """What the stages of one document share.

    Attributes:
        noise: How much the document errs, the block that is read included.
        read: Code points of all blocks that were ended.
        worst: Evident errors per 1,000 code points, of the worst of them.
        fired: How many rules fired on that block.
        blocks: Those of the section that is read, letters corrected.
        families: What tells which engines the document comes from.
    """

    def __init__(self, families: FamilyEvidence | None = None) -> None:
        """Begin a document; without `families` it is a scan."""
        self.families = families or FamilyEvidence(Likelihoods(()), SCAN)
        self.noise = NoiseLevel()
        self.read = 0
        self.worst = 0.0
        self.fired = 0
        self.blocks: list[Block] = []
        self._protected: deque[tuple[str, KeepList | None, list[tuple[int, int]]]] = deque(maxlen=3)

    @property
    def is_noisy(self) -> bool:
        """Whether an engine has evidently read the document."""
        return self.noise.evident >= NOISY

    @property
    def errs(self) -> bool:
        """Whether a block has shown that the document errs."""
        return self.worst >= ERRS

    @property
    def is_clean(self) -> bool:
        """Whether the document is long enough to err, and does not."""
        return self.read >= ENOUGH and not self.errs

    def end_block(self, text: str) -> None:
        """Note that a block is read for good: how long it was, and how much it erred."""
        self.read += len(text)
        self.worst = max(self.worst, self.noise.evident)

    def protected(self, text: str, keep: KeepList | None) -> list[tuple[int, int]]:
        """Spans of a text that must not change; those of the last three texts are remembered."""
        for known, kept, spans in self._protected:
            if known == text and kept is keep:
                return spans
        spans = protected_spans(text, keep)
        self._protected.append((text, keep, spans))
        return spans


class Stage(ABC):
    """One step of correction: text in, edits and flags out. It never carries anything out itself:
    the document does that, in one place for all stages.
    """

    guesses: ClassVar[bool] = False
    """Whether it goes by what letters do not settle: the profile `strict` only flags its edits."""

    @abstractmethod
    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find what to change and what to flag.

        Args:
            text: A block or a section as the stages before have left it.
            keep: The user's words that are never touched.
            document: What the stages share.
        """

    def learn(self, text: str) -> None:  # noqa: B027 (most stages learn nothing)
        """See what became of a text that all stages have passed."""
