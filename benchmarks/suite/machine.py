"""What a run was made with and on; nothing that tells whose machine it was."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers import installed


class Machine(NamedTuple):
    """A machine and its software, each in a phrase.

    Attributes:
        processor: Its model and how many cores the run could use.
        system: Operating system and kernel.
        python: The interpreter's version, thaifix's and pytest-benchmark's.
        commit: Of the repository, and whether files differed from it.
    """

    processor: str
    system: str
    python: str
    commit: str


def describe(root: Path) -> Machine:
    """Ask the machine, and the repository at `root`."""
    cores = len(os.sched_getaffinity(0))
    packages = installed("thaifix", "pytest-benchmark")
    return Machine(
        f"{_processor()}, {cores} cores, {platform.machine()}",
        f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}",
        f"{platform.python_implementation()} {platform.python_version()}, {packages}",
        _commit(root),
    )


def short_name() -> str:
    """Name the kind of machine, such as `x86_64-2-cores`."""
    return f"{platform.machine()}-{len(os.sched_getaffinity(0))}-cores"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return "processor of unknown model"


def _commit(root: Path) -> str:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        commit = git("rev-parse", "--short=12", "HEAD")
        changed = git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "no repository"
    return f"{commit}, with changes" if changed else commit
