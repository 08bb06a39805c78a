"""One document: its texts, each read against the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from thaifix.evaluation import breakdown, entities, outcomes, risk
from thaifix.evaluation.breakdown import Confusion
from thaifix.evaluation.entities import Found
from thaifix.evaluation.metrics import Rates, Seen, rates
from thaifix.evaluation.outcomes import Region
from thaifix.text.align import Match, gaps, matches
from thaifix.text.edit import Correction


class Texts(NamedTuple):
    """The texts of one document, as stored.

    Attributes:
        id: Its name in the result.
        reference: The true text.
        hypothesis: The text being judged.
        corrected: What each system made of the hypothesis; as many as there are systems.
        corrections: How each system did it, where that is known; needed for a risk curve only.
    """

    id: str
    reference: str
    hypothesis: str
    corrected: tuple[str, ...] = ()
    corrections: tuple[Correction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of one document against its reference.

    Attributes:
        text: The text in the default view.
        rates: Its error rates.
        line_errors: Errors of `rates.cer` by line of the reference.
        classes: Errors of `rates.cer` by class, see `breakdown.CLASSES`.
        confusions: What was read for what, and how often.
        longer: How many places are wrong in more than two code points, and not in `confusions`.
        entities: Terms of the lexicons by type.
        regions: What was repaired, missed, wrong and damaged, with spans in the three texts; of a
            hypothesis, all its errors as missed.
        right: Code points of the reference that the hypothesis had right.
        verdicts: What the edits are worth; None if they are not known.
    """

    text: str
    rates: Rates
    line_errors: tuple[int, ...]
    classes: Counter[str]
    confusions: Counter[Confusion]
    longer: int
    entities: dict[str, Found]
    regions: tuple[Region, ...]
    right: int
    verdicts: tuple[risk.Verdict, ...] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document.

    Attributes:
        id: Its name.
        reference: The true text in the default view; its lines are what `line_errors` counts.
        hypothesis: The text being judged.
        corrected: What each system made of it, in the order of `Evaluation.systems`.
    """

    id: str
    reference: str
    hypothesis: Reading
    corrected: tuple[Reading, ...]


def read(texts: Texts, systems: int) -> Document:
    """Read a document's texts.

    Raises:
        ValueError: If there are not as many corrected texts as systems.
    Time: as `align.matches`, plus newmm's 2 MB/s.
    """
    if len(texts.corrected) != systems:
        raise ValueError(f"{texts.id}: {len(texts.corrected)} corrected texts, {systems} systems")
    reference, hypothesis = Seen(texts.reference), Seen(texts.hypothesis)
    agreed = matches(reference.default, hypothesis.default)
    before = hypothesis, agreed
    corrections = texts.corrections or (None,) * systems
    return Document(
        texts.id,
        reference.default,
        _reading(texts, reference, *before, before),
        tuple(
            _reading(texts, reference, seen, matches(reference.default, seen.default), before, how)
            for seen, how in zip(map(Seen, texts.corrected), corrections, strict=True)
        ),
    )


def _reading(
    texts: Texts,
    reference: Seen,
    seen: Seen,
    agreed: Sequence[Match],
    before: tuple[Seen, Sequence[Match]],
    correction: Correction | None = None,
) -> Reading:
    true, text = reference.default, seen.default
    wrong = list(gaps(agreed, len(true), len(text)))
    confusions, longer = breakdown.confusions(true, text, wrong)
    return Reading(
        text,
        rates(reference, seen),
        tuple(breakdown.line_errors(true, wrong)),
        breakdown.classes(true, text, wrong),
        confusions,
        longer,
        entities.found(entities.plain(true), entities.plain(text)),
        tuple(outcomes.regions(true, before[0].default, text, before[1], agreed)),
        sum(match.length for match in before[1]),
        None if correction is None else tuple(risk.judge(correction, texts.reference)),
    )
