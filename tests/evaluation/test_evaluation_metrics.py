"""Rates add, are those worked out by hand, and agree with other tools; harm counts spans."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.evaluation.metrics import (
    CLUSTERS,
    WORDS,
    BetterSameWorse,
    ErrorRate,
    Rates,
    ViewedText,
    better_same_worse,
    cer,
    harm,
    rates,
)
from thaifix.text.edit import Correction, Edit

HERE = Path(__file__).parents[1]
CORPORA = HERE.parent / "corpora"
CASES = json.loads((HERE / "cases" / "metrics.json").read_text(encoding="utf-8"))
TEXTS = st.text(alphabet="กขนมาำ่้ี\u0e4d ๑a\n", max_size=30)
SPLIT_AM = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


def test_rates_are_pooled_not_averaged() -> None:
    """A short bad page does not outweigh a long good one."""
    pages = [ErrorRate(1, 2), ErrorRate(1, 98)]
    assert sum(pages, ErrorRate()) == ErrorRate(2, 100)
    assert sum(pages, ErrorRate()).rate == 2 / 100


def test_rate_of_an_empty_reference() -> None:
    """No text and no errors is no error; errors out of nothing are without bound."""
    assert ErrorRate().rate == 0
    assert ErrorRate(3, 0).rate == float("inf")


def test_a_rate_names_its_unit() -> None:
    """What is printed can be recomputed."""
    assert str(ErrorRate(20_877, 460_602)) == "4.53% (20,877/460,602 code points)"


@pytest.mark.parametrize(
    ("reference", "hypothesis", "view", "errors", "total"),
    [
        ("น้ำ ใจ", "น้ำ   ใจ", "collapsed", 0, 6),
        ("น้ำ ใจ", "น้ำใจ", "collapsed", 1, 6),
        ("น้ำ ใจ", "น้ำใจ", "letters", 0, 5),
        ("ทำ", "ท" + SPLIT_AM, "collapsed", 2, 2),  # one substituted, one inserted
        ("ทำ", "ท" + SPLIT_AM, "strict", 2, 2),
        ("ทำ", "ท" + SPLIT_AM, "default", 0, 2),
        ("ทำ", "ท" + SPLIT_AM, "letters", 0, 2),
        ("ที่", "ท่ี", "strict", 2, 3),  # two marks swapped: one deleted, one inserted
        ("ที่", "ท่ี", "default", 0, 3),
        ("พ.ศ. ๒๕๖๗", "พ.ศ. ๒๕๖๑", "collapsed", 1, 9),
        ("พ.ศ. ๒๕๖๗", "พ.ศ. ๒๕๖๑", "letters", 0, 2),
        ("", "ก", "letters", 1, 0),
    ],
)
def test_cer(reference: str, hypothesis: str, view: str, errors: int, total: int) -> None:
    """Errors and totals, verified by hand."""
    assert cer(reference, hypothesis, view=view) == ErrorRate(errors, total)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_rates_worked_out_by_hand(case: dict[str, Any]) -> None:
    """Errors and totals in all units and views."""
    found = rates(ViewedText(case["reference"]), ViewedText(case["hypothesis"]))
    for name, (errors, total) in case["rates"].items():
        rate = getattr(found, name)
        assert (rate.errors, rate.total) == (errors, total), name


def test_rates_name_their_units() -> None:
    """And pages pool, from nothing on."""
    page = rates(ViewedText("น้ำ ใจ"), ViewedText("น้ำใจ"))
    assert (page.cer.unit, page.cluster_cer.unit, page.wer.unit) == ("code points", CLUSTERS, WORDS)
    assert page.bag_of_clusters.unit == CLUSTERS
    assert sum([page, page], Rates()).cluster_cer == ErrorRate(2, 8, CLUSTERS)


def test_units_do_not_mix() -> None:
    """Errors of words and of letters make no sum."""
    with pytest.raises(ValueError, match="words and code points"):
        ErrorRate(1, 2, WORDS) + ErrorRate(1, 2)


@given(TEXTS, TEXTS)
def test_strict_view_agrees_with_jiwer(reference: str, hypothesis: str) -> None:
    """So does its unit; it strips what it compares, which the letters at both ends prevent."""
    reference, hypothesis = (f"ก{text}ก" for text in (reference, hypothesis))
    expected = jiwer.cer(unicodedata.normalize("NFC", reference), hypothesis)
    assert cer(reference, hypothesis, view="strict").rate == pytest.approx(expected)


def test_clusters_agree_with_dinglehopper() -> None:
    """Where nothing is folded: it was given the default view of both texts."""
    lines = (CORPORA / "official-letters" / "test.jsonl").read_text(encoding="utf-8").splitlines()
    pages = {page["id"]: page for page in map(json.loads, lines)}
    counted = json.loads((HERE / "cases" / "dinglehopper.json").read_text(encoding="utf-8"))
    assert [row["page"] for row in counted] == list(pages)
    for row in counted:
        page = pages[row["page"]]
        found = rates(ViewedText(page["gold"]), ViewedText(page["ocr"])).cluster_cer
        assert (found.errors, found.total) == (row["errors"], row["total"])


@given(TEXTS, TEXTS)
def test_laws_of_rates(reference: str, hypothesis: str) -> None:
    """Nothing is wrong with the reference, and what sees less counts less."""
    true, given = ViewedText(reference), ViewedText(hypothesis)
    found, perfect = rates(true, given), rates(true, true)
    for name in Rates.__dataclass_fields__:
        rate, none = getattr(found, name), getattr(perfect, name)
        assert (none.errors, none.total) == (0, rate.total)
        assert rate.errors >= 0
    assert found.bag_of_clusters.errors <= found.cluster_cer.errors
    # The letters view drops the same code points on both sides, and with them some errors.
    assert found.letters_cer.errors <= found.cer.errors


def test_unknown_view() -> None:
    """A view that does not exist is an error, not a default."""
    with pytest.raises(KeyError):
        cer("ก", "ก", view="words")


def test_better_same_worse() -> None:
    """Texts are judged by their errors, not by their rates."""
    rates = [ErrorRate(3, 10), ErrorRate(2, 10), ErrorRate(4, 10), ErrorRate(3, 9)]
    counts = better_same_worse((ErrorRate(3, 10), after) for after in rates)
    assert counts == BetterSameWorse(1, 2, 1)


def test_harm_counts_changed_spans() -> None:
    """One edit of three letters is one harmed span."""
    edit = Edit(0, 3, "กขคง", observed="กขค")
    correction = Correction("กขคงจ", "กขคงงจ", (edit,))
    assert harm(correction) == ErrorRate(1, 5)
    assert harm(Correction("กขค", "กขค")) == ErrorRate(0, 3)


def test_units_have_no_more_errors_than_the_longer_text() -> None:
    """Long texts are cut where they agree, which may be a bad place; one way is always known."""
    agreed = "".join(map(chr, range(0x4E00, 0x4E00 + 100)))
    reference = f"{'ก' * 5_000}{agreed}{'ก' * 12_000}"
    hypothesis = f"{'ข' * 11_500}{agreed}{'ข' * 5_500}"
    found = rates(ViewedText(reference), ViewedText(hypothesis))
    assert found.cer.errors == 11_500 + 12_000
    assert found.cluster_cer.errors == len(reference) == len(hypothesis)


def test_the_bag_counts_what_is_missing_or_too_much() -> None:
    """Whichever is more; white space is in neither."""
    for reference, hypothesis, errors in [("กกข", "ก ข", 1), ("ก", "ข\nค", 2), ("กขค", "คขก", 0)]:
        found = rates(ViewedText(reference), ViewedText(hypothesis)).bag_of_clusters
        assert (found.errors, found.total) == (errors, len(reference))


def test_nothing_pools_with_any_unit() -> None:
    """From either side."""
    words = ErrorRate(1, 2, WORDS)
    assert ErrorRate() + words == words
    with pytest.raises(ValueError, match="words and code points do not add"):
        words + ErrorRate()
    assert Rates() + Rates() == Rates()
