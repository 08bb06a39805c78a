"""Terms so alike that a correction could exchange them.

Two terms are neighbours if their Levenshtein distance is within the radius of the longer one: one
letter, from sixteen letters on an eighth of its letters. All pairs are found without comparing each
with each: by shared deletions where one letter is the limit, else by shared rare trigrams (an edit
touches at most three of them, so that of the rarest few of each at least one is common to both).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_LETTERS_PER_DIFFERENCE = 8
"""So many letters of a term allow that one of them differs. By judgement."""

_GRAM = 3  # letters of a trigram

MOST_NEIGHBOURS = 50
"""Neighbours of a long term among those that are no longer, at most, the nearest first: by
judgement, since a reader looks at a few, and all pairs of 20,000 like terms fill the memory.
"""

_MOST_COMPARED = 2_000
"""Terms that a long term is compared with, about, those with its rarest trigrams first: by
judgement. Only terms with as many that are like them have more.
"""


def radius(letters: int) -> int:
    """How many letters of a term of so many may differ in an observation of it."""
    return max(1, letters // _LETTERS_PER_DIFFERENCE)


def near(term: str, terms: Iterable[str]) -> list[tuple[str, int]]:
    """The neighbours of one term, nearest first, each with its distance in letters. O(terms)."""
    most = max(1, len(term) // (_LETTERS_PER_DIFFERENCE - 1))  # a neighbour may be longer
    found = process.extract_iter(
        term, terms, scorer=Levenshtein.distance, score_cutoff=most, processor=None
    )
    return sorted(
        (
            (other, int(distance))
            for other, distance, _ in found
            if 0 < distance <= radius(max(len(term), len(other)))
        ),
        key=lambda pair: (pair[1], pair[0]),
    )


def neighbours(terms: Iterable[str]) -> list[tuple[str, str, int]]:
    """Pairs of neighbours, sorted, each with its distance in letters.

    All of them, but for terms with more than `MOST_NEIGHBOURS` that are no longer than they, or
    with thousands that share their trigrams.

    Time and memory: O(n), with a large factor where most terms are made of the same few trigrams.
    """
    distinct = sorted(set(terms))
    return sorted([*_by_deletions(distinct), *_by_trigrams(distinct)])


def prefixes(terms: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of a term and the longest other term that it begins with: (beginning, term)."""
    found = []
    open_terms: list[str] = []  # each begins with the one before it
    for term in sorted(set(terms)):
        while open_terms and not term.startswith(open_terms[-1]):
            open_terms.pop()
        if open_terms:
            found.append((open_terms[-1], term))
        open_terms.append(term)
    return found


def _by_deletions(terms: Sequence[str]) -> set[tuple[str, str, int]]:
    """Pairs whose longer term has a radius of one letter."""
    shapes = defaultdict[str, list[str]](list)
    for term in terms:
        if radius(len(term)) == 1:
            for shape in {term, *(term[:i] + term[i + 1 :] for i in range(len(term)))}:
                shapes[shape].append(term)
    return {
        (a, b, 1)
        for alike in shapes.values()
        for a, b in combinations(alike, 2)
        if Levenshtein.distance(a, b) == 1  # a letter may have moved: two edits
    }


def _by_trigrams(terms: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Pairs whose longer term has a radius of two letters or more."""
    long = [term for term in terms if radius(len(term) + 2) > 1]
    grams = {term: _grams(term) for term in long}
    frequency = Counter(gram for tagged in grams.values() for gram in tagged)
    alike = defaultdict[tuple[str, int], list[str]](list)
    for term in sorted(long, key=lambda term: (len(term), term)):
        # A term of m letters has the radius m // 8, and its shorter neighbour at least
        # 7 m / 8: so n // 7 bounds the distance of any neighbour that is longer than n.
        limit = max(1, len(term) // (_LETTERS_PER_DIFFERENCE - 1))
        rarest = sorted(grams[term], key=lambda gram: (frequency[gram], gram))
        most = radius(len(term))
        candidates = set[str]()
        for gram in rarest[: limit * _GRAM + 1]:
            others = alike[gram]  # from short to long
            if most > 1 and len(candidates) < _MOST_COMPARED:
                near = others[bisect_left(others, len(term) - most, key=len) :]
                candidates.update(near[-_MOST_COMPARED:])  # the nearest in length
            others.append(term)
        for other, distance, _ in process.extract(
            term, sorted(candidates), scorer=Levenshtein.distance,
            score_cutoff=most, limit=MOST_NEIGHBOURS, processor=None,
        ):  # fmt: skip
            yield min(term, other), max(term, other), int(distance)


def _grams(term: str) -> list[tuple[str, int]]:
    """The trigrams of a term, equal ones told apart by a number."""
    seen = Counter[str]()
    tagged = []
    for i in range(len(term) - _GRAM + 1):
        gram = term[i : i + _GRAM]
        tagged.append((gram, seen[gram]))
        seen[gram] += 1
    return tagged
