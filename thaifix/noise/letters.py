"""Misread letters: their odds rise and fall with the page and the line, not with their context."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.noise.draws import Draws
from thaifix.text.edit import Edit, trim
from thaifix.text.script import (
    CONSONANTS,
    DIGITS,
    FOLLOWING_VOWELS,
    LEADING_VOWELS,
    MARKS,
    NIKHAHIT,
    SARA_AA,
    SARA_AM,
    TONE_MARKS,
)

PRIOR = 20.0
"""Weight of what is known of a letter's kind, in letters seen."""

STRETCH = 8
"""Letters that are garbled together."""

GARBLED = 100.0
"""Factor to the odds of an error where letters are garbled."""

MOST = 0.9
"""Share of stretches that are garbled, at most."""

_KINDS = {
    "consonant": CONSONANTS,
    "vowel": LEADING_VOWELS + FOLLOWING_VOWELS,
    "mark": MARKS,
    "Thai digit": DIGITS,
    "digit": string.digits,
    "Latin": string.ascii_letters,
    "punctuation": string.punctuation + "\u2013\u2014\u2018\u2019\u201c\u201d\u2026",
    "space": " ",
}
_KIND = {letter: kind for kind, letters in _KINDS.items() for letter in letters}
_ITSELF = "\N{NULL}"  # stands for the letter in what is known of its kind
_SURE = 0.9999  # nothing is misread more often
_AM = re.compile(f"([{TONE_MARKS}]?){NIKHAHIT}([{TONE_MARKS}]?){SARA_AA}")
_SPACES = re.compile(" +")
_FOREIGN = re.compile("[^\u0e00-\u0e7f\\W\\d_]")


class Row(NamedTuple):
    """What one intended string is read as.

    Attributes:
        odds: Of an error against none, on an average page.
        cost: Errors that a measure counts for one, on average.
        errors: What it is read as in error, each with the share of errors up to and with it.
        habits: The same for what the engine prints throughout and a measure does not count, the
            shares being of all that is not in error.
    """

    odds: float
    cost: float
    errors: Sequence[tuple[float, str]]
    habits: Sequence[tuple[float, str]]


class _Rows(dict[str, Row]):
    """Rows by intended letter, made when they are asked for."""

    def __init__(self, make: Callable[[str], Row]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, intended: str) -> Row:
        row = self[intended] = self._make(intended)
        return row


class Letters:
    """An engine's confusions."""

    def __init__(self, seen: Mapping[str, int], letters: Mapping[str, Mapping[str, int]]) -> None:
        """Take counts as an `Engine` has them.

        A letter that was hardly seen is misread as letters of its kind are; one of no kind (control
        characters, other scripts, bytes that are not UTF-8) never is.
        """
        self._seen, self._letters = seen, letters
        self._pools = _pools(seen, letters)
        self._rows = _Rows(self._row)
        self._pairs = {pair: self._row(pair) for pair in letters if len(pair) == 2}
        self._firsts = {pair[0] for pair in self._pairs}

    def _row(self, intended: str) -> Row:
        counts: dict[str, float] = dict(self._letters.get(intended, {}))
        seen: float = self._seen.get(intended, 0)
        pool = self._pools.get(_KIND.get(intended, ""), {})
        if pool:
            seen += PRIOR
            for outcome, share in pool.items():
                observed = outcome.replace(_ITSELF, intended)
                if observed != intended:
                    counts[observed] = counts.get(observed, 0) + PRIOR * share
        return _make_row(intended, counts, seen)

    def rows(self, text: str) -> list[tuple[Row, int]]:
        """What can be misread in a text, and how often it stands there. O(n)."""
        found = [(self._rows[letter], times) for letter, times in sorted(Counter(text).items())]
        pairs = Counter(map("".join, pairwise(text))) if self._pairs else Counter()
        found += [(row, pairs[pair]) for pair, row in self._pairs.items() if pairs[pair]]
        return [(row, times) for row, times in found if row.odds]

    def expected(
        self, found: Iterable[tuple[Row, int]], scales: Sequence[float], garbled: float
    ) -> float:
        """Errors that a measure will count, on average over equally likely scales.

        Args:
            found: What `rows` found.
            scales, garbled: As for `corrupt`.
        """
        weights = [(scale, 1 - min(garbled * scale, MOST)) for scale in scales]
        illegible = sum(1 - legible for _, legible in weights)
        errors = 0.0
        for row, times in found:
            odds = row.odds
            share = illegible * odds * GARBLED / (1 + odds * GARBLED)
            for factor, legible in weights:
                share += legible * odds * factor / (1 + odds * factor)
            errors += times * row.cost * share
        return errors / len(scales)

    def corrupt(
        self, text: str, start: int, end: int, scale: float, garbled: float, draws: Draws
    ) -> Iterator[Edit]:
        """Misread a span of a text.

        Args:
            text: Correct.
            start, end: The span; nothing outside is looked at.
            scale: Factor to the odds of every error.
            garbled: Share of stretches that are hardly legible, at a scale of 1; at others so many
                times that.
            draws: Chance.
        """
        rows, pairs, firsts, draw = self._rows, self._pairs, self._firsts, draws.random
        illegible = min(garbled * scale, MOST)
        turn = start + 1 + int(draw() * STRETCH)
        here = GARBLED if draw() < illegible else scale
        at = start
        while at < end:
            if at >= turn:
                turn += STRETCH
                here = GARBLED if draw() < illegible else scale
            intended = text[at]
            observed = None
            if intended in firsts and (pair := text[at : at + 2]) in pairs and at + 1 < end:
                observed = _read(pairs[pair], here, draw)
                intended = intended if observed is None else pair
            if observed is None and (row := rows[intended]).errors:
                observed = _read(row, here, draw)
            if observed is not None:
                edit = Edit(at, at + len(intended), observed, observed=intended)
                yield trim(edit._replace(reason=reason(intended, observed)))
            at += len(intended)


