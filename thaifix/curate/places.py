"""Places: where a text would be changed, widened to whole words, so that each reads alone.

The words are those of the model's scan, before and after the change. They are compared after
normalisation: how a place spells sara am, say, makes no difference.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from operator import itemgetter
from typing import NamedTuple

from thaifix.correct.corrector import Corrector
from thaifix.kernel.symbols import UNKNOWN, encode
from thaifix.model.decoder import build_decoder
from thaifix.text.edit import Edit, apply, trim
from thaifix.text.normalize import normalize
from thaifix.text.protect import KeepList, protected_spans

Scan = Callable[[bytes], tuple[Sequence[int], Sequence[int], Sequence[float]]]
"""`Decoder.scan`: the starts, ids and costs of the words of encoded text."""

_START, _END = itemgetter(0), itemgetter(1)  # of a span, also of a `Place`

_OF_ITS_PLACE = ("law_year", "abbreviation_of")
"""Reasons of edits that hold in one place: elsewhere the same number may be right."""


def scanner(corrector: Corrector) -> Scan:
    """The scan of a corrector's model and lexicons. Costs as much as a corrector: keep it."""
    return build_decoder(corrector.model, corrector.lexicon).scan


class Place(NamedTuple):
    """A suspected substitution.

    Attributes:
        start: Where it begins, in code points of the source.
        end: Where it ends.
        observed: The words that stand there, normalised.
        intended: The words that the corrector takes them for.
        confidence: Calibrated probability that it is right, of its least certain edit.
        reason: Name of the mechanism; of several, joined with "+".
        entry: Id of the lexicon's entry that caused it, or "".
    """

    start: int
    end: int
    observed: str
    intended: str
    confidence: float
    reason: str
    entry: str


