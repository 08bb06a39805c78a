"""The benchmark's own parts: what judges all correctors, and what talks to them."""

import json
from pathlib import Path

import pytest

from benchmarks.memo import MEMO, reading
from benchmarks.suite import judge, timings
from benchmarks.suite.entrants import ENTRANTS, Entrant
from benchmarks.suite.process import AdapterError, AdapterProcess
from benchmarks.suite.tables import Cell, table


@pytest.mark.parametrize(
    ("corrected", "places"),
    [
        ("กรมการปกครองมีหนังสือแจ้ง", 0),
        ("กรมการปกครองมีหนงสือแจ้ง", 1),
        ("กรมการคลังมีหนังสือแจ้ง", 1),  # a word for another: four letters changed, one place
        ("กมการปกครองมีหนังสือแจง", 2),  # a letter lost at either end
        ("", 1),
        ("กรมการปกครองมีหนังสือแจ้ง กรมการ", 1),
    ],
)
def test_harm_counts_places(corrected: str, places: int) -> None:
    intended = "กรมการปกครองมีหนังสือแจ้ง"
    found = judge.harm(intended, corrected)
    assert (found.errors, found.total) == (places, len(intended))


def test_harm_is_of_the_default_view() -> None:
    """A decomposed am, or one space for two, is no harm."""
    assert judge.harm("คำ สั่ง", "คํา  สั่ง").errors == 0


def test_edits_lead_from_one_text_to_the_other() -> None:
    found = judge.edits("โยกย้ายดินแดนของ", "โยกย้ายถิ่นฐานของ")
    text = "โยกย้ายดินแดนของ"
    for edit in reversed(found):
        assert text[edit.start : edit.end] == edit.observed
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    assert text == "โยกย้ายถิ่นฐานของ"


def test_memo_counts_exact_edits() -> None:
    """Left as it is, no edit is made; with the first sure one made by hand, one is."""
    sure = [edit for tier, edit in reading() if tier == "A"]
    observed = (MEMO / "observed.txt").read_text("utf-8")
    assert judge.memo(observed, observed).errors == 0
    first = sure[0]
    corrected = observed[: first.start] + first.replacement + observed[first.end :]
    made = judge.memo(observed, corrected)
    assert (made.errors, made.total) == (1, len(sure))


def test_best_of_a_column_is_bold_whoever_it_is() -> None:
    rows = [
        [Cell("a"), Cell("4.0", -4.0), Cell("–")],
        [Cell("thaifix"), Cell("5.0", -5.0), Cell("2", 2)],
        [Cell("c"), Cell("4.0", -4.0), Cell("1", 1)],
    ]
    assert table(["system", "CER", "terms"], rows) == (
        "| system | CER | terms |\n"
        "| --- | ---: | ---: |\n"
        "| a | **4.0** | – |\n"
        "| thaifix | 5.0 | **2** |\n"
        "| c | **4.0** | 1 |\n"
    )


def test_timings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "timings.json"
    stats = {"rounds": 3, "median": 2.0, "min": 1.0, "max": 4.0}
    more = {"system": "identity", "text": "clean", "megabytes": 6.0}
    path.write_text(json.dumps({"benchmarks": [{"stats": stats, "extra_info": more}]}), "utf-8")
    (timing,) = timings.read(path)
    assert timing == ("identity", "clean", 6.0, 3, 2.0, 1.0, 4.0, 0.0)
    assert timing.rate == 3.0


def test_a_corrector_in_its_own_process() -> None:
    """Texts go there and back as they are; its CPU time and memory are told."""
    peer = AdapterProcess(Entrant("as read", "identity", own=True))
    assert peer.error is None
    for text in ("", "ก\nข\r\n", "\u2028\x00 ำ", "ก" * 200_000):
        assert peer.correct(text) == text
    assert peer.memory > 0
    assert peer.close() > 0


def test_a_corrector_that_cannot_be_loaded() -> None:
    peer = AdapterProcess(Entrant("thaifix", "thaifix", ("timid",), own=True))
    assert peer.error
    assert "timid" in peer.error
    peer.close()


def test_a_corrector_that_ends_too_early() -> None:
    peer = AdapterProcess(Entrant("as read", "identity", own=True))
    peer._process.kill()
    peer._process.wait()
    with pytest.raises(AdapterError, match="ended with status -9"):
        peer.correct("ก")
    assert peer.close() == 0.0


def test_an_environment_that_was_not_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("benchmarks.suite.process.PEERS", tmp_path / "no-peers")
    with pytest.raises(AdapterError, match="no no-peers, which `make bench` makes"):
        AdapterProcess(Entrant("normalize", "normalize"))


def test_rows_have_adapters_that_tell_their_pipeline() -> None:
    assert len({row.name for row in ENTRANTS}) == len(ENTRANTS)
    assert all(row.pipeline for row in ENTRANTS)
