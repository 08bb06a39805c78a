"""Two pages and two systems, small enough to count every figure by hand.

Page 1 has 12 code points in two lines, page 2 has 4 in two. The hypothesis misreads two letters of
page 1. System "one" repairs the first of them and damages a letter of page 2; system "two" repairs
the second and puts a letter into the term น่าน, whose letters were right.
"""

from __future__ import annotations

import pytest

from thaifix.evaluation import DocumentTexts, Evaluation, evaluate
from thaifix.text import segmenter
from thaifix.text.edit import Correction, Edit

PAGES = (
    ("กมนค งจ\nน่าน", "กXนค งY\nน่าน", "กมนค งY\nน่าน", "กXนค งจ\nน่xาน"),
    ("ก\nมน", "ก\nมน", "ก\nดน", "ก\nมน"),
)
EDITS = (
    Edit(1, 2, "ม", confidence=0.95, observed="X"),
    Edit(2, 3, "ด", confidence=0.6, observed="ม"),
)
SYSTEMS = "one", "two"


def evaluation(monkeypatch: pytest.MonkeyPatch, systems: int = 2) -> Evaluation:
    """Evaluate the pages, with words that are cut at spaces."""
    monkeypatch.setattr(segmenter, "words", str.split)
    monkeypatch.setattr(segmenter, "version", lambda: "1.2.3")
    texts = [
        DocumentTexts(
            f"p{number}",
            reference,
            hypothesis,
            tuple(corrected[:systems]),
            (Correction(hypothesis, corrected[0], (edit,)), None)[:systems],
        )
        for number, ((reference, hypothesis, *corrected), edit) in enumerate(
            zip(PAGES, EDITS, strict=True), 1
        )
    ]
    return evaluate(texts, SYSTEMS[:systems], resamples=8)