class SourceWords:
    """The words of a source after normalisation, and the way between the two texts."""

    def __init__(self, source: str, scan: Scan, keep: KeepList | None = None) -> None:
        """Normalise and scan a section.

        Args:
            source: The section.
            scan: The scan of the corrector whose edits will be looked at.
            keep: Its never-touch words, which rules do not change.
        Time: O(n).
        """
        self.source = source
        self.rules = normalize(source, protected_spans(source, keep))
        self.text = apply(source, self.rules)
        self._sources = [(rule.start, rule.end) for rule in self.rules]
        self._grown = [0, *accumulate(map(_growth, self.rules))]
        self._texts = [
            (rule.start + grown, rule.start + grown + len(rule.replacement))
            for rule, grown in zip(self.rules, self._grown, strict=False)
        ]
        self._scan = scan
        starts, self.ids, _ = scan(encode(self.text))
        self.starts: Sequence[int] = starts
        self.bounds = {*starts, len(self.text)}

    def inside(self, first: int, end: int) -> list[int]:
        """The ids of some words, blank ones left out.

        Args:
            first: Index of the first word.
            end: Where the last one ends, in code points of the text.
        """
        last = bisect_left(self.starts, end, first)
        ends = [*self.starts[first + 1 : last], end]
        return [
            self.ids[i]
            for i, until in enumerate(ends, first)
            if not self.text[self.starts[i] : until].isspace()
        ]

    def unknown_beside(self, first: int, end: int) -> bool:
        """Whether an unknown word stands right before or right after some words.

        Args:
            first: Index of the first of these words.
            end: Where the last one ends, in code points of the text.
        """
        last = bisect_left(self.starts, end, first)
        beside = [*self.ids[max(0, first - 1) : first], *self.ids[last : last + 1]]
        return UNKNOWN in beside

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the source stands in the text; None if it cuts through a rule's edit.

        Time: O(log n).
        """
        first = bisect_left(self._sources, start, key=_START)
        last = bisect_right(self._sources, end, key=_END)
        if first and self._sources[first - 1][1] > start:
            return None
        if last < len(self._sources) and self._sources[last][0] < end:
            return None
        return start + self._grown[first], end + self._grown[last]

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """What of the source became a span of the text; None if it cuts through a rule's edit.

        What a rule deletes beside the span is no part of it. Time: O(log n).
        """
        first = bisect_right(self._texts, start, key=_END)
        last = max(first, bisect_left(self._texts, end, key=_START))
        if first < len(self._texts) and self._texts[first][0] < start:
            return None
        if last and self._texts[last - 1][1] > end:
            return None
        return start - self._grown[first], end - self._grown[last]

    def places(self, edits: Iterable[Edit]) -> list[Place]:
        """The places that edits of the source would change, in order.

        Left out are rules, which are certain, facts and numbers that another place proves, which
        hold in one place only, and what cannot be changed without a part of what a rule changes.

        Args:
            edits: As a corrector gives them, in order.
        """
        changes = []
        for edit in edits:
            of_its_place = edit.reason in _OF_ITS_PLACE or edit.proof is not None
            uncertain = edit.margin < inf and not of_its_place
            span = self.span(edit.start, edit.end) if uncertain else None
            if span and self.text[span[0] : span[1]] != edit.replacement:
                observed = self.text[span[0] : span[1]]
                moved = edit._replace(start=span[0], end=span[1], observed=observed)
                changes.append(trim(moved))
        if not changes:
            return []
        corrected = apply(self.text, changes)
        bounds = {*self._scan(encode(corrected))[0], len(corrected)}
        groups = _Widening(self.text, self.bounds, bounds).groups(changes)
        return [place for group in groups if (place := self._place(group))]

    def _place(self, group: _WidenedEdits) -> Place | None:
        """Make a place of widened edits, without spaces at its ends that stay as they are."""
        start, end = group.start, group.end
        edits = [e._replace(start=e.start - start, end=e.end - start) for e in group.edits]
        observed, intended = self.text[start:end], apply(self.text[start:end], edits)
        while observed and observed[-1:] == intended[-1:] and observed[-1].isspace():
            observed, intended, end = observed[:-1], intended[:-1], end - 1
        while observed and observed[:1] == intended[:1] and observed[0].isspace():
            observed, intended, start = observed[1:], intended[1:], start + 1
        raw = self.origin(start, end)
        return raw and Place(
            *raw,
            observed,
            intended,
            min(edit.confidence for edit in edits),
            "+".join(sorted({edit.reason for edit in edits})),
            next((edit.entry for edit in edits if edit.entry), ""),
        )

    def normalised(self, taken: Sequence[Place]) -> list[Place]:
        """The places that only rules change, widened to words of the text, in order.

        Args:
            taken: What `places` gave: what rules change in there is left out.
        Returns:
            Places whose `observed` is the raw spelling of the source.
        """
        found: list[Place] = []
        for rule, (start, end) in zip(self.rules, self._texts, strict=True):
            while start not in self.bounds:
                start -= 1
            while end not in self.bounds:
                end += 1
            raw = self.origin(start, end)
            if raw is None:
                continue
            low, high = min(raw[0], rule.start), max(raw[1], rule.end)
            before = bisect_left(taken, high, key=_START)  # how many places begin before its end
            if before and taken[before - 1].end > low:
                continue
            if found and low < found[-1].end:  # the same words
                reasons = {rule.reason, *found[-1].reason.split("+")}
                found[-1] = found[-1]._replace(reason="+".join(sorted(reasons)))
                continue
            if (span := self.span(low, high)) is None:
                continue
            observed, intended = self.source[low:high], self.text[span[0] : span[1]]
            found.append(Place(low, high, observed, intended, 1.0, rule.reason, ""))
        return found


@dataclass(slots=True)
class _WidenedEdits:
    """Edits that widen to the same words.

    Attributes:
        start: Where the words begin, in code points of the text.
        end: Where they end.
        edits: The edits, in order.
        before: How many code points the corrected text is ahead of the text at the start.
        after: The same at the end.
    """

    start: int
    end: int
    edits: list[Edit]
    before: int
    after: int


class _Widening:
    """Widens edits to where words begin and end in the text and in the corrected text."""

    def __init__(self, text: str, bounds: set[int], corrected: set[int]) -> None:
        self._text = text
        self._bounds = bounds
        self._corrected = corrected

    def groups(self, edits: Sequence[Edit]) -> list[_WidenedEdits]:
        """Group edits whose words would overlap.

        Args:
            edits: In order.
        """
        groups: list[_WidenedEdits] = []
        rest = list(reversed(edits))
        while rest:
            edit = rest.pop()
            ahead = groups[-1].after if groups else 0
            group = _WidenedEdits(edit.start, edit.end, [edit], ahead, ahead + _growth(edit))
            self._forward(group, rest)
            group = self._backward(group, groups)
            if not self._text[group.start : group.end].strip():  # seen with the words beside it
                if self._written(group.end):
                    self._forward(group, rest, least=1)
                if self._written(group.start - 1):
                    group = self._backward(group, groups, least=1)
            groups.append(group)
        return groups

    def _forward(self, group: _WidenedEdits, rest: list[Edit], least: int = 0) -> None:
        """Move a group's end to where words end, by at least so many code points.

        `rest` are the edits that follow, last first; those that are reached join the group.
        """
        end = group.end + least
        while group.end < end or not self._bound(group.end, group.after):
            if rest and rest[-1].start == group.end:
                edit = rest.pop()
                group.edits.append(edit)
                group.end = edit.end
                group.after += _growth(edit)
                end = min(end, group.end)
            else:
                group.end += 1

    def _backward(
        self, group: _WidenedEdits, groups: list[_WidenedEdits], least: int = 0
    ) -> _WidenedEdits:
        """Move a group's start to where words begin, by at least so many code points.

        `groups` are those before; the last one, if it is reached, takes the group in.
        """
        start = group.start - least
        while group.start > start or not self._bound(group.start, group.before):
            if groups and groups[-1].end == group.start:
                other = groups.pop()
                return _WidenedEdits(
                    other.start, group.end, other.edits + group.edits, other.before, group.after
                )
            group.start -= 1
        return group

    def _bound(self, at: int, ahead: int) -> bool:
        return at in self._bounds and at + ahead in self._corrected

    def _written(self, at: int) -> bool:
        return 0 <= at < len(self._text) and not self._text[at].isspace()


def _growth(edit: Edit) -> int:
    return len(edit.replacement) - (edit.end - edit.start)
