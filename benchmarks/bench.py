"""Run the benchmark: thaifix and its peers on the public corpora, accuracy and speed.

    python benchmarks bench [--pages PAGES.jsonl …] [--clean FILE …] [--out FOLDER]

writes a folder with README.md, summary.md, accuracy.csv, pages.csv and timings.csv. Speed is always
measured on the default texts. With the same versions, all but the timings is the same on every run.
`make bench` makes the environments first; the README.md beside this file says what is measured and
how to read it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from benchmarks.suite import figures, machine, reports, timings
from benchmarks.suite.process import FOLDER
from benchmarks.suite.runs import EntrantRun, run_entrants
from benchmarks.suite.texts import CLEAN, MEMO, PAGES, ROOT, read_clean, read_pages
from thaifix.evaluation import DocumentTexts, evaluate


def measure_accuracy(
    pages: Sequence[Path], clean: Sequence[Path]
) -> tuple[list[EntrantRun], list[figures.Figure], list[tuple[object, ...]]]:
    """Run all entrants, judge what they wrote.

    Returns:
        The runs, the figures, and a row for each system and page.
    """
    records = read_pages(pages)
    correct_texts, memo = read_clean(clean), MEMO.read_bytes().decode()
    observed = [*(record["ocr"] for record in records), *correct_texts.values(), memo]
    runs = list(run_entrants(observed))
    done = [run for run in runs if run.texts]
    evaluation = evaluate(
        (
            DocumentTexts(
                record["id"], record["gold"], record["ocr"], tuple(run.texts[i] for run in done)
            )
            for i, record in enumerate(records)
        ),
        [run.entrant.name for run in done],
    )
    found = list(figures.of_pages(evaluation, records))
    for run in done:
        found += figures.of_clean(run.entrant.name, correct_texts, run.texts[len(records) : -1])
        found.append(figures.of_memo(run.entrant.name, memo, run.texts[-1]))
    return runs, found, list(figures.by_page(evaluation))


def measure_speed() -> list[timings.Timing]:
    """Run the speed benchmarks; entrants that cannot be measured are left out.

    Raises:
        CalledProcessError: If one fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "speed.json")
        command = [sys.executable, "-Pm", "pytest", "-q", "-p", "no:cacheprovider"]
        command += [str(FOLDER / "test_speed.py"), f"--benchmark-json={report}"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
        return timings.read(report)


def new_folder() -> Path:
    """Name a folder that does not exist yet."""
    name = f"{datetime.now(UTC):%Y-%m-%d}-{machine.short_name()}"
    names = (f"{name}-{number}" if number > 1 else name for number in count(1))
    return next(path for path in map((FOLDER / "runs").joinpath, names) if not path.exists())


def main() -> None:
    """Parse, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", nargs="+", default=PAGES, type=Path, metavar="PAGES.jsonl")
    parser.add_argument("--clean", nargs="+", default=CLEAN, type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, help="folder; default: a new one in benchmarks/runs")
    parser.add_argument("--no-speed", action="store_true", help="measure accuracy only")
    args = parser.parse_args()
    for path in (*args.pages, *args.clean):
        if not path.is_file():
            parser.error(f"no file {path}")
    runs, found, by_page = measure_accuracy(args.pages, args.clean)
    folder = args.out or new_folder()
    folder.mkdir(parents=True, exist_ok=True)
    figures.write(folder / "accuracy.csv", figures.Figure._fields, found)
    figures.write(folder / "pages.csv", figures.PAGE_FIELDS, by_page)
    times = [] if args.no_speed else measure_speed()
    if times:
        figures.write(folder / "timings.csv", timings.Timing._fields, times)
    summary = reports.summary(runs, found, times)
    (folder / "summary.md").write_text(summary, "utf-8")
    about = reports.readme(machine.describe(ROOT), args.pages, args.clean)
    (folder / "README.md").write_text(about, "utf-8")
    print(summary)
    print(f"written to {folder}", file=sys.stderr)
