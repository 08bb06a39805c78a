"""The table for people: figures of the evaluation, nothing that a terminal would obey."""

from __future__ import annotations

from thaifix.evaluation import DocumentTexts, evaluate
from thaifix.evaluation.text_report import render
from thaifix.text.edit import Correction, Edit

MADE = Correction("กX", "กข", (Edit(1, 2, "ข", confidence=0.8, observed="X"),))


def test_a_correction() -> None:
    """Two pages of two letters, one error each, both repaired."""
    texts = [DocumentTexts(str(i), "กข", "กX", ("กข",), (MADE,)) for i in range(2)]
    lines = render(evaluate(texts, ["mine"], resamples=10)).splitlines()
    assert lines[0].startswith("2 documents, 4 code points, 2 words of newmm (")
    assert lines[2].split() == ["hypothesis", "mine"]
    assert lines[3].split() == ["CER", "50.00%", "0.00%", "(-100.0%)"]
    shown = "\n".join(lines)
    assert "places repaired 2, missed 0, wrong 0, damaged 0" in shown
    assert "precision 100.0%, recall 100.0%, F0.5 100.0%" in shown
    assert "harm 0.00 per 10,000 characters that were right (0/2)" in shown
    assert "documents better 2, same 0, worse 0; lines better 2, same 0, worse 0" in shown
    assert "0.80   100.0%  100.0%    0.0%" in shown
    assert "  X -> ข" in shown


def test_without_a_correction() -> None:
    """Only the hypothesis is judged; what is undefined is shown as such."""
    shown = render(evaluate([DocumentTexts("1", "", "ก")], resamples=10))
    assert "1 document, 0 code points, 0 words" in shown
    assert shown.splitlines()[3].split() == ["CER", "1/0"]
    assert "repaired" not in shown


def test_two_systems_are_compared() -> None:
    texts = [DocumentTexts(str(i), "กขคง", "กขคX", ("กขคX", "กขคง")) for i in range(3)]
    shown = render(evaluate(texts, ["one", "two"], resamples=10))
    assert "one - two: +25.00% [25.00%, 25.00%], p = 0.25" in shown


def test_names_and_texts_cannot_act() -> None:
    """Control characters are shown; a long name keeps its end."""
    texts = [DocumentTexts("1", "ก\x1bข", "ก\x07ข", ("กข",))]
    shown = render(evaluate(texts, ["\x1b[31m" + "long" * 9 + "end"], resamples=10))
    assert not set(shown) & set("\x1b\x07")
    assert "longend" in shown
