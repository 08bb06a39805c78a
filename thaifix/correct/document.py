"""A document on its way: which stages there are, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from thaifix.correct.flags import find_flags
from thaifix.correct.historic import MOST_UNKNOWN, keeping_forms, recognised
from thaifix.correct.knowledge import Knowledge
from thaifix.correct.revision import Revision, moved
from thaifix.correct.stage import DocumentState, Stage
from thaifix.correct.stages.letters import Letters, Rules
from thaifix.kernel.symbols import UNKNOWN
from thaifix.text.blocks import blocks
from thaifix.text.edit import Correction, Edit, Flag, shift
from thaifix.text.lazy import pattern
from thaifix.text.protect import KeepList
from thaifix.text.script import DIGITS

_DIGIT = pattern(f"[0-9{DIGITS}]")  # without one there is no number: the stage is not even loaded


class Document:
    """One document, whose later sections profit from the earlier ones. `Corrector.document` begins
    one; it belongs to one thread.
    """

    def __init__(self, knowledge: Knowledge, keep: KeepList | None) -> None:
        """Begin a document.

        Args:
            knowledge: Of its corrector.
            keep: The user's words that are never touched.
        """
        self._knowledge = knowledge
        self._keep = keep
        self._may_be_historic = knowledge.options.orthography == "auto"
        if knowledge.options.orthography == "historic":
            self._keep = keeping_forms(keep)
        self._state = DocumentState(knowledge.evidence())
        self._letters = Letters(knowledge.reader, adapt=knowledge.options.adapt)
        self._of_blocks = (
            knowledge.letter_spaces, Rules(), knowledge.broken_clusters, self._letters,
        )  # fmt: skip

    @cached_property
    def _of_sections(self) -> list[Stage]:
        """Made when the first doubtful section comes: a short clean text needs none of them."""
        from thaifix.correct.stages.codes import Codes
        from thaifix.correct.stages.memory import Memory
        from thaifix.correct.stages.names import Names
        from thaifix.correct.stages.terms import Terms

        known = self._knowledge
        stages: list[Stage] = []
        memory = Memory() if known.options.memory else None
        if known.term_finder:
            stages.append(Terms(known.term_finder, known.term_decision, known.options, memory))
        stages += known.misreadings, known.facts
        if known.options.lexicons:
            stages.append(Codes())
        if known.options.memory:
            stages.append(Names(lambda name: name in known.persons))  # loaded for the first name
        return stages

    @property
    def adapted(self) -> int:
        """How many confusions the document has made cheaper for itself so far."""
        return self._letters.adapted

    @property
    def families(self) -> Counter[str]:
        """How many corrections each family of engines explains best so far."""
        return self._state.families.pieces()

    def correct(self, section: str) -> Correction:
        """Correct the next section.

        Args:
            section: Some blocks of the document, see `text.blocks`.
        Returns:
            The correction; spans are relative to the section.
        Raises:
            TypeError: If it is no `str`.
        Time: O(n), and more for what is suspicious.
        """
        whole = self._read_blocks(require_text(section))
        dear = self._knowledge.tuning.dear
        if any(block.is_doubtful(dear) for block in self._state.blocks):
            self._run(self._of_sections, whole)
        if self._knowledge.options.numbers and _DIGIT.search(section):
            self._run([self._knowledge.numbers], whole)
        if self._knowledge.reader.is_bad(self._state.noise):
            self._run([self._knowledge.dirt], whole)
        protected = self._state.protected(section, self._keep)
        flags = [*whole.flags, *find_flags(section, whole.edits, protected)]
        return Correction(section, whole.text, tuple(whole.edits), tuple(sorted({*flags})))

    def _read_blocks(self, section: str) -> Revision:
        """Run the stages of blocks over each block of a section."""
        self._state.blocks.clear()
        edits: list[Edit] = []
        flags: list[Flag] = []
        at = 0
        for block in blocks([section]):
            noise = self._state.noise
            part = self._read_block(block.text)
            strange = self._may_be_historic and (part.edits or self._is_strange())
            if strange and (flag := recognised(block.text)):
                self._may_be_historic = False
                self._keep = keeping_forms(self._keep)
                self._state.blocks.pop()
                self._state.noise = noise
                part = self._read_block(block.text)
                part.flags.append(flag)
            self._state.end_block(block.text)
            edits += shift(part.edits, at)
            flags += moved(part.flags, at)
            at += len(block.text)
        return Revision(section, edits, flags)

    def _is_strange(self) -> bool:
        """Whether the block read last has many words that the language model does not know."""
        scan = self._state.blocks[-1].scan
        return scan is not None and scan.words.count(UNKNOWN) > MOST_UNKNOWN * len(scan.words)

    def _read_block(self, text: str) -> Revision:
        """Run the stages of blocks over one; what they leave joins the state's blocks."""
        part = Revision(text)
        self._run(self._of_blocks, part)
        return part

    def _run(self, stages: Iterable[Stage], revision: Revision) -> None:
        options = self._knowledge.options
        strict, least = options.profile == "strict", options.threshold or 0.0
        for stage in stages:
            found = stage.find(revision.text, self._keep, self._state)
            if found.edits and stage is not self._letters:  # which has seen to it itself
                # Digits that a document proves misread tell no family from another.
                telling = [edit for edit in found.edits if edit.proof is None]
                self._state.families.see(telling, revision.text)
            if stage.guesses:
                found = found._replace(edits=[e for e in found.edits if e.confidence >= least])
            revision.add(found, only_flags=stage.guesses and strict)
        for stage in stages:
            stage.learn(revision.text)


def require_text(value: object) -> str:
    """Give a value that is a `str`.

    Raises:
        TypeError: If it is another: a missing value of a table, bytes that nobody decoded.
    """
    if not isinstance(value, str):
        advice = ". Decode it first" if isinstance(value, bytes) else ""
        raise TypeError(f"a text is a str, not {type(value).__name__} ({value!r:.40}){advice}")
    return value
