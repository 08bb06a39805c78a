"""The clock of the stages, and how text is divided for `speed`."""

from __future__ import annotations

import pytest

from benchmarks.speed import PAGE, SIZES, divided
from benchmarks.stages import StageClock, stage_name, timed
from thaifix.correct.corrector import Corrector
from thaifix.correct.stages.broken_clusters import BrokenClusters

TEXT = "ที่ประชุมกำหนตให้ดำเนินการตามแผน (พ.ศ. ๒๕๖๐) สํานักงาน\n" * 3


def test_every_stage_is_timed_and_corrects_as_before() -> None:
    plain = Corrector().correct(TEXT)
    with StageClock() as clock:
        assert Corrector().correct(TEXT) == plain
    assert {"scan", "decode", "protect", "flags", "document", "rules", "letters"} <= {
        *clock.seconds
    }
    assert {*clock.seconds} <= {name for name, _, _ in timed()}


def test_functions_are_as_before_afterwards() -> None:
    before = [vars(owner)[attribute] for _, owner, attribute in timed()]
    with StageClock():
        during = [vars(owner)[attribute] for _, owner, attribute in timed()]
    assert not any(one is other for one, other in zip(before, during, strict=True))
    assert [vars(owner)[attribute] for _, owner, attribute in timed()] == before


def test_time_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a part takes is not that of the part that called it: here each look at the clock is a
    second, and each call looks twice.
    """
    seconds = iter(range(1_000_000))
    monkeypatch.setattr("benchmarks.stages.time.thread_time", lambda: float(next(seconds)))
    with StageClock() as clock:
        Corrector().correct(TEXT)
    assert sum(clock.seconds.values()) == next(seconds) - 1


def test_names() -> None:
    assert stage_name(BrokenClusters) == "broken clusters"


def test_texts_are_divided_between_lines() -> None:
    text = ("ก" * 99 + "\n\n") * (210 * PAGE // 100)
    lines, pages, long = (divided(text, size) for size in SIZES)
    assert {*lines} == {"ก" * 99 + "\n"}
    assert ({*map(len, pages)}, len(pages)) == ({PAGE}, 210)
    assert [*map(len, long)] == [100 * PAGE] * 2
