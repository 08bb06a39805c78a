"""Words in phrases, misread on purpose as other real words; terms are calibrated on them."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

SHARE_LEFT_OUT = 0.05
"""Share of misreadings in which a word is left out. By judgement."""

SHARE_PUT_IN = 0.07
"""Share of misreadings in which a word is put in. By judgement."""

SHARE_UNLIKE = 0.3
"""Share of misreadings as a word of quite another shape, where enough of the phrase is left to tell
what it was; all others are words of similar shape. By judgement."""

SHARE_OF_TWO_WORDS = 0.3
"""Share of misreadings in which two neighbouring words are misread as one. By judgement."""

SHARE_EVERYWHERE = 0.2
"""Share of phrases that are misread wherever they stand, the others in a third of their places. By
judgement."""

MOST_LETTERS_APART = 3
"""Code points in which a word of similar shape differs, at most. By judgement."""

MOST_LENGTH_APART, MOST_LENGTH_APART_UNLIKE = 2, 3
"""Code points by which a word of similar or of another shape is shorter or longer, at most. By
judgement."""

# In code points and by judgement, too:
_SHORTEST_WORD = 2  # of a word that is put in the place of another, at least
_SHORTEST_PHRASE = 8  # of a phrase in which a word is misread, at least
_LEAST_LEFT = 4  # of a phrase beside a misread word, at least
_LEAST_LEFT_INNER = 12  # of a phrase beside an inner word of quite another shape, at least
_LEAST_LEFT_OUTER = 20  # the same for the first or last word, with context on one side only

_CHOICES_PER_LENGTH = 12  # words of similar shape and each length to choose from; by judgement
_ENOUGH_PLACES = 3  # places of a phrase from which on more make it no likelier; by judgement


class Planted(NamedTuple):
    """A misreading: its span in the observed text, in code points, and what stood there."""

    start: int
    end: int
    intended: str


class WordPool:
    """Real words to put in the place of others.

    Attributes:
        all: The words, sorted.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take words, in any order."""
        self.all = sorted(set(words))
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self.all:
            self._by_length[len(word)].append(word)

    def alike(self, word: str, rnd: random.Random) -> str | None:
        """Draw another word of similar shape; None if there is none.

        It differs in at most `MOST_LETTERS_APART` letters, in fewer of a short word.
        """
        most = min(MOST_LETTERS_APART, max(len(word) - 1, 1))
        found = []
        for length in _lengths(len(word), MOST_LENGTH_APART):
            near = process.extract(
                word, self._by_length[length], scorer=Levenshtein.distance,
                score_cutoff=most, limit=_CHOICES_PER_LENGTH,
            )  # fmt: skip
            found += [other for other, distance, _ in near if distance]
        return rnd.choice(found) if found else None

    def unlike(self, word: str, rnd: random.Random) -> str | None:
        """Draw any word of about the same length; None if there is none."""
        lengths = _lengths(len(word), MOST_LENGTH_APART_UNLIKE)
        found = [rnd.choice(words) for n in lengths if (words := self._by_length[n])]
        return rnd.choice(found) if found else None


def misread_terms(
    text: str,
    phrases: Iterable[tuple[str, Sequence[int]]],
    words: WordPool,
    *,
    most: int,
    seed: int,
) -> tuple[str, list[Planted]]:
    """Misread words of phrases as other real words.

    A phrase is misread in one way, in a third of the places where it stands or in all of them.

    Args:
        text: A correct text.
        phrases: Phrases, each with the places where it can be divided into words: code points of
            it, in order, without its ends.
        words: Words to misread others as.
        most: How many phrases to misread, at most; those that stand there often come first.
        seed: Equal seeds give equal results.
    Returns:
        The observed text, and what was done to it, in order.
    """
    rnd = random.Random(seed)
    known = dict(phrases)
    places = {p: found for p in sorted(known) if (found := _places(text, p))}
    chosen = sorted(places, key=lambda p: (-min(len(places[p]), _ENOUGH_PLACES), rnd.random()))
    edits: list[tuple[int, int, str]] = []
    taken: list[tuple[int, int]] = []
    for phrase in chosen[:most]:
        drawn = misread(phrase, known[phrase], words, rnd)
        if drawn is None:
            continue
        start, end, word = drawn
        if phrase[:start] + word + phrase[end:] in known:
            continue  # a phrase as good
        everywhere = rnd.random() < SHARE_EVERYWHERE
        starts = places[phrase]
        for at in rnd.sample(starts, len(starts) if everywhere else -(-len(starts) // 3)):
            if not any(a < at + len(phrase) and at < b for a, b in taken):
                taken.append((at, at + len(phrase)))
                edits.append((at + start, at + end, word))
    return _apply(text, sorted(edits))


def _places(text: str, phrase: str) -> list[int]:
    if len(phrase) < _SHORTEST_PHRASE:
        return []
    places = []
    at = text.find(phrase)
    while at >= 0:
        places.append(at)
        at = text.find(phrase, at + len(phrase))
    return places


def misread(
    phrase: str, cuts: Sequence[int], words: WordPool, rnd: random.Random
) -> tuple[int, int, str] | None:
    """Draw a part of a phrase, one or two words, and what it is misread as.

    Args:
        phrase: The phrase.
        cuts: Where it can be divided, as for `misread_terms`.
        words: Words to misread others as.
        rnd: The source of chance.
    Returns:
        Start and end of the part in code points of the phrase, and the word; None if the draw
        gives no word.
    """
    bounds = [0, *cuts, len(phrase)]
    if len(bounds) < 3:
        return None
    first = rnd.randrange(len(bounds) - 1)
    count = 2 if rnd.random() < SHARE_OF_TWO_WORDS and first + 2 < len(bounds) else 1
    start, end = bounds[first], bounds[first + count]
    part = phrase[start:end]
    left = len(phrase) - len(part)
    if not part.strip() or left < _LEAST_LEFT:
        return None
    inner = start > 0 and end < len(phrase)
    kind = rnd.random()
    if kind < SHARE_LEFT_OUT:
        word: str | None = ""
    elif kind < SHARE_LEFT_OUT + SHARE_PUT_IN:
        word = part + rnd.choice(words.all) if rnd.random() < 0.5 else rnd.choice(words.all) + part
    elif kind > 1 - SHARE_UNLIKE and left >= (_LEAST_LEFT_INNER if inner else _LEAST_LEFT_OUTER):
        word = words.unlike(part, rnd)
    else:
        word = words.alike(part, rnd)
    return None if word is None or word == part else (start, end, word)


def _lengths(length: int, apart: int) -> range:
    """Give the lengths that a word may have in the place of another."""
    return range(max(_SHORTEST_WORD, length - apart), length + apart + 1)


def _apply(text: str, edits: Sequence[tuple[int, int, str]]) -> tuple[str, list[Planted]]:
    """Put words in the place of spans, which are sorted, and tell what was done."""
    parts: list[str] = []
    planted = []
    at = length = 0
    for start, end, word in edits:
        parts += text[at:start], word
        length += start - at
        planted.append(Planted(length, length + len(word), text[start:end]))
        length += len(word)
        at = end
    parts.append(text[at:])
    return "".join(parts), planted


def touching(planted: Sequence[Planted], start: int, end: int) -> Sequence[Planted]:
    """Find the misreadings that a span of the observed text touches.

    Time: logarithmic in the misreadings, and linear in what is found.
    """
    first = bisect_left(planted, start, key=lambda p: p.end)
    last = first
    while last < len(planted) and planted[last].start <= end:
        last += 1
    return planted[first:last]
