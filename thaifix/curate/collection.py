"""A collection of texts as numbers: each distinct word once, every text as an array of them.

What is kept grows with the distinct words and four bytes a word of text, not with the text.
"""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import log
from typing import NamedTuple

from thaifix.lexicon.entries import LONGEST_TERM
from thaifix.model.words import Words
from thaifix.text.blocks import blocks
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

_WINDOW = 12  # words before and after a place that an example shows, at most
_LOW = 0xFFFFFFFF
_FREE = 0.7  # of a phrase's occurrences, the share that may have the same next word


class Phrase(NamedTuple):
    """Words that recur together.

    Attributes:
        words: Their numbers.
        occurrences: How often.
        cohesion: How much likelier they are together than their two parts would be by chance, in
            nats, where they hold together least.
    """

    words: tuple[int, ...]
    occurrences: int
    cohesion: float


class Collection:
    """Texts cut into words.

    Attributes:
        words: The number of each word, in their order; 0 ends a document.
    """

    def __init__(self, words: Words) -> None:
        """Begin without texts."""
        self._cut = words.cut
        self._number: dict[str, int] = {"": 0}
        self._surface = [""]
        self._gap = bytearray(b"\1")  # whether a word ends a phrase
        self._unknown = bytearray(b"\0")
        self.words = array("I", [0])
        self._ends: list[int] = [0]

    def read(self, chunks: Iterable[bytes]) -> None:
        """Take in a text: a document, or several with form feeds between."""
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        for block in blocks(decoder.decode(chunk) for chunk in chunks):
            if block.first:
                self._end()
            text = apply(block.text, normalize(block.text))
            self.words.extend(
                self.number(text[word.start : word.end], word.kind) for word in self._cut(text)
            )
        self._end()

    def _end(self) -> None:
        if self.words[-1]:
            self._ends.append(len(self.words))
            self.words.append(0)

    def number(self, surface: str, kind: str) -> int:
        """The number of a word."""
        surface = " ".join(surface.split()) or " "
        found = self._number.get(surface)
        if found is None:
            found = self._number[surface] = len(self._surface)
            self._surface.append(surface)
            self._gap.append(kind == "sign")
            self._unknown.append(kind == "unknown")
        return found

    def numbers(self, term: str) -> tuple[int, ...]:
        """A term's words."""
        return tuple(self.number(term[w.start : w.end], w.kind) for w in self._cut(term))

    def text(self, words: Iterable[int]) -> str:
        """What words look like."""
        return "".join(map(self._surface.__getitem__, words))

    def is_gap(self, word: int) -> bool:
        """Tell whether a word is none, but a space, number or sign."""
        return bool(self._gap[word])

    def is_unknown(self, word: int) -> bool:
        """Tell whether the model does not know a word."""
        return bool(self._unknown[word])

    def document(self, place: int) -> int:
        """The number of the document that a place is in."""
        return bisect_right(self._ends, place)

    def around(self, place: int, length: int) -> str:
        """What stands at a place, and some words to each side within the document."""
        before: list[int] = []
        for word in reversed(self.words[max(0, place - _WINDOW) : place]):
            if not word:
                break
            before.append(word)
        after: list[int] = []
        for word in self.words[place : place + length + _WINDOW]:
            if not word:
                break
            after.append(word)
        return self.text(before[::-1]) + self.text(after)

    def phrases(
        self, least: int, wanted: Callable[[Phrase], bool]
    ) -> Iterator[tuple[Phrase, list[int]]]:
        """Phrases that recur and whose ends are free, with their places.

        A phrase of n words is named by two of n - 1 words, its beginning and its end, if both
        recur; so each length takes one pass over what is left. One whose next word, or the one
        before, is mostly the same is a part of a longer one and left out.

        Args:
            least: Occurrences of a phrase, at least.
            wanted: Which of them to give.
        Source: the naming of Karp, Miller and Rosenberg (1972), pruned as by Agrawal and Srikant.
        """
        total = len(self.words)
        counts = Counter(self.words)
        gap = self._gap
        frequent = [word for word, count in counts.items() if count >= least and not gap[word]]
        names = {word: name for name, word in enumerate(frequent, 1)}
        named = array("I", (names.get(word, 0) for word in self.words))
        places = array("I", (i for i, name in enumerate(named) if name))
        levels = [_Level([0, *(counts[word] for word in frequent)], [])]
        length = 1
        while places:
            # Two names in one number take an eighth of a tuple; a last 0 is named so too.
            pairs = array("Q", (named[i] << 32 | named[i + 1] for i in places))
            longer = Counter(pair for pair in pairs if pair & _LOW)
            level = levels[-1]
            ahead, behind = [0] * len(level.counts), [0] * len(level.counts)
            for pair, count in longer.items():
                a, b = pair >> 32, pair & _LOW
                ahead[a] = max(ahead[a], count)
                behind[b] = max(behind[b], count)
            chosen = dict[int, tuple[Phrase, list[int]]]()
            refused = set[int]()
            for place in places:
                name = named[place]
                if name in refused:
                    continue
                if name not in chosen:
                    count = level.counts[name]
                    phrase = Phrase(tuple(self.words[place : place + length]), count, 0.0)
                    if max(ahead[name], behind[name]) > _FREE * count:
                        refused.add(name)
                        continue
                    phrase = phrase._replace(cohesion=_cohesion(levels, name, total))
                    if len(self.text(phrase.words)) > LONGEST_TERM or not wanted(phrase):
                        refused.add(name)
                        continue
                    chosen[name] = phrase, []
                chosen[name][1].append(place)
            yield from chosen.values()
            recurrent = [pair for pair, count in longer.items() if count >= least]
            kept = {pair: name for name, pair in enumerate(recurrent, 1)}
            levels.append(_Level([0, *(longer[pair] for pair in recurrent)], [0, *recurrent]))
            following = array("I", bytes(4 * len(named)))
            left = array("I")
            for place, pair in zip(places, pairs, strict=True):
                if name := kept.get(pair, 0):
                    following[place] = name
                    left.append(place)
            named, places = following, left
            length += 1


class _Level(NamedTuple):
    """The phrases of one length by name: their counts, and the names of beginning and end."""

    counts: list[int]
    parts: list[int]  # two names in one number, the beginning's in the high bits


def _cohesion(levels: list[_Level], name: int, total: int) -> float:
    """The least mutual information of any division of a phrase, in nats."""
    heads: list[int] = []  # counts of the beginnings of n - 1, n - 2, ... words
    tails: list[int] = []
    head = tail = name
    for depth in range(len(levels) - 1, 0, -1):
        head, tail = levels[depth].parts[head] >> 32, levels[depth].parts[tail] & _LOW
        heads.append(levels[depth - 1].counts[head])
        tails.append(levels[depth - 1].counts[tail])
    count = levels[-1].counts[name]
    return min(
        (log(count * total / (a * b)) for a, b in zip(heads, reversed(tails), strict=True)),
        default=0.0,
    )
