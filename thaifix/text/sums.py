"""Number words that stand as they are, and sums that they prove: `๑,๐๐๑ บาท (หนึ่งพันเอ็ดบาทถ้วน)`.

The language model hardly knows such words, so that they look misread; but one number word for
another is another number, which no letters settle. Digits beside words that say the same are right.
"""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.text.lazy import pattern
from thaifix.text.numerals import to_arabic
from thaifix.text.script import DIGITS

_DIGIT = f"[0-9{DIGITS}]"
_SUM = pattern(
    rf"(?<!{_DIGIT})(?<![.,])(?P<number>{_DIGIT}[0-9{DIGITS},]{{0,24}}(?:\.{_DIGIT}{{1,2}})?)"
    r"(?:\.-)?\s{0,3}(?P<baht>บาท\s{0,3})?[(]\s{0,3}(?P<words>[\u0e01-\u0e4e\s]{3,300}?)\s{0,3}[)]"
)
_SAYS_NUMBER = pattern("สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน|บาท")


_DIGIT_WORD = "หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|เอ็ด|ยี่"
_UNIT = "สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน"
_GOES_ON = pattern(f"(?:{_UNIT})(?:{_DIGIT_WORD}|{_UNIT})")
_RUN = pattern(f"(?:{_DIGIT_WORD}|{_UNIT}){{3,}}")
"""Three words or more: `สองพัน` may begin `สองพันธุ์`."""


def well_formed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of number words, three or more, that are a number. Time: linear."""
    if not _GOES_ON.search(text):
        return
    from thaifix.text.number_words import parse

    for match in _RUN.finditer(text):
        if parse(match[0]) is not None:
            yield match.span()


def proved_sums(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the digits and of the words of sums that agree.

    Time: linear; some 0.1 ms for each number before a bracket with number words.
    """
    for match in _SUM.finditer(text):
        if not _SAYS_NUMBER.search(match["words"]):
            continue
        from thaifix.text.number_words import readings  # most texts have no sum

        whole, _, rest = to_arabic(match["number"]).replace(",", "").partition(".")
        value = int(whole or 0) * 100 + int(rest.ljust(2, "0") or 0)
        if any(reading.hundredths == value for reading in readings(match["words"], 0)):
            yield match.span("number")
            yield match.span("words")
