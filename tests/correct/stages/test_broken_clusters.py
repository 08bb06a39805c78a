"""Broken clusters, moved marks and letter spaces: what comes back, and what is only flagged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from thaifix import Corrector, invert
from thaifix.correct.options import PROFILES

CASES = json.loads((Path(__file__).parents[2] / "cases" / "broken.json").read_text("utf-8"))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_no_text_has_is_repaired(
    profiles: Mapping[str, Corrector], case: dict[str, Any], profile: str
) -> None:
    """In every profile, with the reason, and so that it can be undone."""
    correction = profiles[profile].correct(case["text"])
    assert correction.text == case["intended"]
    assert case["reason"] in {edit.reason for edit in correction.edits}
    assert invert(correction.text, correction.edits) == case["text"]
    assert "broken_cluster" not in {flag.reason for flag in correction.flags}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_is_right_stays(corrector: Corrector, case: dict[str, Any]) -> None:
    assert corrector.correct(case["intended"]).text == case["intended"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_is_protected_stays(case: dict[str, Any]) -> None:
    kept = Corrector(keep=[case["text"]]).correct(case["text"])
    assert kept.text == case["text"]


def test_repairs_of_text_layers_make_no_noise(corrector: Corrector) -> None:
    """A font's glyphs say nothing of how well letters were read: what stands beside them stays."""
    plain = "เขาชอบปลูกต้นคูนและต้นจามจุรีไว้ริมรั้วบ้าน"
    broken = "การส ารวจและท าบัญชีกา\u0e4dหนดไว้ส าหรับเจ้าหน้าที\uf70a\n"
    assert corrector.correct(plain).text == plain
    assert corrector.correct(broken + plain).text.split("\n")[1] == plain
