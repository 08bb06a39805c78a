"""Words that a test can see: of "AbcDefxyz" they are "Abc", "Def" and "xyz"."""

from __future__ import annotations

import re
from typing import cast

from thaifix.curate.collection import Collection
from thaifix.model.words import Words, WordSpan

_WORD = re.compile("[A-Z][a-z]*|[a-z]+|[^A-Za-z]")


class CamelWords:
    """A segmenter. A word with the letter "x" is unknown, what is no letter is a sign."""

    def cut(self, text: str) -> list[WordSpan]:
        found = []
        for match in _WORD.finditer(text):
            kind = "unknown" if "x" in match[0] else "word" if match[0].isalpha() else "sign"
            found.append(WordSpan(*match.span(), kind, 1.0))
        return found


def camel_words() -> Words:
    return cast(Words, CamelWords())


def collected(*texts: str) -> Collection:
    """A collection of texts."""
    collection = Collection(camel_words())
    for text in texts:
        collection.read([text.encode()])
    return collection
