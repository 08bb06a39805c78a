"""The speller of pythainlp, after Norvig."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers import installed, unknown

PIPELINE = unknown.PIPELINE + "`pythainlp.spell.correct`, its default engine `pn`"


def versions() -> str:
    """The package."""
    return installed("pythainlp")


def load() -> Callable[[str], str]:
    """Import the function."""
    from pythainlp.spell import correct

    return unknown.replacer(lambda words: {word: correct(word) for word in words})
