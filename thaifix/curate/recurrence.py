"""Words that recur together in a collection: what may be a term."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log
from typing import NamedTuple

from thaifix.curate.collection import Collection
from thaifix.lexicon.entries import LONGEST_TERM

_MOST_BOUND = 0.7
"""Share of a recurrence's places that may have the same next word, or the same one before, at most:
by judgement. With more the words are rather a part of a longer recurrence."""

_SECOND_NAME = 0xFFFFFFFF  # of two names in one number of 64 bits, the second one's bits


class Recurrence(NamedTuple):
    """Words that recur together.

    Attributes:
        words: Their numbers in the collection.
        occurrences: How often they stand there.
        cohesion: How much likelier they are together than their two parts would be by chance, in
            nats, where they hold together least; 0 of a single word.
    """

    words: tuple[int, ...]
    occurrences: int
    cohesion: float


class _Level(NamedTuple):
    """The recurrences of one length, by name.

    Attributes:
        counts: How often each stands in the collection; none has the name 0.
        parts: The names of its beginning and of its end, each a word shorter: two names in one
            number, the beginning's in the high bits.
    """

    counts: list[int]
    parts: list[int]


def recurrences(
    collection: Collection, least: int, wanted: Callable[[Recurrence], bool]
) -> Iterator[tuple[Recurrence, list[int]]]:
    """Find the words that recur together and whose ends are free, with their places.

    n words are named by two names of n - 1 words, their beginning and their end, if both recur; so
    each length takes one pass over what is left. Where the next word, or the one before, is mostly
    the same, and recurs with the others, the words are a part of a longer recurrence and left out.

    Args:
        collection: The texts.
        least: Occurrences, at least.
        wanted: Which recurrences to give, of at most `entries.LONGEST_TERM` code points.
    Yields:
        Recurrences, from short to long, each with its places: indices into `collection.words`.
    Source: the naming of Karp, Miller and Rosenberg (1972), pruned as by Agrawal and Srikant.
    """
    counts = Counter(collection.words)
    frequent = [w for w, count in counts.items() if count >= least and not collection.is_gap(w)]
    names = {word: name for name, word in enumerate(frequent, 1)}
    named = array("I", (names.get(word, 0) for word in collection.words))
    places = array("I", (i for i, name in enumerate(named) if name))
    levels = [_Level([0, *(counts[word] for word in frequent)], [])]
    length = 1
    while places:
        # Two names in one number take an eighth of a tuple. The last word ends a document and has
        # the name 0, so that each place has a next one.
        pairs = array("Q", (named[i] << 32 | named[i + 1] for i in places))
        longer = Counter(pair for pair in pairs if pair & _SECOND_NAME)
        bound = _bound(levels[-1], longer)
        chosen = dict[int, tuple[Recurrence, list[int]]]()
        refused = set[int]()
        for place in places:
            name = named[place]
            if name not in chosen and name not in refused:
                words = tuple(collection.words[place : place + length])
                found = _recurrence(levels, name, words, len(named), bound[name])
                if found and len(collection.text(words)) <= LONGEST_TERM and wanted(found):
                    chosen[name] = found, []
                else:
                    refused.add(name)
            if name in chosen:
                chosen[name][1].append(place)
        yield from chosen.values()
        recurrent = [pair for pair, count in longer.items() if count >= least]
        levels.append(_Level([0, *(longer[pair] for pair in recurrent)], [0, *recurrent]))
        named, places = _renamed(len(named), places, pairs, recurrent)
        length += 1


def _bound(level: _Level, longer: Counter[int]) -> list[int]:
    """Of each name, how often the most frequent next word, or word before, stands there."""
    ahead, behind = [0] * len(level.counts), [0] * len(level.counts)
    for pair, count in longer.items():
        beginning, end = pair >> 32, pair & _SECOND_NAME
        ahead[beginning] = max(ahead[beginning], count)
        behind[end] = max(behind[end], count)
    return list(map(max, ahead, behind))


def _recurrence(
    levels: Sequence[_Level], name: int, words: tuple[int, ...], total: int, bound: int
) -> Recurrence | None:
    """Describe a name of the last level; None if its ends are not free."""
    count = levels[-1].counts[name]
    if bound > _MOST_BOUND * count:
        return None
    return Recurrence(words, count, _cohesion(levels, name, total))


def _renamed(
    size: int, places: Sequence[int], pairs: Sequence[int], recurrent: Sequence[int]
) -> tuple[array[int], array[int]]:
    """Name what is a word longer, where it recurs, and find its places."""
    kept = {pair: name for name, pair in enumerate(recurrent, 1)}
    named = array("I", bytes(4 * size))
    left = array("I")
    for place, pair in zip(places, pairs, strict=True):
        if name := kept.get(pair, 0):
            named[place] = name
            left.append(place)
    return named, left


def _cohesion(levels: Sequence[_Level], name: int, total: int) -> float:
    """The least mutual information of any division in two, in nats.

    Args:
        levels: Of all lengths up to that of the words.
        name: Of the words.
        total: Words of the collection.
    """
    heads: list[int] = []  # counts of the beginnings of n - 1, n - 2, ... words
    tails: list[int] = []
    head = tail = name
    for depth in range(len(levels) - 1, 0, -1):
        head, tail = levels[depth].parts[head] >> 32, levels[depth].parts[tail] & _SECOND_NAME
        heads.append(levels[depth - 1].counts[head])
        tails.append(levels[depth - 1].counts[tail])
    count = levels[-1].counts[name]
    return min(
        (log(count * total / (a * b)) for a, b in zip(heads, reversed(tails), strict=True)),
        default=0.0,
    )
