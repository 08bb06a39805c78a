"""`unit_price`: a count, a price of one and a price of all, of which two prove the third."""

from __future__ import annotations

import math
from collections.abc import Iterator

from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding
from thaifix.text.lazy import pattern
from thaifix.text.numerals import ARABIC, grouped, is_thai, like, to_arabic
from thaifix.text.script import DIGITS

PROVED = 0.95
"""Confidence. By judgement."""

_SHARE = 0.97  # that the likeliest reading has of all, at least; by judgement
_LEAST = 0.2  # P(observed | intended) of what is proved; by judgement: chance agrees with less
_MOST_READINGS = 2000  # of a count and a price, which bounds the time; by judgement
_UNLIKELY = 0.004  # ... of readings that are left out of account

_AMOUNT = f"[0-9{DIGITS}]{{1,3}}(?:,[0-9{DIGITS}]{{3}}){{0,3}}"
_END = f"(?![0-9{DIGITS}])"
_PRICES = pattern(
    rf"(?<![0-9{DIGITS},./-])(?P<count>[0-9{DIGITS}]{{1,3}}){_END}\s?(?P<unit>[\u0e01-\u0e4e]{{2,15}})\s?"
    rf"(?P=unit)ละ\s?(?P<one>{_AMOUNT}){_END}\s?บาท\s?(?:รวม)?(?:เป็นเงิน|เป็นจำนวนเงิน)\s?"
    rf"(?P<all>{_AMOUNT}){_END}\s?บาท"
)


def unit_price(text: str, channel: DigitChannel) -> Iterator[Finding]:
    """Yield numbers of `๓ ชุด ชุดละ ๔๐๐ บาท เป็นเงิน ๑,๒๐๐ บาท` that the others prove misread.

    Args:
        text: A section that an engine has read.
        channel: What engines read for digits.
    """
    for match in _PRICES.finditer(text):
        names = "count", "one", "all"
        written = [match[name] for name in names]
        count, one, whole = (int(to_arabic(number).replace(",", "")) for number in written)
        if count * one == whole:
            continue
        counts, prices = (_readings(number, channel) for number in written[:2])
        if len(counts) * len(prices) > _MOST_READINGS:
            continue
        read = [
            (p * q * r, (n, price, n * price))
            for n, p in counts
            for price, q in prices
            if p * q >= _UNLIKELY and (r := _probability(written[2], n * price, channel))
        ]
        if not read or max(read)[0] < max(_LEAST, _SHARE * sum(p for p, _ in read)):
            continue
        _, right = max(read)
        wrong = [i for i, value in enumerate((count, one, whole)) if value != right[i]]
        proof = next(i for i in (2, 1, 0) if i not in wrong or i != wrong[0])
        for i in wrong:
            number = like(written[i], grouped(right[i]))
            span = match.span(names[i])
            if match.span(names[proof]) != span:
                yield Finding(span, number, "unit_price", PROVED, match.span(names[proof]))
            else:
                other = match.span(names[0 if proof else 1])
                yield Finding(span, number, "unit_price", PROVED, other)


def _readings(written: str, channel: DigitChannel) -> list[tuple[int, float]]:
    """The values that a number may have, with P(observed | value), but for what is unlikely."""
    script = DIGITS if is_thai(written) else ARABIC
    found = [(0, 1.0)]
    for seen in written.replace(",", ""):
        likely = [
            (i, 1.0 if d == seen else channel.probability(seen, d)) for i, d in enumerate(script)
        ]
        found = [
            (10 * value + digit, p * q)
            for value, p in found
            for digit, q in likely
            if p * q >= _UNLIKELY
        ]
    return found


def _probability(written: str, value: int, channel: DigitChannel) -> float:
    """P(observed | value) of a number with commas; 0 if it has another length."""
    right = like(written, grouped(value) if "," in written else value)
    if len(right) != len(written):
        return 0.0
    pairs = list(zip(written, right, strict=True))
    return math.prod(1.0 if seen == d else channel.probability(seen, d) for seen, d in pairs)
