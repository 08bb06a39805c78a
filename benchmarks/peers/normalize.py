"""The rules of pythainlp: ํา, doubled marks, order of marks, spaces."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers import installed

PIPELINE = "`pythainlp.util.normalize` on each line"


def versions() -> str:
    """The package."""
    return installed("pythainlp")


def load() -> Callable[[str], str]:
    """Import the function."""
    from pythainlp.util import normalize

    return lambda text: "\n".join(map(normalize, text.split("\n")))
