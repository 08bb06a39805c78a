"""Serve one adapter of `peers` to another process: JSON lines on standard input and output.

    python benchmarks serve ADAPTER [ARGUMENT…]

First it writes {"versions"} and, when the adapter is loaded, {"ready": true}. Then each line is a
text, a JSON string; the answer is {"text", "cpu", "memory"}: the corrected text, the CPU seconds
that took, with the programs that were run, and the most MB that the process had in memory so far.
It ends with its input, or after {"error"}, the reason.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from importlib import import_module
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any


def main() -> None:
    """Load, then answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come among the answers

    def answer(**values: Any) -> None:
        answers.write(json.dumps(values) + "\n")
        answers.flush()

    name, *arguments = sys.argv[1:]
    adapter = import_module(f"benchmarks.peers.{name}")
    answer(versions=adapter.versions())
    try:
        correct = adapter.load(*arguments)
        answer(ready=True)
        for line in sys.stdin:
            text = json.loads(line)
            start = cpu_seconds()
            corrected = correct(text)
            answer(text=corrected, cpu=cpu_seconds() - start, memory=peak_memory())
    except Exception as error:  # whatever a peer raises is the reason for an empty row
        answer(error=f"{type(error).__name__}: {error}")


def cpu_seconds() -> float:
    """CPU time of this process, all threads, and of the programs that it ran."""
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak_memory() -> float:
    """Peak resident memory of this process in MB, without the programs that it ran."""
    # Not getrusage: its figure starts with what the parent held when it started this process.
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) * 1024 / 1e6
