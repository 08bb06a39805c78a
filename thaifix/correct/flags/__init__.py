"""Flags: what looks wrong but is not rewritten.

A rule is a function from a section's text to flags; its name is the flags' reason. Each file holds
the rules of one kind. Rules must be cheap: nearly all text has nothing to flag. Begin with `RULES`
here; a new rule is added to them, with cases in tests/cases/flags.json and a row in README. What is
a part of a protected span is not flagged, see `find_flags`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter, itemgetter

from thaifix.correct.flags.clusters import broken_cluster
from thaifix.correct.flags.dates import impossible_date, impossible_time
from thaifix.correct.flags.letters import foreign_letter, latin_glued
from thaifix.correct.flags.losses import lost_text
from thaifix.correct.flags.repeats import repeated_clause, repeated_word
from thaifix.correct.flags.signs import latin_misread, margin_noise, misread_number
from thaifix.text.edit import Edit, Flag

RULES = (
    broken_cluster,
    foreign_letter,
    impossible_date,
    impossible_time,
    latin_glued,
    latin_misread,
    lost_text,
    margin_noise,
    misread_number,
    repeated_clause,
    repeated_word,
)


def find_flags(
    text: str, edits: Sequence[Edit], protected: Sequence[tuple[int, int]]
) -> list[Flag]:
    """Flags of a section, in order, but for what the edits already change.

    Numbers and Latin words are protected, and flagged all the same; but nothing is flagged that
    is only a part of a protected span, such as an address, except a letter of a number. A repeated
    clause may contain edits.

    Args:
        text: A section, as it came.
        edits: Its edits, sorted, in code points of `text`.
        protected: Its protected spans, sorted and apart, in the same.
    Time: O(n), and the logarithm of their number for each flag.
    """
    if text.isascii():
        return []
    found = sorted({flag for rule in RULES for flag in rule(text)})
    return [flag for flag in found if not _settled(flag, edits, protected)]


def _settled(flag: Flag, edits: Sequence[Edit], protected: Sequence[tuple[int, int]]) -> bool:
    start, end, reason, _ = flag
    if reason != misread_number.__name__:
        i = bisect_right(protected, start, key=itemgetter(0)) - 1  # the last that begins no later
        if i >= 0 and protected[i][1] >= end and protected[i] != (start, end):
            return True
    if reason == repeated_clause.__name__:
        return False
    i = bisect_right(edits, start, key=attrgetter("end"))  # the first that ends later
    if i > 0 and edits[i - 1].start == start:
        return True  # what was lost there has been put back
    return i < len(edits) and edits[i].start < end
