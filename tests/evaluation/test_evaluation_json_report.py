"""The evaluation as JSON: what is documented is there, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from worked_example import evaluation

from thaifix.evaluation import DocumentTexts, evaluate
from thaifix.evaluation.json_report import as_dict, render
from thaifix.text.edit import Correction, Edit
from thaifix.version import __version__

MANUAL = Path(__file__).parents[2] / "docs" / "evaluation.md"
MADE = Correction("กX", "กข", (Edit(1, 2, "ข", confidence=0.8, observed="X"),))
RATES = "cer", "cer_strict", "cluster_cer", "letters_cer", "wer", "bag_of_clusters"
HEADLINES = "harm", "damage", "repaired", "missed", "wrong", "damaged"


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
    expected = {"harm": None, "damage": 0.0, "repaired": 2, "missed": 0, "wrong": 0, "damaged": 0}
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


def rate(errors: int, total: int) -> dict[str, float]:
    return {"errors": errors, "total": total, "rate": errors / total}


def rates(*counts: tuple[int, int]) -> dict[str, dict[str, float]]:
    """Rates in the order of `RATES`."""
    return {name: rate(*pair) for name, pair in zip(RATES, counts, strict=True)}


def regions(repaired: int, missed: int, wrong: int, damaged: int) -> dict[str, int]:
    return {"repaired": repaired, "missed": missed, "wrong": wrong, "damaged": damaged}


TALLY = {  # one region of each kind that is not wrong in another way
    "repaired": {"regions": 1, "before": 1, "after": 0},
    "missed": {"regions": 1, "before": 1, "after": 1},
    "wrong": {"regions": 0, "before": 0, "after": 0},
    "damaged": {"regions": 1, "before": 0, "after": 1},
}
READ = {"wanted": 1, "read": 1, "given": 1, "right": 1, "precision": 1.0, "recall": 1.0}
LOST = {"wanted": 1, "read": 0, "given": 0, "right": 0, "precision": None, "recall": 0.0}


def confusion(observed: str, intended: str) -> dict[str, object]:
    return {"observed": observed, "intended": intended, "count": 1}


def without(value: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: inner for key, inner in value.items() if key not in keys}


def test_the_whole_object(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure of the worked example can be counted by hand but the intervals."""
    found = as_dict(evaluation(monkeypatch))
    assert without(found, "corrected", "differences", "per_document", "cer_interval") == {
        "thaifix": __version__,
        "segmenter": {"name": "newmm", "version": "1.2.3"},
        "units": {
            "cer": "code points",
            "cer_strict": "code points",
            "cluster_cer": "clusters",
            "letters_cer": "code points",
            "wer": "words",
            "bag_of_clusters": "clusters",
        },
        "views": dict.fromkeys(RATES, "default")
        | {"cer_strict": "strict", "letters_cer": "letters"},
        "documents": 2,
        **rates((2, 16), (2, 16), (2, 15), (2, 13), (2, 5), (2, 12)),
        "classes": {"consonant": 2},
        "confusions": [confusion("X", "ม"), confusion("Y", "จ")],
        "longer": 0,
        "entities": {"province": READ},
        "numbers": {"wanted": 0, "exact": 0},
        "bootstrap": {"unit": "documents", "resamples": 8, "seed": 1, "confidence": 0.95},
    }
    assert found["cer_interval"]["value"] == 2 / 16
    assert found["cer_interval"]["low"] < 2 / 16 < found["cer_interval"]["high"]
    (pair,) = found["differences"]
    assert without(pair, "cer") == {"first": "one", "second": "two", "p_value": 1.0}
    assert pair["cer"]["low"] < pair["cer"]["value"] == 0 < pair["cer"]["high"]


