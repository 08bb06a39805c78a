"""The table for people: figures of the evaluation, nothing that a terminal would obey."""

from __future__ import annotations

import pytest
from worked_example import evaluation

from thaifix.evaluation import DocumentTexts, evaluate
from thaifix.evaluation.text_report import render
from thaifix.text.edit import Correction, Edit

REPORT = """\
2 documents, 16 code points, 5 words of newmm (1.2.3)

                                        hypothesis                 one                 two
CER                                         12.50%      12.50% (+0.0%)      12.50% (+0.0%)
CER, strict view                            12.50%      12.50% (+0.0%)      12.50% (+0.0%)
CER of clusters                             13.33%      13.33% (+0.0%)      13.33% (+0.0%)
CER, letters and marks only                 15.38%      15.38% (+0.0%)      7.69% (-50.0%)
WER                                         40.00%      40.00% (+0.0%)      40.00% (+0.0%)
bag of clusters                             16.67%      16.67% (+0.0%)      16.67% (+0.0%)
CER, 95% interval                  [2.19%, 16.67%]     [8.33%, 22.81%]     [2.19%, 16.67%]

one
  places repaired 1, missed 1, wrong 0, damaged 1
  precision 50.0%, recall 50.0%, F0.5 50.0%
  harm 2500.00 changes per 10,000 characters of correct documents (1/4)
  damage 0.00 places per 10,000 right characters of other documents (0/10)
  documents better 1, same 0, worse 1; lines better 1, same 2, worse 1
  errors reduced by 0.0% [0.00%, 50.00%], preference +0.00 [-0.82, +1.00], p = 1.0000
  edits from a confidence on: applied, good, harmful
    0.00   100.0%   50.0%   50.0%
    0.50   100.0%   50.0%   50.0%
    0.80    50.0%  100.0%    0.0%
    0.90    50.0%  100.0%    0.0%
    0.95    50.0%  100.0%    0.0%

two
  places repaired 1, missed 1, wrong 0, damaged 1
  precision 50.0%, recall 50.0%, F0.5 50.0%
  harm 0.00 changes per 10,000 characters of correct documents (0/4)
  damage 1000.00 places per 10,000 right characters of other documents (1/10)
  documents better 0, same 2, worse 0; lines better 1, same 2, worse 1
  errors reduced by 0.0% [0.00%, 0.00%], preference +0.00 [+0.00, +0.00], p = 1.0000

Systems compared: CER of the first less CER of the second
  one - two: +0.00% [-8.33%, 20.63%], p = 1.0000

errors by class                         hypothesis                 one                 two
  consonant                             2 (100.0%)          2 (100.0%)           1 (50.0%)
  latin                                   0 (0.0%)            0 (0.0%)           1 (50.0%)

observed -> intended                    hypothesis                 one                 two
  X -> ม                                         1                   0                   1
  Y -> จ                                         1                   1                   0

terms: recall, precision                hypothesis                 one                 two
  province (1)                       100.0% 100.0%       100.0% 100.0%              0.0% -

Intervals and tests: 8 resamples of documents, seed 1. What each figure means: docs/evaluation.md
"""


def test_the_whole_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure of the worked example can be counted by hand but the intervals."""
    assert render(evaluation(monkeypatch)) == REPORT


def test_the_report_of_one_system_has_a_column_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no comparison of systems."""
    without = REPORT.replace("                 two", "").splitlines()
    shown = render(evaluation(monkeypatch, systems=1)).splitlines()
    assert shown[:3] == without[:3]
    assert "Systems compared: CER of the first less CER of the second" not in shown
    assert shown[11:24] == without[11:24]
    assert "  latin" not in "\n".join(shown)


def test_a_hypothesis_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = render(evaluation(monkeypatch, systems=0)).splitlines()
    assert shown[2:4] == [" " * 40 + "hypothesis", "CER" + "12.50%".rjust(47)]
    assert "repaired" not in "\n".join(shown)


