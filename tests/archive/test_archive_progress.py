"""How far a batch is, where there is no terminal; tests/cli shows the bar."""

from __future__ import annotations

import pytest

from thaifix.archive.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that have passed."""
    clock = [0.0]
    monkeypatch.setattr("tqdm.std.time", lambda: clock[0])
    return clock


def test_lines_tell_how_far_it_is(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """A line now and then, the first after ten seconds: a log is not filled with them."""
    with Progress(4, 4_000_000) as shown:
        for seconds in 9.9, 12.5, 22.4, 22.5:
            clock[0] = seconds
            shown.add(500_000)
        assert capsys.readouterr().err.splitlines() == [
            "2 of 4 files, 1.00MB of 4.00MB, 80.0kB/s, 00:37 left",  # 1 MB in 12.5 s
            "4 of 4 files, 2.00MB of 4.00MB, 88.9kB/s, 00:22 left",
        ]
        clock[0] = 100.0
    assert capsys.readouterr().err == ""  # the command says how it ended


def test_short_batches_show_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(1, 10) as shown:
        clock[0] = 5.0
        shown.add(10)
    assert capsys.readouterr().err == ""


def test_files_without_bytes_count(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(1_000, 0) as shown:
        clock[0] = 11.0
        shown.add(0)
    assert capsys.readouterr().err.startswith("1 of 1,000 files, ")


def test_what_else_is_said_has_a_line_of_its_own(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    """Between the lines that tell how far it is."""
    with Progress(2, 20) as shown:
        shown.say("first")
        clock[0] = 10.0
        shown.add(10)
        shown.say("second")
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], lines[1][:13], lines[2]) == ("first", "1 of 2 files,", "second")


def test_no_thread_is_begun(clock: list[float]) -> None:
    """It would not go well with forks."""
    import tqdm

    with Progress(2, 20):
        assert tqdm.tqdm.monitor is None
