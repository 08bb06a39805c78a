"""The evaluation as JSON: what is documented is there, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from thaifix.evaluation import DocumentTexts, evaluate
from thaifix.evaluation.json_report import as_dict, render
from thaifix.text.edit import Correction, Edit

MANUAL = Path(__file__).parents[2] / "docs" / "evaluation.md"
MADE = Correction("กX", "กข", (Edit(1, 2, "ข", confidence=0.8, observed="X"),))
RATES = "cer", "cer_strict", "cluster_cer", "letters_cer", "wer", "bag_of_clusters"
HEADLINES = "harm", "repaired", "missed", "wrong", "damaged"


def result(systems: int, *, reference: str = "กข") -> dict[str, Any]:
    names = [f"s{i}" for i in range(systems)]
    corrected, corrections = ("กข",) * systems, (MADE,) * systems
    texts = [DocumentTexts(str(i), reference, "กX", corrected, corrections) for i in range(2)]
    return as_dict(evaluate(texts, names, resamples=10))


@pytest.mark.parametrize("systems", [0, 1, 2])
def test_rates_everywhere(systems: int) -> None:
    """Of the hypothesis at the top, of each corrected text under `corrected`, and by document."""
    whole = result(systems)
    corrected = whole.get("corrected", [])
    assert isinstance(corrected, dict) == (systems == 1)
    parts = [whole, *whole["per_document"], *([corrected] if systems == 1 else corrected)]
    assert len(parts) == 3 + systems
    for part in parts:
        for name in RATES:
            rate = part[name]
            assert set(rate) == {"errors", "total", "rate"}
            assert rate["rate"] == rate["errors"] / rate["total"]
    assert ("differences" in whole) == (systems > 1)


def test_figures_of_one_correction() -> None:
    """Stand at the top, too: both errors of two pages of two letters repaired, without harm."""
    whole = result(1)
    expected = {"harm": 0.0, "repaired": 2, "missed": 0, "wrong": 0, "damaged": 0}
    assert {name: whole[name] for name in HEADLINES} == expected
    assert {name: whole["corrected"][name] for name in HEADLINES} == expected
    assert whole["corrected"]["curve"] == [
        {"threshold": 0.8, "coverage": 1.0, "applied": 2, "good": 2, "idle": 0, "harmful": 0,
         "precision": 1.0, "risk": 0.0}
    ]  # fmt: skip


def test_undefined_figures_are_null() -> None:
    """JSON has no infinity: the errors out of nothing are told, their rate is not."""
    whole = json.loads(render(evaluate([DocumentTexts("1", "", "ก")], resamples=10)))
    assert whole["cer"] == {"errors": 1, "total": 0, "rate": None}
    assert whole["cer_interval"] == {"value": None, "low": None, "high": None}
    whole = json.loads(render(evaluate([DocumentTexts("1", "", "")], resamples=10)))
    assert whole["cer"] == {"errors": 0, "total": 0, "rate": 0}


def test_it_is_one_object_that_can_be_read_back() -> None:
    evaluation = evaluate(
        [DocumentTexts("\ud800", "ก\udcff", "\0", ("\n",))], ["s\n"], resamples=10
    )
    text = render(evaluation)
    assert json.loads(text.encode("utf-8", "backslashreplace")) == json.loads(text)
    assert text.endswith("}\n")


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in {"entities", "classes", "units", "views"}:  # keys there are data
                yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_every_field_is_documented() -> None:
    """By its name, in the manual."""
    manual = set(re.findall(r"`([a-z_0-9]+)`", MANUAL.read_text(encoding="utf-8")))
    assert {*keys(result(1)), *keys(result(2))} <= manual
