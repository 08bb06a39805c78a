"""Which lines the tests run: counted by package."""

from __future__ import annotations

from pathlib import Path

import pytest
from coverage import Coverage

from benchmarks import covered
from benchmarks.covered import ModuleLines


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([3], "3"), ([5, 3, 6, 7], "3, 5-7"), ([1, 2, 4, 5], "1-2, 4-5")],
)
def test_spans(numbers: list[int], text: str) -> None:
    assert covered.spans(numbers) == text


def test_lines_are_counted_by_package(capsys: pytest.CaptureFixture[str]) -> None:
    modules = [
        ModuleLines("text/a.py", 6, [1, 2]),
        ModuleLines("text/b.py", 0, []),
        ModuleLines("text/c/d.py", 1, [9]),
        ModuleLines("errors.py", 10, []),
    ]
    assert covered.report(modules) == 85.0
    assert [line.split() for line in capsys.readouterr().out.splitlines()[1:]] == [
        ["text", "10", "7", "70.0%"],
        ["thaifix", "10", "10", "100.0%"],
        ["all", "20", "17", "85.0%"],
    ]


def test_nothing_is_all_run() -> None:
    assert covered.share(0, 0) == 100.0


def test_what_coverage_recorded_is_read(tmp_path: Path) -> None:
    """A module that no test imports has all its lines missing."""
    folder = tmp_path / "packages" / "thaifix" / "text"
    folder.mkdir(parents=True)
    source = "def f(a):\n    if a:\n        return 1\n    return 2\n"
    for name in "run.py", "idle.py":
        (folder / name).write_text(source, "utf-8")
    (folder / "__init__.py").touch()
    coverage = Coverage(
        data_file=str(tmp_path / "lines"), source=[str(folder.parent)], config_file=False
    )
    coverage.get_data().add_lines({str(folder / "run.py"): {1, 2, 4}})
    coverage.get_data().touch_file(str(folder / "idle.py"))
    found = {module.path: module for module in covered.read(coverage)}
    assert found["text/run.py"] == ModuleLines("text/run.py", 3, [3])
    assert found["text/idle.py"] == ModuleLines("text/idle.py", 0, [1, 2, 3, 4])
