"""Numbers that hold what no number holds: digits of two scripts, letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaifix.correct.flags.kinds import ROUND, UPRIGHT, places
from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS

# Letters that engines make of digits, by judgement. What labels, or is a unit, is not among those
# that may end a number.
_LIKE_DIGITS = "อธฒฐฉฑฬฌ"
_IN_YEAR = f"{_LIKE_DIGITS}วจดคงฟพปห"

_THAI_ARABIC, _ARABIC_THAI = pattern(b"T[.,]?A"), pattern(b"A[.,]?T")
_LETTER_BEFORE = pattern(b"L(?:T|,A)")
_LETTER_AFTER_THAI, _LETTER_AFTER_ARABIC = pattern(b"T,?[CL]"), pattern(b"A,?[CL]")

_DIGIT = f"[0-9{DIGITS}]"
_DIGITS = frozenset(f"0123456789{DIGITS}")
_MIXED = pattern(f"[0-9{DIGITS}.,]*(?:[0-9][0-9.,]*[{DIGITS}]|[{DIGITS}][{DIGITS}.,]*[0-9])")
_NUMBER = pattern(f"{_DIGIT}+(?:,{_DIGIT}{{3}}(?!{_DIGIT})|\\.{_DIGIT}+)*")
_BEFORE_LABEL = pattern(r"(?:^|\n)[ \t(]*$")
_LABEL = pattern(f"{_DIGIT}{{1,2}}\\.")  # of a list, on a number: `1.25 March`

_END = f"(?![{LETTERS}A-Za-z0-9{DIGITS}])"
_BEFORE = pattern(
    f"(?<![A-Za-z0-9{DIGITS}@/_#&.-])[oOlI]{{1,3}}(?=[{DIGITS}]|,[0-9]{{3}}(?![0-9,]*[A-Za-z0-9]))"
)
_AFTER_THAI = pattern(
    f"[{CONSONANTS}](?=[{DIGITS}](?![{CONSONANTS}]))"
    f"|[{ROUND}{UPRIGHT}]{{1,3}}(?=[{DIGITS}])"
    f"|(?:[{ROUND}]{{1,3}}|[{ROUND}{UPRIGHT}]{{2,3}}){_END}"
    f"|(?:(?<=[{DIGITS},][{DIGITS}])[{_LIKE_DIGITS}]{{1,3}}"
    f"|(?<=๒๕)(?<![{DIGITS}]๒๕)[{_IN_YEAR}]{{2}}"
    f"|(?<=๒๕[{DIGITS}])(?<![{DIGITS}]๒๕.)[{_IN_YEAR}]"
    f"|(?<=ศ\\. ๒๕[{DIGITS}])[{CONSONANTS}]){_END}(?!\\.)"
)
_AFTER_ARABIC = pattern(f"(?<=[0-9][0-9])อ(?:อ?(?=[0-9](?![{CONSONANTS}]))|อ{{1,2}}{_END}(?!\\.))")
_CODE = pattern(r"[A-Za-z0-9@/_#:&=?%+.,~-]+")
_CODE_LETTERS = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@/_#:&=?%+.,~-"
)
_WITH_LETTERS = pattern(
    r"""
      [0-9][0-9.,oO]*                        # zeros; a small o at the end is a degree sign
      (?: O[0-9.,oO]* | o[0-9.,oO]+ )
    | [0-9][0-9.,]*[lI][0-9.,]*[0-9]         # ones, but litres
    """,
    re.VERBOSE,
)
_LATIN = pattern("[oOlI]+")
_FIGURES = range(3, 31)  # digits and letters of a number: two may be a name, such as `3O`
_ONES_TO_NINES = pattern("[1-9]")


def mixed_digits(text: str) -> Iterator[Flag]:
    """Thai and Arabic digits in one number."""
    done = 0
    for at, _ in places(text, _THAI_ARABIC, _ARABIC_THAI):
        if at < done:
            continue
        start = at
        while start and (text[start - 1] in _DIGITS or _sign_between(text, start - 1)):
            start -= 1
        if _BEFORE_LABEL.search(text, max(0, start - 20), start) and (
            label := _LABEL.match(text, start)
        ):
            start = label.end()
        while number := _NUMBER.match(text, start):
            done = number.end()
            if _MIXED.match(number[0]):
                yield Flag(*number.span(), "mixed_digits", "Thai and Arabic digits in one number")
            if not _sign_between(text, done):
                break
            start = done + 1


def _sign_between(text: str, at: int) -> bool:
    return (
        0 < at < len(text) - 1
        and text[at] in ".,"
        and text[at - 1] in _DIGITS
        and text[at + 1] in _DIGITS
    )


def misread_number(text: str) -> Iterator[Flag]:
    """Letters in a number, before it or at its end: digits that were misread."""
    for at, _ in places(text, _LETTER_BEFORE):
        first = len(text[max(0, at - 2) : at].rstrip("oOlI")) + max(0, at - 2)
        if match := _BEFORE.match(text, first):
            yield _letters(match.start(), match.end())
    for _, end in places(text, _LETTER_AFTER_THAI):
        if match := _AFTER_THAI.match(text, end - 1):
            yield _letters(match.start(), match.end())
    done = 0
    for _, end in places(text, _LETTER_AFTER_ARABIC):
        at = end - 1
        if match := _AFTER_ARABIC.match(text, at):
            yield _letters(match.start(), match.end())
        if at < done or text[at] not in "oOlI":
            continue
        start = at
        while start and text[start - 1] in _CODE_LETTERS:
            start -= 1
        code = _CODE.match(text, start)
        done = code.end() if code else at
        word = text[start:done].rstrip(".,:-")
        if len(word) in _FIGURES and _WITH_LETTERS.fullmatch(word) and _ONES_TO_NINES.search(word):
            for letters in _LATIN.finditer(word):
                yield _letters(start + letters.start(), start + letters.end())


def _letters(start: int, end: int) -> Flag:
    note = "a letter among digits" if end - start == 1 else "letters among digits"
    return Flag(start, end, "misread_number", note)
