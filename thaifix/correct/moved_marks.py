"""Moved marks: marks that a PDF file's text layer has behind the letter after their own.

Each such sequence is Thai (`ขอ้` for `ข้อ`), but it makes no word. Only unknown words are looked at;
what people and foreign names also write so must become a known word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from thaifix.correct.likeliest import AROUND, likeliest
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import UNKNOWN
from thaifix.model.decoder import Scan, scan
from thaifix.text.edit import Edit, trim
from thaifix.text.lazy import pattern
from thaifix.text.protect import touches
from thaifix.text.script import (
    ABOVE_BELOW_VOWELS,
    CONSONANTS,
    LETTERS,
    MAITAIKHU,
    MARKS,
    NIKHAHIT,
    PHINTHU,
    SARA_AA,
    SARA_AM,
    THANTHAKHAT,
    TONE_MARKS,
    YAMAKKAN,
)

REASON = "move_mark"
"""The reason of the edits, as of those of marks on vowels (`text.broken`)."""

RARE = 5.0
"""What a moved mark costs in a document that shows no other, in nats. By judgement."""

USUAL = 1.0
"""The same in a document that shows several."""

SEVERAL = 3
"""How many moved marks are several. By judgement."""

_NEAR = 4  # code points to each side in which all words are known, ...
_RAREST = 15.0  # ... and nats of the rarest word that is made of what stands there twice, unless
# several marks were moved: measured on a tariff of chemicals, and on errors planted in one of 500
# letters
_DROPPED_SPACE = 2.0  # nats that a reading without the space behind costs more; by judgement
_FOREIGN_END = 4.0  # nats more for thanthakhat, with which foreign names end; by judgement
_LONGEST = 5  # code points that a match and what it looks at behind it have, at most
_LATE = TONE_MARKS + THANTHAKHAT
_SPELLING = "".join(mark for mark in MARKS if mark not in NIKHAHIT + PHINTHU + YAMAKKAN)
_MOVED = pattern(
    f"(?:(?<=[{CONSONANTS}])(?P<letter>[{CONSONANTS}])(?P<marks>[{_SPELLING}]{{1,2}})"
    f"|(?<=[{ABOVE_BELOW_VOWELS}{MAITAIKHU}])(?P<letter_>[{CONSONANTS}])(?P<marks_>[{_LATE}]))"
    f"(?![{MARKS}]| [{MARKS}{SARA_AA}{SARA_AM}])(?P<space>(?:  | (?=[{LETTERS}]))?)"
)


def moved_marks(
    text: str,
    scanned: Scan,
    decoder: Decoder,
    protected: Sequence[tuple[int, int]],
    *,
    least: float,
    seen: int,
) -> Iterator[Edit]:
    """Find the marks of a block that belong on the letter before.

    Args:
        text: The block.
        scanned: Its scan.
        decoder: Of the model.
        protected: Spans that must not change.
        least: Least confidence of an edit.
        seen: How many moved marks the document has shown.
    Yields:
        Sorted edits.
    Time: O(unknown words), some scans of a line's part for each.
    """
    before, at = "", 0
    for match in _matches(text, scanned):
        start, end = match.span()
        if start < at or touches(protected, start, end):
            continue
        before = (before + text[at:start])[-AROUND:]
        at = end
        observed = match[0]
        readings = dict(_readings(match, USUAL if seen >= SEVERAL else RARE))
        best, margin, confidence = likeliest(
            decoder, before, observed, readings, text[end : end + AROUND]
        )
        sure = best != observed and confidence >= least
        doubtful = match["letter_"] or len(best) < len(observed) or THANTHAKHAT in best
        if sure and (doubtful or seen < SEVERAL):
            near = 0 if seen >= SEVERAL else _NEAR
            twice = near and text.count(text[max(0, start - 2) : end + 2]) > 1
            rarest = _RAREST if twice else math.inf
            after = text[end : end + AROUND]
            sure = _makes_words(decoder, before, best, after, near=near, rarest=rarest)
        if not sure:
            before += observed
            continue
        before += best
        seen += 1
        edit = Edit(
            start, end, best, round(margin, 2), round(confidence, 4), REASON, None, observed
        )
        yield trim(edit)


def _makes_words(
    decoder: Decoder, before: str, reading: str, after: str, *, near: int, rarest: float
) -> bool:
    """Whether the model knows all words that a reading, and the letter before it, are part of.

    Args:
        decoder: Of the model.
        before, after: What stands around the reading.
        reading: The letters and marks.
        near: How many code points to each side count as well.
        rarest: Nats of the rarest word that counts as known.
    """
    left = before.rpartition("\n")[2]
    line = left + reading + after.partition("\n")[0]
    found = scan(decoder, line)
    begin, stop = len(left) - 1, len(left) + len(reading)
    words = zip(found.starts, found.ends(len(line)), found.words, found.costs, strict=True)
    return not any(
        start < stop + near
        and end > begin - near
        and (word == UNKNOWN or (cost > rarest and start < stop and end > begin))
        for start, end, word, cost in words
    )


def _matches(text: str, scanned: Scan) -> Iterator[re.Match[str]]:
    """Where marks of unknown words, or of the words beside them, may have been moved; a place
    may come again.
    """
    starts, words = scanned.starts, scanned.words
    i = done = 0
    with suppress(ValueError):  # there is no further unknown word
        while True:
            i = words.index(UNKNOWN, i)
            lo = starts[max(0, i - 1)]
            while i < len(words) and words[i] == UNKNOWN:
                i += 1
            hi = starts[i + 1] if i + 1 < len(words) else len(text)
            for match in _MOVED.finditer(text, max(lo, done), hi - 1 + _LONGEST):
                if match.start() >= hi:
                    break
                done = match.end()
                yield match


def _readings(match: re.Match[str], rare: float) -> Iterator[tuple[str, float]]:
    """What may be meant, and what it costs beyond the model's cost."""
    letter, marks = match["letter"] or match["letter_"], match["marks"] or match["marks_"]
    space = match["space"]
    if THANTHAKHAT in marks:
        rare += _FOREIGN_END
    yield marks + letter + space[:1], rare
    if len(space) == 1:
        yield marks + letter, rare + _DROPPED_SPACE
