"""Pages as OCR read them and as they were meant: what confusions and decisions are learned from."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from thaifix.errors import TrainingError
from thaifix.model import confusion
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

CHANNEL_WEIGHT = 1.0
"""What a nat of the confusion model counts for, in nats of the n-gram model: 1, as both are
-log P of the same product (the noisy channel)."""


class PagePair(NamedTuple):
    """A page with its truth.

    Attributes:
        article: What the page was made from; pages of one article are never parted.
        observed: The page as OCR read it.
        intended: The page as it was meant.
        lines: Pairs of (observed, intended) lines.
    """

    article: str
    observed: str
    intended: str
    lines: Sequence[tuple[str, str]]


def read_pairs(path: Path) -> list[PagePair]:
    """Read pages from JSON lines with the keys `source`, `ocr`, `gold` and `lines`.

    Raises:
        TrainingError: If a line is no such object; names it.
        OSError: If the file cannot be read.
    """
    pages = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            page = json.loads(line)
            source, observed, intended = (_text(page[key]) for key in ("source", "ocr", "gold"))
            lines = [(_text(o), _text(i)) for o, i in page["lines"]]
        except (ValueError, TypeError, KeyError) as error:
            raise TrainingError(
                f"{path}:{number}: no page ({type(error).__name__}: {error}). Give a JSON object "
                "a line: source, ocr and gold are texts, lines a list of [observed, intended]"
            ) from error
        pages.append(PagePair(source, observed, intended, lines))
    return pages


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def part_of(article: str, parts: int) -> int:
    """Which of so many parts an article belongs to, from 0; the same on every machine."""
    return zlib.crc32(article.encode()) % parts


def confusions(pages: Iterable[PagePair]) -> list[tuple[str, str, float]]:
    """The confusion model of pages: (observed, intended, cost in nats)."""
    lines = (line for page in pages for line in page.lines)
    return confusion.costs(count(lines), CHANNEL_WEIGHT)


def count(lines: Iterable[tuple[str, str]]) -> confusion.Confusions:
    """Count confusions of (observed, intended) lines; what normalisation settles is none."""
    return confusion.count(
        (_spaced(apply(observed, normalize(observed))), _spaced(intended))
        for observed, intended in lines
    )


def _spaced(text: str) -> str:
    return re.sub(" +", " ", text).strip()
