"""Evaluation: documents against their references, and corrections against what they corrected.

    evaluate([Texts("p1", reference, hypothesis, (corrected,))], ["mine"])

Everything is counted document by document and pooled: errors and totals are added, rates computed
last. How each figure is defined stands in docs/evaluation.md.
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
from thaifix.evaluation.entities import Found
from thaifix.evaluation.metrics import BetterSameWorse, ErrorRate, Rates, better_same_worse
from thaifix.evaluation.outcomes import Changes
from thaifix.evaluation.reading import Document, Reading, Texts, read
from thaifix.evaluation.significance import RESAMPLES, SEED, Estimate

__all__ = [
    "Difference",
    "Document",
    "Evaluation",
    "Reading",
    "Summary",
    "System",
    "Texts",
    "evaluate",
]

HARM_UNIT = "code points that were right"


@dataclass(frozen=True, slots=True)
class Summary:
    """One text of all documents, pooled.

    Attributes:
        rates: Errors and totals added up.
        interval: `rates.cer` with its bootstrap interval.
        classes, confusions, longer, entities: As in `Reading`, added up; the most frequent first.
    """

    rates: Rates
    interval: Estimate
    classes: dict[str, int]
    confusions: dict[Confusion, int]
    longer: int
    entities: dict[str, Found]


@dataclass(frozen=True, slots=True)
class System:
    """What one corrector did to the hypotheses.

    Attributes:
        name: Its name.
        summary: Its texts against the references.
        changes: Regions and errors repaired, missed, wrong, damaged; precision, recall, F0.5.
        harm: Regions damaged, and code points that were right before; times 10,000 it is harm
            per 10,000 characters.
        documents: Documents with fewer, as many, more errors than before, in code points.
        lines: The same of lines of the references.
        preference: Share of documents made better less share made worse, -1 to 1; of lines if
            there is one document.
        reduction: Share of the errors of the hypotheses that are gone (relative reduction of
            CER); None if there were none.
        p_value: Of the paired test against the hypotheses.
        curve: Risk and coverage by confidence; None if the edits are not known.
    """

    name: str
    summary: Summary
    changes: Changes
    harm: ErrorRate
    documents: BetterSameWorse
    lines: BetterSameWorse
    preference: Estimate
    reduction: Estimate
    p_value: float
    curve: tuple[risk.Point, ...] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two systems compared.

    Attributes:
        first, second: Their names.
        cer: CER of the first less that of the second, with its paired interval: below 0 the first
            is better.
        p_value: Of the paired test.
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
        unit: What was resampled: documents, or lines of the reference if there is one document.
        resamples: How many samples intervals and tests were computed from.
        seed: Of the random numbers.
    """

    documents: tuple[Document, ...]
    hypothesis: Summary
    systems: tuple[System, ...]
    differences: tuple[Difference, ...]
    unit: str
    resamples: int
    seed: int


def evaluate(
    texts: Iterable[Texts],
    systems: Sequence[str] = (),
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """Compare texts with their references.

    Args:
        texts: The documents; taken one by one.
        systems: Names of the correctors whose texts `Texts.corrected` holds, in the same order.
        resamples: How many samples intervals and tests are computed from.
        seed: Of the random numbers.
    Raises:
        ValueError: If there are no documents, or one has not one corrected text for each system.
    Time: as `align.matches`, plus newmm's 2 MB/s, plus O(min(documents, 1,000) * resamples).
    """
    documents = tuple(read(document, len(systems)) for document in texts)
    if not documents:
        raise ValueError("no documents")
    unit, lengths, errors = _rows(documents)
    comparison = compare(lengths, errors, resamples=resamples, seed=seed)
    return Evaluation(
        documents,
        _summary([document.hypothesis for document in documents], comparison.cer[0]),
        tuple(_system(name, documents, i, comparison) for i, name in enumerate(systems)),
        tuple(
            Difference(systems[i - 1], systems[k - 1], pair.cer, pair.p_value)
            for (i, k), pair in comparison.pairs.items()
            if i
        ),
        unit,
        resamples,
        seed,
    )


def _rows(documents: Sequence[Document]) -> tuple[str, list[int], list[list[int]]]:
    """What is resampled, and of each such thing its length and the errors of each text."""
    readings = [(document.hypothesis, *document.corrected) for document in documents]
    if len(documents) == 1:
        lines = documents[0].reference.split("\n")
        lengths = [len(line) + (number < len(lines)) for number, line in enumerate(lines, 1)]
        by_line = zip(*(reading.line_errors for reading in readings[0]), strict=True)
        return "lines", lengths, list(map(list, by_line))
    lengths = [len(document.reference) for document in documents]
    errors = [[reading.rates.cer.errors for reading in row] for row in readings]
    return "documents", lengths, errors


def _summary(readings: Sequence[Reading], interval: Estimate) -> Summary:
    return Summary(
        sum((reading.rates for reading in readings), Rates()),
        interval,
        _most(reading.classes for reading in readings),
        _most(reading.confusions for reading in readings),
        sum(reading.longer for reading in readings),
        entities.pool(reading.entities for reading in readings),
    )


def _most(counts: Iterable[Counter[Any]]) -> dict[Any, int]:
    pooled = Counter[Any]()
    for count in counts:
        pooled.update(count)
    return dict(sorted(pooled.items(), key=lambda item: (-item[1], item[0])))


def _system(name: str, documents: Sequence[Document], i: int, comparison: Comparison) -> System:
    pairs = [(document.hypothesis, document.corrected[i]) for document in documents]
    after = [reading for _, reading in pairs]
    changes = outcomes.pool(outcomes.tally(reading.regions) for reading in after)
    right = sum(reading.right for reading in after)
    lines = (line for a, b in pairs for line in zip(a.line_errors, b.line_errors, strict=True))
    known = [reading.verdicts for reading in after]
    pair = comparison.pairs[0, 1 + i]
    return System(
        name,
        _summary(after, comparison.cer[1 + i]),
        changes,
        ErrorRate(changes.damaged.regions, right, HARM_UNIT),
        better_same_worse((a.rates.cer, b.rates.cer) for a, b in pairs),
        better_same_worse((ErrorRate(x), ErrorRate(y)) for x, y in lines),
        comparison.preference[1 + i],
        pair.reduction,
        pair.p_value,
        None if None in known else tuple(risk.curve(chain.from_iterable(filter(None, known)))),
    )
