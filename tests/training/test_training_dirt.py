"""Calibration of dirt: what of a page is dirt, and what comes of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from thaifix import Corrector
from thaifix.correct.stages.dirt import FEATURES
from thaifix.model.bundle import default_path

pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import dirt
from thaifix.training.pairs import PagePair


def as_it_is(text: str) -> SimpleNamespace:
    return SimpleNamespace(text=text)


def test_dirt_is_what_nothing_stands_for() -> None:
    """Neither a sign that is meant, nor one that is misread."""
    lines = [("งาน   .", "งาน"), ("งาน   ;", "งาน   ;"), ("งาน   '", "งาน   ๆ"), (".   :", "")]
    page = PagePair("a", "", "", lines)
    corrector = cast(Corrector, SimpleNamespace(correct=as_it_is))
    judged = [right for _, right in dirt.judge(corrector, page)]
    assert judged == [True, False, False, True, True]


def test_what_stands_for_a_line_that_was_lost_is_none() -> None:
    page = PagePair("a", "", "", [("งาน   .", "งาน"), ("", "แผน   .")])
    corrector = cast(Corrector, SimpleNamespace(correct=as_it_is))
    assert [right for _, right in dirt.judge(corrector, page)] == [True]


def test_calibration_tells_dirt_from_signs(pages: list[dict[str, Any]]) -> None:
    """Of dirt behind wide gaps, and of the same signs between words."""
    lines = [("งานบริหารทั่วไป      .", "งานบริหารทั่วไป"), ("; งานบริหารทั่วไป", "; งานบริหารทั่วไป")]
    table = dirt.calibrate(Path(default_path()), [PagePair("a", "", "", lines * 30)])
    assert table["judged"] == 60
    assert table["weights"].keys() == set(FEATURES)
    assert table["thresholds"] == {"strict": 0.9001, "normal": 0.7, "bold": 0.5}
    assert table["weights"]["gap_before"] > 0 > table["weights"]["first"]


def test_without_pages_nothing_is_known() -> None:
    table = dirt.calibrate(Path(default_path()), [])
    assert table["judged"] == 0
    assert set(table["weights"].values()) == {0.0}
