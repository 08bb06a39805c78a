"""Cases as data: see `cases/README.md`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from thaifix import Correction, Corrector, Edit
from thaifix.evaluation.known_errors import restored

HERE = Path(__file__).parents[1]
MEMO = HERE.parent / "corpora" / "nhrct-memo" / "observed.txt"
FILES = ("wild", "synthetic", "negative", "known_failures")


def read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (HERE / "cases" / f"{name}.json").read_text(encoding="utf-8")
    )
    return found


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["why"]) for case in read(name)]


@pytest.fixture(scope="module")
def documents(corrector: Corrector, pages: list[dict[str, Any]]) -> dict[str, Correction]:
    """The corrected memo, by "", and the pages by their ids."""
    memo = {"": corrector.correct(MEMO.read_bytes().decode())}
    return memo | {page["id"]: corrector.correct(page["ocr"]) for page in pages}


def corrected(corrector: Corrector, case: dict[str, Any], noisy_page: str) -> str:
    """What becomes of a case's text, after a noisy page if it asks for one."""
    if not case.get("noisy"):
        return corrector.correct(case["text"]).text
    text = corrector.correct(f"{noisy_page}{case['text']}\n").text
    page = corrector.correct(f"{noisy_page}\n").text.removesuffix("\n")
    assert text.startswith(page)
    return text.removeprefix(page).removesuffix("\n")


@pytest.mark.parametrize("case", cases("wild"))
def test_wild(documents: dict[str, Correction], case: dict[str, Any]) -> None:
    """A real error is repaired exactly, in its document."""
    correction = documents[case.get("page", "")]
    start, end = case["start"], case["start"] + len(case["observed"])
    assert correction.source[start:end] == case["observed"]
    error = Edit(start, end, case["intended"], observed=case["observed"])
    assert restored(error, [error], correction)


@pytest.mark.parametrize("case", [c for c in cases("wild") if "context" in c.values[0]])
def test_wild_contexts_are_quoted_rightly(
    documents: dict[str, Correction], case: dict[str, Any]
) -> None:
    source, start = documents[case.get("page", "")].source, case["start"]
    around = " ".join(source[start - 30 : start + len(case["observed"]) + 30].split())
    assert case["context"] == around


@pytest.mark.parametrize("case", cases("synthetic"))
def test_synthetic(corrector: Corrector, case: dict[str, Any], noisy_page: str) -> None:
    """A noisy sentence comes back whole."""
    assert corrected(corrector, case, noisy_page) == case["intended"]


@pytest.mark.parametrize("profile", ["strict", "normal"])
@pytest.mark.parametrize("case", cases("negative"))
def test_negative(
    profiles: dict[str, Corrector], case: dict[str, Any], profile: str, noisy_page: str
) -> None:
    """What is right stays, alone and, if the case promises so, on a noisy page."""
    correction = profiles[profile].correct(case["text"])
    assert [(e.observed, e.replacement) for e in correction.edits] == []
    assert corrected(profiles[profile], case, noisy_page) == case["text"]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="not yet")
def test_known_failures(corrector: Corrector, case: dict[str, Any], noisy_page: str) -> None:
    """Not repaired, or not left alone, yet."""
    assert corrected(corrector, case, noisy_page) == case["intended"]


@pytest.mark.parametrize("name", FILES)
def test_form(name: str) -> None:
    """Every case has its fields, and says in words of its own what it is about."""
    needed = {
        "wild": {"start", "observed", "intended", "why"},
        "negative": {"text", "why"},
    }.get(name, {"text", "intended", "why"})
    found = read(name)
    for case in found:
        assert needed <= set(case) <= needed | {"page", "context", "noisy"}
        assert case["why"]
        assert name != "synthetic" or case["text"] != case["intended"]
    keys = Counter((c.get("page"), c.get("start"), c.get("text")) for c in found)
    assert max(keys.values()) == 1
