"""Cases as data: see `cases/README.md`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thaifix import Correction, Corrector

HERE = Path(__file__).parent
MEMO = HERE.parent / "corpora" / "nhrct-memo" / "observed.txt"


def cases(name: str) -> list[Any]:
    found = json.loads((HERE / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["why"]) for case in found]


@pytest.fixture(scope="module")
def memo(corrector: Corrector) -> Correction:
    return corrector.correct(MEMO.read_bytes().decode())


@pytest.mark.parametrize("case", cases("wild"))
def test_wild(memo: Correction, case: dict[str, Any]) -> None:
    """A real error is repaired exactly, in its document."""
    found = {(e.start, e.observed, e.replacement) for e in memo.edits}
    assert (case["start"], case["observed"], case["intended"]) in found


@pytest.mark.parametrize("case", cases("synthetic"))
def test_synthetic(corrector: Corrector, case: dict[str, str]) -> None:
    """A noisy sentence comes back whole."""
    assert corrector.correct(case["text"]).text == case["intended"]


@pytest.mark.parametrize("profile", ["strict", "normal"])
@pytest.mark.parametrize("case", cases("negative"))
def test_negative(case: dict[str, str], profile: str) -> None:
    """What is right stays."""
    correction = Corrector(profile=profile).correct(case["text"])
    assert [(e.observed, e.replacement) for e in correction.edits] == []


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="not yet repaired")
def test_known_failures(corrector: Corrector, case: dict[str, str]) -> None:
    """Not repaired yet."""
    assert corrector.correct(case["text"]).text == case["intended"]
