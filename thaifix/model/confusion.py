"""The confusion model: -log P(observed | intended) over strings of up to two (three) letters.

Costs are in nats, beyond the cost of reading the same letters right. Counts come from aligned pairs
of lines. Where the pairs show a confusion seldom or never, its probability comes from the shapes of
the letters (`LOOK_ALIKES`) or from their kinds, so that all confusions of an engine that was never
seen have a cost too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from thaifix.kernel.channel import Channel
from thaifix.kernel.symbols import encode
from thaifix.text.script import (
    CONSONANTS,
    LEADING_VOWELS,
    MARKS,
    NIKHAHIT,
    PHINTHU,
    SARA_A,
    SARA_AA,
    SARA_AM,
    YAMAKKAN,
)

LOOK_ALIKES = (
    "ชซขฃ", "ดตคฅฒ", "กภถฤฦ", "บปษ", "ผฝพฟฬ", "ทหฑฆ", "นมฉฌ", "ลสศ", "อฮ", "ฎฏ", "ฐธร",
    "วรจง", "ญณฒ", "าอวๅ", "จฉ", "ยผ", "เแ", "โไใ",
    "\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER SARA UE}"
    "\N{THAI CHARACTER SARA UEE}\N{THAI CHARACTER MAI HAN-AKAT}",
    "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}",
    "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}"
    "\N{THAI CHARACTER MAI CHATTAWA}\N{THAI CHARACTER MAITAIKHU}\N{THAI CHARACTER THANTHAKHAT}",
    "\N{THAI CHARACTER SARA AA}\N{THAI CHARACTER SARA AM}",
)  # fmt: skip
"""Letters that OCR engines take for one another, by shape. By judgement."""

PRIOR_LETTERS = 60.0
"""Weight of a probability by shape or kind against the counts of a letter, in letters. By
judgement."""

PRIOR_LETTERS_OF_NOTHING = 100 * PRIOR_LETTERS
"""The same for letters that come in where nothing was, whose counts are over all letters."""

LEAST_SHARE_OF_PRIOR = 0.15
"""Share of a probability by shape or kind that is left even if the pairs never show the confusion:
another engine errs in other ways. By judgement."""

LONGEST_OBSERVED, LONGEST_INTENDED = 2, 3
"""Letters of the strings of a confusion, at most. By judgement."""

MOST_WRONG = 0.4
"""Share of a line's letters that may be wrong if the line is to count: beyond it, alignment is by
chance. By judgement."""

MOVED_MARK = 4.0
"""Cost of a mark that stands behind the next letter, in nats. Engines that look at pages never do
that (no case on 218 pages of ours), text layers of PDF files often. By judgement."""

LIKELIEST = 0.5
"""Probability of a confusion, at most: no cost is below 0.69 nats. By judgement."""

# Probabilities that one letter is read as a certain other one, by judgement.
_LOOKS_ALIKE = 4e-3
_SAME_KIND = 5e-4
_OTHER_KIND = 5e-5
# Of a mark and of another letter: that it is lost, and that it comes in where nothing was.
_MARK_LOST, _LETTER_LOST = 4e-3, 5e-4
_MARK_CAME_IN, _LETTER_CAME_IN = 1e-3, 1e-4

_MARKS = frozenset(MARKS)
_MOVING = sorted(_MARKS - {NIKHAHIT, PHINTHU, YAMAKKAN})
_LETTERS = CONSONANTS + LEADING_VOWELS + SARA_A + SARA_AA + SARA_AM + MARKS
_GROUPS = {a + b for group in LOOK_ALIKES for a in group for b in group if a != b}


class Confusions(NamedTuple):
    """Counts over aligned text.

    Attributes:
        pairs: How many times strings were confused, by (observed, intended).
        letters: How many times each letter was intended.
    """

    pairs: Mapping[tuple[str, str], int]
    letters: Mapping[str, int]


def count(lines: Iterable[tuple[str, str]]) -> Confusions:
    """Count the confusions in pairs of lines.

    Args:
        lines: (observed, intended), normalised by the caller. Lines with more wrong letters than
            `MOST_WRONG` are left out.
    Time: O(n * m) a line, n and m in code points.
    """
    from rapidfuzz.distance import Levenshtein

    pairs: Counter[tuple[str, str]] = Counter()
    letters: Counter[str] = Counter()
    for observed, intended in lines:
        if not observed or not intended:
            continue
        blocks = Levenshtein.opcodes(observed, intended)
        wrong = sum(
            max(b.src_end - b.src_start, b.dest_end - b.dest_start)
            for b in blocks
            if b.tag != "equal"
        )
        if wrong > MOST_WRONG * len(intended):
            continue
        letters.update(intended)
        end = (0, 0)
        for block in [*(b for b in blocks if b.tag == "equal"), None]:
            begin = (block.src_start, block.dest_start) if block else (len(observed), len(intended))
            o, t = observed[end[0] : begin[0]], intended[end[1] : begin[1]]
            _count_region(pairs, o, t)
            if block:
                end = (block.src_end, block.dest_end)
    return Confusions(pairs, letters)


def _count_region(pairs: Counter[tuple[str, str]], observed: str, intended: str) -> None:
    if len(observed) == len(intended):
        pairs.update(zip(observed, intended, strict=True))
        if len(observed) == LONGEST_OBSERVED:
            pairs[observed, intended] += 1
    elif not observed:
        pairs.update(("", letter) for letter in intended)
    elif not intended:
        pairs.update((letter, "") for letter in observed)
    elif len(observed) <= LONGEST_OBSERVED and len(intended) <= LONGEST_INTENDED:
        pairs[observed, intended] += 1


def costs(confusions: Confusions, scale: float) -> list[tuple[str, str, float]]:
    """The model's confusions.

    Args:
        confusions: What was counted.
        scale: Factor of all costs.
    Returns:
        (observed, intended, cost in nats), sorted. A confusion of longer strings must have been
        counted twice.
    """
    total = sum(confusions.letters.values()) or 1
    entries: dict[tuple[str, str], float] = {}
    for letter in _LETTERS:
        for other in _LETTERS:
            if letter != other:
                entries[other, letter] = _prior(other, letter)
        entries["", letter] = _MARK_LOST if letter in _MARKS else _LETTER_LOST
        entries[letter, ""] = _MARK_CAME_IN if letter in _MARKS else _LETTER_CAME_IN
    chance = dict.fromkeys(confusions.pairs, 0.0) | entries
    out = []
    for (observed, intended), prior in chance.items():
        times = confusions.pairs.get((observed, intended), 0)
        if (prior == 0 and times < 2) or not is_allowed(observed, intended):
            continue
        base = min((confusions.letters.get(letter, 0) for letter in intended), default=total)
        weight = PRIOR_LETTERS if intended else PRIOR_LETTERS_OF_NOTHING
        p = max((times + weight * prior) / (base + weight), LEAST_SHARE_OF_PRIOR * prior)
        out.append((observed, intended, round(-math.log(min(p, LIKELIEST)) * scale, 3)))
    return sorted(out)


def relieved(
    entries: Iterable[tuple[str, str, float]], relief: float
) -> list[tuple[str, str, float]]:
    """Make all confusions cheaper, for a text that errs more often than the pairs do.

    Args:
        entries: (observed, intended, cost in nats).
        relief: By how many nats; none becomes cheaper than `LIKELIEST` allows.
    """
    least = -math.log(LIKELIEST)
    return [(o, t, max(min(cost, least), cost - relief)) for o, t, cost in entries]


def moved_marks() -> list[tuple[str, str, float]]:
    """The confusions of text layers that write a mark behind the next letter.

    Returns:
        (observed, intended, cost in nats), sorted: a consonant and a mark for the mark and the
        consonant.
    """
    return [(c + mark, mark + c, MOVED_MARK) for c in CONSONANTS for mark in _MOVING]


def _prior(observed: str, intended: str) -> float:
    """The probability that a letter is read as another, by their shapes and kinds alone."""
    if observed + intended in _GROUPS:
        return _LOOKS_ALIKE
    same = (observed in CONSONANTS) == (intended in CONSONANTS)
    return _SAME_KIND if same and (observed in _MARKS) == (intended in _MARKS) else _OTHER_KIND


def is_allowed(observed: str, intended: str) -> bool:
    """Tell whether an entry may be used: none has a line end, none puts a digit."""
    if "\n" in observed + intended or any(letter.isdigit() for letter in intended):
        return False
    return all(letter in _LETTERS or letter == " " or letter in ".-'\"" for letter in intended)


def load(entries: Iterable[tuple[str, str, float]], any_one: float, any_two: float) -> Channel:
    """Make the kernel's channel.

    Args:
        entries: (observed, intended, cost in nats). Of entries that are the same to the kernel, the
            cheapest counts.
        any_one: Cost of reading a foreign letter as any one Thai letter, in nats.
        any_two: Cost of reading it as any two, in nats.
    Raises:
        ValueError: If an entry is too long for the kernel, or a cost negative or not a number.
    """
    encoded = [(encode(o), encode(t), cost) for o, t, cost in entries]
    best: dict[tuple[bytes, bytes], float] = {}
    for o, t, cost in encoded:
        best[o, t] = min(cost, best.get((o, t), math.inf))
    return Channel([(o, t, c) for (o, t), c in best.items()], any_one, any_two)
