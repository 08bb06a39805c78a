"""Profiles counted on pages: where pages were read wrong, and what is made of that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from thaifix.noise.engines import load
from thaifix.noise.faults import faults
from thaifix.noise.letters import errors
from thaifix.noise.measure import measure


@pytest.mark.parametrize(
    ("intended", "observed", "found"),
    [
        ("กขค", "กขค", []),
        ("กขค", "กฃค", [("letters", "ข", "ฃ")]),
        ("กขค", "กขดค", [("letters", "ข", "ขด")]),  # put in between: with the letter before
        ("กข", "กข  .", [("after", "", "  .")]),
        ("กข\nคง", "กข .\nคง", [("after", "", " .")]),
        ("กข\nคง", "กข\n| คง", [("before", "", "| ")]),
        ("กข\nคง", "กข\n\nคง", [("blank_line", "", "")]),
        ("กข\nคง", "กข\n-.\nคง", [("phantom_line", "", "-.")]),
        ("กขคงจ\nฉชซ", "ฉชซ", [("lost_line", "กขคงจ", "")]),
    ],
)
def test_faults(intended: str, observed: str, found: list[tuple[str, str, str]]) -> None:
    assert [(f.kind, f.intended, f.observed) for f in faults(intended, observed)] == found


@pytest.mark.parametrize(
    ("intended", "observed", "count"),
    [
        ("ก", "ข", 1),
        ("ำ", "ํา", 0),  # one look, two ways to store it
        (" ", "   ", 0),  # runs of spaces are one
        (" ", "", 1),
        ("", ": .", 3),
    ],
)
def test_errors_are_those_of_the_default_view(intended: str, observed: str, count: int) -> None:
    assert errors(intended, observed) == count


def test_a_profile_of_pages(pages: list[dict[str, Any]], tmp_path: Path) -> None:
    """Tesseract prints no sara am; written and read again the profile is the same."""
    read = [(page["ocr"], page["gold"]) for page in pages if page["engine"] == "tha"]
    engine = measure("own", "pages of tests", read)
    assert engine.letters["ำ"]["ํา"] > 0.8 * engine.seen["ำ"]
    assert 0.01 < engine.rate < 0.1
    assert len(engine.pages) == len(read)
    assert list(engine.pages) == sorted(engine.pages)
    assert sum(engine.line) / len(engine.line) == pytest.approx(1, abs=0.05)
    engine.write(tmp_path / "own.json")
    assert load(str(tmp_path / "own.json")) == engine


def test_pages_without_errors() -> None:
    with pytest.raises(ValueError, match="no errors to count"):
        measure("own", "", [("กขค", "กขค")])
