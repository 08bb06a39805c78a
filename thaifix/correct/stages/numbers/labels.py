"""Labels: the numbers that lines begin with, of lists, sections, tables and pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from thaifix.correct.stages.numbers.finding import Span
from thaifix.text.lazy import pattern
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS

_DIGIT = f"[0-9{DIGITS}]"
_WORDS = "ข้อ|มาตรา|หมวด|ส่วน|ส่วนที่|บทที่|ตารางที่|ภาคผนวก|ผนวก|วาระที่|ระเบียบวาระที่"
_BLANK = "[ \\t]"
_LABEL = pattern(
    rf"(?:^|(?<=\n)){_BLANK}{{0,40}}(?P<open>[({{]|(?:{_WORDS})[ \t]?|[-\u2013][ \t]?)?"
    rf"(?:(?P<number>{_DIGIT}{{1,4}}(?:\.{{1,2}}{_DIGIT}{{1,3}}){{0,3}})"
    rf"(?P<close>[.,]?[)]|[.,]{{1,2}}(?=[\s{LETTERS}])|{_BLANK}?[-\u2013]{_BLANK}*(?=\n|$)|(?=\s))"
    rf"|(?P<sign>[a-zA-Z@«»<>&]{{1,2}}|[{CONSONANTS}])"
    r"(?P<end>[.,]?[)]|[.,]{1,2}(?![.,])|(?=[ \t])))"
)
_HEADS = frozenset(_WORDS.split("|"))
_INSERTED = pattern(
    rf"[/\u2013-]|\s{{0,2}}(?:ทวิ|ตรี|จัตวา|เบญจ|สัตต|อัฏฐ|อัฎฐ|เอกา|ทวา|(?:ฉ|นว|ทศ)(?![{LETTERS}]))"
)
_LETTER = pattern(f"[{LETTERS}A-Za-z]")
_DOTS = pattern(r"\.+")


class Label(NamedTuple):
    """A number that a line begins with.

    Attributes:
        span: Of the number, in code points of the text.
        written: The number as it stands there.
        levels: Its values, one a level: 2 and 1 of `๒.๑`; empty if it is no number.
        kind: What is around it: labels of one kind count together.
    """

    span: Span
    written: str
    levels: tuple[int, ...]
    kind: str


def labels(text: str) -> Iterator[Label]:
    """Yield what lines begin with, if it is a number or may be one that was misread.

    Time: linear.
    """
    for match in _LABEL.finditer(text):
        opened, written = (match["open"] or "").strip(), match["number"] or match["sign"]
        levels = tuple(map(int, _DOTS.split(written))) if match["number"] else ()
        closed = (match["close"] or match["end"] or "").strip(" \t")[-1:].replace(",", ".")
        if not levels and opened not in _HEADS and _LETTER.match(text, match.end()):
            continue  # an abbreviation, a word
        if opened in _HEADS and _INSERTED.match(text, match.end()):
            continue  # `มาตรา ๓๓ ทวิ` stands behind `มาตรา ๓๓`
        if opened in ("-", "\u2013"):
            if closed not in ("-", "\u2013"):
                continue
            kind = "-"
        elif opened in ("", "(", "{"):
            if not closed and (len(levels) < 2 and opened != "("):
                continue
            depth = max(len(levels), 1)
            kind = f"({depth}" if opened or closed == ")" else f".{depth}"
        else:
            kind = opened
        yield Label(match.span("number" if levels else "sign"), written, levels, kind)
