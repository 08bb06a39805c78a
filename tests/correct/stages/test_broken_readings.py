"""Broken clusters: which reading is taken, how sure one must be, and what is read beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import cast

import pytest
from scanning import Oracle

from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.broken_clusters import LEAST_CONFIDENCES, BrokenClusters
from thaifix.kernel.decoder import Decoder
from thaifix.text.edit import Edit
from thaifix.text.protect import KeepList

EK, THO, AM = "\u0e48", "\u0e49", "\u0e33"


def found(
    text: str,
    costs: Mapping[str, float],
    least: float = LEAST_CONFIDENCES["normal"],
    keep: KeepList | None = None,
) -> tuple[list[Edit], list[str], int]:
    """The edits, what was scanned, and how many rules seem to have fired."""
    oracle = Oracle(costs)
    stage = BrokenClusters(cast(Decoder, oracle), least)
    document = DocumentState()
    document.fired = 7
    edits = list(stage.find(text, keep, document).edits)
    return edits, oracle.seen, document.fired - 7


@pytest.mark.parametrize(
    ("least", "dearer", "sure"),
    [
        (LEAST_CONFIDENCES["strict"], 3.8, False),
        (LEAST_CONFIDENCES["strict"], 4.0, True),
        (LEAST_CONFIDENCES["normal"], 1.9, False),
        (LEAST_CONFIDENCES["normal"], 2.1, True),
        (LEAST_CONFIDENCES["bold"], 0.8, False),
        (LEAST_CONFIDENCES["bold"], 0.9, True),
        (0.95, 2.9, False),
        (0.95, 3.0, True),
    ],
)
def test_how_sure_an_edit_must_be(least: float, dearer: float, sure: bool) -> None:
    """By how much a reading is the likelier one."""
    edits, _, _ = found(f"ก {AM}", {f"ก {AM}": dearer}, least)
    confidence = round(1 / (1 + math.exp(-dearer)), 4)
    edit = Edit(1, 2, "", dearer, confidence, "join_split_am", None, " ")
    assert edits == ([edit] if sure else [])


def test_the_likeliest_reading_is_taken() -> None:
    """The model's cost and that of the reading together; margins are to what stands there."""
    edits, _, _ = found("ก า", {"ก า": 20.0, f"ก{AM}": 5.0, "กา": 1.0})
    assert edits == []  # 3 nats for aa, and 1: no clear winner
    [edit] = found("ก า", {"ก า": 20.0, f"ก{AM}": 9.0, "กา": 1.0})[0]
    assert (edit.start, edit.end, edit.replacement, edit.margin) == (1, 2, "", 16.0)
    assert edit.confidence == round(1 / (1 + math.exp(-16) + math.exp(-5)), 4)
    [edit] = found("ก า", {"ก า": 20.126, f"ก{AM}": 1.0, "กา": 5.0})[0]
    assert (edit.start, edit.end, edit.replacement, edit.observed) == (1, 3, AM, " า")
    assert edit.margin == 19.13
    [edit] = found("ก า", {"ก า": 6.0, f"ก{AM}": 9.0})[0]
    assert (edit.replacement, edit.margin) == ("", 3.0)


def test_what_stands_there_may_be_likeliest() -> None:
    assert found("ก า", {"ก า": 0.0, f"ก{AM}": 9.0, "กา": 9.0})[0] == []
    assert found("กา ดี", {})[:2] == ([], [])


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("ข" * 30, "ค" * 32, ("ข" * 30, "ค" * 32)),
        ("ข" * 40, "ค" * 40, ("ข" * 31, "ค" * 32)),
        ("ง\n" + "ข" * 5, "ค" * 5 + "\nง", ("ข" * 5, "ค" * 5)),
        ("ข\nง\n", "\nค\nง", ("", "")),
    ],
)
def test_a_reading_is_judged_in_its_line(before: str, after: str, seen: tuple[str, str]) -> None:
    """With 32 code points of it on each side."""
    _, scanned, _ = found(f"{before}ก {AM}{after}", {})
    assert scanned == [f"{seen[0]}ก{middle}{seen[1]}" for middle in (f" {AM}", AM)]


def test_what_is_repaired_stands_before_the_next_place() -> None:
    """And what is not repaired stands there as it was."""
    text = f"กข {AM}คง {AM}จ"
    edits, scanned, _ = found(text, {f"ข {AM}": 9.0, f"ง {AM}": 9.0})
    assert [(e.start, e.end) for e in edits] == [(2, 3), (6, 7)]
    assert scanned[2:] == [f"กข{AM}คง {AM}จ", f"กข{AM}คง{AM}จ"]
    edits, scanned, _ = found(text, {f"ข {AM}": 1.0, f"ง{AM}": 9.0})
    assert edits == []
    assert scanned[2:] == [f"กข {AM}คง {AM}จ", f"กข {AM}คง{AM}จ"]


def test_what_was_unclear_is_read_again() -> None:
    """Once the rest of the text is repaired; then its edits are those of the text as it was."""
    text = f"กข {AM}คง {AM}จ"
    costs = {f"ข {AM}คง{AM}": 5.0, f"ง {AM}": 9.0}
    edits, scanned, _ = found(text, costs)
    assert [(e.start, e.end, e.replacement) for e in edits] == [(2, 3, ""), (6, 7, "")]
    assert [e.margin for e in edits] == [5.0, 4.0]
    assert scanned[4:] == [f"กข {AM}คง{AM}จ", f"กข{AM}คง{AM}จ"]
    assert len(found(text, {f"ข {AM}": 9.0, f"ง {AM}": 9.0})[1]) == 4  # all was clear
    assert len(found(text, {})[1]) == 4  # nothing was


def test_what_is_protected_stays_and_stands_beside_the_next_place() -> None:
    text = f"กข {AM}คง {AM}จ"
    costs = {f"ข {AM}": 9.0, f"ง {AM}": 9.0}
    edits, scanned, _ = found(text, costs, keep=KeepList([f"กข {AM}"]))
    assert [(e.start, e.end) for e in edits] == [(6, 7)]
    assert scanned[0] == text
    for kept in (f" {AM}ค", AM, "ข "):
        assert found(f"กข {AM}ค", {f"ข {AM}": 9.0}, keep=KeepList([kept]))[0] == []
    for kept in ("ข", "ค"):  # beside it
        edits, _, _ = found(f"กข {AM}ค", {f"ข {AM}": 9.0}, keep=KeepList([kept]))
        assert len(edits) == 1


@pytest.mark.parametrize(
    ("text", "costs", "fired"),
    [
        (f"ก{THO}{THO}า", {f"{THO}{THO}": 20.0, "า": 9.0}, 1),  # the ring was read as a mark
        (f"ก{THO}{THO}า", {f"{THO}{THO}": 20.0, AM: 9.0}, 0),
        (f"ก {AM}", {f" {AM}": 20.0}, 0),
        ("ก า", {" า": 20.0, "กา": 9.0}, 0),
        (
            f"ก{THO}{THO}าข{EK}{EK}า",
            {f"{THO}{THO}": 20.0, f"{EK}{EK}": 9.0, f"{THO}า": 5.0, f"{EK}า": 5.0},
            2,
        ),
    ],
)
def test_what_says_that_letters_were_misread(
    text: str, costs: Mapping[str, float], fired: int
) -> None:
    """Only engines that look at pages take the ring of sara am for a tone mark."""
    edits, _, counted = found(text, costs)
    assert edits
    assert counted == fired
