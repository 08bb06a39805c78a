"""Words in phrases, misread on purpose as other real words."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

LOST = 0.05
"""Share of misreadings that are a word left out, ..."""

ADDED = 0.07
"""... a word put in, ..."""

UNLIKE = 0.3
"""... a word of another shape, where enough of the phrase is left to tell."""

_APART = 3  # letters in which a word of similar shape differs, at most
_CHOICES = 12  # words of each length among which one is drawn
_BESIDE = (12, 20)  # letters of a phrase left when an inner, an outer word is quite another
_SHORTEST = 8  # letters of a phrase in which a word is misread
_LEFT = 4  # letters of it that stay


class Planted(NamedTuple):
    """A misreading: its span in the observed text, and what stood there."""

    start: int
    end: int
    intended: str


class Words:
    """Real words to put in the place of others."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words, in any order."""
        self.all = sorted(set(words))
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self.all:
            self._by_length[len(word)].append(word)

    def alike(self, word: str, rnd: random.Random) -> str | None:
        """Draw another word of similar shape: one to three letters differ, two in length."""
        most = min(_APART, max(len(word) - 1, 1))
        found = []
        for length in range(max(2, len(word) - 2), len(word) + 3):
            near = process.extract(
                word, self._by_length[length], scorer=Levenshtein.distance,
                score_cutoff=most, limit=_CHOICES,
            )  # fmt: skip
            found += [other for other, distance, _ in near if distance]
        return rnd.choice(found) if found else None

    def unlike(self, word: str, rnd: random.Random) -> str | None:
        """Draw another word of about its length."""
        lengths = range(max(2, len(word) - 3), len(word) + 4)
        found = [rnd.choice(words) for n in lengths if (words := self._by_length[n])]
        return rnd.choice(found) if found else None


def misread_terms(
    text: str, phrases: Iterable[tuple[str, Sequence[int]]], words: Words, *, most: int, seed: int
) -> tuple[str, list[Planted]]:
    """Misread words of phrases as other real words, the same one in a third of a phrase's places.

    Args:
        text: Correct text.
        phrases: Each with where it can be divided: positions within it, in order, without its ends.
        words: To choose from.
        most: Phrases to misread, those first that recur.
        seed: Equal seeds give equal results.
    Returns:
        The observed text and what was done to it, in order.
    """
    rnd = random.Random(seed)
    known = dict(phrases)
    places = {p: found for p in sorted(known) if (found := _places(text, p))}
    chosen = sorted(places, key=lambda p: (-min(len(places[p]), 3), rnd.random()))[:most]
    edits: list[tuple[int, int, str]] = []
    taken: list[tuple[int, int]] = []
    for phrase in chosen:
        drawn = misread(phrase, known[phrase], words, rnd)
        if drawn is None:
            continue
        start, end, word = drawn
        if phrase[:start] + word + phrase[end:] in known:
            continue  # a phrase as good
        all_of_them = rnd.random() < 0.2
        starts = places[phrase]
        for at in rnd.sample(starts, len(starts) if all_of_them else -(-len(starts) // 3)):
            if not any(a < at + len(phrase) and at < b for a, b in taken):
                taken.append((at, at + len(phrase)))
                edits.append((at + start, at + end, word))
    return _apply(text, sorted(edits))


def _places(text: str, phrase: str) -> list[int]:
    if len(phrase) < _SHORTEST:
        return []
    places = []
    at = text.find(phrase)
    while at >= 0:
        places.append(at)
        at = text.find(phrase, at + len(phrase))
    return places


def misread(
    phrase: str, cuts: Sequence[int], words: Words, rnd: random.Random
) -> tuple[int, int, str] | None:
    """Draw a part of a phrase, one or two words, and what it is misread as.

    Args:
        phrase: The phrase.
        cuts: Where it can be divided, as for `misread_terms`.
        words: To choose from.
        rnd: Chance.
    Returns:
        Start and end of the part in the phrase, and the word; None if there is none to be had.
    """
    bounds = [0, *cuts, len(phrase)]
    if len(bounds) < 3:
        return None
    first = rnd.randrange(len(bounds) - 1)
    count = 2 if rnd.random() < 0.3 and first + 2 < len(bounds) else 1
    start, end = bounds[first], bounds[first + count]
    part = phrase[start:end]
    if not part.strip() or len(phrase) - len(part) < _LEFT:
        return None
    left = len(phrase) - len(part)
    kind = rnd.random()
    if kind < LOST:
        word: str | None = ""
    elif kind < LOST + ADDED:
        word = part + rnd.choice(words.all) if rnd.random() < 0.5 else rnd.choice(words.all) + part
    elif kind > 1 - UNLIKE and left >= _BESIDE[not (start and end < len(phrase))]:
        word = words.unlike(part, rnd)
    else:
        word = words.alike(part, rnd)
    return None if word is None or word == part else (start, end, word)


def _apply(text: str, edits: Sequence[tuple[int, int, str]]) -> tuple[str, list[Planted]]:
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
    """The misreadings that a span touches. O(log n) and what it finds."""
    first = bisect_left(planted, start, key=lambda p: p.end)
    last = first
    while last < len(planted) and planted[last].start <= end:
        last += 1
    return planted[first:last]
