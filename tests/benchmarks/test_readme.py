"""README.md's figures are those of the recorded run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import readme
from benchmarks.readme import Recorded
from benchmarks.suite.figures import Figure
from benchmarks.suite.tables import PLACES, SPEED, Accuracy, Speed
from benchmarks.suite.timings import Timing


@pytest.fixture(scope="module")
def run() -> Recorded:
    return readme.read(readme.newest())


def test_readme_says_what_the_newest_run_says(run: Recorded) -> None:
    """If not: `python benchmarks readme`."""
    assert readme.differing(readme.README.read_text("utf-8"), run) == []


def test_readme_has_all_parts() -> None:
    """What thaifix loses stands there too."""
    text = readme.README.read_text("utf-8")
    assert [name for name in readme.PARTS if f"<!-- figures: {name} -->" not in text] == []


def test_summary_has_the_same_tables(run: Recorded) -> None:
    """The files that README.md is made from are those that the run's own tables are made from."""
    summary = (run.folder / "summary.md").read_text("utf-8")
    assert run.accuracy.places() in summary
    assert run.accuracy.groups() in summary
    assert run.accuracy.main(run.accuracy.systems) in summary
    rows = run.speed.main().splitlines()[2:]  # without the header, which has had other names
    assert "\n".join(rows) in summary


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a\n<!-- figures: speed -->\nstale\n<!-- end of figures -->\nb\n", ["speed"]),
        ("a\n<!-- figures: speed -->\n<!-- end of figures -->\n", ["speed"]),
        ("no figures\n", []),
    ],
)
def test_parts_are_set_anew_and_nothing_else(run: Recorded, text: str, names: list[str]) -> None:
    assert readme.differing(text, run) == names
    made = readme.with_figures(text, run)
    assert readme.differing(made, run) == []
    assert made.startswith(text.partition("<!--")[0])
    assert made.endswith(text.rpartition("-->")[2])
    assert "stale" not in made


def test_a_part_that_there_is_not_is_an_error(run: Recorded) -> None:
    text = "<!-- figures: sped -->\n<!-- end of figures -->\n"
    with pytest.raises(ValueError, match="no figures 'sped'; there are accuracy, losses, speed"):
        readme.with_figures(text, run)


def measured(system: str, cer: int, harm: int, seconds: float) -> tuple[list[Figure], list[Timing]]:
    """Figures of a system, all alike but for its error rate, its harm and its speed."""
    pages = {
        **dict.fromkeys(("cer", "cer_strict", "letters_cer", "cluster_cer"), cer),
        **dict.fromkeys(("reduction", "better", "same", "worse", "terms read"), 5),
        **dict.fromkeys(PLACES, 5),
    }
    found = [
        Figure(system, "pages", "all", name, number, 100, "", "0", "1")
        for name, number in pages.items()
    ]
    found.append(Figure(system, "memo", "tier A", "exact", 5, 10, "edits"))
    found.append(Figure(system, "clean", "all", "harm", harm, 1000, "code points"))
    texts = "clean", "pages", "one line"
    return found, [Timing(system, text, 1.0, 1, seconds, 0, 0, 5.0) for text in texts]


def test_losses_are_where_a_peer_is_better() -> None:
    """The best of the peers is named; what is shown alike is no loss."""
    figures, timings = measured(readme.OURS, 40, 1, 2.0)
    for system, values in {
        "normalize": (30, 1, 2.0001),
        "normalize + JamSpell": (39, 2, 1.0),
        "as read": (1, 0, 0.1),  # no peer
    }.items():
        more, times = measured(system, *values)
        figures += more
        timings += times
    rows = readme.losses(Recorded(Path(), Accuracy(figures), Speed(timings))).splitlines()[2:]
    assert rows == [
        "| CER | 40.00% | 30.00%, `normalize` |",
        "| CER strict, where blank lines and double spaces count | 40.00% | 30.00%, `normalize` |",
        "| CER letters | 40.00% | 30.00%, `normalize` |",
        "| cluster CER | 40.00% | 30.00%, `normalize` |",
        "| MB/s, correct text | 0.5 | 1, `normalize + JamSpell` |",
        "| MB/s, OCR pages | 0.5 | 1, `normalize + JamSpell` |",
        "| start with one line, s CPU | 2.00 | 1.00, `normalize + JamSpell` |",
    ]


def test_what_was_not_measured_is_an_empty_cell(run: Recorded) -> None:
    assert {run.cell("hunspell 2", column).text for column in (*readme.SHOWN, *SPEED)} == {"–"}


def test_newest_run_is_the_one_that_was_made_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By the time that its README says, not by its name; runs without speed do not count."""
    monkeypatch.setattr(readme, "RUNS", tmp_path)
    with pytest.raises(FileNotFoundError, match="make bench"):
        readme.newest()
    for name, date, files in (
        ("day-10", "2026-11-23 10:00 UTC", ["timings.csv"]),
        ("day-9", "2026-11-23 09:00 UTC", ["timings.csv"]),
        ("day-11", "2026-11-23 11:00 UTC", []),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(f"| what | x |\n| date | {date} |\n", "utf-8")
        for file in files:
            (tmp_path / name / file).touch()
    assert readme.newest() == tmp_path / "day-10"
