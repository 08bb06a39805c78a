"""The confusion model: -log P(observed | intended) over strings of up to two letters.

Costs are nats beyond the cost of reading the same letters right. Counts come from aligned
pairs; what the pairs do not show backs off to look-alike groups and then to letter kinds,
so that an engine that was never seen still has its confusions priced.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from thaifix.kernel.channel import Channel
from thaifix.kernel.symbols import encode
from thaifix.text.script import CONSONANTS, LEADING_VOWELS, MARKS, SARA_A, SARA_AA, SARA_AM

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
"""Letters that OCR engines take for one another, by shape."""

PRIOR = 60.0
"""Weight of the back-off, in letters seen."""

FLOOR = 0.15
"""Share of the back-off that pairs cannot argue away: another engine errs in other ways."""

MOST = 3
"""Longest intended string of an entry, in letters; observed strings have at most two."""

_MARKS = frozenset(MARKS)
_LETTERS = CONSONANTS + LEADING_VOWELS + SARA_A + SARA_AA + SARA_AM + MARKS
_GROUPS = {a + b for group in LOOK_ALIKES for a in group for b in group if a != b}


class Confusions(NamedTuple):
    """Counts over aligned text: (observed, intended) -> times, intended letter -> times."""

    pairs: Mapping[tuple[str, str], int]
    letters: Mapping[str, int]


def count(lines: Iterable[tuple[str, str]]) -> Confusions:
    """Count confusions in pairs of (observed, intended) lines, normalised by the caller.

    Lines more than 40 % of whose letters are wrong are left out: they align by chance.
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
        if wrong > 0.4 * len(intended):
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
        if len(observed) == 2:
            pairs[observed, intended] += 1
    elif not observed:
        pairs.update(("", letter) for letter in intended)
    elif not intended:
        pairs.update((letter, "") for letter in observed)
    elif len(observed) <= 2 and len(intended) <= MOST:
        pairs[observed, intended] += 1


def costs(confusions: Confusions, scale: float) -> list[tuple[str, str, float]]:
    """Entries (observed, intended, cost) of the model, sorted; costs in nats times `scale`."""
    total = sum(confusions.letters.values()) or 1
    entries: dict[tuple[str, str], float] = {}
    for letter in _LETTERS:
        for other in _LETTERS:
            if letter != other:
                entries[other, letter] = _prior(other, letter)
        entries["", letter] = 4e-3 if letter in _MARKS else 5e-4
        entries[letter, ""] = 1e-3 if letter in _MARKS else 1e-4
    chance = dict.fromkeys(confusions.pairs, 0.0) | entries
    out = []
    for (observed, intended), prior in chance.items():
        times = confusions.pairs.get((observed, intended), 0)
        if (prior == 0 and times < 2) or not _allowed(observed, intended):
            continue
        base = min((confusions.letters.get(letter, 0) for letter in intended), default=total)
        weight = PRIOR if intended else PRIOR * 100
        p = max((times + weight * prior) / (base + weight), FLOOR * prior)
        out.append((observed, intended, round(-math.log(min(p, 0.5)) * scale, 3)))
    return sorted(out)


def _prior(observed: str, intended: str) -> float:
    if observed + intended in _GROUPS:
        return 4e-3
    same = (observed in CONSONANTS) == (intended in CONSONANTS)
    return 5e-4 if same and (observed in _MARKS) == (intended in _MARKS) else 5e-5


def _allowed(observed: str, intended: str) -> bool:
    """Whether an entry may be used: no line ends, and digits are never read as other digits."""
    if "\n" in observed + intended or any(letter.isdigit() for letter in intended):
        return False
    return all(letter in _LETTERS or letter == " " or letter in ".-'\"" for letter in intended)


def load(entries: Iterable[tuple[str, str, float]], any_one: float, any_two: float) -> Channel:
    """The kernel's channel.

    Args:
        entries: (observed, intended, cost in nats).
        any_one: Cost of reading a foreign letter as any one Thai letter, in nats.
        any_two: The same, as any two.
    """
    encoded = [(encode(o), encode(t), cost) for o, t, cost in entries]
    best: dict[tuple[bytes, bytes], float] = {}
    for o, t, cost in encoded:
        best[o, t] = min(cost, best.get((o, t), math.inf))
    return Channel([(o, t, c) for (o, t), c in best.items()], any_one, any_two)
