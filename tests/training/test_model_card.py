"""The model card tells what the code and the bundle that ships say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from thaifix import Corrector
from thaifix.kernel.symbols import FIRST_WORD

pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import decision, language, terms
from thaifix.training.thresholds import Promise

ROOT = Path(__file__).parents[2]
CARD = " ".join((ROOT / "lexicons" / "MODEL_CARD.md").read_text("utf-8").split())
PROFILES = ("strict", "normal", "bold")


def section(title: str) -> str:
    return CARD.partition(f"## {title} ")[2].partition(" ## ")[0]


@pytest.mark.parametrize(
    ("title", "promises"),
    [("Profiles", decision.PROMISES), ("How terms are calibrated", terms.PROMISES)],
)
def test_promises(title: str, promises: Mapping[str, Promise]) -> None:
    """Harm and lowest confidence of each profile."""
    text = section(title)
    for name in PROFILES:
        assert f"{promises[name].harm:g} ({name})" in text
    lowest = [f"{promises[name].confidence:g}" for name in PROFILES]
    assert f"confidence of {lowest[0]}, {lowest[1]} and {lowest[2]}" in text
    assert "spans per 10,000 code points" in text
    assert [*promises] == [*PROFILES]


def test_how_letters_are_calibrated() -> None:
    text = section("How letters are calibrated")
    priors = decision.PRIOR_WEIGHTS
    assert f"a user's term ({priors['entry']:g} nat)" in text
    assert f"a foreign letter in a Thai word ({priors['foreign']:g} nats)" in text
    assert "weighs a third of one in clean text" in text
    assert decision.PAGE_WEIGHT == 1 / 3


def test_how_terms_are_calibrated() -> None:
    text = section("How terms are calibrated")
    assert f"documents of {terms.PRACTICE_CODE_POINTS:,} code points" in text
    assert "up to twelve phrases" in text
    assert terms.MISREAD_PHRASES == 12
    assert "weighs twice" in text
    assert terms.CLEAN_WEIGHT == 2


def test_the_figures_are_those_of_the_bundle(corrector: Corrector) -> None:
    header = corrector.model.header
    recipe = header["recipe"]
    learned = recipe["paragraphs"]
    total = int(re.search("([0-9,]+) paragraphs, 140.6 million", CARD)[1].replace(",", ""))  # type: ignore[index]
    held_out = len(range(language.FIRST_HELD_OUT, total, language.PARAGRAPHS_PER_HELD_OUT))
    assert total - held_out == learned
    assert f"{held_out:,} paragraphs, 1.4 million code points" in CARD
    clean = header["decision"]["clean_code_points"]
    assert round(clean / 1e6, 1) == 1.4
    assert round((recipe["code_points"] + clean) / 1e6, 1) == 140.6
    assert f"{header['origin']['pages']} pages of government news" in CARD
    assert f"about {recipe['words'] // 1000},000 words" in CARD
    assert len(corrector.model.array("cost")) == FIRST_WORD + recipe["words"]
    assert f"about {round(corrector.model.path.stat().st_size / 1e6)} MB" in CARD


def test_the_bundle_keeps_the_promises(corrector: Corrector) -> None:
    """None of its thresholds is below the lowest confidence; the lowest ones are reached."""
    for name, promises in ("decision", decision.PROMISES), ("terms", terms.PROMISES):
        thresholds = corrector.model.header[name]["thresholds"]
        assert {*thresholds} == {*promises}
        for profile, promise in promises.items():
            assert promise.confidence <= thresholds[profile] < 1


def test_files_and_commands_exist() -> None:
    """What the card names stands where it says."""
    names = re.findall("`((?:thaifix|lexicons)/[^` ]*)`", CARD)
    assert {"thaifix/model/default.thaifix", "thaifix/training/"} <= {*names}
    assert [name for name in names if not [*ROOT.glob(name.rstrip("/"))]] == []
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [t for t in re.findall("`make ([a-z-]+)", CARD) if f"\n{t}: " not in makefile] == []
