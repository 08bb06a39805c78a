"""What all documents of a corrector share: made once, and what is dear only when it is needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from thaifix.correct.families import FamilyEvidence
from thaifix.correct.options import Options
from thaifix.correct.stages.broken_clusters import BrokenClusters
from thaifix.correct.stages.letter_spaces import LetterSpaces
from thaifix.correct.stages.letters import LettersReader
from thaifix.correct.tuning import Tuning
from thaifix.lexicon.entries import PHRASES, Entry, Lexicon, shipped
from thaifix.model.bundle import Model

if TYPE_CHECKING:  # imported where they are used: a short clean text needs none of them
    from thaifix.correct.decision import Decision
    from thaifix.correct.stages.dirt import Dirt
    from thaifix.correct.stages.facts import Facts
    from thaifix.correct.stages.misreadings import Misreadings
    from thaifix.correct.stages.numbers.stage import Numbers
    from thaifix.correct.stages.term_finder import TermFinder


class Knowledge:
    """A model and lexicons, indexed for the stages. Safe to share between threads.

    Attributes:
        model: The open bundle.
        lexicon: The user's entries.
        options: What the user set.
        tuning: What came with the bundle.
        reader: Reads letters.
    """

    def __init__(self, model: Model, lexicon: Lexicon, options: Options) -> None:
        """Take a model, a user's lexicon and options.

        Raises:
            ModelError: If another version has written the bundle.
        """
        self.model = model
        self.lexicon = lexicon
        self.options = options
        self.tuning = Tuning.read(model.header["tuning"])
        self.reader = LettersReader(model, lexicon, options, self.tuning)
        self.letter_spaces = LetterSpaces(self.reader.windows.decoder, options.engine)
        self.broken_clusters = BrokenClusters(
            self.reader.windows.decoder, self.reader.least_of_marks
        )

    def evidence(self) -> FamilyEvidence:
        """What tells which engines a new document comes from."""
        engine = self.options.engine
        return FamilyEvidence(self.reader.likelihoods, None if engine == "auto" else engine)

    @cached_property
    def term_finder(self) -> TermFinder | None:
        """The phrases to look for; None if there are none. O(letters of the phrases)."""
        from thaifix.correct.stages.term_finder import TermFinder
        from thaifix.model import phrases
        from thaifix.model.decoder import build_decoder

        # Without the user's entries as words: a phrase that is one word has no parts to stand on.
        decoder = self.reader.windows.decoder
        own = self.lexicon.entries
        plain = build_decoder(self.model) if own else decoder
        found = phrases.scan(own, plain)
        if self.options.lexicons:
            found = found.then(phrases.unpack(self.model.array("phrases")))
        if not found.texts:
            return None
        ids = frozenset(entry.id for entry in own)
        return TermFinder(found, decoder, plain, self.model.array("cuts"), ids)

    @cached_property
    def term_decision(self) -> Decision:
        """Weights and thresholds for candidates of terms."""
        from thaifix.correct.decision import Decision
        from thaifix.correct.stages.term_features import FEATURES

        return Decision(self.model.header["terms"], FEATURES)

    @cached_property
    def misreadings(self) -> Misreadings:
        """What the lexicons know to be read wrong."""
        from thaifix.correct.stages.misreadings import Misreadings

        known = shipped() if self.options.lexicons else ()
        return Misreadings([*self.lexicon.entries, *known], self.reader.windows.decoder.scan)

    @cached_property
    def facts(self) -> Facts:
        """What the lexicons know of laws, organisations and abbreviations."""
        from thaifix.correct.stages.facts import Facts

        def entries() -> list[Entry]:
            known = shipped((*PHRASES, "abbreviations")) if self.options.lexicons else ()
            return [*self.lexicon.entries, *known]

        return Facts(entries)

    @cached_property
    def numbers(self) -> Numbers:
        """What proves numbers of a document by others."""
        from thaifix.correct.stages.numbers.stage import Numbers

        return Numbers()

    @cached_property
    def dirt(self) -> Dirt:
        """What deletes the dirt of bad scans."""
        from thaifix.correct.decision import Decision
        from thaifix.correct.stages.dirt import FEATURES, Dirt

        decision = Decision(self.model.header["dirt"], FEATURES)
        return Dirt(decision, self.options, self.tuning.many)

    @cached_property
    def persons(self) -> frozenset[str]:
        """Given names and surnames of the lexicon that comes with thaifix."""
        return frozenset(entry.term for entry in shipped(("names",)))
