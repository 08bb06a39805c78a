"""Gaps of terms that are good Thai, in documents that do not err.

The letters of a fluent misreading are real words, and so are those of a law that names an official
term in words of its own: `ประธานแห่งสภา` is not `ประธานรัฐสภา` misread. No language model tells
the two apart. The document does: where engines put words in the place of others, they misread
letters as well.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from thaifix.correct.stages.term_features import Candidate, shape_of

_WORD = 2
"""Letters of a word, at least: one alone is a misread letter rather. By judgement."""


def is_good_thai(c: Candidate, knows: Callable[[str], bool], *, clean: bool) -> bool:
    """Whether the observed letters of a candidate are words that nobody would look at twice.

    Args:
        c: The candidate.
        knows: Tells whether all words of a text are in the vocabulary.
        clean: Whether the document has shown that it does not err; else only words that would come
            in or go are meant.
    Returns:
        True, but for letters of the same shape in the place of others, of which one may be wrong
        or lost: those are misread.
    Time: O(letters of the gap).
    """
    observed, intended = "".join(c.observed.split()), "".join(c.intended.split())
    ahead = _common(observed, intended)
    behind = _common(observed[ahead:][::-1], intended[ahead:][::-1])
    changed = observed[ahead : len(observed) - behind]
    added = intended[ahead : len(intended) - behind]
    if not changed and len(added) > _WORD:
        return True
    if added and (not clean or _is_misread_letter(observed, intended)):
        return False
    return knows(c.observed) or (len(changed) >= _WORD and knows(changed))


def _is_misread_letter(observed: str, intended: str) -> bool:
    """Whether letters of the same shape stand for others, and at most one is wrong or lost."""
    if len(intended) < len(observed):
        return False
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    return Levenshtein.distance(shape_of(observed), shape_of(intended)) <= 1


def _common(one: str, other: str) -> int:
    """How many letters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
