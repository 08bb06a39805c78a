"""Windows: what is read again, and what a reading says."""

from __future__ import annotations

import pytest

from thaifix import Corrector
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.proposals import Proposal
from thaifix.correct.tuning import Tuning
from thaifix.correct.windows import Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model


@pytest.fixture(scope="module")
def windows(corrector: Corrector) -> Windows:
    return Windows(corrector.model, Lexicon(), Tuning())


def proposals(windows: Windows, text: str, *protected: tuple[int, int]) -> list[Proposal]:
    return windows.propose(text, protected, fired=0, noise=NoiseLevel())[0]


@pytest.mark.parametrize(
    ("text", "observed", "intended", "reason"),
    [
        ("ที่ประชุมมีมติเห็นซอบตามที่เสนอ", "ซ", "ช", "respell"),
        ("เมือวันที่ ๕ มีนาคม", "เมือ", "เมื่อ", "respell"),
        ("การกําหนดหลักเกณฑ์และวิธีกาຣดำเนินการ", "ຣ", "ร", "foreign_letter"),
        ("เจ้าหน้าที่ได้ชี้แจงราย\nละเอียดให้ประชา ชนทราบแล้ว", "ประชา ชน", "ประชาชน", "join"),
    ],
)
def test_what_is_proposed(
    windows: Windows, text: str, observed: str, intended: str, reason: str
) -> None:
    """Spans and letters are those of the text; the margin is what the change saves."""
    found = proposals(windows, text)
    assert [p for p in found if observed in p.observed and intended in p.intended]
    assert reason in {p.reason for p in found}
    for p in found:
        assert p.observed == text[p.start : p.end] != p.intended
        assert p.margin > 0
        assert p.entry is None


@pytest.mark.parametrize("text", ["", "\n", "abc", "ที่ประชุมมีมติเห็นชอบตามที่เสนอ"])
def test_nothing_is_proposed_where_nothing_is_suspicious(windows: Windows, text: str) -> None:
    assert proposals(windows, text) == []


def test_what_is_protected_stays(windows: Windows) -> None:
    text = "ที่ประชุมมีมติเห็นซอบตามที่เสนอ"
    at = text.index("ซอบ")
    assert proposals(windows, text)
    for p in proposals(windows, text, (at, at + 3)):
        assert p.end <= at or at + 3 <= p.start


def test_the_scan_is_that_of_the_text(windows: Windows, corrector: Corrector) -> None:
    """It is handed on, so that nobody scans twice."""
    text = "ที่ประชุมมีมติเห็นซอบ\nตามที่เสนอ"
    _, noise, (starts, words, costs) = windows.propose(text, (), fired=3, noise=NoiseLevel())
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    assert len(starts) == len(words) == len(costs)
    assert noise.letters == len(text)
    assert noise.fired == 3


def test_a_noisy_document_is_read_deeper(windows: Windows) -> None:
    """The same block gives more where what came before erred much."""
    text = "ที่ประชุมมีมติเห็นซอบตามที่เสนอ และให้เจ้าหน้าทีแจ้งผู้เกียวข้องทราบ\n"
    clean = windows.propose(text, (), fired=0, noise=NoiseLevel(50_000, 0, 0))[0]
    noisy = windows.propose(text, (), fired=0, noise=NoiseLevel(50_000, 2000, 2000))[0]
    assert sum(p.margin for p in noisy) >= sum(p.margin for p in clean) > 0
    assert len(noisy) >= len(clean)


def test_an_entry_is_named() -> None:
    """The words past the model's are the lexicon's entries."""
    lexicon = Lexicon.read([["กรมพฤกษ์ธาราวิมาน"]])
    windows = Windows(Model(), lexicon, Tuning())
    [found] = proposals(windows, "ตามที่กรมพฤกษ์ธาราวิมาบแจ้งมา")
    assert found.entry == "list:1"
    assert "วิมาน" in found.intended


def test_reading_again_gives_the_same(windows: Windows, corrector: Corrector) -> None:
    """Windows that were decoded once are remembered, which only saves time."""
    text = "ที่ประชุมมีมติเห็นซอบตามที่เสนอ เมือวันที ๕"
    fresh = Windows(corrector.model, Lexicon(), Tuning())
    assert proposals(windows, text) == proposals(windows, text) == proposals(fresh, text)
