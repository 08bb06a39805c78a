"""Where a page was read wrong: letters, margins and lines, each with its place and line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.noise.faults import Fault, faults


@pytest.mark.parametrize(
    ("intended", "observed", "found"),
    [
        pytest.param("กขค", "กขค", [], id="nothing"),
        pytest.param("กขค", "กฃค", [Fault("letters", 1, 0, "ข", "ฃ")], id="misread"),
        pytest.param("กขค", "กค", [Fault("letters", 1, 0, "ข", "")], id="lost"),
        pytest.param("กขค", "ฉค", [Fault("letters", 0, 0, "กข", "ฉ")], id="at the beginning"),
        pytest.param(
            "กขค", "กขดค", [Fault("letters", 2, 0, "ข", "ขด")], id="put in, with the letter before"
        ),
        pytest.param(
            "กข\nคง\nจฉช", "กข\nคง\nจxช", [Fault("letters", 7, 2, "ฉ", "x")], id="in line 2"
        ),
        pytest.param("กข", "กข  .", [Fault("after", 2, 0, "", "  .")], id="after the last line"),
        pytest.param("กข\nคง", "กข .\nคง", [Fault("after", 2, 0, "", " .")], id="after"),
        pytest.param("กข", "| กข", [Fault("before", 0, 0, "", "| ")], id="before the first line"),
        pytest.param("กข\nคง", "กข\n| คง", [Fault("before", 3, 1, "", "| ")], id="before"),
        pytest.param("กข\nคง", "กข\n\nคง", [Fault("blank_line", 3, 1, "", "")], id="blank line"),
        pytest.param(
            "กข\nคง", "กข\n  \nคง", [Fault("blank_line", 3, 1, "", "  ")], id="line of spaces"
        ),
        pytest.param(
            "กข\nคง", "กข\n-.\nคง", [Fault("phantom_line", 3, 1, "", "-.")], id="out of nothing"
        ),
        pytest.param(
            "กข", "-.\nกข", [Fault("phantom_line", 0, 0, "", "-.")], id="a line before the first"
        ),
        pytest.param(
            "กข", "กข\n-.", [Fault("phantom_line", 2, 0, "", "-.")], id="a line after the last"
        ),
        pytest.param(
            "กข\nคง",
            "กข x\n-\n| คง",
            [
                Fault("after", 2, 0, "", " x"),
                Fault("phantom_line", 3, 1, "", "-"),
                Fault("before", 3, 1, "", "| "),
            ],
            id="on both sides of a line end",
        ),
        pytest.param("กขคงจ\nฉชซ", "ฉชซ", [Fault("lost_line", 0, 0, "กขคงจ", "")], id="lost line"),
        pytest.param("กขคง\nฉชซ", "ฉชซ", [Fault("lost_line", 0, 0, "กขคง", "")], id="long enough"),
        pytest.param("กขค\nฉชซ", "ฉชซ", [], id="run into the next line"),
        pytest.param("กขค\nฉชซ", "กขคฉชซ", [], id="a lost line end"),
        pytest.param("กข\nคง", "กxyคง", [], id="letters and a line end together"),
        pytest.param("กขค", "กx\nyค", [], id="letters and a line end that came in"),
        pytest.param(
            "กข",
            "กx\n-\nyข",
            [
                Fault("after", 1, 0, "", "x"),
                Fault("phantom_line", 1, 0, "", "-"),
                Fault("before", 1, 0, "", "y"),
            ],
            id="lines put in within a line",
        ),
    ],
)
def test_faults(intended: str, observed: str, found: list[Fault]) -> None:
    assert list(faults(intended, observed)) == found


@given(st.text("กขค \n", max_size=20), st.text("กขค \n", max_size=20))
def test_faults_are_told_in_order_with_what_stands_there(intended: str, observed: str) -> None:
    """Of letters that were put in, the place is behind the one that stands with them."""
    found = list(faults(intended, observed))
    assert [fault.at for fault in found] == sorted(fault.at for fault in found)
    for fault in found:
        before = fault.kind == "letters" and fault.observed.startswith(fault.intended)
        start = fault.at - (before and fault.intended != intended[fault.at :][:1])
        if fault.kind in ("letters", "lost_line"):
            assert fault.intended.strip("\n") in intended
            assert start >= 0
        else:
            assert fault.intended == ""
        assert 0 <= fault.line <= intended.count("\n") + 1
    if intended == observed:
        assert found == []
