"""Measure the speed of correction against a segmenter, and what the filter needs.

    python benchmarks speed [--clean FILE] [--pages PAGES.jsonl] [--model M] [--rounds N]

Throughput is a ratio: `Corrector.correct` over `nlpo3.segment`, the fastest Thai segmenter, on the
same text in the same process, runs interleaved, medians of CPU time. The absolute figures are of
this machine and of today.

Fair: one thread each; text given line by line to nlpo3, which is its best case. Each run takes a
new Corrector, so that no window stands in its cache already; opening the model is not counted.
Unfair: nlpo3 only segments. Correction looks each word up in its context and repairs it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.peers import nlpo3
from benchmarks.suite.texts import CLEAN, PAGES, read_clean, read_pages


class Usage(NamedTuple):
    """What one process used: CPU seconds, and resident memory in MB at its highest."""

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
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "thaifix", *options],
            stdin=stdin,
            stdout=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the filter ended with status {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes of a unit of ru_maxrss
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


def report_filter(texts: dict[str, str], options: Sequence[str], rounds: int) -> None:
    """Print what the filter uses on one line and on each text."""
    line = [run_filter("สํานักงานปลัดกระทรวง\n".encode(), options) for _ in range(rounds)]
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


def report_throughput(texts: dict[str, str], model: str | None, rounds: int) -> None:
    """Print MB of UTF-8 per CPU second of both, and the ratio."""
    from thaifix import Corrector

    segment = nlpo3.load()
    print(f"{'text':16}{'kB':>7}{'nlpo3 MB/s':>13}{'thaifix MB/s':>14}{'ratio':>8}")
    for name, text in texts.items():
        peer, own = [], []
        for _ in range(rounds):
            corrector = Corrector(model=model)
            peer.append(cpu_seconds(lambda: segment(text)))  # noqa: B023 (called at once)
            own.append(cpu_seconds(lambda: corrector.correct(text)))  # noqa: B023
        size = len(text.encode()) / 1e6
        print(
            f"{name:16}{1e3 * size:7.0f}{size / median(peer):13.2f}{size / median(own):14.3f}"
            f"{median(peer) / median(own):8.3f}"
        )


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clean", nargs="+", default=CLEAN, type=Path, metavar="FILE")
    parser.add_argument("--pages", nargs="+", default=PAGES, type=Path, metavar="PAGES.jsonl")
    parser.add_argument("--model", help="a bundle other than the one that ships")
    parser.add_argument("--rounds", default=7, type=int)
    args = parser.parse_args()
    texts = {
        "clean text": "".join(read_clean(args.clean).values()),
        # A form feed begins a page, as in OCR output.
        "OCR text": "\f".join(record["ocr"] for record in read_pages(args.pages)),
    }
    # First: the memory of a child process counts from what its parent held when it started.
    report_filter(texts, ["--model", args.model] if args.model else [], args.rounds)
    print()
    report_throughput(texts, args.model, args.rounds)
