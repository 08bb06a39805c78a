"""Spans that no correction may touch.

URLs and e-mail addresses, HTML tags and entities, Markdown code, link targets and markup, Latin
words, numbers and dates in Thai or Arabic digits, letters that touch Thai digits, syllables
lengthened for effect, other scripts, bytes that are not UTF-8, control characters, and the words
of a user's never-touch list. A foreign letter alone in a Thai word is not protected: it may be a
misreading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter

from thaifix.errors import LexiconError
from thaifix.kernel.pairs import find_doubled
from thaifix.kernel.symbols import encode
from thaifix.text.lazy import pattern
from thaifix.text.matching import StringFinder
from thaifix.text.script import (
    CONSONANTS,
    DIGITS,
    LATIN_MARKS,
    LEADING_VOWELS,
    LETTERS,
    MARKS,
    PHINTHU,
    SARA_A,
    SARA_AA,
    letter_at,
)
from thaifix.text.sums import proved_sums, well_formed

LONGEST_WORD = 200
"""Code points of a never-touch word, at most: what is longer is a sentence. By judgement."""

_MARKS = frozenset(MARKS)
_LATIN = (
    "A-Za-z\\u00aa\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u036f"
    "\\uff21-\\uff3a\\uff41-\\uff5a"
)
_WORD = f"{_LATIN}0-9{DIGITS}\\uff10-\\uff19"  # what a Latin word or number begins and ends with
_TOKEN = f"[{_WORD}](?:[{_WORD}@._:/?&=%#~+',*\\u2019\\u2013-]*[{_WORD}/])?"
_NOT_IN_URL = '\\s<>"\\u201c\\u201d'
_FOREIGN = (
    "\\u0370-\\u0dff\\u0e80-\\u1fff\\u2e80-\\u2fff\\u3005-\\ud7ff\\uf900-\\ufdff\\uff66-\\uffdc"
)
_CONTROL = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff"

_MOST_TICKS = 32  # around Markdown code; a bound, or a long run of them would take quadratic time
# Where a span may begin: `_SPAN` decides. Negated, for it compiles in a quarter of the time.
_START = pattern("[^\t\n\r !\"$%'()+,./:;>?@[\\\\^{}\u00a0\u0e00-\u0e4f\u0e5a-\u0e7f\u2000-\u2027]")
_SPAN = pattern(
    rf"""
      <[!/?A-Za-z][^<>]*>                                       # HTML tag or comment
    | &(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,30}});
    | (?P<tick>`{{1,{_MOST_TICKS}}}+)[^`\n]++(?P=tick)(?!`)        # Markdown code
    | \]\((?:[^()\n]++|\([^()\n]*+\))*+\)                       # Markdown link target
    | ([*_~\#=-])\2+ | ^\#(?=[ ]) | [|]                         # Markdown markup, tables
    | (?:[A-Za-z][A-Za-z0-9+.-]{{1,15}}://|[Ww]{{3}}\.|mailto:)[^{_NOT_IN_URL}]++
    | (?<![A-Za-z0-9-])(?<![A-Za-z0-9-]\.)                      # host and path, from its beginning
      (?:[A-Za-z0-9-]++\.)++[A-Za-z]{{2,}}/[^{_NOT_IN_URL}]++
    | (?P<latin>{_TOKEN}(?:[ ]{_TOKEN})*)
    | (?P<foreign>[{_FOREIGN}\U00020000-\U0003ffff]+)
    | [{_CONTROL}]+
    """,
    re.VERBOSE | re.MULTILINE,
)
# A letter that touches a Thai number: a digit that was misread, and nobody knows which.
_IN_NUMBER = pattern(
    f"(?<=[{DIGITS}])[{CONSONANTS}](?:[{CONSONANTS}]?(?=[{DIGITS}])|(?![{LETTERS}.]))"
)
_PALI = pattern(f"[{LETTERS}]*{PHINTHU}[{LETTERS}]*")  # modern Thai has no phinthu
_ALIGNMENT = pattern(":-+:?|-+:")  # of the columns of a Markdown table
_REPEATED = pattern(f"([{CONSONANTS}{SARA_A}{SARA_AA}])\\1+")
_SYLLABLE = pattern(f"[{LEADING_VOWELS}]?[{CONSONANTS}][{MARKS}]*[{SARA_A}{SARA_AA}]?$")
_FENCE = pattern(r"^ {0,3}(`{3,}|~{3,}).*\n?", re.MULTILINE)


