"""Symmetric delete spelling with word frequencies."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.peers import installed, unknown

PIPELINE = unknown.PIPELINE + "`SymSpell.lookup`, best at distance 1, with phupha's frequencies"


def versions() -> str:
    """The packages."""
    return installed("symspellpy", "pythainlp")


def load() -> Callable[[str], str]:
    """Build the dictionary, which takes some seconds."""
    from pythainlp.corpus import phupha
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell(max_dictionary_edit_distance=1)
    for word, count in phupha.word_freqs():
        speller.create_dictionary_entry(word, count)

    def suggest(words: list[str]) -> dict[str, str]:
        found = {word: speller.lookup(word, Verbosity.TOP, 1) for word in words}
        return {word: suggestions[0].term for word, suggestions in found.items() if suggestions}

    return unknown.replacer(suggest)
