"""The evaluation as a whole: pooled figures, and laws between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.evaluation import DocumentTexts, Evaluation, evaluate
from thaifix.evaluation.metrics import BetterSameWorse, ErrorRate, Rates
from thaifix.evaluation.outcomes import tally
from thaifix.text.edit import Correction, Edit

TEXTS = st.text(alphabet="กขมาำ่เ๑ \n", max_size=20)


def page(name: str, reference: str, hypothesis: str, *corrected: str) -> DocumentTexts:
    return DocumentTexts(name, reference, hypothesis, corrected)


def small(*texts: DocumentTexts, systems: tuple[str, ...] = ()) -> Evaluation:
    return evaluate(texts, systems, resamples=20)


def test_two_pages_by_hand() -> None:
    """Page 1: one of two errors repaired; page 2: was right, one of four letters damaged."""
    result = small(
        page("1", "กมนค งจ", "กXนค งY", "กมนค งY"),
        page("2", "ก\nมน", "ก\nมน", "ก\nดน"),
        systems=("mine",),
    )
    assert result.hypothesis.rates.cer == ErrorRate(2, 11)
    (system,) = result.systems
    assert system.summary.rates.cer == ErrorRate(2, 11)
    assert [part.regions for part in system.changes] == [1, 1, 0, 1]
    assert (system.harm.errors, system.harm.total) == (1, 4)  # of the second, which was correct
    assert (system.damage.errors, system.damage.total) == (0, 5)  # right letters of the first
    assert system.documents == BetterSameWorse(better=1, same=0, worse=1)
    assert system.lines == BetterSameWorse(better=1, same=1, worse=1)
    assert system.preference.value == 0
    assert system.reduction.value == 0
    assert system.p_value == 1
    assert system.curve is None
    assert result.hypothesis.classes == {"consonant": 2}
    assert result.hypothesis.confusions == {("X", "ม"): 1, ("Y", "จ"): 1}
    assert (result.unit, result.differences) == ("documents", ())


def test_one_document_is_resampled_by_lines() -> None:
    """Their lengths and errors are the document's."""
    result = small(page("1", "กขค\nงจ", "กขค\nงX"))
    assert result.unit == "lines"
    assert result.hypothesis.interval.value == 1 / 6
    assert result.documents[0].hypothesis.line_errors == (0, 1)


def test_preference_of_one_document_is_that_of_its_lines() -> None:
    """Of three lines one is better and one worse, or one better and none worse."""
    result = small(page("1", "ก\nข\nค", "X\nข\nค", "ก\nY\nค", "ก\nข\nค"), systems=("a", "b"))
    assert [system.preference.value for system in result.systems] == [0, 1 / 3]


def test_systems_are_compared_with_each_other() -> None:
    """On three pages the second repairs all, the first nothing."""
    pages = [page(str(i), "กขคง", "กขคX", "กขคX", "กขคง") for i in range(3)]
    result = small(*pages, systems=("first", "second"))
    (difference,) = result.differences
    assert (difference.first, difference.second) == ("first", "second")
    assert difference.cer.value == 3 / 12
    assert difference.p_value == 2 / 8  # all signs + or all -
    assert [system.reduction.value for system in result.systems] == [0, 1]
    assert [system.preference.value for system in result.systems] == [0, 1]


def test_harm_of_a_clean_text() -> None:
    """Where the hypothesis was right, every changed place is harm, of all code points."""
    result = small(page("1", "กขคง", "กขคง", "กXคY"), systems=("mine",))
    assert result.systems[0].harm.errors == 2
    assert result.systems[0].harm.total == 4
    assert result.systems[0].damage.total == 0
    assert result.systems[0].reduction.value is None


def test_damage_of_a_noisy_text() -> None:
    """It counts apart from harm, even where hardly anything was wrong."""
    (system,) = small(page("1", "กขคงจ", "กขคงX", "กYคงX"), systems=("mine",)).systems
    assert (system.damage.errors, system.damage.total) == (1, 4)
    assert (system.harm.errors, system.harm.total, system.harm.per_10_000) == (0, 0, None)
    assert system.damage.per_10_000 == 2500


