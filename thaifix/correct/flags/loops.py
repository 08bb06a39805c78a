"""Loops: what a vision-language engine prints again and again until its page is full."""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq
from typing import NamedTuple

from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import FOLLOWING_VOWELS, MARKS

# Where to look, in code points: the step of a sample, what must stand again, and how far away. A
# loop is sure to be found if it is longer than a step by two units, and by a unit and what must
# stand again. By judgement.
_SAMPLES = ((24, 8, 72), (256, 16, 600))
_TRIES = 8  # places where a window stands again: within a unit, the first may be no period

# How often a unit stands there, at least, by judgement; in 6 million code points of news, acts and
# messages nothing is repeated so often but cheers.
_COPIES = 5
_SHORT = 12  # code points of a unit: of such, laughter, songs and cells of a row,
_COPIES_OF_SHORT = 8
_CLAUSE = 40  # code points of a unit: a shorter line may be the cell of a column,
_COPIES_OF_LINE = 10
_COPIES_OF_ROW = 30  # and rows of a table may be alike
_SHORTEST = 24  # code points of a loop of words
_LENGTH_OF_LETTER = 150  # code points: letters are lengthened for effect, up to 138 in messages
_LENGTH_OF_SIGNS = 300  # code points: leaders and ornaments are no longer than a printed line

_LETTER = pattern(r"[^\W\d_]")
_TAG = pattern(r"<[^<>]*>|&#?\w{1,8};")
_ROW = pattern(r"[|\t<>&{}]")
_NO_SIGNS = pattern(  # blanks, rulings, figures of a table, lines to be filled
    r"[\s=_*~#|:+xX\u2010-\u2015\u2500-\u257f-]*|[^\d\s]*\d[\d.,]*\s+|[^\n]*\n\s*"
)
_WORDS = pattern(r"\S+")
_SAME_WORDS = pattern(b"\1{%d,}" % (_COPIES_OF_SHORT - 1))
_NEVER_FIRST = frozenset(MARKS + FOLLOWING_VOWELS)  # in a word
_LONGEST_NOTE = 40  # code points of what is repeated


class _Loop(NamedTuple):
    """Where the copies begin and end, what they are, and the first with the blanks behind it."""

    start: int
    end: int
    unit: str
    copies: int
    whole: str


def repeated_loop(text: str) -> Iterator[Flag]:
    """A word, a sign, a clause or a line that follows itself many times: one flag for all of them.

    Leaders and rulings of a form are no loops, nor is what people repeat for effect.

    Time: O(n): so many code points are compared for each place of a sample, and copies once.
    """
    found = list(_loops_of_words(text))
    for step, window, reach in _SAMPLES:
        find = text.find
        again = [
            at
            for at in range(0, len(text) - window, step)
            if find(text[at : at + window], at + 1, at + reach + window) > 0
        ]
        found += _loops(text, again, window, reach)
    kept: list[_Loop] = []
    for loop in sorted(found):
        if not kept or loop.start >= kept[-1].end:
            kept.append(loop)
        elif loop.end - loop.start > kept[-1].end - kept[-1].start:
            kept[-1] = loop
    for loop in kept:
        yield Flag(loop.start, loop.end, "repeated_loop", _note(loop))


def _note(loop: _Loop) -> str:
    unit = " ".join(loop.unit.split())
    if len(unit) > _LONGEST_NOTE:
        unit = f"{unit[: _LONGEST_NOTE - 1]}\u2026"
    return f"\u201c{unit}\u201d stands here {loop.copies} times"


def _loops(text: str, places: list[int], window: int, reach: int) -> Iterator[_Loop]:
    """The loops around places whose next letters stand again within reach."""
    done = 0
    for at in places:
        if at < done:
            continue
        for period in _periods(text, at, window, reach):
            start, end = _extent(text, at, period)
            if end - start >= 2 * period + window:
                done = end - period
                if loop := _loop(text, start, end, period):
                    yield loop
                break


def _periods(text: str, at: int, window: int, reach: int) -> Iterator[int]:
    """Distances after which the next letters stand again, the copy being whole."""
    piece, last, again = text[at : at + window], at + reach + window, at
    for _ in range(_TRIES):
        again = text.find(piece, again + 1, last)
        if again < 0:
            return
        if text.startswith(text[at:again], again):
            yield again - at


def _extent(text: str, at: int, period: int) -> tuple[int, int]:
    """The longest span around two copies in which each letter stands again after a period."""
    unit = text[at : at + period]
    start, end = at, at + period
    while text.startswith(unit, end):
        end += period
    while start >= period and text.startswith(unit, start - period):
        start -= period
    while start and text[start - 1] == text[start - 1 + period]:
        start -= 1
    while end < len(text) and text[end] == text[end - period]:
        end += 1
    return start, end


def _loop(text: str, start: int, end: int, period: int) -> _Loop | None:
    """The loop in a span of a period, if there is one; it begins where a word may begin."""
    if end - start < _COPIES * period - period // 2:  # the blanks behind the last may lack
        return None
    loops = (_begun(text, start + i, end, period) for i in range(min(period, end - start)))
    best = max(loops, key=lambda loop: (loop.copies, _begins_well(text, loop.start), -loop.start))
    return best if _is_loop(best) else None


def _begun(text: str, start: int, end: int, period: int) -> _Loop:
    """The loop of a period that begins there, or after the blanks that stand there."""
    start += period - len(text[start : start + period].lstrip())
    whole = text[start : start + period]
    unit = whole.rstrip()
    copies = max(0, 1 + (end - start - len(unit)) // period)
    return _Loop(start, start + (copies - 1) * period + len(unit), unit, copies, whole)


def _begins_well(text: str, at: int) -> int:
    if text[at : at + 1] in _NEVER_FIRST:
        return 0
    before = text[at - 1 : at]
    return 3 if before in ("", "\n") else 2 if before.isspace() else 1


def _loops_of_words(text: str) -> Iterator[_Loop]:
    """Short words that follow themselves, whatever blanks are between."""
    words = text.split()
    same = bytes(map(eq, words, words[1:]))
    if not _SAME_WORDS.search(same):
        return
    spans = [word.span() for word in _WORDS.finditer(text)]
    for run in _SAME_WORDS.finditer(same):
        first, last = run.start(), run.end()
        start, end = spans[first][0], spans[last][1]
        whole = text[start : spans[first + 1][0]]
        loop = _Loop(start, end, words[first], last - first + 1, whole)
        if _is_loop(loop):
            yield loop


def _is_loop(loop: _Loop) -> bool:
    """Tell whether there are more copies than people write."""
    start, end, unit, copies, whole = loop
    length, period = end - start, len(whole)
    if not _LETTER.search(said := _TAG.sub("", whole)):
        return length >= _LENGTH_OF_SIGNS and not _NO_SIGNS.fullmatch(said)
    if period == 1:
        return length >= _LENGTH_OF_LETTER and unit not in "xX"
    least = _COPIES_OF_SHORT if period <= _SHORT else _COPIES
    if _ROW.search(whole):
        least = _COPIES_OF_ROW
    elif "\n" in whole and period < _CLAUSE:
        least = _COPIES_OF_LINE
    return copies >= least and length >= _SHORTEST