def _read(row: Row, scale: float, draw: Callable[[], float]) -> str | None:
    odds = row.odds * scale
    drawn = draw() * (1 + odds)
    if drawn < odds:
        return _choose(row.errors, drawn / odds)
    return _choose(row.habits, draw()) if row.habits else None


def _choose(choices: Sequence[tuple[float, str]], drawn: float) -> str | None:
    found = bisect_right(choices, drawn, key=lambda choice: choice[0])
    return choices[found][1] if found < len(choices) else None


def kind(letter: str) -> str:
    """Name the kind of a code point; "other" is never misread."""
    return _KIND.get(letter, "other")


def reason(intended: str, observed: str) -> str:
    """Name the kind of a misreading: space, foreign_letter or confusion."""
    if intended.replace(" ", "") == observed.replace(" ", ""):
        return "space"
    if _KIND.get(intended[0]) in ("consonant", "vowel", "mark") and _FOREIGN.search(observed):
        return "foreign_letter"
    return "confusion"


def errors(intended: str, observed: str) -> int:
    """Count the errors of a short string in the default view."""
    return Levenshtein.distance(_plain(intended), _plain(observed))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", join_am(text))


def join_am(text: str) -> str:
    """Make nikhahit and sara aa the sara am they look like, behind a tone mark between them."""
    return _AM.sub(f"\\1\\2{SARA_AM}", text) if NIKHAHIT in text else text


def _make_row(intended: str, counts: Mapping[str, float], seen: float) -> Row:
    if not seen:
        return Row(0.0, 0.0, (), ())
    wrong: list[tuple[float, str]] = []
    habits: list[tuple[float, str]] = []
    cost = 0.0
    for observed, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if errors_of_one := errors(intended, observed):
            wrong.append((times, observed))
            cost += errors_of_one * times
        else:
            habits.append((times, observed))
    total = sum(times for times, _ in wrong)
    share = min(total / seen, _SURE)
    return Row(
        share / (1 - share),
        cost / total if total else 0.0,
        _upto(wrong, total),
        _upto(habits, max(seen - total, 1.0)),
    )


def _upto(choices: Sequence[tuple[float, str]], total: float) -> tuple[tuple[float, str], ...]:
    shares = accumulate(times / total for times, _ in choices)
    return tuple(zip(shares, (observed for _, observed in choices), strict=True))


def _pools(
    seen: Mapping[str, int], letters: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """What letters of a kind are read as, as shares of all letters of that kind."""
    totals: Counter[str] = Counter()
    pools: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for letter, times in seen.items():
        if kind := _KIND.get(letter):
            totals[kind] += times
            for observed, count in letters.get(letter, {}).items():
                if errors(letter, observed):
                    same = observed.startswith(letter)
                    pools[kind][_ITSELF + observed[1:] if same else observed] += count
    return {
        kind: {outcome: count / totals[kind] for outcome, count in pool.items()}
        for kind, pool in pools.items()
    }