@pytest.mark.parametrize("texts", [("", "", ""), ("", "ก", "ก"), ("ก", "", ""), ("ก", "ก", "")])
def test_empty_sides_are_defined(texts: tuple[str, str, str]) -> None:
    reference, hypothesis, corrected = texts
    result = small(page("1", reference, hypothesis, corrected), systems=("mine",))
    assert result.hypothesis.rates.cer == ErrorRate(int(reference != hypothesis), len(reference))
    assert result.systems[0].summary.rates.cer.total == len(reference)


def test_curve_where_edits_are_known() -> None:
    """Of all systems or of this one; one without edits has an empty curve."""
    made = Correction("กX", "กข", (Edit(1, 2, "ข", confidence=0.8, observed="X"),))
    none = Correction("กข", "กข")
    texts = [
        DocumentTexts("1", "กข", "กX", ("กข", "กX"), (made, None)),
        DocumentTexts("2", "กข", "กข", ("กข", "กข"), (none, None)),
    ]
    known, unknown = small(*texts, systems=("a", "b")).systems
    assert known.curve is not None
    assert [(p.threshold, p.good, p.applied) for p in known.curve] == [(0.8, 1, 1)]
    assert unknown.curve is None


def test_what_cannot_be_evaluated() -> None:
    with pytest.raises(ValueError, match="no documents"):
        evaluate([])
    with pytest.raises(ValueError, match="p7: 1 corrected texts, 0 systems"):
        evaluate([page("p7", "ก", "ก", "ก")])


@settings(max_examples=50)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=3))
def test_figures_add_up(texts: list[tuple[str, str, str]]) -> None:
    """Pages to the whole; lines, classes and regions to errors; figures to each other."""
    result = small(
        *(page(str(i), *three) for i, three in enumerate(texts)), systems=("mine",)
    )  # fmt: skip
    (system,) = result.systems
    before, after = result.hypothesis.rates.cer, system.summary.rates.cer
    readings = [(d.hypothesis, d.corrected[0]) for d in result.documents]
    for rates, column in (result.hypothesis.rates, 0), (system.summary.rates, 1):
        assert sum((both[column].rates for both in readings), Rates()) == rates
    for both in readings:
        for reading in both:
            assert sum(reading.line_errors) == reading.rates.cer.errors
            assert reading.classes.total() == reading.rates.cer.errors
        assert tally(both[0].regions).missed.before == both[0].rates.cer.errors
    changes = system.changes
    assert changes.repaired.before + changes.missed.before + changes.wrong.before == before.errors
    assert changes.missed.after + changes.wrong.after + changes.damaged.after == after.errors
    assert system.harm.errors + system.damage.errors == changes.damaged.regions
    assert sum(system.documents) == len(texts)
    if before.errors:
        assert system.reduction.value == pytest.approx(1 - after.errors / before.errors)
    counts = system.lines if result.unit == "lines" else system.documents
    preferred = (counts.better - counts.worse) / sum(counts)
    assert system.preference.value == pytest.approx(preferred)


def test_samples_and_seed_are_used_and_told() -> None:
    """Another seed gives other intervals."""
    pages = [page(str(i), "กขคง" * 5, "กขคง" * 4 + "X" * i, "กขคง" * 5) for i in range(12)]
    one, other, more = (
        evaluate(pages, ["mine"], resamples=resamples, seed=seed)
        for resamples, seed in [(30, 1), (30, 2), (31, 1)]
    )
    assert [(e.resamples, e.seed) for e in (one, other, more)] == [(30, 1), (30, 2), (31, 1)]
    intervals = {e.hypothesis.interval for e in (one, other, more)}
    assert (len(intervals), len({interval.value for interval in intervals})) == (3, 1)
    told = evaluate(pages[:2], ["mine"])
    assert (told.resamples, told.seed) == (2_000, 1)


def test_equally_frequent_counts_stand_in_their_own_order() -> None:
    """So that a report is the same whatever the order of the documents."""
    result = small(page("1", "กxข", "ฃxฃ"), page("2", "ขx1", "ฃxa"))
    assert list(result.hypothesis.confusions.items()) == [
        (("ฃ", "ข"), 2),
        (("a", "1"), 1),
        (("ฃ", "ก"), 1),
    ]
    assert list(result.hypothesis.classes.items()) == [("consonant", 3), ("digit", 1)]


def test_places_that_are_long_are_pooled() -> None:
    result = small(page("1", "กขคงจ", "กxyzจ"), page("2", "กขคงจ", "กxyzจ"))
    assert (result.hypothesis.confusions, result.hypothesis.longer) == ({}, 2)
