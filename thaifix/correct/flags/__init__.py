"""Flags: what looks wrong but is not rewritten.

A rule is a function from a section's text to flags; its name is the flags' reason. Each file holds
the rules of one kind. Rules must be cheap: nearly all text has nothing to flag. Begin with `RULES`
here; a new rule is added to them, with cases in tests/cases/flags.json and a row in README. What is
a part of a protected span is not flagged, see `find_flags`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, itemgetter

from thaifix.correct.flags.clusters import broken_cluster
from thaifix.correct.flags.dates import impossible_date, impossible_time
from thaifix.correct.flags.encodings import mojibake
from thaifix.correct.flags.letters import foreign_letter, latin_glued
from thaifix.correct.flags.loops import repeated_loop
from thaifix.correct.flags.losses import lost_text
from thaifix.correct.flags.markup import in_address, markup_spans
from thaifix.correct.flags.numbers import misread_number, mixed_digits
from thaifix.correct.flags.repeats import repeated_clause, repeated_word
from thaifix.correct.flags.signs import latin_misread, margin_noise
from thaifix.correct.flags.years import impossible_year
from thaifix.text.edit import Edit, Flag

RULES = (
    broken_cluster,
    foreign_letter,
    impossible_date,
    impossible_time,
    impossible_year,
    latin_glued,
    latin_misread,
    lost_text,
    margin_noise,
    misread_number,
    mixed_digits,
    mojibake,
    repeated_clause,
    repeated_loop,
    repeated_word,
)
_NUMBERS = misread_number.__name__, mixed_digits.__name__
_PASSAGES = mojibake.__name__, repeated_clause.__name__, repeated_loop.__name__
_REPEATS = repeated_clause.__name__, repeated_word.__name__


def find_flags(
    text: str, edits: Sequence[Edit], protected: Sequence[tuple[int, int]]
) -> list[Flag]:
    """Flags of a section, in order, but for what the edits already change.

    Numbers and Latin words are protected, and flagged all the same; but nothing is flagged that
    is only a part of a protected span or of markup, such as an address or a formula, except a
    letter or digit of a number, a loop, and mojibake. A repeated clause, a loop and mojibake may
    contain edits. What is repeated in a loop is flagged once, and of mojibake nothing else is said.

    Args:
        text: A section, as it came.
        edits: Its edits, sorted, in code points of `text`.
        protected: Its protected spans, sorted and apart, in the same.
    Time: O(n), and the logarithm of their number for each flag.
    """
    rules: Sequence[Callable[[str], Iterable[Flag]]] = RULES
    if text.isascii():
        if any(map(str.isalnum, text)):
            return []
        rules = (repeated_loop,)  # of a sign
    found = sorted({flag for rule in rules for flag in rule(text)})
    markup = markup_spans(text) if found else []
    garbled = [flag for flag in found if flag.reason == mojibake.__name__]
    loops = [flag for flag in found if flag.reason == repeated_loop.__name__]
    return [
        flag
        for flag in found
        if (flag.reason == mojibake.__name__ or not _meets(flag, garbled))
        and (flag.reason not in _REPEATS or not _meets(flag, loops))
        and not _settled(text, flag, edits, protected, markup)
    ]


def _meets(span: Flag, others: Sequence[Edit] | Sequence[Flag]) -> bool:
    """Tell whether a flag has a letter in common with one of others, sorted and apart."""
    i = bisect_right(others, span.start, key=attrgetter("end"))  # the first that ends later
    return i < len(others) and others[i].start < span.end


def _settled(
    text: str,
    flag: Flag,
    edits: Sequence[Edit],
    protected: Sequence[tuple[int, int]],
    markup: Sequence[tuple[int, int]],
) -> bool:
    """Tell whether there is nothing to say: it is edited, or was written so."""
    start, end, reason, _ = flag
    if reason not in (mojibake.__name__, repeated_loop.__name__):
        around = _around(flag, protected)
        if around and around != (start, end):
            in_code = text[around[0]] in "`~"
            if in_code or reason not in _NUMBERS:
                return True
    if reason in _PASSAGES:
        return False
    i = bisect_right(edits, start, key=attrgetter("end"))
    if i > 0 and edits[i - 1].start == start:
        return True  # what was lost there has been put back
    return _meets(flag, edits) or _around(flag, markup) is not None or in_address(text, start, end)


def _around(flag: Flag, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The span that holds a flag, of spans that are sorted and apart."""
    i = bisect_right(spans, flag.start, key=itemgetter(0)) - 1  # the last that begins no later
    return spans[i] if i >= 0 and spans[i][1] >= flag.end else None