def test_the_objects_of_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = as_dict(evaluation(monkeypatch))["corrected"]
    intervals = "cer_interval", "preference", "reduction"
    shared = {
        "longer": 0,
        **regions(1, 1, 0, 1),
        "outcomes": TALLY,
        "precision": 1 / 2,
        "recall": 1 / 2,
        "f05": 1 / 2,
        "lines": {"better": 1, "same": 2, "worse": 1},
        "p_value": 1.0,
        "numbers": {"wanted": 0, "exact": 0},
    }
    assert without(one, *intervals) == shared | {
        "name": "one",
        "harm": 2500.0,
        "harm_rate": rate(1, 4),
        "damage": 0.0,
        "damage_rate": rate(0, 10),
        **rates((2, 16), (2, 16), (2, 15), (2, 13), (2, 5), (2, 12)),
        "classes": {"consonant": 2},
        "confusions": [confusion("Y", "จ"), confusion("ด", "ม")],
        "entities": {"province": READ},
        "documents": {"better": 1, "same": 0, "worse": 1},
        "proved": {"right": 0, "wrong": 0, "flagged": 0},
        "curve": [
            {"threshold": 0.6, "coverage": 1.0, "applied": 2, "good": 1, "idle": 0, "harmful": 1,
             "precision": 0.5, "risk": 0.5},
            {"threshold": 0.95, "coverage": 0.5, "applied": 1, "good": 1, "idle": 0, "harmful": 0,
             "precision": 1.0, "risk": 0.0},
        ],
    }  # fmt: skip
    assert without(two, *intervals) == shared | {
        "name": "two",
        "harm": 0.0,
        "harm_rate": rate(0, 4),
        "damage": 1000.0,
        "damage_rate": rate(1, 10),
        **rates((2, 16), (2, 16), (2, 15), (1, 13), (2, 5), (2, 12)),
        "classes": {"consonant": 1, "latin": 1},
        "confusions": [confusion("X", "ม"), confusion("x", "")],
        "entities": {"province": LOST},
        "documents": {"better": 0, "same": 2, "worse": 0},
        "proved": None,
        "curve": None,
    }
    for system in one, two:
        assert [system[name]["value"] for name in intervals] == [2 / 16, 0, 0]
        assert {*map(len, (system[name] for name in intervals))} == {3}


def test_the_objects_of_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rates of each text, and under each system its regions."""
    clean = rates((0, 4), (0, 4), (0, 4), (0, 3), (0, 2), (0, 3))
    assert as_dict(evaluation(monkeypatch))["per_document"] == [
        {
            "id": "p1",
            **rates((2, 12), (2, 12), (2, 11), (2, 10), (2, 3), (2, 9)),
            "corrected": [
                {
                    "name": "one",
                    **rates((1, 12), (1, 12), (1, 11), (1, 10), (1, 3), (1, 9)),
                    **regions(1, 1, 0, 0),
                },
                {
                    "name": "two",
                    **rates((2, 12), (2, 12), (2, 11), (1, 10), (2, 3), (2, 9)),
                    **regions(1, 1, 0, 1),
                },
            ],
        },
        {
            "id": "p2",
            **clean,
            "corrected": [
                {
                    "name": "one",
                    **rates((1, 4), (1, 4), (1, 4), (1, 3), (1, 2), (1, 3)),
                    **regions(0, 0, 0, 1),
                },
                {"name": "two", **clean, **regions(0, 0, 0, 0)},
            ],
        },
    ]


def test_a_hypothesis_alone_has_no_figures_of_corrections(monkeypatch: pytest.MonkeyPatch) -> None:
    found = as_dict(evaluation(monkeypatch, systems=0))
    assert not {"corrected", "differences", *HEADLINES} & set(found)
    assert all("corrected" not in page for page in found["per_document"])


def test_harm_to_nothing_is_undefined() -> None:
    """None of the letters was right, and no document."""
    found = as_dict(evaluate([DocumentTexts("1", "ก", "ข", ("ค",))], ["mine"], resamples=2))
    assert (found["harm"], found["corrected"]["harm_rate"]["rate"]) == (None, 0)
    assert (found["damage"], found["corrected"]["damage_rate"]["rate"]) == (None, 0)


def test_thai_is_readable_in_it() -> None:
    """And an object stands on lines of its own."""
    text = render(evaluate([DocumentTexts("หน้า", "ก", "ข")], resamples=2))
    assert '\n   "id": "หน้า",\n' in text
