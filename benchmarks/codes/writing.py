"""Right lines with codes, ranks and abbreviations, and the same with one letter misread."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from thaifix.model.confusion import LOOK_ALIKES
from thaifix.text import tsv

HERE = Path(__file__).parent

_SLOT = re.compile(r"\{([a-z_]+?)([23]?)\}")
_MISREAD = ("military", "police", "lawtitle", "code", "short_month", "academic", "body", "era")
"""Fillings of which one letter is misread."""


class CodeLine(NamedTuple):
    """A right line.

    Attributes:
        kind: What it holds: letter, rank, law …
        text: The line.
        codes: The fillings of `_MISREAD` in it, with where they begin.
    """

    kind: str
    text: str
    codes: tuple[tuple[int, str], ...]


def _rows(name: str) -> list[list[str]]:
    rows = tsv.read((HERE / name).read_text("utf-8"))
    return [cells for _, cells in rows if not cells[0].startswith("#")]


@cache
def fillings() -> dict[str, list[str]]:
    """What may stand in the braces of a template, by name."""
    return {name: values.split(" | ") for name, values in _rows("fillings.txt")}


def right_lines(times: int) -> list[CodeLine]:
    """Fill each template so many times, the templates in turn; always the same lines."""
    templates = _rows("lines.txt")
    return [
        _filled(kind, template, Random(f"{number} {time}"))
        for time in range(times)
        for number, (kind, template) in enumerate(templates)
    ]


def _filled(kind: str, template: str, draw: Random) -> CodeLine:
    text, at = "", 0
    codes: list[tuple[int, str]] = []
    used: set[str] = set()
    for slot in _SLOT.finditer(template):
        name = slot[1]
        value = draw.choice([v for v in fillings()[name] if v not in used])
        if slot[2]:
            used.add(value)
        text += template[at : slot.start()]
        used.add(value)
        if name in _MISREAD:
            codes.append((len(text), value))
        text += value
        at = slot.end()
    return CodeLine(kind, text + template[at:], tuple(codes))


@cache
def _members() -> frozenset[str]:
    return frozenset(value for name in _MISREAD for value in fillings()[name])


def misread(line: CodeLine) -> str | None:
    """The line with one letter of a code misread as another of its shape; None if no member is
    left nearest alone.
    """
    draw = Random(line.text)
    for at, code in line.codes:
        found = []
        for i, letter in enumerate(code):
            for alike in (a for group in LOOK_ALIKES if letter in group for a in group):
                wrong = code[:i] + alike + code[i + 1 :]
                if [m for m in _members() if _apart(m, wrong) <= 1] == [code] and wrong != code:
                    found.append(wrong)
        if found:
            return line.text[:at] + draw.choice(found) + line.text[at + len(code) :]
    return None


def _apart(one: str, other: str) -> int:
    """In how many letters two strings of one length differ; their length if that is another."""
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other, strict=True))
