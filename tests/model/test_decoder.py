"""The decoder: what it knows beside the confusions of its model."""

from __future__ import annotations

import pytest

from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.tuning import Tuning
from thaifix.correct.windows import Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model


@pytest.mark.parametrize("own", [None, [("ก", "ข", 3.0)]])
def test_it_knows_moved_marks(own: list[tuple[str, str, float]] | None) -> None:
    """As one misreading that costs 4 nats, also with the confusions of a document."""
    windows = Windows(Model(), Lexicon(), Tuning(), own)
    block = windows.encoded("ตามขอ\u0e49มูลของทางราชการ", ())
    [found], _ = windows.propose(block, fired=0, noise=NoiseLevel())
    assert (found.observed, found.intended) == ("ขอ\u0e49มูล", "ข\u0e49อมูล")
    assert (found.channel, found.operations) == (4.0, 1)
