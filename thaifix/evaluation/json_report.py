"""The report of an evaluation for programs: one JSON object, described in docs/evaluation.md."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from thaifix.evaluation.corpus import Evaluation, Summary, System, SystemDifference
from thaifix.evaluation.document import DocumentResult, TextResult
from thaifix.evaluation.metrics import ErrorRate, Rates
from thaifix.evaluation.outcomes import OUTCOMES
from thaifix.evaluation.significance import CONFIDENCE, Estimate
from thaifix.text import segmenter
from thaifix.version import __version__

_HEADLINES = (
    "harm",
    "damage",
    *OUTCOMES,
)  # figures that also stand at the top if there is one correction
_VIEWS = {"cer_strict": "strict", "letters_cer": "letters"}  # of the rates not in the default view


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """Make an evaluation one object of plain values; a figure that is undefined is None."""
    systems = [_system(system) for system in evaluation.systems]
    result = {
        "thaifix": __version__,
        "segmenter": {"name": segmenter.NAME, "version": segmenter.version()},
        "units": {name: rate.unit for name, rate in _named(evaluation.hypothesis.rates)},
        "views": {
            name: _VIEWS.get(name, "default") for name, _ in _named(evaluation.hypothesis.rates)
        },
        "documents": len(evaluation.documents),
        **_summary(evaluation.hypothesis),
    }
    if len(systems) == 1:
        result |= {name: systems[0][name] for name in _HEADLINES}
        result["corrected"] = systems[0]
    elif systems:
        result["corrected"] = systems
        result["differences"] = [_difference(pair) for pair in evaluation.differences]
    names = [system.name for system in evaluation.systems]
    return result | {
        "bootstrap": {
            "unit": evaluation.unit,
            "resamples": evaluation.resamples,
            "seed": evaluation.seed,
            "confidence": CONFIDENCE,
        },
        "per_document": [_page(document, names) for document in evaluation.documents],
    }


def render(evaluation: Evaluation) -> str:
    """Write an evaluation as one JSON object, with a line end."""
    return json.dumps(as_dict(evaluation), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        **_rates(summary.rates),
        "cer_interval": _estimate(summary.interval),
        "classes": summary.classes,
        "confusions": [
            {"observed": observed, "intended": intended, "count": count}
            for (observed, intended), count in summary.confusions.items()
        ],
        "longer": summary.longer,
        "entities": {
            kind: {**found._asdict(), "precision": found.precision, "recall": found.recall}
            for kind, found in summary.entities.items()
        },
        "numbers": summary.numbers._asdict(),
    }


def _system(system: System) -> dict[str, Any]:
    changes = system.changes
    points = system.curve
    return {
        "name": system.name,
        **_summary(system.summary),
        "harm": system.harm.per_10_000,
        "harm_rate": _rate(system.harm),
        "damage": system.damage.per_10_000,
        "damage_rate": _rate(system.damage),
        **{name: getattr(changes, name).regions for name in OUTCOMES},
        "outcomes": {name: getattr(changes, name)._asdict() for name in OUTCOMES},
        "precision": changes.precision,
        "recall": changes.recall,
        "f05": changes.f05,
        "documents": system.documents._asdict(),
        "lines": system.lines._asdict(),
        "preference": _estimate(system.preference),
        "reduction": _estimate(system.reduction),
        "p_value": system.p_value,
        "proved": system.proved and system.proved._asdict(),
        "curve": points
        and [{**p._asdict(), "precision": p.precision, "risk": p.risk} for p in points],
    }


def _difference(pair: SystemDifference) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "cer": _estimate(pair.cer),
        "p_value": pair.p_value,
    }


def _page(document: DocumentResult, names: list[str]) -> dict[str, Any]:
    page: dict[str, Any] = {"id": document.id, **_rates(document.hypothesis.rates)}
    if names:
        page["corrected"] = [
            {"name": name, **_rates(result.rates), **_counts(result)}
            for name, result in zip(names, document.corrected, strict=True)
        ]
    return page


def _counts(result: TextResult) -> dict[str, int]:
    counts = dict.fromkeys(OUTCOMES, 0)
    for region in result.regions:
        counts[region.outcome] += 1
    return counts


def _named(rates: Rates) -> list[tuple[str, ErrorRate]]:
    return [(field.name, getattr(rates, field.name)) for field in fields(rates)]


def _rates(rates: Rates) -> dict[str, dict[str, float | None]]:
    return {name: _rate(rate) for name, rate in _named(rates)}


def _rate(rate: ErrorRate) -> dict[str, float | None]:
    defined = rate.total or not rate.errors
    return {
        "errors": rate.errors,
        "total": rate.total,
        "rate": rate.rate if defined else None,
    }


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    return estimate._asdict()
