"""Terms: whole phrases that were misread fluently, sought in all of a section at once.

How often a reading stands in the section counts, and a gap that was put right is an anchor for the
next one. What a well anchored place has shown goes into the document's memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from thaifix.correct.breaks import is_at_break
from thaifix.correct.decision import Decision
from thaifix.correct.evidence import context_of
from thaifix.correct.options import Options
from thaifix.correct.revision import Findings
from thaifix.correct.stage import Block, DocumentState, Stage
from thaifix.correct.stages.good_thai import is_good_thai
from thaifix.correct.stages.memory import Memory, pooled
from thaifix.correct.stages.term_features import Candidate, features
from thaifix.correct.stages.term_finder import TermFinder
from thaifix.model.phrases import TIMES_TO_BE_FAMILIAR, Index
from thaifix.text.edit import Edit, Flag, apply, compose, shift, trim
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import starts_cluster
from thaifix.text.spans import TakenSpans

ROUNDS = 3
"""How often a section is looked through, at most; by judgement."""


class Terms(Stage):
    """The terms of one document."""

    def __init__(
        self, finder: TermFinder, decision: Decision, options: Options, memory: Memory | None
    ) -> None:
        """Begin a document.

        Args:
            finder: Finds the gaps of phrases.
            decision: For candidates.
            options: The threshold is theirs.
            memory: Of the document; without one each place stands for itself.
        """
        self._finder = finder
        self._decision = decision
        self._threshold = decision.threshold(options)
        self._memory = memory

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find the terms of a section, which is the text of `document.blocks`.

        Time: O(n) for each round, and more for each gap.
        """
        edits: tuple[Edit, ...] = ()
        flags: list[Flag] = []
        blocks = list(document.blocks)
        fresh = list(range(len(blocks)))  # blocks that were not looked at since they last changed
        held = [self._held(block) for block in blocks]
        familiar = self._finder.index.familiar(_distinct(blocks, held)) if self._memory else None
        for _ in range(ROUNDS):
            text = "".join(block.text for block in blocks)
            begins = _begins(blocks)
            candidates = [
                c._replace(start=c.start + begins[i], end=c.end + begins[i])
                for i in fresh
                for c in self._candidates(blocks[i], held[i], familiar)
            ]
            if not document.errs:
                knows, clean, own = self._finder.knows, document.is_clean, self._finder.own
                candidates = [
                    c
                    for c in candidates
                    if c.entry in own or not is_good_thai(c, knows, clean=clean)
                ]
            found, unsafe = self._choose(candidates, text)
            if not edits:
                flags = unsafe
            if self._memory:
                protected = (
                    (a + begin, b + begin)
                    for block, begin in zip(blocks, begins, strict=True)
                    for a, b in block.protected
                )
                found = self._memory.recall(found, text, protected, begins, self._finder.gain)
            if not found:
                break
            edits = compose(edits, found)
            fresh = _edit_blocks(blocks, begins, found)
            for i in fresh:
                held[i] = self._held(blocks[i])
        return Findings(edits, flags)

    def _held(self, block: Block) -> Sequence[tuple[int, int, int]]:
        """The phrases that a block has as they are: start, end, number."""
        return self._finder.index.strings.find(block.symbols)

    def _candidates(
        self, block: Block, held: Sequence[tuple[int, int, int]], familiar: Index | None
    ) -> list[Candidate]:
        """The candidates of a block that touch nothing protected."""
        finder = self._finder
        scan = block.scan if finder.scans_as_the_reader and block.scan else None
        scan = scan or finder.scan(block.symbols)
        found = finder.candidates(block.text, block.symbols, scan, held, familiar)
        return [c for c in found if not touches(block.protected, c.start, c.end)]

    def _choose(self, candidates: Sequence[Candidate], text: str) -> tuple[list[Edit], list[Flag]]:
        """The surest candidates that do not touch each other, as edits; the unsafe as flags."""
        judged = [(self._decision.confidence(features(c, text)), c) for c in candidates]
        if self._memory:
            judged = pooled(judged, text)
        judged = [item for item in judged if item[0] >= self._threshold]
        judged.sort(key=lambda item: (-item[0], item[1].start, item[1].end, item[1].intended))
        edits: list[Edit] = []
        flags: list[Flag] = []
        taken = TakenSpans()
        for confidence, c in judged:
            if not taken.take(c.start, c.end):
                continue
            if self._finder.unsafe(c):
                if c.whole:
                    flags.append(Flag(c.start, c.end, "unsafe_neighbour", c.phrase))
                continue
            edit = _edit(c, confidence)
            if edit is None or is_at_break(
                edit.start, edit.end, edit.replacement, text, of_term=True
            ):
                continue
            edits.append(edit)
            if self._memory:
                self._memory.learn(c, text, confidence)
        return sorted(edits), flags


def _distinct(
    blocks: Sequence[Block], held: Sequence[Sequence[tuple[int, int, int]]]
) -> Iterator[tuple[int, int, int]]:
    """What the blocks hold several times, each phrase once in a context."""
    times = Counter(phrase for phrases in held for _, _, phrase in phrases)
    seen = set()
    for block, phrases in zip(blocks, held, strict=True):
        for start, end, phrase in phrases:
            if times[phrase] < TIMES_TO_BE_FAMILIAR:
                continue
            context = phrase, context_of(block.text, start, end)
            if context not in seen:
                seen.add(context)
                yield start, end, phrase


def _begins(blocks: Sequence[Block]) -> list[int]:
    """Where each block begins in the text of all."""
    return list(accumulate((len(block.text) for block in blocks[:-1]), initial=0))


def _edit_blocks(blocks: list[Block], begins: Sequence[int], edits: Sequence[Edit]) -> list[int]:
    """Carry out edits of the joined blocks; give the indices of the blocks that changed."""
    changed: list[int] = []
    for i, begin in enumerate(begins):
        block = blocks[i]
        mine = [e for e in edits if begin <= e.start < begin + len(block.text)]
        if mine:
            blocks[i] = Block(apply(block.text, shift(mine, -begin)), block.keep)
            changed.append(i)
    return changed


def _edit(c: Candidate, confidence: float) -> Edit | None:
    """A candidate as an edit that leaves line ends where they are, if anything is left of it."""
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
        if intended == c.observed:
            return None
    edit = Edit(
        c.start, c.end, intended, round(c.gain, 2), round(confidence, 4), "term",
        c.entry, c.observed,
    )  # fmt: skip
    return trim(edit)
