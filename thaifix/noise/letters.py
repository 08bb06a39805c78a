"""Misread letters: their odds depend on the page and the line, not on the letters beside them."""

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

PRIOR_LETTERS = 20.0
"""Weight of what letters of a kind are read as, against what one letter of it was read as, in
letters seen. By judgement: a letter that was seen a hundred times speaks for itself."""

LETTERS_PER_STRETCH = 8
"""Code points that are garbled together. By judgement: a syllable or two."""

GARBLED_ODDS_FACTOR = 100.0
"""Factor to the odds of an error where letters are garbled. By judgement: what elsewhere is misread
three times in a hundred is there misread three times in four."""

MOST_STRETCHES_GARBLED = 0.9
"""Share of stretches that are garbled, at most. By judgement: at high rates something is left."""

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
_ITSELF = "\N{NULL}"  # stands for the letter in what letters of its kind are read as
_MOST_MISREAD = 0.9999  # share of times that a string is misread, at most: odds stay finite
_AM = re.compile(f"([{TONE_MARKS}]?){NIKHAHIT}([{TONE_MARKS}]?){SARA_AA}")
_SPACES = re.compile(" +")
_FOREIGN_LETTER = re.compile("[^\u0e00-\u0e7f\\W\\d_]")


class LetterNoise(NamedTuple):
    """What one intended string is read as.

    Attributes:
        odds: Of an error against none, on an average page.
        cost: Errors that a measure counts for one misreading, on average.
        errors: What it is misread as, each with the share of misreadings up to and including it.
        habits: What the engine prints for it that a measure does not count as an error; the same,
            with shares of all that is not misread.
    """

    odds: float
    cost: float
    errors: Sequence[tuple[float, str]]
    habits: Sequence[tuple[float, str]]


class _NoiseOfLetters(dict[str, LetterNoise]):
    """The noise of each letter, made when it is first asked for."""

    def __init__(self, make: Callable[[str], LetterNoise]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, intended: str) -> LetterNoise:
        noise = self[intended] = self._make(intended)
        return noise


class Letters:
    """An engine's confusions."""

    def __init__(self, seen: Mapping[str, int], letters: Mapping[str, Mapping[str, int]]) -> None:
        """Take counts as an `Engine` has them.

        A letter that was hardly seen is misread as letters of its kind are. One of no kind is
        never misread: control characters, other scripts, bytes that are not UTF-8.
        """
        self._seen, self._letters = seen, letters
        self._pools = _pools(seen, letters)
        self._of_letter = _NoiseOfLetters(self._noise)
        self._of_pair = {pair: self._noise(pair) for pair in letters if len(pair) == 2}
        self._firsts = {pair[0] for pair in self._of_pair}

    def _noise(self, intended: str) -> LetterNoise:
        counts: dict[str, float] = dict(self._letters.get(intended, {}))
        seen: float = self._seen.get(intended, 0)
        pool = self._pools.get(_KIND.get(intended, ""), {})
        if pool:
            seen += PRIOR_LETTERS
            for outcome, share in pool.items():
                observed = outcome.replace(_ITSELF, intended)
                if observed != intended:
                    counts[observed] = counts.get(observed, 0) + PRIOR_LETTERS * share
        return _letter_noise(intended, counts, seen)

    def misreadable(self, text: str) -> list[tuple[LetterNoise, int]]:
        """List what can be misread in a text, and how often it stands there.

        Time: linear.
        """
        letters = sorted(Counter(text).items())
        found = [(self._of_letter[letter], times) for letter, times in letters]
        pairs = Counter(map("".join, pairwise(text))) if self._of_pair else Counter()
        found += [(noise, pairs[pair]) for pair, noise in self._of_pair.items() if pairs[pair]]
        return [(noise, times) for noise, times in found if noise.odds]

    def expected(
        self, found: Iterable[tuple[LetterNoise, int]], scales: Sequence[float], garbled: float
    ) -> float:
        """Compute the errors that a measure will count, on average over equally likely scales.

        Args:
            found: What `misreadable` found.
            scales: Factors to the odds of every error.
            garbled: As for `corrupt`.
        """
        weights = [(scale, 1 - min(garbled * scale, MOST_STRETCHES_GARBLED)) for scale in scales]
        illegible = sum(1 - legible for _, legible in weights)
        errors = 0.0
        for noise, times in found:
            odds = noise.odds
            share = illegible * odds * GARBLED_ODDS_FACTOR / (1 + odds * GARBLED_ODDS_FACTOR)
            for factor, legible in weights:
                share += legible * odds * factor / (1 + odds * factor)
            errors += times * noise.cost * share
        return errors / len(scales)

    def corrupt(
        self, text: str, start: int, end: int, scale: float, garbled: float, draws: Draws
    ) -> Iterator[Edit]:
        """Misread a span of a text.

        Args:
            text: A correct text.
            start, end: The span, in code points; nothing outside is looked at.
            scale: Factor to the odds of every error.
            garbled: Share of stretches that are hardly legible at a scale of 1; it grows with the
                scale.
            draws: The source of chance.
        Yields:
            Edits with one of the reasons that `reason` gives, from left to right.
        """
        if not self._letters:
            return  # slips are many, and text between two of them is short
        letters, pairs, firsts, draw = self._of_letter, self._of_pair, self._firsts, draws.random
        illegible = min(garbled * scale, MOST_STRETCHES_GARBLED)
        turn = start + 1 + int(draw() * LETTERS_PER_STRETCH)
        here = GARBLED_ODDS_FACTOR if draw() < illegible else scale
        at = start
        while at < end:
            if at >= turn:
                turn += LETTERS_PER_STRETCH
                here = GARBLED_ODDS_FACTOR if draw() < illegible else scale
            intended = text[at]
            observed = None
            if intended in firsts and (pair := text[at : at + 2]) in pairs and at + 1 < end:
                observed = _read(pairs[pair], here, draw)
                intended = intended if observed is None else pair
            if observed is None and (noise := letters[intended]).errors:
                observed = _read(noise, here, draw)
            if observed is not None:
                edit = Edit(at, at + len(intended), observed, observed=intended)
                yield trim(edit._replace(reason=reason(intended, observed)))
            at += len(intended)


