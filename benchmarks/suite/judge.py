"""Judge corrected texts by the texts alone, so that every corrector is judged in the same way."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.memo import reading
from thaifix import Correction, Edit
from thaifix.evaluation.known_errors import restored
from thaifix.evaluation.metrics import ErrorRate
from thaifix.text.align import align, gaps, matches
from thaifix.text.views import default

_APART = 3
"""Code points that agree between two changes of different places; fewer stand within one word. By
judgement."""


def harm(intended: str, corrected: str) -> ErrorRate:
    """Changed places of a text that was correct, in the default view.

    Changes with fewer than 3 code points between them are one place: a word for another is one.

    Returns:
        Places and code points of the text; `10_000 * rate` is harm per 10,000.
    """
    intended, corrected = default(intended), default(corrected)
    changed = list(gaps(matches(intended, corrected), len(intended), len(corrected)))
    apart = [one for one, other in pairwise(changed) if other.start - one.end >= _APART]
    return ErrorRate(len(apart) + bool(changed), len(intended))


def memo(observed: str, corrected: str) -> ErrorRate:
    """Sure edits of our reading of the memo that were made exactly, of all of them (tier A)."""
    correction = Correction(observed, corrected, edits(observed, corrected))
    noted = reading()
    truth = [edit for _, edit in noted]
    sure = [edit for tier, edit in noted if tier == "A"]
    exact = sum(restored(edit, truth, correction) for edit in sure)
    return ErrorRate(exact, len(sure), "edits")


def edits(source: str, corrected: str) -> tuple[Edit, ...]:
    """The edits that make one text of another, by alignment."""
    found = []
    at = 0
    for observed, replacement in align(source, corrected):
        end = at + len(observed)
        if observed != replacement:
            found.append(Edit(at, end, replacement, reason="aligned", observed=observed))
        at = end
    return tuple(found)
