"""The corrector: one path from observed text to a correction.

Block by block: normalise -> scan -> suspicious windows -> decode -> decide; then, over the blocks
of a section of a document: terms -> memory -> facts -> flags. See `blocks` for how a text is
divided, so that a stream and a whole text give the same result.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from thaifix.correct.decision import (
    FEATURES,
    PROFILES,
    Decision,
    Noise,
    Proposal,
    drops_sign,
    features,
    in_word,
    is_quoted,
    keeping_space,
)
from thaifix.correct.flags import find_flags
from thaifix.correct.options import Options
from thaifix.correct.windows import Scanned, Windows
from thaifix.lexicon.entries import PHRASES, Lexicon, shipped
from thaifix.model.adapt import Adaptation
from thaifix.model.bundle import Model
from thaifix.text.blocks import blocks, sections
from thaifix.text.edit import Correction, Edit, Flag, apply, compose, shift, trace, trim
from thaifix.text.normalize import normalize
from thaifix.text.protect import KeepList, protected_spans

if TYPE_CHECKING:  # imported where they are used: a short clean text needs none of them
    from thaifix.correct.stages.facts import Facts
    from thaifix.correct.stages.memory import Memory
    from thaifix.correct.stages.misreadings import Misreadings
    from thaifix.correct.stages.names import Names
    from thaifix.correct.stages.terms import Terms

_DEAR = 7.0  # nats
_FACTUAL = re.compile("[(]|พ\\s?[.]\\s?ศ|พุทธศักราช")  # without one of them there is no fact


class Corrector:
    """A model, lexicons and options, ready to correct. Safe to use from several threads."""

    def __init__(
        self,
        *,
        model: str | os.PathLike[str] | Model | None = None,
        lexicons: Sequence[str | os.PathLike[str] | Iterable[str]] = (),
        keep: Iterable[str] = (),
        profile: str = "normal",
        options: Options | None = None,
    ) -> None:
        """Load the model and the lexicons.

        Args:
            model: A bundle's path or an open bundle; by default the one in the package.
            lexicons: Files (plain text or TSV) or lists of terms, 1 to 100,000 entries.
            keep: Words never to be touched.
            profile: "strict", "normal" or "bold".
            options: All options; `profile` then only counts if it is not "normal".
        Raises:
            ModelError: If the bundle cannot be used.
            LexiconError: If a lexicon cannot be used.
            ValueError: If the profile is unknown.
        Time: O(size of the bundle + letters of the lexicons).
        """
        options = options or Options()
        self.options = replace(options, profile=profile) if profile != "normal" else options
        if self.options.profile not in PROFILES:
            raise ValueError(f"unknown profile {self.options.profile!r}: use {', '.join(PROFILES)}")
        self.model = model if isinstance(model, Model) else Model(model)
        self.lexicon = Lexicon.read(lexicons)
        words = sorted(set(keep))
        self.keep = KeepList(words) if words else None
        self._windows = Windows(self.model, self.lexicon, self.options)
        self._decision = Decision(self.model.header["decision"], FEATURES)
        self._kept = words

    @cached_property
    def stamp(self) -> str:
        """16 hexadecimal digits that stand for model, lexicons and options."""
        import hashlib  # slow to load; a run without a log needs none

        identity = repr((self.model.stamp, self.lexicon.entries, self._kept, asdict(self.options)))
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def correct(self, text: str) -> Correction:
        """Correct a text of one or more documents (divided by form feeds).

        Without anything to change, `Correction.text` is `text` itself.
        Time: O(n); memory: O(n) for the result.
        """
        edits: list[Edit] = []
        flags: list[Flag] = []
        document = self.document()
        at = 0
        for section in sections([text]):
            if section.first:
                document = self.document()
            part = document.correct(section.text)
            edits += shift(part.edits, at)
            flags += [f._replace(start=f.start + at, end=f.end + at) for f in part.flags]
            at += len(section.text)
        return Correction(text, apply(text, edits), tuple(edits), tuple(flags))

    def correct_many(self, texts: Iterable[str]) -> Iterator[Correction]:
        """Correct texts one by one, each a document of its own."""
        return map(self.correct, texts)

    def document(self) -> Document:
        """A new document, to be corrected section by section."""
        return Document(self)

    @cached_property
    def terms(self) -> Terms | None:
        """The phrases to look for, indexed when the first document needs them."""
        from thaifix.correct.stages.terms import Terms
        from thaifix.model import phrases

        # Without the user's entries as words: a phrase that is one word has no parts to stand on.
        own = self.lexicon.entries
        plain = Windows(self.model, Lexicon(), self.options) if own else self._windows
        found = phrases.scan(own, plain.decoder)
        if self.options.terms:
            found = found.then(phrases.unpack(self.model.array("phrases")))
        if not found.texts:
            return None
        cuts = self.model.array("cuts")
        return Terms(found, self._windows.decoder, plain.decoder, cuts)

    @cached_property
    def facts(self) -> Facts:
        """What the lexicons know of laws, organisations and abbreviations."""
        from thaifix.correct.stages.facts import Facts

        known = shipped((*PHRASES, "abbreviations")) if self.options.terms else ()
        return Facts([*self.lexicon.entries, *known])

    @cached_property
    def persons(self) -> frozenset[str]:
        """Given names and surnames of the lexicon."""
        return frozenset(entry.term for entry in shipped(("names",)))

    @cached_property
    def misreadings(self) -> Misreadings:
        """What the lexicons know to be read wrong."""
        from thaifix.correct.stages.misreadings import Misreadings

        known = shipped() if self.options.terms else ()
        return Misreadings([*self.lexicon.entries, *known], self._windows.decoder.scan)

    @property
    def windows(self) -> Windows:
        """What reads a block's letters, with the model's own confusions."""
        return self._windows

    def adapted(self, adaptation: Adaptation) -> tuple[Windows, int]:
        """The same with a document's confusions, and how many of them differ from the model's."""
        costs, changed = adaptation.costs(self.model.header["confusions"])
        return Windows(self.model, self.lexicon, self.options, costs), changed

    def decide(self, proposals: Sequence[Proposal], text: str, noise: Noise) -> list[Edit]:
        """The proposals that the profile accepts, as edits of `text`."""
        o = self.options
        threshold = self._decision.threshold(o)
        if o.threshold is None and noise.letters > o.enough and o.few < noise.evident < o.many:
            threshold = max(threshold, o.careful)
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


class _Block(NamedTuple):
    """A block whose letters are corrected: its scan, and its protected spans where known."""

    text: str
    scanned: Scanned
    protected: Sequence[tuple[int, int]] | None


class Document:
    """The state of one document: its noise so far, and what it has taught."""

    def __init__(self, corrector: Corrector) -> None:
        """Begin a document."""
        self._corrector = corrector
        self._noise = Noise()
        self._windows = corrector.windows
        self._adaptation = Adaptation()
        self._due = False
        self.adapted = 0
        """Confusions that the document has made cheaper."""

    @cached_property
    def _memory(self) -> Memory:
        from thaifix.correct.stages.memory import Memory

        return Memory(self._corrector.options, self._corrector.model.header["terms"])

    @cached_property
    def _names(self) -> Names:
        from thaifix.correct.stages.names import Names

        corrector = self._corrector
        return Names(lambda name: name in corrector.persons)

    def correct(self, section: str) -> Correction:
        """Correct the next section; spans are relative to it."""
        corrector = self._corrector
        keep = corrector.keep
        edits: list[Edit] = []
        parts: list[_Block] = []
        at = 0
        for block in blocks([section]):
            if self._due:  # for what follows: most documents end with their first block
                self._windows, self.adapted = corrector.adapted(self._adaptation)
                self._due = False
            protected = protected_spans(block.text, keep)
            rules = normalize(block.text, protected)
            text = apply(block.text, rules)
            if rules:
                protected = protected_spans(text, keep)
            proposals, self._noise, scanned = self._windows.propose(
                text, protected, fired=len(rules), noise=self._noise
            )
            decided = corrector.decide(proposals, text, self._noise)
            if decided:
                read, text = text, apply(text, decided)
                scanned = self._windows.rescan(read, text, scanned)
            edits += shift(compose(rules, decided), at)
            parts.append(_Block(text, scanned, None if decided else protected))
            if corrector.options.adapt and self._adaptation.learn(decided, text):
                self._due = True
            at += len(block.text)
        flags: list[Flag] = []
        if any(_doubtful(part.scanned) for part in parts):
            edits, flags = self._beyond_letters(section, edits, parts)
        flags += find_flags(section, edits, protected_spans(section, keep))
        return Correction(section, apply(section, edits), tuple(edits), tuple(sorted(flags)))

    def _beyond_letters(
        self, section: str, edits: list[Edit], parts: Sequence[_Block]
    ) -> tuple[list[Edit], list[Flag]]:
        """Go on from the letters' edits to terms, known misreadings and facts."""
        from thaifix.correct.stages.memory import Part

        corrector = self._corrector
        keep = corrector.keep
        flags: list[Flag] = []
        if corrector.terms:
            as_terms = not corrector.lexicon.entries  # a user's entries are words of the scan
            found, suspects = self._memory.correct(
                [Part(p.text, keep, p.scanned if as_terms else None, p.protected) for p in parts],
                corrector.terms,
            )
            flags += [_traced(flag, edits) for flag in suspects]
            edits = list(compose(edits, found))
        strict = corrector.options.profile == "strict"  # what letters do not settle, a person does
        text = apply(section, edits)
        known = corrector.misreadings.edits(text, keep)
        if strict:
            flags += [_traced(_as_flag(edit), edits) for edit in known]
        else:
            edits = list(compose(edits, known))
        text = apply(section, edits)
        if _FACTUAL.search(text):
            known = corrector.facts.edits(text, list(keep.spans(text)) if keep else ())
            if strict:
                flags += [_traced(_as_flag(edit), edits) for edit in known]
            else:
                edits = list(compose(edits, known))
        return self._with_names(section, edits, flags)

    def _with_names(
        self, section: str, edits: list[Edit], flags: list[Flag]
    ) -> tuple[list[Edit], list[Flag]]:
        """Add what the spellings of persons' names in the document say."""
        corrector = self._corrector
        if not corrector.options.document_memory:
            return edits, flags
        text = apply(section, edits)
        kept = list(corrector.keep.spans(text)) if corrector.keep else ()
        found, variants = self._names.edits(text, kept)
        if corrector.options.profile == "strict":
            variants = [*variants, *map(_as_flag, found)]
            found = []
        flags = flags + [_traced(flag, edits) for flag in variants]
        edits = list(compose(edits, found))
        self._names.read(apply(section, edits))
        return edits, flags


def _doubtful(scanned: Scanned) -> bool:
    """Whether a block has a word that is unknown or dear: else it says what it should."""
    _, words, costs = scanned
    return 0 in words or max(costs, default=0.0) >= _DEAR


def _as_flag(edit: Edit) -> Flag:
    return Flag(edit.start, edit.end, edit.reason, edit.replacement)


def _traced(flag: Flag, edits: Sequence[Edit]) -> Flag:
    """A flag of edited text, with its span in the source."""
    start, end = trace(edits, flag.start, flag.end)
    return flag._replace(start=start, end=end)
