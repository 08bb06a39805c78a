"""The speller of office suites and browsers, as a program, with its Thai dictionary."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from shutil import which

from benchmarks.peers import installed, unknown

PIPELINE = (
    unknown.PIPELINE
    + "those that `hunspell -d th_TH -a` does not know, its first suggestion; one run for each text"
)
_COMMAND = "hunspell", "-d", "th_TH", "-i", "utf-8", "-a"


def versions() -> str:
    """The Debian packages, where there are any, and pythainlp."""
    try:
        query = ["dpkg-query", "-W", "-f", "${Package} ${Version}, ", "hunspell", "hunspell-th"]
        packages = subprocess.run(query, capture_output=True, text=True).stdout
    except OSError:
        packages = "hunspell (version unknown), "
    return packages + installed("pythainlp")


def load() -> Callable[[str], str]:
    """Check that program and dictionary are there.

    Raises:
        RuntimeError: If one is not.
    """
    if not which("hunspell"):
        raise RuntimeError("no program hunspell; on Debian: apt-get install hunspell hunspell-th")
    _ask([])
    return unknown.replacer(_ask)


def _ask(words: list[str]) -> dict[str, str]:
    # `^` keeps a word from being read as a command.
    asked = "".join(f"^{word}\n" for word in words)
    answer = subprocess.run(_COMMAND, input=asked, capture_output=True, text=True)
    if answer.returncode:
        raise RuntimeError(answer.stderr.strip() or f"hunspell: status {answer.returncode}")
    found = {}
    for line in answer.stdout.splitlines():
        if line.startswith("&"):  # & word count offset: suggestion, suggestion, ...
            head, _, suggestions = line.partition(": ")
            found[head.split()[1]] = suggestions.split(", ")[0]
    return found
