"""`recurring_number`: a long number that stands elsewhere otherwise; `wrong_check_digit`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding, Span
from thaifix.text.lazy import pattern
from thaifix.text.numerals import like, to_arabic
from thaifix.text.script import DIGITS

PROVED = 0.95
"""Confidence. By judgement."""

_FEWEST_FIGURES = 6  # of a number that recurs; by judgement: shorter ones are alike by chance
_FEWEST_PLACES = 3  # that agree; by judgement
_MOST_WRONG = 2  # digits; by judgement
_MOST_PAIRS = 100_000  # of numbers that are compared; by judgement: a table has fewer
_LEAST = 0.05  # P(observed | intended) of each of them; by judgement

_DIGIT = f"[0-9{DIGITS}]"
_NUMBER = pattern(rf"(?<!{_DIGIT})(?<!{_DIGIT}[.,/ -]){_DIGIT}+(?:[.,/ -]{_DIGIT}+){{0,5}}")
_OF_PERSON = pattern(
    rf"(?<![0-9{DIGITS}-])({_DIGIT}-{_DIGIT}{{4}}-{_DIGIT}{{5}}-{_DIGIT}{{2}}-{_DIGIT})(?![0-9{DIGITS}-])"
    rf"|(?:เลขประจำตัวประชาชน|เลขบัตรประชาชน|เลขประจำตัวผู้เสียภาษี)(?:อากร)?(?:เลขที่)?\s{{0,3}}:?\s{{0,3}}"
    rf"({_DIGIT}{{13}})(?!{_DIGIT})"
)


def recurring_number(text: str, channel: DigitChannel) -> Iterator[Finding]:
    """Yield references, accounts, telephone numbers and amounts of which several places agree and
    one differs by what engines misread.

    Args:
        text: A section that an engine has read.
        channel: What engines read for digits.
    Time: linear, and the product of different numbers of one form.
    """
    of_form: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for match in _NUMBER.finditer(text):
        if sum(letter.isdigit() for letter in match[0]) >= _FEWEST_FIGURES:
            form = "".join("0" if letter.isdigit() else letter for letter in match[0])
            of_form[form][to_arabic(match[0])].append(match.span())
    for numbers in of_form.values():
        often = [number for number, spans in numbers.items() if len(spans) >= _FEWEST_PLACES]
        if len(often) * len(numbers) > _MOST_PAIRS:
            continue
        for spans in numbers.values():
            if not often or len(spans) > 1:
                continue
            (span,) = spans
            observed = text[slice(*span)]
            likely = [
                right for right in often if _misread(observed, like(observed, right), channel)
            ]
            if len(likely) == 1:
                proof = numbers[likely[0]][0]
                yield Finding(span, like(observed, likely[0]), "recurring_number", PROVED, proof)


def _misread(observed: str, right: str, channel: DigitChannel) -> bool:
    wrong = sum(seen != digit for seen, digit in zip(observed, right, strict=True))
    return (
        0 < wrong <= _MOST_WRONG
        and channel.may_be(observed, right, _LEAST)
        and not channel.may_be(right, observed, _LEAST)
    )


def wrong_check_digit(text: str) -> Iterator[Finding]:
    """Yield numbers of persons and taxpayers whose check digit is not right; they are flagged, and
    never changed: thirteen digits are nobody's to guess.
    """
    for match in _OF_PERSON.finditer(text):
        group = 1 if match[1] else 2
        if not has_check_digit(match[group]):
            span = match.span(group)
            yield Finding(span, None, "wrong_check_digit", 0.0, span, "a digit is not right")


def has_check_digit(written: str) -> bool:
    """Tell whether the last of thirteen digits is right for the others.

    Source: the Department of Provincial Administration's rule, modulo 11.
    """
    digits = [int(letter) for letter in to_arabic(written) if letter.isdigit()]
    weighted = sum(digit * (13 - i) for i, digit in enumerate(digits[:12]))
    return digits[12] == (11 - weighted % 11) % 10