def test_an_empty_reference() -> None:
    """What is undefined is shown as such; nothing is a table without rows."""
    shown = render(evaluate([DocumentTexts("1", "", "ก", ("",))], ["mine"], resamples=10))
    lines = shown.splitlines()
    assert lines[0].startswith("1 document, 0 code points, 0 words")
    assert lines[3].split() == ["CER", "1/0", "0/0", "(-100.0%)"]
    assert lines[9].split() == ["CER,", "95%", "interval", "-", "-"]
    assert "harm" not in shown
    assert "terms" not in shown
    shown = render(evaluate([DocumentTexts("1", "ก", "ก", ("ก",))], ["mine"], resamples=10))
    assert "precision -, recall -, F0.5 -" in shown
    assert "errors reduced by - -, preference +0.00" in shown
    assert "observed" not in shown
    assert "edits from" not in shown


def test_the_sign_of_a_change() -> None:
    """Less is better; of two systems the first less the second."""
    texts = [DocumentTexts(str(i), "กขคง", "กขคX", ("กขคX", "กขคง", "XXXX")) for i in range(3)]
    shown = render(evaluate(texts, ["one", "two", "three"], resamples=10))
    rates = "CER 25.00% 25.00% (+0.0%) 0.00% (-100.0%) 100.00% (+300.0%)"
    assert shown.splitlines()[3].split() == rates.split()
    assert "one - two: +25.00% [25.00%, 25.00%], p = 0.25" in shown
    assert "two - three: -100.00% [-100.00%, -100.00%], p = 0.25" in shown


def test_ten_confusions_are_listed() -> None:
    """The most frequent; what is lost and spaces are shown by signs."""
    letters = "abcdefghijkl"
    reference = "".join(f"{letter}กขค " * (20 - i) for i, letter in enumerate(letters))
    hypothesis = reference.replace("a", "").replace("b", " ").replace("c", "xy")
    for letter in letters[3:]:
        hypothesis = hypothesis.replace(letter, letter.upper())
    shown = render(evaluate([DocumentTexts("1", reference, hypothesis)], resamples=2))
    rows = shown[shown.index("observed -> intended") :].split("\n\n")[0].splitlines()[1:]
    assert [tuple(row.split()) for row in rows] == [
        *(("∅", "->", "a", "20"), ("∅", "->", "b", "19"), ("xy", "->", "c", "18")),
        *((letter.upper(), "->", letter, str(20 - i)) for i, letter in enumerate("defghij", 3)),
    ]


def test_marks_take_no_column() -> None:
    """A label with marks on its letters is padded by as many."""
    text = DocumentTexts("1", "ที่ดี ดี", "ทีดี ด")
    shown = render(evaluate([text], resamples=2)).splitlines()
    rows = [line for line in shown if " -> " in line][1:]
    marks = [sum(letter in "\u0e48\u0e35" for letter in row) for row in rows]
    assert marks == [1, 1]
    assert [len(row) - count for row, count in zip(rows, marks, strict=True)] == [50, 50]


def test_confusions_that_look_alike_are_told_apart() -> None:
    text = DocumentTexts("1", "\u0e41ละ", "\u0e40\u0e40ละ")
    assert "  เเ -> แ (U+0E40 U+0E40 -> U+0E41)" in render(evaluate([text], resamples=2))


def test_names_and_texts_cannot_act() -> None:
    """Control characters are shown; a long name keeps its end."""
    texts = [DocumentTexts("1", "ก\x1bข", "ก\x07ข", ("กข", "กข"))]
    shown = render(evaluate(texts, ["\x1b[31m" + "long" * 9 + "end", "x" * 19], resamples=10))
    assert not set(shown) & set("\x1b\x07")
    head = shown.splitlines()[2].split()
    assert head == ["hypothesis", "…" + ("long" * 9 + "end")[-18:], "x" * 19]
    shown = render(evaluate(texts, ["a", "x" * 20], resamples=10))
    assert shown.splitlines()[2].split()[-1] == "…" + "x" * 18


def test_thresholds_are_those_that_were_reached() -> None:
    """A row for each up to the highest confidence."""
    made = Correction("กX", "กข", (Edit(1, 2, "ข", confidence=0.8, observed="X"),))
    texts = [DocumentTexts(str(i), "กข", "กX", ("กข",), (made,)) for i in range(2)]
    shown = render(evaluate(texts, ["mine"], resamples=10))
    rows = shown.split("edits from a confidence on: applied, good, harmful\n")[1].split("\n\n")[0]
    assert [row.split()[0] for row in rows.splitlines()] == ["0.00", "0.50", "0.80"]
