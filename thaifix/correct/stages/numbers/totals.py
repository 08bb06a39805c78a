"""`column_total`: a column of a table and the total below it, which one digit parts."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding, Span
from thaifix.text.lazy import pattern
from thaifix.text.numerals import ARABIC, is_thai, to_arabic
from thaifix.text.script import DIGITS

PROVED = 0.95
"""Confidence. By judgement."""

_LEAST = 0.02  # P(observed | intended) of the wrong digit; by judgement
_FEWEST_ROWS, _MOST_ROWS = 2, 60  # by judgement

_DIGIT = f"[0-9{DIGITS}]"
_TOTAL = pattern(rf"(?:^|\n)[ \t]*รวม[^0-9{DIGITS}\n]{{0,30}}{_DIGIT}[^\n]*")
_NUMBER = pattern(
    rf"(?<![0-9{DIGITS}.,/-]){_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})*(?![0-9{DIGITS}/-]|[.,]{_DIGIT})"
)


def column_total(text: str, channel: DigitChannel) -> Iterator[Finding]:
    """Yield the one digit of a column or its total with which the rows add up.

    A row is a line with as many numbers as the line of the total; only that many at the end of a
    row count, so that numbers in its name do not.

    Args:
        text: A section that an engine has read.
        channel: What engines read for digits.
    """
    for match in _TOTAL.finditer(text):
        start = match.start() + (text[match.start()] == "\n")
        totals = [number.span() for number in _NUMBER.finditer(text, start, match.end())]
        rows: list[list[Span]] = []
        end = start - 1
        while end > 0 and len(rows) < _MOST_ROWS:
            begin = text.rfind("\n", 0, end) + 1
            numbers = [number.span() for number in _NUMBER.finditer(text, begin, end)]
            if text[begin:end].strip():
                if len(numbers) < len(totals) or not totals:
                    break
                rows.append(numbers[-len(totals) :])
            end = begin - 1
        if len(rows) < _FEWEST_ROWS:
            continue
        for i, total in enumerate(totals):
            yield from _column(text, [row[i] for row in rows], total, channel)


def _column(text: str, rows: list[Span], total: Span, channel: DigitChannel) -> Iterator[Finding]:
    """Yield the number of a column that is wrong, if one digit explains it."""
    lacking = _value(text, total) - sum(_value(text, row) for row in rows)
    if not lacking:
        return
    found = []
    for span, sign in [(total, -1), *((row, 1) for row in rows)]:
        written = text[slice(*span)]
        script = DIGITS if is_thai(written) else ARABIC
        power = 0
        for at in reversed(range(len(written))):
            if written[at] == ",":
                continue
            more, rest = divmod(abs(lacking), 10**power)
            digit = int(written[at]) + sign * (more if lacking > 0 else -more)
            power += 1
            if rest or not 0 <= digit <= 9:
                continue
            right = script[digit]
            if channel.probability(written[at], right) >= _LEAST:
                found.append((span, written[:at] + right + written[at + 1 :]))
    if len(found) == 1:
        span, right = found[0]
        proof = (rows[-1][0], rows[0][1]) if span == total else total
        yield Finding(span, right, "column_total", PROVED, proof)


def _value(text: str, span: Span) -> int:
    return int(to_arabic(text[slice(*span)]).replace(",", ""))
