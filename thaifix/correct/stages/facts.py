"""Facts that letters cannot settle: what a lexicon knows and no language model can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import Edit, Flag
from thaifix.text.lazy import pattern
from thaifix.text.protect import KeepList, touches

if TYPE_CHECKING:  # imported when the first fact comes: most texts have none
    from thaifix.correct.stages.law_years import LawYears
    from thaifix.correct.stages.official_forms import OfficialForms

_FACTUAL = pattern("[(]|พ\\s?[.]\\s?ศ|พุทธศักราช")  # without one of them there is no fact


class Facts(Stage):
    """What lexicons know about laws, abbreviations and official names. Safe to share between
    documents and threads.
    """

    guesses = True

    def __init__(self, entries: Iterable[Entry] | Callable[[], Iterable[Entry]]) -> None:
        """Take entries, or what gives them; looked through when the first text needs it."""
        self._given = entries

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return tuple(self._given() if callable(self._given) else self._given)

    @cached_property
    def _years(self) -> LawYears:
        from thaifix.correct.stages.law_years import LawYears

        return LawYears(self._entries)

    @cached_property
    def _forms(self) -> OfficialForms:
        from thaifix.correct.stages.official_forms import OfficialForms

        return OfficialForms(self._entries)

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find what the facts prove wrong in a section; see `edits`."""
        if not _FACTUAL.search(text):
            return Findings()
        family = document.families.family() if document.is_noisy else None
        found = self.edits(text, list(keep.spans(text)) if keep else (), family)
        if not document.is_clean:
            return Findings(found)
        # A year that stands is right there: laws of one name were made in several years.
        years = [edit for edit in found if edit.reason == "law_year"]
        return Findings(
            [edit for edit in found if edit.reason != "law_year"],
            [Flag(edit.start, edit.end, edit.reason, edit.replacement) for edit in years],
        )

    def edits(
        self, text: str, protected: Sequence[tuple[int, int]] = (), family: str | None = None
    ) -> list[Edit]:
        """Find what the facts prove wrong.

        Args:
            text: A document or a section of one, normalised, its letters corrected.
            protected: Spans that must stay. Not those of `protect.protected_spans`: they hold all
                numbers and Latin words, which it takes a fact to change.
            family: The engines that have evidently read the text, if any have.
        Returns:
            Sorted, disjoint edits of `text`, each with its rule as reason and its entry's id.
        Time: constant for each year and parenthesis; linear for each wrong name that is found.
        """
        found: list[Edit] = []
        if "ศ" in text:
            found += self._years.edits(text, DigitChannel(family) if family else None)
        if "(" in text:
            found += self._forms.edits(text)
        found.sort()
        kept: list[Edit] = []
        for edit in found:
            if kept and edit.start < max(kept[-1].end, kept[-1].start + 1):
                continue
            if not touches(protected, edit.start, edit.end):
                kept.append(edit)
        return kept
