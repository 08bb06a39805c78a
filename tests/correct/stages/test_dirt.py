"""Dirt: what may go from a bad scan, what stays there, and what stays beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector
from thaifix.correct.decision import Decision
from thaifix.correct.families import FamilyEvidence, Likelihoods
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.options import PROFILES, Options
from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.dirt import FEATURES, REASON, Dirt, may_be_dirt, suspects, tokens
from thaifix.model.families import PDF_LAYER
from thaifix.text.edit import apply
from thaifix.text.protect import KeepList

MEANT = json.loads((Path(__file__).parents[2] / "cases" / "meant.json").read_text("utf-8"))
WIDE = " " * 8
DIRTY = f"เมือวันที ๕ มิถุนายน คณะกรรมการได้เดินทาง{WIDE}.{WIDE}'\n"

# Tokens


@given(st.text(st.sampled_from("กา .,:1\u00a0\t")))
def test_tokens_and_gaps_make_up_a_line(line: str) -> None:
    """Each token stands where it says, and tells the blanks to the next."""
    found = tokens(line)
    assert "".join(token.text for token in found) == "".join(line.split())
    for i, token in enumerate(found):
        assert line[token.start : token.end] == token.text
        assert token.before == (token.start - found[i - 1].end if i else -1)
        assert token.after == (found[i + 1].start - token.end if i + 1 < len(found) else -1)


def test_tokens_tell_where_the_line_begins() -> None:
    assert [(t.start, t.end) for t in tokens("ก  .", 10)] == [(10, 11), (13, 14)]


@pytest.mark.parametrize(
    ("line", "dirty"),
    [
        ("งาน   .", "."),
        (".  งาน", "."),
        ("งาน ,", ","),
        ("งาน   า", "า"),
        ("งาน  า", ""),  # no wide gap parts it from the word
        ("า", ""),
        ("งาน   ก", ""),  # a letter alone is a section's, a cell's
        ("งาน   อ", ""),
        ("งาน   5", ""),
        ("งาน   ๑,๒๓๔.-", ""),
        ("งาน   1จ5", "1จ5"),
        ("งาน   กขค1", ""),  # three consonants
        ("งาน   1234567จ", ""),  # long
        ("งาน   aจ1", ""),
        ("งาน   น.", ""),
        ("งาน   (๑)", ""),
        ("งาน   ๑)", ""),
        ("งาน   -", ""),
        ("งาน   ๆ", ""),
        ("งาน   50%", ""),
        ("งาน   ...", ""),
        ("งาน : ดี", ""),
        ("งาน    :    ดี", ""),
        ("งาน    ;    ดี", ";"),
        ("งาน ; ดี", ""),
        ("งาน   : ", ":"),
        ("งาน (   ) ดี", ""),
        ("งาน   )", ")"),
        ("งาน )", ""),
        ("“   งาน”", ""),
        ("งาน   ”", "”"),
        ("งาน . . .", ""),
        ("งาน :)", ""),
        ("งาน   :)", ":)"),
        (":)", ""),
        ("งาน   .   .", ".."),
    ],
)
def test_what_may_be_dirt(line: str, dirty: str) -> None:
    found = tokens(line)
    assert "".join(t.text for i, t in enumerate(found) if may_be_dirt(i, found)) == dirty


def test_what_is_known_of_a_suspect() -> None:
    [first, second] = suspects("งาน   .\nงาน   .")
    known = dict(zip(FEATURES, first[1], strict=True))
    there = {"one", "signs", "last", "gap_before", "last_signs", "dots"}
    assert {name for name, value in known.items() if value == 1.0} == there
    assert known["length"] == pytest.approx(1 / 3)
    assert known["repeats"] == pytest.approx(0.6931, abs=1e-4)
    assert known["share"] == 0.5
    assert known["density"] == pytest.approx(4.8929, abs=1e-4)  # log(1000 * 2 / 15)
    assert (second[0].start, second[0].end) == (14, 15)


# The stage


def stage(**weights: float) -> Dirt:
    table: dict[str, object] = {"weights": weights, "thresholds": dict.fromkeys(PROFILES, 0.9)}
    return Dirt(Decision(table, FEATURES), Options(), 4.0)


def state(evident: int = 9) -> DocumentState:
    found = DocumentState()
    found.noise = NoiseLevel(500, 0, evident)
    return found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("งาน   .", "งาน"),
        (".   งาน", "งาน"),
        ("  .   งาน", "  งาน"),
        ("งาน   .   งาน", "งาน   งาน"),
        ("งาน   ,   ;\nงาน", "งาน\nงาน"),
        (",   ;   งาน", "งาน"),
        (",   ;", ""),
        ("งาน   ,\r\nงาน", "งาน\r\nงาน"),
        ("ที่   https://a.th/.   .", "ที่   https://a.th/."),
    ],
)
def test_dirt_goes_with_the_gap_on_one_side(text: str, left: str) -> None:
    found = stage(one=9.0).find(text, None, state())
    assert apply(text, found.edits) == left
    assert {edit.reason for edit in found.edits} == {REASON}
    assert all(edit.observed == text[edit.start : edit.end] for edit in found.edits)


def test_only_bad_scans_have_dirt() -> None:
    """By what the document has shown: four evident errors in 1,000 letters."""
    dirt = stage(one=9.0)
    assert dirt.find("งาน   .", None, state(4)).edits
    assert not dirt.find("งาน   .", None, state(3)).edits
    of_a_layer = DocumentState(FamilyEvidence(Likelihoods(()), PDF_LAYER))
    of_a_layer.noise = NoiseLevel(500, 0, 9)
    assert not dirt.find("งาน   .", None, of_a_layer).edits


def test_how_sure_it_must_be() -> None:
    assert not stage(one=2.1).find("งาน   .", None, state()).edits
    [edit] = stage(one=2.3).find("งาน   .", None, state()).edits
    assert edit.confidence == 0.9089


def test_what_the_user_keeps_stays() -> None:
    keep = KeepList(["."])
    assert not stage(one=9.0).find("งาน   .", keep, state()).edits


# With the weights that ship


def dirt_of(correction: Any) -> list[str]:
    return [edit.observed.strip() for edit in correction.edits if edit.reason == REASON]


def test_dirt_goes_from_a_bad_scan(profiles: Mapping[str, Corrector], noisy_page: str) -> None:
    """In `strict` it is flagged."""
    for profile, corrector in profiles.items():
        correction = corrector.correct(noisy_page + DIRTY)
        flags = [f for f in correction.flags if f.reason == REASON]
        if profile == "strict":
            assert not dirt_of(correction)
            assert flags
        else:
            assert dirt_of(correction)
            assert not flags
            assert correction.text.endswith("คณะกรรมการได้เดินทาง\n")


def test_a_clean_text_keeps_all(profiles: Mapping[str, Corrector]) -> None:
    text = f"คณะกรรมการได้เดินทางไปตรวจเยี่ยมพื้นที่{WIDE}.{WIDE}'\n" * 3
    for corrector in profiles.values():
        assert corrector.correct(text).text == text


@pytest.mark.parametrize("profile", ["normal", "bold"])
@pytest.mark.parametrize("line", [case["text"] for case in MEANT])
def test_what_is_meant_stays_on_a_bad_scan(
    profiles: Mapping[str, Corrector], line: str, profile: str, noisy_page: str
) -> None:
    """Labels, cells, boxes, leaders, numbers, letters alone; beside dirt, too."""
    text = f"{noisy_page}{DIRTY}{line}\n{DIRTY}"
    correction = profiles[profile].correct(text)
    assert dirt_of(correction)
    kept = correction.text.split("\n")[len((noisy_page + DIRTY).split("\n")) - 1]
    assert kept.split() == line.split() or profile == "bold"
    assert "".join(kept.split()) == "".join(line.split())
