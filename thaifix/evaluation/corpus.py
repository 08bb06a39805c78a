"""All documents together: `evaluate` pools what `document` measures of each.

Errors and totals are added over the documents, and rates are computed last, so that a short bad
page does not outweigh a long good one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from thaifix.evaluation import entities, outcomes, risk
from thaifix.evaluation.breakdown import Confusion
from thaifix.evaluation.comparison import Comparison, compare
from thaifix.evaluation.document import (
    DocumentResult,
    DocumentTexts,
    TextResult,
    evaluate_document,
)
from thaifix.evaluation.entities import TermCounts
from thaifix.evaluation.metrics import BetterSameWorse, ErrorRate, Rates, better_same_worse
from thaifix.evaluation.numbers import NumberCounts, ProvedCounts, pool_numbers, pool_proved
from thaifix.evaluation.outcomes import Changes
from thaifix.evaluation.requirements import require
from thaifix.evaluation.significance import RESAMPLES, SEED, Estimate

HARM_UNIT = "code points of correct documents"
"""What the total of `System.harm` counts."""

DAMAGE_UNIT = "right code points of other documents"
"""What the total of `System.damage` counts."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One text of all documents, pooled: the hypothesis, or what one system made of it.

    Attributes:
        rates: Errors and totals, added up.
        interval: `rates.cer` with its bootstrap interval.
        classes, confusions, longer, entities: As in `TextResult`, added up, the most frequent
            first.
        numbers: Numbers of the references that the texts have exactly.
    """

    rates: Rates
    interval: Estimate
    classes: dict[str, int]
    confusions: dict[Confusion, int]
    longer: int
    entities: dict[str, TermCounts]
    numbers: NumberCounts


@dataclass(frozen=True, slots=True)
class System:
    """What one corrector did to the hypotheses.

    Attributes:
        name: Its name.
        summary: Its texts against the references.
        changes: Regions and errors repaired, missed, wrong and damaged; precision, recall, F0.5.
        harm: Changed spans of the documents that had no error (default view), out of their code
            points. Its rate times 10,000 is the harm per 10,000 characters, of which the profiles
            speak.
        damage: Damaged regions of all other documents, out of their code points that were right.
        documents: How many documents have fewer errors than before, as many, or more; in code
            points of the default view.
        lines: The same for the lines of the references.
        preference: Share of documents made better, less the share made worse; -1 to 1. Of a single
            document, the shares of its lines.
        reduction: Share of the errors of the hypotheses that are gone (relative reduction of
            CER); None if there were no errors.
        p_value: Of the paired test against the hypotheses, 0 to 1.
        curve: Risk and coverage by confidence; None if the edits are not known.
        proved: What edits of numbers are worth; None if the edits are not known.
    """

    name: str
    summary: Summary
    changes: Changes
    harm: ErrorRate
    damage: ErrorRate
    documents: BetterSameWorse
    lines: BetterSameWorse
    preference: Estimate
    reduction: Estimate
    p_value: float
    curve: tuple[risk.Point, ...] | None
    proved: ProvedCounts | None


@dataclass(frozen=True, slots=True)
class SystemDifference:
    """Two systems compared.

    Attributes:
        first, second: Their names.
        cer: CER of the first less CER of the second, with its paired interval. Below 0, the first
            is better.
        p_value: Of the paired test, 0 to 1.
    """

    first: str
    second: str
    cer: Estimate
    p_value: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole result.

    Attributes:
        documents: All documents, in the order given.
        hypothesis: The texts being judged.
        systems: What correctors did to them, if any.
        differences: Each pair of systems.
        unit: What was resampled: "documents", or "lines" (of the reference) if there is only one
            document.
        resamples: How many samples the intervals and tests were computed from.
        seed: Of the random numbers.
    """

    documents: tuple[DocumentResult, ...]
    hypothesis: Summary
    systems: tuple[System, ...]
    differences: tuple[SystemDifference, ...]
    unit: str
    resamples: int
    seed: int


