"""Noise of styles: what a document suffers at all places alike, such as a bad text layer.

A style gives each kind of slip a share of the places where it can happen; a document has one style.
Where slips can happen is found by `spacing` and `layers`; here it is drawn where they do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from thaifix.noise.draws import Draws
from thaifix.noise.engines import Style
from thaifix.noise.layers import am_slips, glyph_slips
from thaifix.noise.letters import errors
from thaifix.noise.places import AM_KINDS, GAP_KINDS, REASONS, Choices, Slip
from thaifix.noise.spacing import gaps
from thaifix.text.edit import Edit

_FINDERS = (
    (gaps, GAP_KINDS),
    (am_slips, AM_KINDS),
    (glyph_slips, REASONS.keys() - GAP_KINDS - AM_KINDS),
)


class SlipSurvey(NamedTuple):
    """What a style can do to a section.

    Attributes:
        slips: The places, from left to right, with those choices that the style has.
        costs: How many places there are of each sort; a sort is told by its choices, each with its
            share and the errors that a measure will count for it.
    """

    slips: Sequence[Slip]
    costs: Mapping[tuple[tuple[float, int], ...], int]


class Slips:
    """The slips of a document."""

    def __init__(self, style: Style | None, draws: Draws) -> None:
        """Begin a document that has a style, or none."""
        self._shares = dict(style.shares) if style else {}
        self._draws = draws
        self._mine: dict[Choices, Choices] = {}  # of choices, those that the style has
        self._sums: dict[Choices, float] = {}  # the shares of such choices, together

    def survey(self, text: str) -> SlipSurvey:
        """Find where the style can do something to a section.

        Time: linear.
        """
        found: list[Slip] = []
        for find, kinds in _FINDERS:
            if self._shares.keys() & kinds:
                found += self._those_of_style(find(text))
        found.sort()
        alike = Counter((text[start:end], choices) for start, end, choices in found)
        costs: Counter[tuple[tuple[float, int], ...]] = Counter()
        for (observed, choices), times in alike.items():
            sort = ((self._shares[kind], errors(observed, new)) for kind, new in choices)
            costs[tuple(sort)] += times
        return SlipSurvey(found, costs)

    def expected(self, survey: SlipSurvey, scale: float) -> float:
        """Compute how many errors a measure will count for a section.

        Args:
            survey: What can happen to it.
            scale: Factor to all shares. At no place more happens than one of its choices.
        """
        total = 0.0
        for sort, times in survey.costs.items():
            bound = max(1.0, scale * sum(share for share, _ in sort))
            total += times * sum(share * cost for share, cost in sort) * scale / bound
        return total

    def plan(self, text: str, survey: SlipSurvey, scale: float) -> list[Edit]:
        """Draw the edits of a section, sorted; none overlap. Arguments as for `expected`."""
        edits: list[Edit] = []
        done = 0
        for start, end, choices in survey.slips:
            left = self._draws.random() * max(1.0, scale * self._sums[choices])
            if start < done or left >= scale * self._sums[choices]:
                continue
            for kind, new in choices:
                left -= scale * self._shares[kind]
                if left < 0:
                    edit = Edit(start, end, new, reason=REASONS[kind], observed=text[start:end])
                    edits.append(edit)
                    done = end
                    break
        return edits

    def _those_of_style(self, slips: Iterable[Slip]) -> Iterator[Slip]:
        """Leave out what the style does not do."""
        known = self._mine
        for start, end, choices in slips:
            if (mine := known.get(choices)) is None:
                mine = tuple(choice for choice in choices if choice[0] in self._shares)
                known[choices] = mine
                self._sums[mine] = sum(self._shares[kind] for kind, _ in mine)
            if mine:
                yield Slip(start, end, mine)
