"""What grows in the benchmark of scaling, and how it is shown."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from benchmarks.scaling import Point, names, pages, panels, tables
from benchmarks.speed import Usage, run_filter
from benchmarks.suite.plot import Panel, svg
from thaifix.lexicon.entries import Lexicon

POINTS = [
    Point("letters", "clean", 340, 340, 0.2, 0.19, 60.0),
    Point("letters", "clean", 3_400, 3_400, 0.4, 0.39, 61.0),
    Point("entries", "clean", 0, 3_400, 0.4, 0.39, 61.0),
    Point("entries", "clean", 10, 3_400, 0.5, 0.49, 61.0),
    Point("jobs", "OCR", 1, 3_400, 2.0, 1.9, 80.0),
    Point("jobs", "OCR", 2, 3_400, 1.0, 2.0, 80.0),
]


@pytest.mark.parametrize("kilobytes", [1, 3, 10])
def test_texts_have_their_size(kilobytes: int) -> None:
    text = pages(["กขค\n" * 50, "งจฉ\n" * 20], kilobytes)
    assert 1_000 * kilobytes - 3 < len(text.encode()) <= 1_000 * kilobytes
    assert text.startswith("กขค\n" * 50 + "\f" + "งจฉ\n" * 20 + "\f")


@pytest.mark.parametrize("number", [10, 100_000])
def test_entries_are_as_many_and_a_lexicon(number: int) -> None:
    assert len(Lexicon.read([names(number)]).entries) == number


def test_tables() -> None:
    shown = tables(POINTS)
    assert re.findall("^## (.*)$", shown, re.M) == ["letters", "entries", "jobs"]
    assert "| clean | 3,400 | 0.40 | 0.39 | 117.65 | 61 |" in shown.splitlines()


def test_plot() -> None:
    """A line for each text, a dot for each point that a logarithmic axis has."""
    drawn = ElementTree.fromstring(svg(panels(POINTS)))
    found = [element.tag.rpartition("}")[2] for element in drawn.iter()]
    assert (found.count("polyline"), found.count("circle")) == (4, 2 + 1 + 1 + 2)


def test_points_stand_where_they_belong() -> None:
    """Ten times as much is one decade to the right and up, at the ends of the axes."""
    drawn = svg([Panel("growth", "x", "y", {"a < b": [(1, 1), (10, 10)]})])
    assert re.findall('polyline points="(.*?)"', drawn) == ["62.0,234.0 342.0,34.0"]
    assert "a &lt; b" in drawn


def test_nothing_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="growth: nothing to draw"):
        svg([Panel("growth", "x", "y", {})])


def test_a_filter_that_fails_is_told() -> None:
    with pytest.raises(RuntimeError, match="status 2"):
        run_filter(b"", ["--no-such-option"])
    assert isinstance(run_filter(b"", []), Usage)
