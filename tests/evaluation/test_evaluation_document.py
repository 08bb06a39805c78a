"""One document: every figure of each of its texts, worked out by hand."""

from __future__ import annotations

import pytest

from thaifix.evaluation.document import DocumentTexts, evaluate_document
from thaifix.evaluation.metrics import ErrorRate
from thaifix.evaluation.outcomes import Region
from thaifix.evaluation.risk import Verdict
from thaifix.text.edit import Correction, Edit

REFERENCE = "กมนค  งจ\n\nชซ"
OBSERVED = "กXนค งY\nชซ"
EDIT = Edit(1, 2, "ม", confidence=0.8, observed="X")
MADE = Correction(OBSERVED, OBSERVED.replace("X", "ม"), (EDIT,))


def test_a_hypothesis_by_hand() -> None:
    """Two of ten code points of the default view are wrong, both in the first line."""
    document = evaluate_document(DocumentTexts("p", REFERENCE, OBSERVED), 0)
    assert (document.id, document.reference) == ("p", "กมนค งจ\nชซ")
    assert document.corrected == ()
    found = document.hypothesis
    assert found.text == OBSERVED
    assert found.rates.cer == ErrorRate(2, 10)
    assert found.rates.cer_strict == ErrorRate(4, 12)
    assert found.line_errors == (2, 0)
    assert found.classes == {"consonant": 2}
    assert found.confusions == {("X", "ม"): 1, ("Y", "จ"): 1}
    assert found.longer == 0
    assert found.right == 8
    assert found.regions == (
        Region("missed", 1, 2, 1, 2, 1, 2, 1, 1),
        Region("missed", 6, 7, 6, 7, 6, 7, 1, 1),
    )
    assert found.verdicts is None


def test_a_corrected_text_by_hand() -> None:
    """One of the two errors is repaired; what the hypothesis had right is told here, too."""
    texts = DocumentTexts("p", REFERENCE, OBSERVED, (MADE.text,), (MADE,))
    (found,) = evaluate_document(texts, 1).corrected
    assert found.rates.cer == ErrorRate(1, 10)
    assert [region.outcome for region in found.regions] == ["repaired", "missed"]
    assert found.right == 8
    assert found.verdicts == (Verdict(0.8, "good"),)


def test_edits_may_be_known_of_some_systems() -> None:
    texts = DocumentTexts("p", REFERENCE, OBSERVED, (MADE.text, OBSERVED), (MADE, None))
    assert [bool(text.verdicts) for text in evaluate_document(texts, 2).corrected] == [True, False]
    unknown = evaluate_document(texts._replace(corrections=()), 2)
    assert [text.verdicts for text in unknown.corrected] == [None, None]


def test_places_that_are_long_are_counted_apart() -> None:
    """Three letters in one place are in no table of confusions."""
    found = evaluate_document(DocumentTexts("p", "กขคงจ", "กxyzจ"), 0).hypothesis
    assert (found.confusions, found.longer) == ({}, 1)


def test_texts_and_edits_of_every_system_are_needed() -> None:
    texts = DocumentTexts("p7", "ก", "ก", ("ก",))
    with pytest.raises(ValueError, match="p7: 1 corrected texts, 2 systems"):
        evaluate_document(texts, 2)
    with pytest.raises(ValueError, match="p7: 2 corrections, 1 systems"):
        evaluate_document(texts._replace(corrections=(None, None)), 1)