def _read(noise: LetterNoise, scale: float, draw: Callable[[], float]) -> str | None:
    """Draw what a string is read as; None if as itself."""
    odds = noise.odds * scale
    drawn = draw() * (1 + odds)
    if drawn < odds:
        return _choose(noise.errors, drawn / odds)
    return _choose(noise.habits, draw()) if noise.habits else None


def _choose(choices: Sequence[tuple[float, str]], drawn: float) -> str | None:
    """Choose by a number from 0 to 1; None if the shares do not reach it."""
    found = bisect_right(choices, drawn, key=lambda choice: choice[0])
    return choices[found][1] if found < len(choices) else None


def kind(letter: str) -> str:
    """Name the kind of a code point; what is "other" is never misread."""
    return _KIND.get(letter, "other")


def reason(intended: str, observed: str) -> str:
    """Name the kind of a misreading: "space", "foreign_letter" or "confusion"."""
    if intended.replace(" ", "") == observed.replace(" ", ""):
        return "space"
    thai = _KIND.get(intended[0]) in ("consonant", "vowel", "mark")
    if thai and _FOREIGN_LETTER.search(observed):
        return "foreign_letter"
    return "confusion"


def errors(intended: str, observed: str) -> int:
    """Count the errors of a short string as the default view does, in code points."""
    return Levenshtein.distance(_plain(intended), _plain(observed))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", join_am(text))


def join_am(text: str) -> str:
    """Join nikhahit and sara aa to the sara am that they look like.

    A tone mark before or between them stands before it.
    """
    return _AM.sub(f"\\1\\2{SARA_AM}", text) if NIKHAHIT in text else text


def _letter_noise(intended: str, counts: Mapping[str, float], seen: float) -> LetterNoise:
    """Make noise of how often a string was read as what, and how often it was seen."""
    if not seen:
        return LetterNoise(0.0, 0.0, (), ())
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
    share = min(total / seen, _MOST_MISREAD)
    return LetterNoise(
        share / (1 - share),
        cost / total if total else 0.0,
        _upto(wrong, total),
        _upto(habits, max(seen - total, 1.0)),
    )


def _upto(choices: Sequence[tuple[float, str]], total: float) -> tuple[tuple[float, str], ...]:
    """Turn counts into shares of a total, each added to those before it."""
    shares = accumulate(times / total for times, _ in choices)
    return tuple(zip(shares, (observed for _, observed in choices), strict=True))


def _pools(
    seen: Mapping[str, int], letters: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Compute what letters of each kind are misread as, in shares of all letters of that kind."""
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
