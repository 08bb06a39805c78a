"""Terms as they stand in a collection where they were misread: rare strings near a frequent one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.curate.collection import Collection
from thaifix.lexicon.neighbours import radius

WORDS_BESIDE = 14
"""Words that are looked at before a bracket, or beside an intact half of a term: by judgement, more
than nearly all terms have."""

TIMES_RARER = 10
"""A misreading is at least so many times rarer than its term: by judgement."""

_LETTERS_PER_CHANGE = 5
"""Letters of a term for each one that may differ between two intact ends: by judgement; elsewhere
`neighbours.radius` tells."""

_MOST_TERMS_PER_HALF = 100
"""Terms with one beginning, or one end, at most: by judgement; more common ones are no anchors, and
would take long."""

_MOST_REMEMBERED = 1 << 16
"""Windows whose misreadings are remembered, at most: by judgement; only speed depends on it."""

_Term = tuple[tuple[int, ...], str]
"""A term as words and as text."""


class _Anchors(NamedTuple):
    """Halves of terms by which damaged ones are found.

    Attributes:
        beginnings: The terms that begin with some words.
        ends: The terms that end with some words.
        lengths: The lengths, in words, of those that begin with a word.
    """

    beginnings: dict[tuple[int, ...], list[_Term]]
    ends: dict[tuple[int, ...], list[_Term]]
    lengths: dict[int, set[int]]


def damaged(
    collection: Collection, targets: Iterable[tuple[int, ...]], taken: set[str]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], list[int], int]]:
    """Find rare strings near a term.

    A misreading leaves the first or the last half of a term's words intact: there it is found.

    Args:
        targets: The terms, as words.
        taken: Terms and aliases that are known, which are no misreadings.
    Yields:
        The term, the string, its places, and how often the term occurs.
    """
    text = collection.words
    anchors = _anchors(collection, targets)
    counts = Counter[tuple[int, ...]]()
    found = defaultdict[tuple[tuple[int, ...], tuple[int, ...]], set[int]](set)
    seen = dict[tuple[int, ...], list[tuple[tuple[int, ...], tuple[int, ...]]]]()
    for place, word in enumerate(text):
        for length in anchors.lengths.get(word, ()):
            anchor = tuple(text[place : place + length])
            for step, terms in (1, anchors.beginnings.get(anchor)), (-1, anchors.ends.get(anchor)):
                if not terms:
                    continue
                if step > 0:
                    words = text[place : place + length + WORDS_BESIDE]
                else:
                    words = text[max(0, place - WORDS_BESIDE) : place + length][::-1]
                window = _until_gap(collection, words)
                key = (step * length, *window)
                if key not in seen:
                    seen[key] = list(_nearest(collection, terms, window, length, step))
                for target, wrong in seen[key]:
                    if target != wrong:
                        found[target, wrong].add(place if step > 0 else place + length - len(wrong))
                    elif step > 0 or target[: len(target) // 2] not in anchors.beginnings:
                        counts[target] += 1
            if len(seen) > _MOST_REMEMBERED:
                seen.clear()
    for (target, wrong), places in found.items():
        term, observed = collection.text(target), collection.text(wrong)
        right = observed in taken or counts[wrong] or observed in term or term in observed
        # A term that never occurs as it should is no evidence against a string of known words.
        evident = counts[target] or any(map(collection.is_unknown, wrong))
        if evident and not right and len(places) * TIMES_RARER <= max(counts[target], TIMES_RARER):
            yield target, wrong, sorted(places), counts[target]


def _anchors(collection: Collection, targets: Iterable[tuple[int, ...]]) -> _Anchors:
    anchors = _Anchors(defaultdict(list), defaultdict(list), defaultdict(set))
    for target in targets:
        half = len(target) // 2  # a damaged word in the middle leaves both intact
        if half and not any(map(collection.is_gap, target)):
            term = target, collection.text(target)
            anchors.beginnings[target[:half]].append(term)
            anchors.ends[target[-half:]].append(term)
    for side in anchors.beginnings, anchors.ends:
        for words in [words for words, terms in side.items() if len(terms) > _MOST_TERMS_PER_HALF]:
            del side[words]
        for words in side:
            anchors.lengths[words[0]].add(len(words))
    return anchors


def _until_gap(collection: Collection, words: Sequence[int]) -> tuple[int, ...]:
    gap = next((i for i, word in enumerate(words) if collection.is_gap(word)), len(words))
    return tuple(words[:gap])


def _nearest(
    collection: Collection, terms: Iterable[_Term], window: tuple[int, ...], half: int, step: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Find the words at a window's beginning that are nearest to each term, if near enough.

    Args:
        terms: Terms that have their first (`step` -1: last) half there.
        window: Words in the order of reading (`step` -1: against it).
        half: How many of them are that half.
        step: 1 or -1.
    Yields:
        The term's words and those of the window.
    """
    shown = collection.text(window[::step])
    for target, term in terms:
        if window[: len(target)] == target[::step]:
            yield target, target
            continue
        letters = len(term)
        most = max(1, letters // _LETTERS_PER_CHANGE)
        alike = shown[:letters] if step > 0 else shown[-letters:]
        # Words at a distance d may be d letters longer or shorter than the term.
        if Levenshtein.distance(term, alike, score_cutoff=2 * most) > 2 * most:
            continue
        found: list[tuple[int, int, tuple[int, ...]]] = []
        for end in range(half + 1, len(window) + 1):
            words = window[:end][::step]
            observed = collection.text(words)
            if len(observed) > letters + most:
                break
            between = end > half + 1 and window[end - 1] == target[::step][-1]
            limit = most if between else radius(letters)
            distance = Levenshtein.distance(term, observed, score_cutoff=limit)
            if distance <= limit:
                found.append((distance, end, words))
        if found:
            yield target, min(found)[2]
