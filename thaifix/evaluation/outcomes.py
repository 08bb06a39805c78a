"""What a correction did to the errors of a text: repaired, missed, wrong, damaged.

The observed and the corrected text are each aligned with the intended one, in the default view.
Where both agree with it, the three texts are cut. What lies between two cuts is a region. What
happened to it is seen by comparing its three parts:

    outcome   observed   corrected
    repaired  is wrong   is right
    missed    is wrong   is the same
    wrong     is wrong   is wrong in another way
    damaged   is right   is wrong

The outcomes are those of apoco (ocrd_cis), there called successful correction, missed opportunity,
infelicitous correction and false friend. It judges tokens, which Thai text does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from thaifix.text.align import Match, gaps

OUTCOMES = ("repaired", "missed", "wrong", "damaged")
"""The names of the outcomes, in the order of `Changes`."""

F05_RECALL_WEIGHT = 0.25
"""Weight of recall against precision in F0.5: beta squared, by definition (van Rijsbergen 1979)."""


class Region(NamedTuple):
    """A part of three texts between places where all of them agree.

    Spans are half-open, in code points of the default view; one or two of them may be empty.

    Attributes:
        outcome: A name in `OUTCOMES`.
        start, end: The span of the intended text.
        observed_start, observed_end: The span of the observed text.
        corrected_start, corrected_end: The span of the corrected text.
        before: Errors of the observed text in it, in code points.
        after: Errors of the corrected text in it.
    """

    outcome: str
    start: int
    end: int
    observed_start: int
    observed_end: int
    corrected_start: int
    corrected_end: int
    before: int
    after: int


class Tally(NamedTuple):
    """Regions of one outcome, pooled; errors in code points."""

    regions: int = 0
    before: int = 0
    after: int = 0


class Changes(NamedTuple):
    """The regions of a correction by outcome.

    For every correction, with the rates `before` and `after` in the default view:

        repaired.before + missed.before + wrong.before == before.cer.errors
        missed.after + wrong.after + damaged.after == after.cer.errors
        repaired.after == damaged.before == 0
    """

    repaired: Tally = Tally()
    missed: Tally = Tally()
    wrong: Tally = Tally()
    damaged: Tally = Tally()

    @property
    def precision(self) -> float | None:
        """Share repaired of the regions that were changed; None if none was changed."""
        return _share(
            self.repaired.regions,
            self.repaired.regions + self.wrong.regions + self.damaged.regions,
        )

    @property
    def recall(self) -> float | None:
        """Share repaired of the regions that were wrong; None if none was wrong."""
        return _share(
            self.repaired.regions, self.repaired.regions + self.missed.regions + self.wrong.regions
        )

    @property
    def f05(self) -> float | None:
        """F0.5, in which precision counts twice as much as recall; None if one of them is None."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        if not precision or not recall:
            return 0.0
        weight = F05_RECALL_WEIGHT
        return (1 + weight) * precision * recall / (weight * precision + recall)


def tally(regions: Iterable[Region]) -> Changes:
    """Count regions and their errors by outcome."""
    counts = dict.fromkeys(OUTCOMES, Tally())
    for region in regions:
        known = counts[region.outcome]
        counts[region.outcome] = Tally(
            known.regions + 1, known.before + region.before, known.after + region.after
        )
    return Changes(**counts)


def pool(changes: Iterable[Changes]) -> Changes:
    """Add up the changes of several texts."""
    pooled = Changes()
    for change in changes:
        pairs = zip(pooled, change, strict=True)
        pooled = Changes(*(Tally(*map(sum, zip(*pair, strict=True))) for pair in pairs))
    return pooled


def regions(
    intended: str,
    observed: str,
    corrected: str,
    before: Sequence[Match],
    after: Sequence[Match],
) -> list[Region]:
    """Find the regions of a correction.

    Args:
        intended, observed, corrected: The texts, in the default view.
        before: `align.matches(intended, observed)`.
        after: `align.matches(intended, corrected)`.
    Returns:
        The regions in the order of the text.
    Time: linear in the texts.
    """
    errors = (
        list(gaps(before, len(intended), len(observed)))[::-1],
        list(gaps(after, len(intended), len(corrected)))[::-1],
    )
    texts = intended, observed, corrected
    found: list[Region] = []
    done: tuple[int, ...] = (0, 0, 0)
    for *places, length in (*_agreed(before, after), (*map(len, texts), 0)):
        if done != tuple(places):
            counts = [0, 0]
            for i, known in enumerate(errors):
                while known and known[-1].hypothesis_end <= places[i + 1]:
                    counts[i] += known.pop().errors
            _add(found, texts, [*zip(done, places, strict=True)], counts)
        done = tuple(place + length for place in places)
    return found


def _agreed(before: Sequence[Match], after: Sequence[Match]) -> Iterator[tuple[int, int, int, int]]:
    """Intersect what agrees.

    Yields:
        Where a part begins on which all agree, in the intended, observed and corrected text, and
        its length.
    """
    i = k = 0
    while i < len(before) and k < len(after):
        one, other = before[i], after[k]
        ends = one.reference + one.length, other.reference + other.length
        start = max(one.reference, other.reference)
        if start < min(ends):
            yield (
                start,
                one.hypothesis + start - one.reference,
                other.hypothesis + start - other.reference,
                min(ends) - start,
            )
        if ends[0] <= ends[1]:
            i += 1
        if ends[1] <= ends[0]:
            k += 1


def _add(
    found: list[Region],
    texts: tuple[str, str, str],
    spans: list[tuple[int, int]],
    errors: Sequence[int],
) -> None:
    """Add a region with its spans in the three texts, or join it to the one before it."""
    outcome = _outcome(texts, spans)
    if found and {found[-1].outcome, outcome} == {"repaired", "damaged"}:
        last = found[-1]
        starts = last.start, last.observed_start, last.corrected_start
        both = [(start, end) for start, (_, end) in zip(starts, spans, strict=True)]
        if _outcome(texts, both) == "missed":
            # This is one unchanged error, which the two alignments put at different places: of two
            # equal letters either may be the one too many.
            found.pop()
            spans, outcome = both, "missed"
            errors = last.before + errors[0], last.after + errors[1]
    (start, end), (observed_start, observed_end), (corrected_start, corrected_end) = spans
    found.append(
        Region(
            outcome,
            *(start, end, observed_start, observed_end, corrected_start, corrected_end),
            *errors,
        )
    )


def _outcome(texts: tuple[str, str, str], spans: Iterable[tuple[int, int]]) -> str:
    intended, observed, corrected = (
        text[start:end] for text, (start, end) in zip(texts, spans, strict=True)
    )
    if corrected == intended:
        return "repaired"
    if observed == intended:
        return "damaged"
    return "missed" if corrected == observed else "wrong"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
