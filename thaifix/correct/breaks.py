"""Breaks: words that something cuts in two, and letters that would be written a second time.

A hyphen at a line end, a tag, a page number, a footnote sign or a form feed may stand in a word. To
the language model the word's two halves are misread words, to a term its other half is missing.
"""

from __future__ import annotations

import re

from thaifix.text.lazy import pattern
from thaifix.text.script import CONSONANTS, FOLLOWING_VOWELS, LEADING_VOWELS, LETTERS

_FAR = 64  # code points over which a break reaches, at most: a page's foot and head; by judgement
_KEPT = CONSONANTS + LEADING_VOWELS + FOLLOWING_VOWELS
_NOT_KEPT = pattern(f"[^{_KEPT}]")
_WORD_THEN_BREAK = pattern(
    f"([{LETTERS}]+)((?:[^{LETTERS}<>]|<[^<>]*>)*(?:[^{LETTERS}<>]|<[^<>]*>))$"
)
_BREAK_THEN_WORD = pattern(f"((?:[^{LETTERS}<>]|<[^<>]*>)+)([{LETTERS}]+)")
_SIGNS = r"[-\u00ad\u00ac\u2010-\u2015|*~_=+^#<>\f\ufffd\ue000-\uf8ff]|\\N"
_CUTS = pattern(_SIGNS)
_LETTERS = frozenset(LETTERS)
_CUTS_TERM = pattern(rf"{_SIGNS}|[^\W\u0e00-\u0e7f\d]")  # superscript digits, too
_TAG = pattern("<[^<>]*>")
_NUMBERED = pattern(r"\s*[-\u2013(\[]?\s*\d{1,4}\s*[-\u2013)\]]?\s*")


def is_at_break(start: int, end: int, intended: str, text: str, *, of_term: bool = False) -> bool:
    """Whether a change writes, or takes away, letters where something may cut a word.

    A text's beginning may do so, too: what stands before it is on another page.

    Args:
        start: Where the change begins, in code points of the text.
        end: Where it ends.
        intended: What would stand there.
        text: What is changed.
        of_term: A known phrase wants the letters: then they may also stand behind a note, a page's
            number or a foreign sign, where a word by itself is seldom cut.
    Time: O(1), but for tags.
    """
    before, after = text[max(0, start - _FAR) : start], text[end : end + _FAR]
    if before[-1:] in _LETTERS and after[:1] in _LETTERS:
        return False
    new = _changed(text[start:end], intended)
    if "\f" in _trailing(before) + _leading(after) or (start == end and not before.strip()):
        return True
    # Right behind a letter nothing is cut, and the search would take most of the time.
    cut = None if before[-1:] in _LETTERS else _WORD_THEN_BREAK.search(before)
    if cut and _may_cut(cut[2], of_term, bool(new) and _bare(cut[1]).endswith(_bare(new))):
        return True
    cut = _BREAK_THEN_WORD.match(after)
    return cut is not None and _may_cut(
        cut[1], of_term, bool(new) and _bare(cut[2]).startswith(_bare(new))
    )


def _may_cut(gap: str, of_term: bool, doubles: bool) -> bool:
    """Whether a gap may cut a word: it looks so, or the letters would stand on both its sides."""
    return _tight(gap, of_term) or (doubles and not gap.isspace())


def _trailing(text: str) -> str:
    return text[len(text.rstrip()) :]


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _tight(gap: str, of_term: bool) -> bool:
    """Whether what stands between two runs of Thai letters may cut a word: signs without spaces but
    at a line end, a note's number, or a page's.
    """
    if _NUMBERED.fullmatch(gap):
        return of_term and ("\n" in gap or "[" in gap or "(" in gap)
    inner = _TAG.sub("<>", gap)
    return bool((_CUTS_TERM if of_term else _CUTS).search(inner)) and not re.search(
        r"[ \t\d]", inner
    )


def _changed(observed: str, intended: str) -> str:
    """What a change adds, without what both texts begin and end with."""
    lo = 0
    while lo < min(len(observed), len(intended)) and observed[lo] == intended[lo]:
        lo += 1
    hi = 0
    while hi < min(len(observed), len(intended)) - lo and observed[-1 - hi] == intended[-1 - hi]:
        hi += 1
    return intended[lo : len(intended) - hi] if len(intended) > len(observed) else ""


def _bare(letters: str) -> str:
    """Letters without marks: marks are what is misread most."""
    return _NOT_KEPT.sub("", letters) or "\0"
