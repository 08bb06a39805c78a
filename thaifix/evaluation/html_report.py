"""The report of an evaluation for a browser: one page of HTML that needs nothing else.

Figures, charts and tables stand in the page as they are. Only the texts side by side are put
together by a script when the page is opened, so that hundreds of documents stay usable. Styles,
scripts and data are all inside; the page names no address outside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from thaifix.evaluation.corpus import Evaluation, Summary
from thaifix.evaluation.document import DocumentResult
from thaifix.evaluation.metrics import ErrorRate
from thaifix.evaluation.outcomes import OUTCOMES, Region
from thaifix.evaluation.requirements import require
from thaifix.evaluation.significance import CONFIDENCE, Estimate
from thaifix.html import render as pages
from thaifix.stream.diff import code_points
from thaifix.text import segmenter
from thaifix.text.script import MARKS, SARA_AM
from thaifix.version import __version__

MEASURES = (
    ("CER, default view", "cer"),
    ("CER, strict view", "cer_strict"),
    ("CER by clusters", "cluster_cer"),
    ("CER, letters and marks only", "letters_cer"),
    (f"WER ({segmenter.NAME})", "wer"),
    ("bag of clusters, any order", "bag_of_clusters"),
)
"""What each rate is called, and its name in `metrics.Rates`."""

LISTED_CONFUSIONS = 200
"""Rows of the table of confusions, at most. By judgement: more than anyone reads, few enough for a
browser."""

_VISIBLE = {"": "∅", " ": "␣", "\n": "⏎"}  # signs for what cannot be seen
_DOTTED_CIRCLE = "\N{DOTTED CIRCLE}"  # what a mark without a letter is shown on


def render(evaluation: Evaluation, *, title: str) -> str:
    """Write the page.

    Args:
        evaluation: What to show.
        title: The title of the page, as plain text.
    Raises:
        MissingExtraError: If jinja2 is not installed.
    Time and memory: linear in the texts; the page holds each of them once.
    """
    require("jinja2")
    systems = evaluation.systems
    before = evaluation.hypothesis
    summaries = [before, *(system.summary for system in systems)]
    listed, rare = _confusions(summaries)
    return pages.render(
        "evaluation.html",
        {"axis": _axis, "interval": _interval, "visible": _visible},
        title=title,
        version=__version__,
        segmenter=f"{segmenter.NAME} of PyThaiNLP {segmenter.version()}",
        confidence=CONFIDENCE,
        documents=evaluation.documents,
        unit=evaluation.unit,
        resamples=evaluation.resamples,
        seed=evaluation.seed,
        before=before,
        systems=systems,
        differences=evaluation.differences,
        measures=MEASURES,
        outcomes=OUTCOMES if systems else ("missed",),
        reduced=_reduced,
        classes=_counts(summary.classes for summary in summaries),
        confusions=listed,
        rare=rare,
        code_points=code_points,
        entities=_entities(summaries),
        by_document=_by_document(evaluation.documents),
        before_after=[
            (document.hypothesis.rates.cer.rate, document.corrected[0].rates.cer.rate, document.id)
            for document in evaluation.documents
            if document.corrected and document.reference
        ],
        curves=[(system.name, system.curve) for system in systems if system.curve],
        data={
            "systems": [system.name for system in systems],
            "outcomes": OUTCOMES,
            "documents": list(map(_texts, evaluation.documents)),
        },
    )  # fmt: skip


def _axis(share: float) -> str:
    return f"{100 * share:.3g} %"


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return pages.percent(estimate.value)
    low, high = (f"{100 * bound:.2f}" for bound in (estimate.low, estimate.high))
    return f"{pages.percent(estimate.value)} ({low} to {high})"


def _visible(text: str) -> str:
    if not text or text.isspace():
        return "".join(_VISIBLE.get(letter, "␣") for letter in text or [""])
    if any(unicodedata.category(letter)[0] == "C" for letter in text):
        return " ".join(f"U+{ord(letter):04X}" for letter in text)
    shown = "".join(_VISIBLE.get(letter, letter) for letter in text)
    attached = unicodedata.combining(text[0]) or text[0] in MARKS + SARA_AM
    return _DOTTED_CIRCLE + shown if attached else shown


def _reduced(before: ErrorRate, after: ErrorRate) -> float | None:
    return 1 - after.errors / before.errors if before.errors else None


def _counts(columns: Iterable[dict[Any, int]]) -> list[tuple[Any, list[int]]]:
    """Put counts side by side: each key with its count in every column, in the first's order."""
    tables = list(columns)
    keys = dict.fromkeys(key for table in tables for key in table)
    return [(key, [table.get(key, 0) for table in tables]) for key in keys]


def _confusions(summaries: Sequence[Summary]) -> tuple[list[tuple[str, str, list[int]]], int]:
    """The most frequent confusions, and how many kinds are left out."""
    rows = _counts(summary.confusions for summary in summaries)
    rows.sort(key=lambda row: (-max(row[1]), row[0]))
    listed = [(*confusion, counts) for confusion, counts in rows[:LISTED_CONFUSIONS]]
    return listed, len(rows) - len(listed)


def _entities(summaries: Sequence[Summary]) -> list[tuple[str, list[Any]]]:
    kinds = sorted(summaries[0].entities, key=lambda kind: -summaries[0].entities[kind].wanted)
    return [
        (kind, [summary.entities[kind] for summary in summaries])
        for kind in kinds
        if all(kind in summary.entities for summary in summaries)
    ]


def _by_document(documents: Sequence[DocumentResult]) -> list[tuple[str, float, float | None]]:
    rows = [
        (
            document.id,
            document.hypothesis.rates.cer.rate,
            document.corrected[0].rates.cer.rate if document.corrected else None,
        )
        for document in documents
        if document.reference  # of an empty one the rate is undefined
    ]
    return sorted(rows, key=lambda row: -row[1])


def _texts(document: DocumentResult) -> dict[str, Any]:
    """Give what the viewer needs of a document; spans in UTF-16 code units, as scripts count."""
    judged = document.corrected or (document.hypothesis,)
    reference = _Units(document.reference)
    hypothesis = _Units(document.hypothesis.text)
    return {
        "id": document.id,
        "reference": document.reference,
        "texts": [document.hypothesis.text, *(r.text for r in document.corrected)],
        "regions": [list(_spans(r.regions, reference, hypothesis, _Units(r.text))) for r in judged],
    }


def _spans(
    regions: Iterable[Region], reference: _Units, hypothesis: _Units, corrected: _Units
) -> Iterator[list[int]]:
    texts = reference, reference, hypothesis, hypothesis, corrected, corrected
    for region in regions:
        spans = zip(texts, region[1:7], strict=True)
        yield [OUTCOMES.index(region.outcome), *(text.at(place) for text, place in spans)]


class _Units:
    """Where code points of a text begin in UTF-16."""

    def __init__(self, text: str) -> None:
        self._begins: list[int] | None = None
        if any(letter > "\uffff" for letter in text):
            sizes = (1 + (letter > "\uffff") for letter in text)
            self._begins = list(accumulate(sizes, initial=0))

    def at(self, place: int) -> int:
        return self._begins[place] if self._begins else place
