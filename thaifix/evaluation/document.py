"""One document: each of its texts, measured against the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from thaifix.evaluation import breakdown, entities, outcomes, risk
from thaifix.evaluation.breakdown import Confusion
from thaifix.evaluation.entities import TermCounts
from thaifix.evaluation.metrics import Rates, ViewedText, rates
from thaifix.evaluation.numbers import NumberCounts, ProvedCounts, count_numbers, count_proved
from thaifix.evaluation.outcomes import Region
from thaifix.text.align import Match, gaps, matches
from thaifix.text.edit import Correction


class DocumentTexts(NamedTuple):
    """The texts of one document, as stored.

    Attributes:
        id: Its name in the result.
        reference: The true text.
        hypothesis: The text being judged.
        corrected: What each system made of the hypothesis; one text for each system.
        corrections: The edits of each system, None where they are not known. Only the risk curve
            needs them; leave the tuple empty if none are known.
    """

    id: str
    reference: str
    hypothesis: str
    corrected: tuple[str, ...] = ()
    corrections: tuple[Correction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class TextResult:
    """One text of a document, measured against the reference; counts in the default view.

    Attributes:
        text: The text in the default view.
        rates: Its error rates.
        line_errors: The errors of `rates.cer`, for each line of the reference.
        classes: The errors of `rates.cer` by class, see `breakdown.CLASSES`.
        confusions: What was read for what, and how often.
        longer: How many places are wrong in more than two code points; `confusions` leaves them
            out.
        entities: Terms of the lexicons, by type.
        regions: What was repaired, missed, wrong and damaged, with spans in the three texts. All
            errors of a hypothesis are missed.
        right: Code points of the reference that the hypothesis had right.
        numbers: Numbers of the reference that the text has exactly.
        verdicts: What each edit is worth; None if the edits are not known.
        proved: What edits of numbers are worth; None if the edits are not known.
    """

    text: str
    rates: Rates
    line_errors: tuple[int, ...]
    classes: Counter[str]
    confusions: Counter[Confusion]
    longer: int
    entities: dict[str, TermCounts]
    regions: tuple[Region, ...]
    right: int
    numbers: NumberCounts
    verdicts: tuple[risk.Verdict, ...] | None = None
    proved: ProvedCounts | None = None


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document, measured.

    Attributes:
        id: Its name.
        reference: The true text in the default view; `line_errors` counts the lines of this text.
        hypothesis: The text being judged.
        corrected: What each system made of it, in the order of `Evaluation.systems`.
    """

    id: str
    reference: str
    hypothesis: TextResult
    corrected: tuple[TextResult, ...]


def evaluate_document(texts: DocumentTexts, systems: int) -> DocumentResult:
    """Measure a document's texts.

    Args:
        texts: The document.
        systems: How many systems there are.
    Raises:
        ValueError: If there are not as many corrected texts, or known corrections, as systems.
    Time: as `align.matches`, plus newmm's 2 MB/s.
    """
    if len(texts.corrected) != systems:
        raise ValueError(f"{texts.id}: {len(texts.corrected)} corrected texts, {systems} systems")
    if len(texts.corrections) not in (0, systems):
        raise ValueError(f"{texts.id}: {len(texts.corrections)} corrections, {systems} systems")
    reference, hypothesis = ViewedText(texts.reference), ViewedText(texts.hypothesis)
    before = hypothesis, matches(reference.default, hypothesis.default)
    corrections = texts.corrections or (None,) * systems
    return DocumentResult(
        texts.id,
        reference.default,
        _text_result(texts, reference, *before, before),
        tuple(
            _text_result(
                texts, reference, text, matches(reference.default, text.default), before, how
            )
            for text, how in zip(map(ViewedText, texts.corrected), corrections, strict=True)
        ),
    )


def _text_result(
    texts: DocumentTexts,
    reference: ViewedText,
    viewed: ViewedText,
    agreed: Sequence[Match],
    before: tuple[ViewedText, Sequence[Match]],
    correction: Correction | None = None,
) -> TextResult:
    """Measure one text.

    Args:
        texts: The document, as stored.
        reference: Its reference.
        viewed: The text to measure.
        agreed: Where that text agrees with the reference, in the default view.
        before: The hypothesis, and where it agrees with the reference.
        correction: The edits that made the text of the hypothesis, if they are known.
    """
    true, text = reference.default, viewed.default
    wrong = list(gaps(agreed, len(true), len(text)))
    verdicts = None if correction is None else tuple(risk.judge(correction, texts.reference))
    confusions, longer = breakdown.confusions(true, text, wrong)
    return TextResult(
        text,
        rates(reference, viewed),
        tuple(breakdown.line_errors(true, wrong)),
        breakdown.classes(true, text, wrong),
        confusions,
        longer,
        entities.count_terms(entities.plain(true), entities.plain(text)),
        tuple(outcomes.regions(true, before[0].default, text, before[1], agreed)),
        sum(match.length for match in before[1]),
        count_numbers(true, text, agreed),
        verdicts,
        None if correction is None else count_proved(correction, verdicts or ()),
    )
