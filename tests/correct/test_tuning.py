"""Tuning comes with the bundle, and says so if it does not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from thaifix import Corrector, ModelError
from thaifix.correct.tuning import Depth, Tuning
from thaifix.model.bundle import Model


def test_the_bundle_holds_what_it_was_calibrated_under() -> None:
    """`thaifix train` writes the defaults; a change of them asks for another bundle."""
    assert Tuning.read(Model().header["tuning"]) == Tuning()


def test_a_header_leads_back() -> None:
    """Also by way of JSON, which is how it is stored."""
    tuning = Tuning(first=Depth(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), before=7, space=0.25)
    assert Tuning.read(json.loads(json.dumps(tuning.header()))) == tuning


def test_a_corrector_goes_by_its_bundle(noisy_page: str) -> None:
    """Where no word is suspicious, only rules change anything."""
    model = Model()
    blind = replace(Tuning().first, suspicion=1e9)
    tuning = replace(Tuning(), first=blind, second=blind, pair=1e9)
    model.header["tuning"] = tuning.header()
    text = "ที่ประชุมมีมติเห็นชอบตามเสนอ และมอบหมายให้ดำเนืนการ"
    assert Corrector().correct(noisy_page + text).edits
    few = Corrector(model=model).correct(noisy_page)
    assert len(few.edits) < len(Corrector().correct(noisy_page).edits)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"noisy": None}, "differs in noisy"),
        ({"unheard_of": 1.0}, "differs in unheard_of"),
        ({"first": {"suspicion": 1.0}}, "cannot be read"),
    ],
)
def test_another_versions_tuning_is_refused(table: dict[str, Any], message: str) -> None:
    changed = {name: v for name, v in {**Tuning().header(), **table}.items() if v is not None}
    model = Model()
    model.header["tuning"] = changed
    with pytest.raises(ModelError, match=rf"{message}.*thaifix train"):
        Corrector(model=model)
