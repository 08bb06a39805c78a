"""Historic spelling: documents that write as was right in their time.

The table `lexicons/historic.tsv` has such forms, each with what is written today. A document that
has several of them, and not today's, is recognised; its forms are kept.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from thaifix.lexicon.entries import shipped
from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.matching import StringFinder
from thaifix.text.protect import KeepList
from thaifix.text.script import MARKS

REASON = "historic_orthography"

LEAST_WEIGHT = 2.0
"""Different forms that a document must have; those of fewer than `SHORT` code points count half, as
they stand in other words by chance. By judgement."""

SHORT = 4

FARTHEST = 400
"""Code points in which one form stands, at least: reformed text has one in 20 to 40. By judgement,
so that none of 4 million characters each of acts and news and 218 OCR pages is recognised."""

MOST_UNKNOWN = 0.04
"""Share of unknown words up to which a block need not be searched: news has 0.006, a line in
reformed orthography 0.8. By judgement."""

MOST_MODERN = 0.25
"""Share of today's spellings among both that a document may have. By judgement."""

_MODERN = pattern("modern=([^;]+)")


class _Table(NamedTuple):
    finder: StringFinder
    modern: dict[str, str]


@cache
def _table() -> _Table:
    """The forms, and what is written today for each."""
    modern = {}
    for entry in shipped(("historic",)):
        found = _MODERN.search(entry.note)
        assert found, entry
        modern[entry.term] = found[1]
    return _Table(StringFinder(modern), modern)


def keeping_forms(keep: KeepList | None) -> KeepList:
    """A list of words never to touch, with the historic forms."""
    return KeepList([*(keep.words if keep else ()), *_table().modern])


def recognised(text: str) -> Flag | None:
    """Tell whether a text writes as was right long ago.

    Args:
        text: A block of a document.
    Returns:
        A flag at its first historic form; None if the text is of today, or says too little.
    Time: O(n).
    """
    table = _table()
    spans = [
        (start, end)
        for start, end in table.finder.find(text)
        if text[end : end + 1] not in {*MARKS} or end == len(text)
    ]
    forms = {text[start:end] for start, end in spans}
    weight = sum(0.5 if len(form) < SHORT else 1.0 for form in forms)
    # Engines take sara ai maimuan for maimalai: that alone proves nothing.
    spelled = any(len(f) >= SHORT and table.modern[f].replace("ใ", "ไ") != f for f in forms)
    if weight < LEAST_WEIGHT or not spelled or len(spans) < len(text) / FARTHEST:
        return None
    today = sum(text.count(table.modern[form]) for form in forms)
    if today > MOST_MODERN * (today + len(spans)):
        return None
    return Flag(*spans[0], REASON, "spellings of its time are kept; see --orthography")
