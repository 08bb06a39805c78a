"""`sum_in_words`: a sum in digits beside the same sum in words, and `sum_differs`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding, Span
from thaifix.text.lazy import pattern
from thaifix.text.number_words import BAHT, EXACTLY, LONGEST, SATANG, Reading, readings
from thaifix.text.numerals import grouped, is_thai, like, to_arabic
from thaifix.text.script import DIGITS

DIGITS_PROVED = 0.99
"""Confidence of digits that words without a misread letter prove. By judgement: none was wrong in
`corpora/official-letters`."""

WORDS_PROVED = 0.95
"""Confidence where letters of the words were misread, too, or digits prove words. By judgement."""

_SIGN_BEFORE = 3.0  # nats for a sign or letter before a number that is none of it; by judgement
_SHORTEST_WORD = 3  # letters of a word that is written onto a number, at least; by judgement
_MOST_SIGNS = 2  # that a sum lost or won, at most; by judgement
_GROUPED = 100_000  # hundredths: from a thousand on there are commas
_MOST_WORD_ERRORS = 3  # of words that prove digits; by judgement

_NUMBER_WORDS = "ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ยี่สิบ"
_BRACKET = pattern(  # or what was read for one, between an amount and words
    r"(?P<sure>[(])\s{0,3}[-=\u2013]?\s{0,3}"
    rf"|(?:(?<=บาท)|(?<=บาท\s))[^(\u0e01-\u0e4e0-9{DIGITS}\n]{{0,2}}\n?(?={_NUMBER_WORDS})"
)
_CLOSE = pattern(r"\s{0,3}[-=\u2013]?\s{0,3}[)]")
_WORDS = pattern("[\u0e01-\u0e4e\\s]{3,300}")
_SAYS_NUMBER = pattern("สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน|บาท|สตางค์")
_SUM = r"(?P<number>[^\s()]{1,25}?)(?:\.-)?\s{0,3}(?P<scale>ล้าน|แสน|หมื่น|พัน)?\s{0,3}(?P<baht>บาท"
_BEFORE = pattern(_SUM + r"|(?<= )[A-Za-z|]{2,4})?\s{0,4}$")  # VIN is บาท
_INSIDE = pattern(_SUM + r")?\s{0,3}[)]")
_NUMBER = pattern(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?")
_SCALES = {"": 1, "พัน": 10**3, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6}
_DIGIT = pattern(f"[0-9{DIGITS}]")
_STARTS = pattern(_NUMBER_WORDS)
_END = pattern(f"{EXACTLY}|{SATANG}")
_LETTERS_BEFORE = 150  # of words before a bracket that are looked at


class _Sum(NamedTuple):
    """A sum in digits and in words.

    Attributes:
        number: The span of the digits.
        words: The span of the words.
        scale: What multiplies the digits.
        money: Whether the digits are an amount in baht.
        sure: Whether the unit could be read.
    """

    number: Span
    words: Span
    scale: int
    money: bool
    sure: bool


def sum_in_words(text: str, channel: DigitChannel) -> Iterator[Finding]:
    """Yield sums whose digits the words beside them prove misread, or the other way round."""
    for bracket in _BRACKET.finditer(text):
        for found in _sums(text, bracket):
            yield from _compare(text, found, channel)


def _sums(text: str, bracket: re.Match[str]) -> Iterator[_Sum]:
    """Yield the sum around an opening bracket, if there is one."""
    start, at = bracket.span()
    if words := _WORDS.match(text, at):
        if not _SAYS_NUMBER.search(words[0]):
            return
        said = words[0]
        if last := _END.search(said):
            said = said[: last.end()]
        elif not (bracket["sure"] and _CLOSE.match(text, words.end())):
            return
        before = _BEFORE.search(text, max(0, start - 40), start)
        if before and _DIGIT.search(before["number"]):
            yield _sum(before, (at, at + len(said.rstrip())))
        return
    if not bracket["sure"]:
        return
    inside = _INSIDE.match(text, at)
    if not (inside and _DIGIT.search(inside["number"])):
        return
    first = max(0, start - _LETTERS_BEFORE)
    end = len(text[first:start].rstrip()) + first
    if not text.endswith(("บาท", "ถ้วน", "สตางค์"), first, end):
        return
    for word in _STARTS.finditer(text, first, end):
        if readings(text[word.start() : end], 0):
            yield _sum(inside, (word.start(), end))
            return


def _goes_on(text: str, start: int) -> bool:
    """Whether a number may begin before a space: `๑๑๖, ๐๐๐`, `๙ ๓๕๕,๐๐๐`."""
    before = text[max(0, start - 3) : start]
    stripped = before.rstrip()
    return before != stripped and (
        stripped[-1:] in (",", ".") or _DIGIT.match(stripped[-1:]) is not None
    )


def _sum(digits: re.Match[str], words: Span) -> _Sum:
    unit = digits["baht"]
    scale = _SCALES[digits["scale"] or ""]
    return _Sum(digits.span("number"), words, scale, unit is not None, unit in (None, BAHT))


def _compare(text: str, found: _Sum, channel: DigitChannel) -> Iterator[Finding]:
    """Yield what is wrong with a sum."""
    written, words = text[slice(*found.number)], text[slice(*found.words)]
    if len("".join(words.split())) > LONGEST:
        return
    read = [r for r in readings(words, 0) if r.money == found.money]
    value = _value(written, found.scale)
    if read and value == read[0].hundredths:
        return
    exact = bool(read)
    if exact and not _STARTS.search(words):
        return  # `(ล้านบาท)` is a unit
    read = read or [r for r in readings(words) if r.money == found.money]
    if not read:
        return
    if value is not None and not exact:
        said = next((r for r in read if r.hundredths == value), None)
        if said and said.errors == read[0].errors:
            yield from _words_proved(found, words, said)
            return
    if len(read) > 1 and read[1].errors == read[0].errors:
        return
    if not exact and read[0].errors > _MOST_WORD_ERRORS:
        return
    goes_on = _goes_on(text, found.number[0])
    proved = _misread(written, read[0], found.scale, channel, 0 if goes_on else _MOST_SIGNS)
    if proved:
        start, replacement = proved
        confidence = DIGITS_PROVED if exact else WORDS_PROVED
        span = found.number[0] + start, found.number[1]
        yield Finding(span, replacement, "sum_in_words", confidence, found.words)
        if not exact:
            yield from _words_proved(found, words, read[0])
    elif (
        value is not None
        and exact
        and found.sure
        and (ways := _written(read[0].hundredths, found.scale))
    ):
        note = f"the words say {like(written, ways[0])}"
        yield Finding(found.number, None, "sum_differs", 0.0, found.words, note)


def _words_proved(found: _Sum, words: str, said: Reading) -> Iterator[Finding]:
    """The words without their misread letters; not where a line ends or a space is among them."""
    if len(words.split()) == 1:
        yield Finding(found.words, said.words, "sum_in_words", WORDS_PROVED, found.number)


def _value(written: str, scale: int) -> int | None:
    """The value of digits in hundredths; None if they are not well formed."""
    arabic = to_arabic(written)
    if not _NUMBER.fullmatch(arabic):
        return None
    whole, _, rest = arabic.replace(",", "").partition(".")
    return int(whole) * scale * 100 + int(rest.ljust(2, "0") or 0) * scale


def _written(hundredths: int, scale: int) -> list[str]:
    """The ways to write a value in Arabic digits, the usual one first; none if the scale is not
    that of the value.
    """
    whole, rest = divmod(hundredths, 100)
    if scale > 1:
        parts, left = divmod(hundredths, 100 * scale)
        return [] if left else [grouped(parts), str(parts)]
    end = f".{rest:02}" if rest else ""
    ways = [grouped(whole) + end, str(whole) + end]
    return list(dict.fromkeys(ways if rest else [*ways, f"{grouped(whole)}.00", f"{whole}.00"]))


def _misread(
    observed: str, said: Reading, scale: int, channel: DigitChannel, most_signs: int
) -> tuple[int, str] | None:
    """Where in a string the number begins that was a value misread, and the value in its digits."""
    best: tuple[float, int, str] | None = None
    for start in range(len(observed)):
        if start and (observed[start - 1] in ".," or _DIGIT.match(observed[start - 1])):
            continue
        rest = observed[start:]
        if not (is_thai(rest) or _DIGIT.search(rest)):
            break
        for way in _written(said.hundredths, scale):
            if ("," in rest or "." in rest) and "," not in way and said.hundredths >= _GROUPED:
                continue
            written = like(rest, way)
            if abs(len(rest) - len(written)) > most_signs:
                continue
            cost = channel.explains(rest, written)
            if cost is None:
                continue
            cost += _SIGN_BEFORE * (0 < start < _SHORTEST_WORD)
            if best is None or cost < best[0]:
                best = cost, start, written
    return best and best[1:]
