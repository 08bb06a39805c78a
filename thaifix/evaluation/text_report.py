"""The report of an evaluation for a terminal: a table for people to read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from thaifix.evaluation.breakdown import CLASSES
from thaifix.evaluation.corpus import Evaluation, Summary, System
from thaifix.evaluation.metrics import BetterSameWorse, ErrorRate
from thaifix.evaluation.significance import CONFIDENCE, Estimate
from thaifix.stream.diff import code_points, visible
from thaifix.text import segmenter

_MEASURES = (
    ("CER", "cer"),
    ("CER, strict view", "cer_strict"),
    ("CER of clusters", "cluster_cer"),
    ("CER, letters and marks only", "letters_cer"),
    ("WER", "wer"),
    ("bag of clusters", "bag_of_clusters"),
)  # what each rate is called, and its name in `metrics.Rates`

LISTED_ROWS = 10
"""Confusions, and types of terms, that are shown, at most. By judgement: the table then fits on a
screen; the other reports show all."""

THRESHOLDS = 0.0, 0.5, 0.8, 0.9, 0.95, 0.99
"""Confidences at which the risk curve is shown. By judgement: closer together where the profiles
have their thresholds."""

LABEL_WIDTH, CELL_WIDTH = 30, 20
"""Widths of the first and of each further column, in columns of a terminal. By judgement: they hold
the longest label and figure, and the hypothesis with two systems stands in 90 columns."""


def render(evaluation: Evaluation) -> str:
    """Write the report, with a line end.

    Names and texts stand in it without control characters that a terminal would obey.
    """
    return "\n".join(_lines(evaluation)) + "\n"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    before, systems = evaluation.hypothesis, evaluation.systems
    summaries = [before, *(system.summary for system in systems)]
    head = ["hypothesis", *(_clipped(system.name) for system in systems)]
    count = len(evaluation.documents)
    yield (
        f"{count:,} document{'s'[: count > 1]}, {before.rates.cer.total:,} code points, "
        f"{before.rates.wer.total:,} words of {segmenter.NAME} ({segmenter.version()})"
    )
    yield ""
    yield _row("", head)
    for label, name in _MEASURES:
        rates = [getattr(summary.rates, name) for summary in summaries]
        yield _row(label, _with_change(rates))
    if before.numbers.wanted:
        exact = [_of(*s.numbers[::-1]) for s in summaries]
        yield _row(f"numbers exact ({before.numbers.wanted:,})", exact)
    yield _row(f"CER, {CONFIDENCE:.0%} interval", [_interval(s.interval) for s in summaries])
    for system in systems:
        yield from _system(system)
    if evaluation.differences:
        yield ""
        yield "Systems compared: CER of the first less CER of the second"
        for pair in evaluation.differences:
            label = f"{visible(pair.first)} - {visible(pair.second)}"
            value = "" if pair.cer.value is None else f"{pair.cer.value:+.2%}"
            yield f"  {label}: {value} {_interval(pair.cer)}, p = {pair.p_value:.4f}"
    yield from _classes(summaries, head)
    yield from _confusions(summaries, head)
    yield from _entities(summaries, head)
    yield ""
    yield (
        f"Intervals and tests: {evaluation.resamples:,} resamples of {evaluation.unit}, "
        f"seed {evaluation.seed}. What each figure means: docs/evaluation.md"
    )


def _system(system: System) -> Iterator[str]:
    changes, harm, damage = system.changes, system.harm, system.damage
    yield ""
    yield visible(system.name)
    yield (
        f"  places repaired {changes.repaired.regions:,}, missed {changes.missed.regions:,}, "
        f"wrong {changes.wrong.regions:,}, damaged {changes.damaged.regions:,}"
    )
    yield (
        f"  precision {_share(changes.precision)}, recall {_share(changes.recall)}, "
        f"F0.5 {_share(changes.f05)}"
    )
    if harm.total:
        yield (
            f"  harm {harm.per_10_000:.2f} changes per 10,000 characters of correct documents "
            f"({harm.errors:,}/{harm.total:,})"
        )
    if damage.total:
        yield (
            f"  damage {damage.per_10_000:.2f} places per 10,000 right characters "
            f"of other documents ({damage.errors:,}/{damage.total:,})"
        )
    yield f"  documents {_counts(system.documents)}; lines {_counts(system.lines)}"
    if system.proved and any(system.proved):
        right, wrong, flagged = system.proved
        yield f"  numbers proved right {right:,}, proved wrong {wrong:,}, flagged {flagged:,}"
    preference, reduction = system.preference, system.reduction
    yield (
        f"  errors reduced by {_share(reduction.value)} {_interval(reduction)}, "
        f"preference {_plain(preference.value)} "
        f"[{_plain(preference.low)}, {_plain(preference.high)}], p = {system.p_value:.4f}"
    )
    if system.curve:
        yield "  edits from a confidence on: applied, good, harmful"
        for threshold in THRESHOLDS:
            points = [point for point in system.curve if point.threshold >= threshold]
            if points:
                point = points[0]
                yield (
                    f"    {threshold:4.2f}  {point.coverage:7.1%} {point.precision:7.1%} "
                    f"{point.risk:7.1%}"
                )


def _classes(summaries: Sequence[Summary], head: Sequence[str]) -> Iterator[str]:
    yield ""
    yield _row("errors by class", head)
    for name in CLASSES:
        counts = [summary.classes.get(name, 0) for summary in summaries]
        if any(counts):
            totals = [summary.rates.cer.errors for summary in summaries]
            yield _row(f"  {name}", map(_of, counts, totals))


def _confusions(summaries: Sequence[Summary], head: Sequence[str]) -> Iterator[str]:
    if not summaries[0].confusions:
        return
    yield ""
    yield _row("observed -> intended", head)
    for confusion in list(summaries[0].confusions)[:LISTED_ROWS]:
        observed, intended = (visible(text).replace(" ", "␣") or "∅" for text in confusion)
        codes = code_points(*confusion)
        intended += f" ({codes.replace('→', '->')})" if codes else ""
        counts = [summary.confusions.get(confusion, 0) for summary in summaries]
        yield _row(f"  {observed} -> {intended}", [f"{count:,}" for count in counts])


def _entities(summaries: Sequence[Summary], head: Sequence[str]) -> Iterator[str]:
    if not summaries[0].entities:
        return
    yield ""
    yield _row("terms: recall, precision", head)
    for kind in list(summaries[0].entities)[:LISTED_ROWS]:
        known = [summary.entities.get(kind) for summary in summaries]
        wanted = known[0].wanted if known[0] else 0
        yield _row(
            f"  {kind} ({wanted:,})",
            [f"{_share(f.recall)} {_share(f.precision)}" if f else "" for f in known],
        )


def _clipped(name: str) -> str:
    shown = visible(name)
    return shown if len(shown) < CELL_WIDTH else f"\N{HORIZONTAL ELLIPSIS}{shown[2 - CELL_WIDTH :]}"


def _with_change(rates: Sequence[ErrorRate]) -> Iterator[str]:
    yield _percent(rates[0])
    for rate in rates[1:]:
        change = f" ({rate.errors / rates[0].errors - 1:+.1%})" if rates[0].errors else ""
        yield _percent(rate) + change


def _percent(rate: ErrorRate) -> str:
    return f"{rate.rate:.2%}" if rate.total else f"{rate.errors:,}/0"


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return "-"
    return f"[{estimate.low:.2%}, {estimate.high:.2%}]"


def _counts(texts: BetterSameWorse) -> str:
    return f"better {texts.better:,}, same {texts.same:,}, worse {texts.worse:,}"


def _of(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.1%})" if whole else "0"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:+.2f}"


def _row(label: str, cells: Iterable[str]) -> str:
    # Marks stand on the letter before them and take no column of their own.
    width = LABEL_WIDTH + sum(unicodedata.category(letter) == "Mn" for letter in label)
    return (label.ljust(width) + "".join(f"{cell:>{CELL_WIDTH}}" for cell in cells)).rstrip()
