"""Measure the speed of correction against a segmenter, by stage, and what the filter needs.

    python benchmarks speed [--clean FILE…] [--pages PAGES.jsonl…] [--model M] [--rounds N]

Throughput is a ratio: `Corrector.correct` over `nlpo3.segment`, the fastest Thai segmenter, on the
same text in the same process, runs interleaved, medians of CPU time. The absolute figures are of
this machine and of today; a letter is a code point.

Fair: one thread each; text given line by line to nlpo3, which is its best case. Each run takes a
new Corrector, so that no window stands in its cache already; opening the model, and what the first
document needs, is not counted (`filter` counts it).
Unfair: nlpo3 only segments. Correction looks each word up in its context and repairs it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.peers import nlpo3
from benchmarks.suite.texts import CLEAN, PAGES, ROOT, read_clean, read_pages

if TYPE_CHECKING:
    from thaifix import Corrector

PAGE = 1_500
"""Code points of a page, about: as many as those of corpora/official-letters have."""

SIZES = ("1 line", "1 page", "100 pages")
"""How long documents are."""

_UNUSUAL = {"PYTHONDONTWRITEBYTECODE"}  # would have each run compile all modules anew
_LINES = 200  # documents of one line, at most; by judgement: each has the cost of a document
_LINE = "ส\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}นักงานปลัดกระทรวง\n"
_DAMAGED = "กระทรวงมหาดไท (สํานักงานคณะกรรมการสิทธิมนุษยชนแห่งชาต) พ.ศ. ๒๕๖๐ นายสมชาย กำหนต\n"
_LETTERS = ROOT / "corpora" / "official-letters"


class Usage(NamedTuple):
    """What a run used.

    Attributes:
        seconds: On the clock.
        cpu: Seconds, of all processes.
        memory: MB resident, at the highest, of the process that had most.
    """

    seconds: float
    cpu: float
    memory: float


def run_filter(data: bytes, options: Sequence[str]) -> Usage:
    """Run the installed filter on some bytes.

    Raises:
        RuntimeError: If the filter fails.
    """
    with tempfile.TemporaryFile() as stdin:
        stdin.write(data)
        stdin.seek(0)
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "thaifix", *options],
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name not in _UNUSUAL},
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the filter ended with status {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes of a unit of ru_maxrss
    return Usage(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


def report_filter(texts: Mapping[str, str], options: Sequence[str], rounds: int) -> None:
    """Print what the filter uses on one line and on each text."""
    line = [run_filter(_LINE.encode(), options) for _ in range(rounds)]
    bare = [run_python() for _ in range(rounds)]
    print(
        f"filter, one line: {median(u.cpu for u in line):.3f} s CPU "
        f"(Python alone: {median(bare):.3f}), {max(u.memory for u in line):.0f} MB resident"
    )
    for name, text in texts.items():
        usage = run_filter(text.encode(), options)
        print(f"filter, {name}: {usage.cpu:.2f} s CPU, {usage.memory:.0f} MB resident")


def run_python() -> float:
    """CPU seconds that an interpreter needs to start and end."""
    process = subprocess.Popen([sys.executable, "-P", "-c", ""])
    _, process.returncode, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of one call, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def divided(text: str, size: str) -> list[str]:
    """Divide a text into documents of a size, without what is left at its end.

    Args:
        text: What there is.
        size: One of `SIZES`.
    """
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    if size == SIZES[0]:
        return lines[:_LINES]
    least = PAGE if size == SIZES[1] else 100 * PAGE
    documents: list[str] = []
    held = ""
    for line in lines:
        held += line
        if len(held) >= least:
            documents.append(held)
            held = ""
    return documents


def per_letter(seconds: float, documents: Iterable[str]) -> float:
    """Nanoseconds a letter."""
    return 1e9 * seconds / sum(map(len, documents))


def started(model: str | None) -> Corrector:
    """A new corrector that has what it makes for the first document that errs."""
    from thaifix import Corrector

    corrector = Corrector(model=model)
    corrector.correct(_DAMAGED)
    return corrector


def report_throughput(
    documents: Mapping[str, Sequence[str]], model: str | None, rounds: int
) -> None:
    """Print nanoseconds a letter of both, and the ratio, for documents of several kinds."""
    segment = nlpo3.load()
    print(f"{'documents':28}{'letters':>9}{'nlpo3 ns':>10}{'thaifix ns':>12}{'ratio':>8}")
    for name, texts in documents.items():
        peer, own = [], []
        for _ in range(rounds):
            corrector = started(model)
            peer.append(cpu_seconds(lambda: [*map(segment, texts)]))  # noqa: B023 (called at once)
            own.append(cpu_seconds(lambda: [*map(corrector.correct, texts)]))  # noqa: B023
        print(
            f"{name:28}{sum(map(len, texts)):9,}{per_letter(median(peer), texts):10.0f}"
            f"{per_letter(median(own), texts):12.0f}{median(peer) / median(own):8.3f}"
        )


def report_stages(registers: Mapping[str, Sequence[str]], model: str | None, rounds: int) -> None:
    """Print nanoseconds a letter of each stage, for each register; slowed down by the clock."""
    from benchmarks.stages import StageClock

    columns: dict[str, dict[str, float]] = {}
    for register, texts in registers.items():
        runs = []
        for _ in range(rounds):
            corrector = started(model)
            with StageClock() as clock:
                for text in texts:
                    corrector.correct(text)
            runs.append(clock.seconds)
        columns[register] = {
            name: per_letter(median(run[name] for run in runs), texts)
            for name in {name for run in runs for name in run}
        }
    names = {name for column in columns.values() for name in column}
    rows = {name: [column.get(name, 0.0) for column in columns.values()] for name in names}
    print(f"{'ns a letter':22}" + "".join(f"{name:>13.12}" for name in columns))
    for name, cells in sorted(rows.items(), key=lambda row: -sum(row[1])):
        print(f"{name:22}" + "".join(f"{cell:13.0f}" for cell in cells))
    total = [sum(column.values()) for column in columns.values()]
    print(f"{'all':22}" + "".join(f"{cell:13.0f}" for cell in total))


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clean", nargs="+", default=CLEAN, type=Path, metavar="FILE")
    parser.add_argument("--pages", nargs="+", default=PAGES, type=Path, metavar="PAGES.jsonl")
    parser.add_argument("--model", help="a bundle other than the one that ships")
    parser.add_argument("--rounds", default=7, type=int)
    args = parser.parse_args()
    clean, pages = read_clean(args.clean), [record["ocr"] for record in read_pages(args.pages)]
    # A form feed begins a page, as in OCR output.
    texts = {"clean text": "".join(clean.values()), "OCR text": "\f".join(pages)}
    # First: the memory of a child process counts from what its parent held when it started.
    report_filter(texts, ["--model", args.model] if args.model else [], args.rounds)
    registers = {Path(name).stem: [text] for name, text in clean.items()} | {"OCR pages": pages}
    print()
    report_throughput(registers | sized(args.clean, args.pages), args.model, args.rounds)
    print()
    report_stages(registers, args.model, args.rounds)


def sized(clean: Sequence[Path], pages: Sequence[Path]) -> dict[str, list[str]]:
    """Give documents of each size, of correct text and of pages that an engine has read.

    A hundred pages are more than the files hold: the letters' intended text and those pages come
    to them that are there for training and measuring other things.
    """
    letters = sorted((_LETTERS / "texts").glob("*.txt"))
    others = [_LETTERS / "dev.jsonl", *pages]
    texts = {
        "clean": "".join(read_clean([*clean, *letters]).values()),
        "OCR": "\n".join(record["ocr"] for record in read_pages(dict.fromkeys(others))),
    }
    return {
        f"{kind}, {size}": documents
        for kind, text in texts.items()
        for size in SIZES
        if (documents := divided(text, size))
    }
