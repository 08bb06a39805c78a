"""Thai number words: from a value to words and back, though letters were misread.

The grammar is that of official documents: หนึ่ง to เก้า before สิบ, ร้อย, พัน, หมื่น and แสน from the
greatest down; ล้าน multiplies all before it, so that it may stand again (ล้านล้าน); ยี่สิบ for two
tens, เอ็ด for a last one; ครึ่ง is half of the unit before it. An amount has บาท, then สตางค์ or ถ้วน.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.text.script import ABOVE_VOWELS, MAITAIKHU, MARKS, THANTHAKHAT, TONE_MARKS

DIGIT_WORDS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
"""The words of 0 to 9, each at its value."""

UNIT_WORDS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
"""The words of powers of ten below a million, each at its power."""

MILLION, LAST_ONE, TWO_OF_TENS, HALF = "ล้าน", "เอ็ด", "ยี่", "ครึ่ง"
BAHT, SATANG, EXACTLY = "บาท", "สตางค์", "ถ้วน"

LONGEST = 240
"""Letters of number words that are read, at most; by judgement: those of a thousand million
millions have fewer."""

_POWERS = 6  # of ten in a million
_MOST_STATES = 24  # readings that are followed at a time; by judgement
_MOST_ERRORS = 6  # misread letters of all words together; by judgement
_LETTERS_PER_ERROR = 3  # of a skeleton; by judgement: a letter more makes another word
_MOST_LOST = 2  # letters of a word that are lost or came in; by judgement
_SKELETON = {ord(mark): None for mark in TONE_MARKS + MAITAIKHU + THANTHAKHAT} | dict.fromkeys(
    map(ord, ABOVE_VOWELS[2:]), ABOVE_VOWELS[1]
)


def spell(value: int) -> str:
    """Write a value as number words.

    Args:
        value: An integer, 0 or more.
    Raises:
        ValueError: If it is negative.
    Time: O(digits).
    """
    if value < 0:
        raise ValueError(f"{value} is negative: number words begin at 0")
    if value == 0:
        return DIGIT_WORDS[0]
    above, below = divmod(value, 10**_POWERS)
    words = spell(above) + MILLION if above else ""
    for power in reversed(range(_POWERS)):
        digit = below // 10**power % 10
        if not digit:
            continue
        if power == 1 and digit <= 2:
            words += (TWO_OF_TENS if digit == 2 else "") + UNIT_WORDS[1]
        elif power == 0 and digit == 1 and value > 10:
            words += LAST_ONE
        else:
            words += DIGIT_WORDS[digit] + UNIT_WORDS[power]
    return words


def spell_baht(satang: int) -> str:
    """Write an amount as a receipt does, with ถ้วน if it has no satang.

    Args:
        satang: The amount in hundredths of a baht, 0 or more.
    """
    baht, rest = divmod(satang, 100)
    if not rest:
        return spell(baht) + BAHT + EXACTLY
    return (spell(baht) + BAHT if baht else "") + spell(rest) + SATANG


class Reading(NamedTuple):
    """What number words may say.

    Attributes:
        errors: Words in which letters were misread, and letters beyond tone marks and vowels above.
        hundredths: The value times 100, so that satang are whole.
        words: The words that were read, without misread letters.
        money: Whether they are an amount in baht or satang.
    """

    errors: int
    hundredths: int
    words: str
    money: bool


def parse(words: str) -> int | None:
    """The value of number words without a misread letter; None if they are none.

    Args:
        words: Letters; white space is left out.
    """
    found = [reading for reading in readings(words, most_errors=0) if not reading.money]
    return found[0].hundredths // 100 if len(found) == 1 else None


def readings(words: str, most_errors: int = _MOST_ERRORS) -> list[Reading]:
    """What number words, or an amount in them, may say, the likeliest first.

    Args:
        words: Letters; white space is left out.
        most_errors: At most so many `Reading.errors`.
    Returns:
        One reading for each value and form; none if these are no number words, or more than
        `LONGEST` letters.
    Time: linear in the letters, with a large factor where some are misread.
    """
    letters = "".join(words.split())
    if not letters or len(letters) > LONGEST:
        return []
    reached: list[dict[_State, tuple[int, str]]] = [{} for _ in range(len(letters) + 1)]
    reached[0][_State()] = 0, ""
    for at, states in enumerate(reached[:-1]):
        if not states:
            continue
        likeliest = sorted(states.items(), key=lambda item: item[1][0])[:_MOST_STATES]
        least = likeliest[0][1][0]
        for word, length, errors in _words_at(letters, at, most_errors - least):
            for state, (before, read) in likeliest:
                total = before + errors
                after = state.then(word) if total <= most_errors else None
                if after is None:
                    continue
                known = reached[at + length].get(after)
                if known is None or total < known[0]:
                    reached[at + length][after] = total, read + word
    found: dict[tuple[int, str], Reading] = {}
    for state, (errors, read) in reached[-1].items():
        value = state.value()
        if value is not None:
            reading = Reading(errors, value, read, state.part != "number")
            if (value, read) not in found or errors < found[value, read].errors:
                found[value, read] = reading
    return sorted(found.values())


class _State(NamedTuple):
    """How far a reading is: `done` stands before the last ล้าน, `below` behind it."""

    done: int = 0
    below: int = 0
    power: int = _POWERS  # of the last unit: the next one is smaller
    digit: int = 0  # that waits for its unit; 20 is ยี่
    zero: bool = False
    half: int = 0  # hundredths of the last unit, halved
    baht: int = -1  # hundredths before บาท; -1 without
    part: str = "number"  # then "baht", "exact", "satang"

    def then(self, word: str) -> _State | None:
        """The state after a word; None if it cannot stand here."""
        if self.part in ("exact", "satang"):
            return None
        if self.part == "baht" and self.baht < 0:
            return None
        if word in (BAHT, SATANG, EXACTLY):
            return self._close(word)
        if self.zero:
            return None
        if word == DIGIT_WORDS[0]:
            empty = not (self.done or self.below or self.digit) and self.power == _POWERS
            return self._replace(zero=True) if empty else None
        if word == HALF:
            whole = self.half and not self.digit
            return self._replace(below=self.below + self.half // 100, power=0) if whole else None
        if word == MILLION:
            return self._millions()
        if word in UNIT_WORDS:
            return self._unit(UNIT_WORDS.index(word))
        if self.digit or self.power == 0:
            return None
        if word == LAST_ONE:
            any_before = self.below or self.done
            return self._replace(below=self.below + 1, power=0, half=0) if any_before else None
        digit = 20 if word == TWO_OF_TENS else DIGIT_WORDS.index(word)
        return self._replace(digit=digit, half=0)

    def _unit(self, power: int) -> _State | None:
        if power >= self.power:
            return None
        if power == 1:
            if self.digit in (1, 2):
                return None
        elif self.digit == 20 or (not self.digit and (self.below or self.done)):
            return None  # `ร้อย` alone is a hundred, but not behind others
        times = 2 if self.digit == 20 else self.digit or 1
        below = self.below + times * 10**power
        return self._replace(below=below, power=power, digit=0, half=50 * 10**power)

    def _millions(self) -> _State | None:
        if self.digit == 20:
            return None
        value = self.done + self.below + self.digit
        if not value and self.power < _POWERS:
            return None
        million = 10**_POWERS
        return self._replace(
            done=(value or 1) * million, below=0, power=_POWERS, digit=0, half=50 * million
        )

    def _close(self, word: str) -> _State | None:
        """The state after what ends an amount or a part of it."""
        if word == EXACTLY:
            just_baht = self.part == "baht" and self._number() is None
            return self._replace(part="exact") if just_baht else None
        number = self._number()
        if number is None or (word == BAHT and self.part == "baht"):
            return None
        if word == BAHT:
            return _State(baht=number * 100, part="baht")
        if number > 99:
            return None
        return _State(baht=max(self.baht, 0) + number, part="satang")

    def _number(self) -> int | None:
        """The value of the words since บาท; None if there are none or they do not end here."""
        if self.digit == 20:
            return None
        value = self.done + self.below + self.digit
        return value if value or self.zero else None

    def value(self) -> int | None:
        """The value in hundredths, if words may end here."""
        if self.part in ("exact", "satang"):
            return self.baht
        number = self._number()
        if self.part == "baht":
            return self.baht if number is None and not self.digit else None
        return None if number is None else number * 100


@cache
def _vocabulary() -> tuple[tuple[str, str], ...]:
    """The words, each with its skeleton."""
    words = (
        *DIGIT_WORDS, *UNIT_WORDS[1:], MILLION, LAST_ONE, TWO_OF_TENS, HALF, BAHT, SATANG, EXACTLY
    )  # fmt: skip
    return tuple((word, _skeleton(word)) for word in words)


def _skeleton(letters: str) -> str:
    """Letters without what is most often misread: tone marks lost, vowels above exchanged."""
    return letters.translate(_SKELETON)


def _words_at(letters: str, at: int, most_errors: int) -> Iterator[tuple[str, int, int]]:
    """Yield words that may stand at a place, with the letters they take and those misread."""
    for word, skeleton in _vocabulary():
        if letters.startswith(word, at):
            yield word, len(word), 0
        if most_errors <= 0:
            continue
        allowed = min(len(skeleton) // _LETTERS_PER_ERROR, most_errors - 1)
        for length in range(max(2, len(word) - _MOST_LOST), len(word) + _MOST_LOST + 1):
            observed = letters[at : at + length]
            if len(observed) < length or observed == word or _cut(letters, at + length):
                continue
            errors = Levenshtein.distance(skeleton, _skeleton(observed), score_cutoff=allowed)
            if errors <= allowed:
                yield word, length, 1 + errors


def _cut(letters: str, at: int) -> bool:
    """Tell whether a place parts a letter from its mark."""
    return at < len(letters) and letters[at] in MARKS