def evaluate(
    texts: Iterable[DocumentTexts],
    systems: Sequence[str] = (),
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """Compare texts with their references.

    Args:
        texts: The documents; taken one by one.
        systems: Names of the correctors whose texts `DocumentTexts.corrected` holds, in the same
            order.
        resamples: How many samples the intervals and tests are computed from.
        seed: Of the random numbers.
    Raises:
        ValueError: If there are no documents, or if one does not have one corrected text for each
            system.
        MissingExtraError: If pythainlp or regex is not installed; before the first document is
            taken.
    Time: as `align.matches`, plus newmm's 2 MB/s, plus O(min(documents, 1,000) * resamples).
    """
    require("pythainlp", "regex")
    documents = tuple(evaluate_document(document, len(systems)) for document in texts)
    if not documents:
        raise ValueError("no documents")
    unit, lengths, errors = _resampled(documents)
    comparison = compare(lengths, errors, resamples=resamples, seed=seed)
    return Evaluation(
        documents,
        _summary([document.hypothesis for document in documents], comparison.cer[0]),
        tuple(_system(name, documents, i, comparison) for i, name in enumerate(systems)),
        tuple(
            SystemDifference(systems[i - 1], systems[k - 1], pair.cer, pair.p_value)
            for (i, k), pair in comparison.pairs.items()
            if i
        ),
        unit,
        resamples,
        seed,
    )


def _resampled(documents: Sequence[DocumentResult]) -> tuple[str, list[int], list[list[int]]]:
    """Tell what is resampled, and for each such thing its length and the errors of each text."""
    results = [(document.hypothesis, *document.corrected) for document in documents]
    if len(documents) == 1:
        lines = documents[0].reference.split("\n")
        lengths = [len(line) + (number < len(lines)) for number, line in enumerate(lines, 1)]
        by_line = zip(*(result.line_errors for result in results[0]), strict=True)
        return "lines", lengths, list(map(list, by_line))
    lengths = [len(document.reference) for document in documents]
    errors = [[result.rates.cer.errors for result in row] for row in results]
    return "documents", lengths, errors


def _summary(results: Sequence[TextResult], interval: Estimate) -> Summary:
    return Summary(
        sum((result.rates for result in results), Rates()),
        interval,
        _most_frequent_first(result.classes for result in results),
        _most_frequent_first(result.confusions for result in results),
        sum(result.longer for result in results),
        entities.pool(result.entities for result in results),
        pool_numbers(result.numbers for result in results),
    )


def _damaged(results: Sequence[TextResult], unit: str) -> ErrorRate:
    """Count the regions of some texts that were right and are wrong."""
    changes = outcomes.pool(outcomes.tally(result.regions) for result in results)
    return ErrorRate(changes.damaged.regions, sum(result.right for result in results), unit)


def _most_frequent_first(counts: Iterable[Counter[Any]]) -> dict[Any, int]:
    """Add up counts; equally frequent keys stand in their own order."""
    pooled = Counter[Any]()
    for count in counts:
        pooled.update(count)
    return dict(sorted(pooled.items(), key=lambda item: (-item[1], item[0])))


def _system(
    name: str, documents: Sequence[DocumentResult], i: int, comparison: Comparison
) -> System:
    pairs = [(document.hypothesis, document.corrected[i]) for document in documents]
    after = [result for _, result in pairs]
    changes = outcomes.pool(outcomes.tally(result.regions) for result in after)
    correct = [b for a, b in pairs if not a.rates.cer.errors]
    erring = [b for a, b in pairs if a.rates.cer.errors]
    lines = (line for a, b in pairs for line in zip(a.line_errors, b.line_errors, strict=True))
    known = [result.verdicts for result in after]
    pair = comparison.pairs[0, 1 + i]
    return System(
        name,
        _summary(after, comparison.cer[1 + i]),
        changes,
        _damaged(correct, HARM_UNIT),
        _damaged(erring, DAMAGE_UNIT),
        better_same_worse((a.rates.cer, b.rates.cer) for a, b in pairs),
        better_same_worse((ErrorRate(x), ErrorRate(y)) for x, y in lines),
        comparison.preference[1 + i],
        pair.reduction,
        pair.p_value,
        None if None in known else tuple(risk.curve(chain.from_iterable(filter(None, known)))),
        pool_proved([result.proved for result in after]),
    )
