"""The most used Thai segmenter, for comparing speeds: it changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers import installed

PIPELINE = "`pythainlp.word_tokenize`, newmm, on each line; corrects nothing"


def versions() -> str:
    """The package."""
    return installed("pythainlp")


def load() -> Callable[[str], str]:
    """Import the function."""
    from pythainlp.tokenize import word_tokenize

    def pass_on(text: str) -> str:
        for line in text.split("\n"):
            word_tokenize(line, engine="newmm")
        return text

    return pass_on
