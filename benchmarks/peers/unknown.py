"""The pipeline that all spellers of single words share: words that no list has are looked up.

Each text is normalised (see `peers.normalize`) and cut into words by newmm; listed are the words of
pythainlp's `words_th` and `phupha`. Words of fewer than four letters are left alone: most of them
are right, or parts of a name, and every speller does more harm than good with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from benchmarks.peers import normalize

PIPELINE = "`normalize`, newmm; words of 4 letters or more that pythainlp does not list: "
_THAI = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e4e]{4,}")


def known_words() -> list[str]:
    """The words that pythainlp lists, sorted."""
    from pythainlp.corpus import phupha, thai_words

    return sorted(thai_words() | {word for word, _ in phupha.word_freqs()})


def replacer(suggest: Callable[[list[str]], dict[str, str]]) -> Callable[[str], str]:
    """Make a corrector of whole texts.

    Args:
        suggest: Given the different unknown words of a text, sorted, returns what to write instead;
            words that it does not return stay.
    """
    from pythainlp.tokenize import word_tokenize

    known = frozenset(known_words())
    normalise = normalize.load()

    def correct(text: str) -> str:
        lines = [word_tokenize(line, engine="newmm") for line in normalise(text).split("\n")]
        unknown = {
            word for line in lines for word in line if word not in known and _THAI.fullmatch(word)
        }
        instead = suggest(sorted(unknown))
        return "\n".join("".join(instead.get(word, word) for word in line) for line in lines)

    return correct
