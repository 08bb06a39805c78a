"""Noise of lines: rows, margins, and lines that are lost, repeated, blank or out of nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_engine import Always, Known, silent

from thaifix.noise.draws import Draws
from thaifix.noise.engines import Engine, Margin, PageQuality
from thaifix.noise.lines import MOST_LINES_HIT, Lines, TextRow, text_rows
from thaifix.noise.rate import TargetRate
from thaifix.text.edit import Edit
from thaifix.text.script import starts_cluster

MAI_EK = "\u0e48"
ROW = TextRow(0, 5, 6, True, True)  # a line of five letters and its end


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("กข", [TextRow(0, 2, 2, True, True)], id="without an end"),
        pytest.param(
            "กข\nค", [TextRow(0, 2, 3, True, True), TextRow(3, 4, 4, True, True)], id="two lines"
        ),
        pytest.param("\n", [TextRow(0, 0, 1, True, True)], id="a blank line"),
        pytest.param("ก\r\n", [TextRow(0, 1, 3, True, True)], id="CR LF"),
        pytest.param("ก\f\n", [TextRow(0, 1, 3, True, True)], id="a form feed before the end"),
        pytest.param("ก" * 160, [TextRow(0, 160, 160, True, True)], id="two rows are one"),
        pytest.param(
            "ก" * 161 + "\n",
            [TextRow(0, 80, 80, True, False), TextRow(80, 161, 162, False, True)],
            id="a long line",
        ),
        pytest.param(
            "ก" * 80 + MAI_EK + "ก" * 161,
            [
                TextRow(0, 81, 81, True, False),
                TextRow(81, 161, 161, False, False),
                TextRow(161, 242, 242, False, True),
            ],
            id="a letter keeps its mark",
        ),
    ],
)
def test_rows(text: str, rows: list[TextRow]) -> None:
    assert list(text_rows(text)) == rows


@given(st.lists(st.text("กข" + MAI_EK, max_size=200), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_rows_are_the_text(lines: list[str], end: str) -> None:
    """Without gaps, none within a cluster, and as many last ones as lines."""
    text = end.join(lines)
    rows = list(text_rows(text))
    assert "".join(text[row.start : row.end] for row in rows) == text
    assert all(starts_cluster(text, row.start) for row in rows)
    assert all(row.body - row.start <= 160 or MAI_EK * 9 in text for row in rows)
    assert sum(row.first for row in rows) == sum(row.last for row in rows)
    assert "".join(text[row.start : row.body] for row in rows) == "".join(lines)


def noise(engine: Engine, draws: Draws | None = None) -> Lines:
    lines = Lines(engine, draws or Always(0.0))
    lines.turn(engine.pages[0])
    return lines


def ahead(engine: Engine, text: str, row: TextRow = ROW, scale: float = 1.0) -> list[Edit]:
    return list(noise(engine).ahead(text, row, scale))


def margins(before: float = 0.0, after: float = 0.0) -> Engine:
    """One mark before and another after a share of the lines."""
    return silent(
        before=Margin({"| ": 1}, (2.0,)),
        after=Margin({"- .": 1}, (3.7,)),
        pages=(PageQuality(1.0, before, after),),
    )


def test_what_comes_in_before_a_line() -> None:
    """A repeated line, a blank one, one out of nothing, the margin, in this order."""
    everything = silent(
        before=Margin({"| ": 1}, (2.0,)),
        after=Margin({" x": 1}, (1.0,)),
        pages=(PageQuality(1.0, 0.5, 0.5),),
        lines={"repeated_line": 0.5, "blank_line": 0.5, "phantom_line": 0.5},
    )
    assert ahead(everything, "กขคงจ\n") == [
        Edit(0, 0, "กขคงจ\n", reason="repeated_line"),
        Edit(0, 0, "\n", reason="blank_line"),
        Edit(0, 0, "x\n", reason="phantom_line"),
        Edit(0, 0, "|  ", reason="margin"),
    ]
    assert ahead(silent(), "กขคงจ\n") == []


def test_what_comes_in_has_the_line_end_of_the_text() -> None:
    engine = silent(after=Margin({"x": 1}, (1.0,)), lines={"blank_line": 0.5, "phantom_line": 0.5})
    row = TextRow(0, 5, 7, True, True)
    assert [edit.replacement for edit in ahead(engine, "กขคงจ\r\n", row)] == ["\r\n", "x\r\n"]


def test_an_empty_line_has_no_margin_and_is_not_repeated() -> None:
    engine = silent(
        before=Margin({"|": 1}, (1.0,)),
        pages=(PageQuality(1.0, 0.5, 0.5),),
        lines={"repeated_line": 0.5, "blank_line": 0.5},
    )
    blank = TextRow(0, 0, 1, True, True)
    assert [edit.reason for edit in ahead(engine, "\n", blank)] == ["blank_line"]
    assert list(noise(engine).behind(blank, 1)) == []


def test_a_row_within_a_line_has_no_margins() -> None:
    """But it may be read twice."""
    engine = silent(
        before=Margin({"|": 1}, (1.0,)),
        after=Margin({"-": 1}, (1.0,)),
        pages=(PageQuality(1.0, 0.5, 0.5),),
        lines={"repeated_line": 0.5, "blank_line": 0.5, "phantom_line": 0.5},
    )
    inner = TextRow(0, 5, 5, False, False)
    assert [edit.reason for edit in ahead(engine, "กขคงจฉ", inner)] == ["repeated_line"]
    assert list(noise(engine).behind(inner, 1)) == []
    assert [edit.start for edit in noise(engine).behind(ROW, 1)] == [5]


def test_noise_of_spaces_is_no_phantom_line() -> None:
    engine = silent(after=Margin({" ": 1}, (1.0,)), lines={"phantom_line": 0.5})
    assert ahead(engine, "กขคงจ\n") == []


def test_blank_lines_do_not_grow_with_the_scale() -> None:
    """A measure does not count them."""
    draws = Known(*[0.5] * 9)
    lines = noise(silent(lines={"blank_line": 0.25}), draws)
    found = [bool([*lines.ahead("กขคงจ\n", ROW, 1e6)]) for _ in range(8)]
    assert found == [False, True, False, False, False, True, False, False]


@pytest.mark.parametrize(("length", "lost"), [(0, False), (1, True), (5, True), (6, False)])
def test_lines_that_can_be_lost(length: int, lost: bool) -> None:
    """Up to the longest that was."""
    lines = noise(silent(lines={"lost_line": 0.5}, longest_lost=5))
    assert lines.lost(TextRow(0, length, length + 1, True, True), 1) is lost
    assert noise(silent(longest_lost=5)).lost(ROW, 1e6) is False


def test_margins_are_as_frequent_as_on_the_page() -> None:
    """Times the scale, and never on all lines."""
    assert [*noise(margins(after=0.5), Always(0.4)).behind(ROW, 1)]
    assert not [*noise(margins(after=0.5), Always(0.6)).behind(ROW, 1)]
    assert [*noise(margins(after=0.5), Always(0.6)).behind(ROW, 1.3)]
    assert not [*noise(margins(after=0.5), Always(0.89)).behind(ROW, 1.75)]
    assert [*noise(margins(after=0.5), Always(0.89)).behind(ROW, 9)]
    assert not [*noise(margins(after=0.5), Always(0.91)).behind(ROW, 9)]
    assert MOST_LINES_HIT == 0.9


def test_margins_have_gaps_as_long_as_real_ones() -> None:
    """In whole spaces, at least one."""
    engine = silent(
        after=Margin({"a b  c": 1}, (0.2, 3.9)), pages=(PageQuality(1.0, 0.0, 0.5),), lines={}
    )
    draws = Known(0.1, 0.0, 0.0, 0.9, 0.0)  # shown, the string, short gap, long one, short one
    (edit,) = noise(engine, draws).behind(ROW, 1)
    assert edit == Edit(5, 5, "a b    c", reason="margin")


def test_turning_the_page() -> None:
    """From here on its margins count."""
    lines = noise(margins(before=0.5), Always(0.1))
    assert [*lines.ahead("กขคงจ\n", ROW, 1)]
    lines.turn(PageQuality(1.0, 0.0, 0.5))
    assert not [*lines.ahead("กขคงจ\n", ROW, 1)]
    assert [*lines.behind(ROW, 1)]


ROWS = [
    ROW,
    TextRow(6, 6, 7, True, True),  # blank
    TextRow(7, 87, 87, True, False),
    TextRow(87, 170, 171, False, True),
]


@pytest.mark.parametrize(
    ("engine", "errors"),
    [
        pytest.param(silent(lines={"blank_line": 0.5}), 0, id="blank lines do not count"),
        # Two lines end with something in them; of "- ." a measure counts 3, of "| " 1.
        pytest.param(margins(after=0.25), 2 * 3 * 0.25, id="after"),
        pytest.param(margins(before=0.25), 2 * 1 * 0.25, id="before"),
        pytest.param(margins(before=0.25, after=0.1), 2 * (0.25 + 3 * 0.1), id="both"),
        pytest.param(
            silent(after=Margin({"- .": 1, "x ": 3}, (1.0,)), lines={"phantom_line": 0.1}),
            2 * 0.1 * (1 + 1.5),  # a line end and 6 code points of four strings
            id="out of nothing",
        ),
        pytest.param(
            silent(lines={"lost_line": 0.1}, longest_lost=80), 0.1 * (6 + 80), id="lost, if short"
        ),
        pytest.param(silent(lines={"repeated_line": 0.1}), 0.1 * 171, id="repeated"),
    ],
)
def test_expected_errors_by_hand(engine: Engine, errors: float) -> None:
    lines = Lines(engine, Always(0.0))
    assert lines.expected(ROWS, 1) == pytest.approx(errors)
    assert lines.expected(ROWS, 2) == pytest.approx(2 * errors)


def test_expected_errors_have_a_bound() -> None:
    """And are the mean over the pages."""
    assert Lines(margins(after=0.25), Always(0.0)).expected(ROWS, 100) == pytest.approx(2 * 3 * 0.9)
    pages = (PageQuality(1.0, 0.0, 0.2), PageQuality(1.0, 0.0, 0.4))
    engine = silent(after=Margin({"xy": 1}, (1.0,)), pages=pages)
    assert Lines(engine, Always(0.0)).expected(ROWS, 1) == pytest.approx(2 * 2 * 0.3)


def test_as_many_errors_are_made_as_are_expected() -> None:
    """Within a tenth, over two thousand lines, as the rate counts what was made."""
    engine = silent(
        after=Margin({" - .": 1, " .": 3}, (1.0,)),
        pages=(PageQuality(1.0, 0.0, 0.2),),
        lines={"lost_line": 0.05, "repeated_line": 0.02, "phantom_line": 0.1, "blank_line": 0.3},
        longest_lost=20,
    )
    text = "กขคงจฉช ซฌญ\nก\n" * 1_000
    rows = list(text_rows(text))
    lines = noise(engine, Draws("law"))
    rate = TargetRate(0.1)
    for row in rows:
        if lines.lost(row, 1):
            edits = [Edit(row.start, row.end, "", reason="lost_line",
                          observed=text[row.start : row.end])]  # fmt: skip
        else:
            edits = [*lines.ahead(text, row, 1), *lines.behind(row, 1)]
        rate.count(edits, 0)
    made = -rate._too_few
    assert made == pytest.approx(lines.expected(rows, 1), rel=0.1)