class KeepList:
    """A never-touch list, made ready for matching.

    Attributes:
        words: The words, sorted.
    Args:
        words: The words as they stand in the text; up to 100,000 and more.
    Raises:
        LexiconError: If a word is longer than `LONGEST_WORD`.
    Time: that of a `StringFinder`, for 100,000 words about 2 seconds at the first search.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._finder = StringFinder(self.words)
        if len(word := self._finder.longest) > LONGEST_WORD:
            raise LexiconError(
                f"never-touch word {word[:20]!r}... has {len(word)} code points: "
                f"at most {LONGEST_WORD} can be matched. Give words, not sentences"
            )

    def __len__(self) -> int:
        return len(self._finder)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the longest word at each place where one stands, overlapping ones too.

        A word must end where a letter's marks end: with a mark more it is another word.
        """
        done = -1
        for start, end in self._finder.find(text):
            if start > done and text[end : end + 1] not in _MARKS:
                yield start, end
                done = start


def protected_spans(text: str, keep: KeepList | None = None) -> list[tuple[int, int]]:
    """Find what nobody may change.

    Args:
        text: A block.
        keep: The user's never-touch list.
    Returns:
        Sorted spans with something between them, in code points. Code fences are protected as far
        as they begin and end in this text.
    Time: linear.
    """
    found = list(_written_spans(text))
    found += _lengthened(text)
    if PHINTHU in text:
        found += (match.span() for match in _PALI.finditer(text))
    if "|" in text:
        found += (match.span() for match in _ALIGNMENT.finditer(text))
    found += (match.span() for match in _IN_NUMBER.finditer(text))
    if "```" in text or "~~~" in text:
        found += _fenced(text)
    found += well_formed(text)
    if "(" in text and "บาท" in text:
        found += proved_sums(text)
    if keep:
        found += keep.spans(text)
    found.sort()
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def touches(protected: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a span has a code point in common with protected ones.

    Args:
        protected: Sorted spans, apart, as `protected_spans` gives them.
        start: Where the span begins, in code points.
        end: Where it ends; an empty span touches what it stands within.
    Time: the logarithm of the number of spans.
    """
    i = bisect_right(protected, start, key=itemgetter(1))  # the first that ends later
    return i < len(protected) and protected[i][0] < end


@cache
def _lengthenable() -> bytes:
    """For each symbol, whether a syllable is lengthened by it."""
    wanted = bytearray(256)
    for symbol in encode(f"{CONSONANTS}{SARA_A}{SARA_AA}"):
        wanted[symbol] = 1
    return bytes(wanted)


def _lengthened(text: str) -> Iterator[tuple[int, int]]:
    """Yield syllables whose last letter is repeated for effect, as in informal spelling.

    That is a vowel twice or more, and a consonant three times or more, or twice where no Thai
    letter follows.
    """
    end = 0
    for at in find_doubled(encode(text), _lengthenable()):
        if at < end or not (match := _REPEATED.match(text, at)):
            continue
        start, end = match.span()
        if match[1] in CONSONANTS and end - start == 2 and letter_at(text, end):
            continue
        syllable = _SYLLABLE.search(text, max(0, start - 6), start)
        yield syllable.start() if syllable else start, end


def _written_spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while candidate := _START.search(text, at):
        at = candidate.start()
        match = _SPAN.match(text, at)
        if not match:
            at += 1
            continue
        start, at = match.span()
        if not _may_be_misread(text, match):
            yield start, at


def _may_be_misread(text: str, match: re.Match[str]) -> bool:
    """Tell whether a match is a foreign letter (of an abugida, with its sign) in a Thai word."""
    start, end = match.span()
    before, after = letter_at(text, start - 1), letter_at(text, end)
    if match["latin"]:
        if before and end - start == 1 and ord(text[start]) in LATIN_MARKS:
            return True
        return end - start == 1 and before and after and not text[start].isdigit()
    longest = 2 if text[start] < "\u1000" else 1  # letters of the Indic scripts have signs
    return bool(match["foreign"]) and end - start <= longest and (before or after)


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Yield Markdown code fences with what is between them; of one without an end, its line."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1].startswith(opened[1]):
            yield opened.start(), fence.end()
            opened = None
    if opened:
        yield opened.span()
