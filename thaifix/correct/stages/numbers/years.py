"""Years that others prove: `other_era`, `reference_year`, `document_year`; and `year_differs`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.dates import BUDDHIST, SHARE, YEARS, Date
from thaifix.correct.stages.numbers.finding import Finding, Span
from thaifix.text.lazy import pattern
from thaifix.text.numerals import like, to_arabic
from thaifix.text.script import CONSONANTS, DIGITS

ERA_PROVED, REFERENCE_PROVED, DOCUMENT_PROVED = 0.98, 0.96, 0.93
"""Confidences: of a year whose other era stands beside it, of one that a number with the same year
stands before, of one that all others of a document differ from. By judgement."""

_LEAST_ERA, _LEAST = 0.02, 0.09  # P(observed | intended) of each wrong digit; by judgement
_FEWEST_OTHERS = 2  # years of a document that agree, so that another may be misread; by judgement
_NEAR = 1  # years that references, dates and calendars may differ; by judgement

_DIGIT = f"[0-9{DIGITS}]"
_SIGN = f"[0-9{DIGITS}{CONSONANTS}A-Za-z%»«]"
_YEAR = f"(?:๒[๔๕]|2[45]){_SIGN}{{2}}"
_END = f"(?![0-9{DIGITS}])"
YEAR = pattern(rf"(?:๒[๔๕]|2[45]){_DIGIT}{{2}}{_END}")
"""A year of the Buddhist era."""

_BOTH_ERAS = pattern(
    rf"พ\s?\.\s?ศ\s?\.\s?({_YEAR}){_END}\s{{0,2}}[(/]?\s{{0,2}}"
    rf"(?:หรือ\s?)?ค\s?\.\s?ศ\s?\.\s?({_DIGIT}{{4}}){_END}"
)
_NUMBER_OF_YEAR = pattern(rf"(?<={_DIGIT})\s?/\s?({_YEAR}){_END}")
_BETWEEN = pattern(r"[^0-9๐-๙\n]{0,25}\n?[^0-9๐-๙\n]{0,25}$")


def years(text: str) -> list[Span]:
    """The spans of all years of four digits that begin with 24 or 25. Time: linear."""
    return [
        match.span()
        for match in YEAR.finditer(text)
        if not match.start() or text[match.start() - 1] not in f"{DIGITS}0123456789,."
    ]


def other_era(text: str, channel: DigitChannel) -> Iterator[Finding]:
    """Yield years of which one era proves the other misread: `พ.ศ. ๒๕๐๓ (ค.ศ. 2020)`."""
    for match in _BOTH_ERAS.finditer(text):
        buddhist, common = match[1], match[2]
        right = int(to_arabic(common)) + BUDDHIST
        is_number = to_arabic(buddhist).isdigit()
        if is_number and abs(int(to_arabic(buddhist)) - right) <= _NEAR:
            continue
        first = like(buddhist, right)
        second = like(common, int(to_arabic(buddhist)) - BUDDHIST) if is_number else ""
        one = right in YEARS and channel.may_be(buddhist, first, _LEAST_ERA)
        other = bool(second) and channel.may_be(common, second, _LEAST_ERA)
        if one and not other:
            yield Finding(match.span(1), first, "other_era", ERA_PROVED, match.span(2))
        elif other and not one:
            yield Finding(match.span(2), second, "other_era", ERA_PROVED, match.span(1))
        elif is_number:
            note = f"not the year {common} of the other era"
            yield Finding(match.span(1), None, "year_differs", 0.0, match.span(2), note)


def reference_year(text: str, channel: DigitChannel, known: Sequence[Date]) -> Iterator[Finding]:
    """Yield years of a number and of the date behind it that differ: `ครั้งที่ ๕/๒๕๖๖ วันที่ …`.

    Args:
        text: A section that an engine has read.
        channel: What engines read for digits.
        known: Its dates.
    """
    at = 0
    for match in _NUMBER_OF_YEAR.finditer(text):
        while at < len(known) and known[at].day[0] < match.end():
            at += 1
        if at == len(known) or not _BETWEEN.fullmatch(text, match.end(), known[at].day[0]):
            continue
        first, second = match.span(1), known[at].year
        yield from _of_two(text, first, second, channel)


def _of_two(text: str, first: Span, second: Span, channel: DigitChannel) -> Iterator[Finding]:
    """The year that is misread of two that should be one."""
    one, other = text[slice(*first)], text[slice(*second)]
    if not (_may_be_one(one, other, channel) or _may_be_one(other, one, channel)):
        return
    both = dict(channel.readings(other, YEARS))
    read = [(p * both[year], year) for year, p in channel.readings(one, YEARS) if year in both]
    if not read or max(read)[0] < SHARE * sum(p for p, _ in read):
        return
    year = max(read)[1]
    for span, written, proof in ((first, one, second), (second, other, first)):
        right = like(written, year)
        if right != written and to_arabic(text[slice(*proof)]) == str(year):
            yield Finding(span, right, "reference_year", REFERENCE_PROVED, proof)


def _may_be_one(observed: str, intended: str, channel: DigitChannel) -> bool:
    arabic = to_arabic(intended)
    if not arabic.isdigit() or to_arabic(observed) == arabic or int(arabic) not in YEARS:
        return False
    far = not to_arabic(observed).isdigit() or abs(int(to_arabic(observed)) - int(arabic)) > _NEAR
    return far and channel.may_be(observed, like(observed, arabic), _LEAST)


def document_year(
    text: str, channel: DigitChannel, known: Sequence[Date], found: Sequence[Span]
) -> Iterator[Finding]:
    """Yield years of dates that differ from the one year that all others of a document have.

    Args:
        text: A section that an engine has read.
        channel: What engines read for digits.
        known: Its dates.
        found: All its years.
    """
    counts = Counter(to_arabic(text[slice(*span)]) for span in found)
    for date in known:
        observed = text[slice(*date.year)]
        likely = [
            year
            for year in counts
            if _may_be_one(observed, year, channel)
            and not _may_be_one(year, to_arabic(observed), channel)
        ]
        if len(likely) != 1 or counts[to_arabic(observed)] > 1:
            continue
        if counts[likely[0]] < _FEWEST_OTHERS or counts[likely[0]] < sum(counts.values()) - 1:
            continue
        proof = next(span for span in found if to_arabic(text[slice(*span)]) == likely[0])
        right = like(observed, likely[0])
        yield Finding(date.year, right, "document_year", DOCUMENT_PROVED, proof)
