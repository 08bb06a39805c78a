"""Calibration of dirt: from pages, corrected, to the weights of what may be deleted.

A token of a corrected page is dirt if nothing of the line that was meant stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from thaifix.correct.corrector import Corrector
from thaifix.correct.stages.dirt import FEATURES, suspects
from thaifix.training import thresholds
from thaifix.training.pairs import PagePair
from thaifix.training.thresholds import Judged, Promise

PROMISES = {
    "strict": Promise(harm=1.0, confidence=0.9),
    "normal": Promise(harm=1.0, confidence=0.7),
    "bold": Promise(harm=1.0, confidence=0.5),
}
"""Lowest confidences by judgement: on pages of other articles than those it had learned from, three
of 525 tokens deleted at 0.7 were right. Clean text has no say, since it is never looked at."""


def calibrate(model: Path, pages: Iterable[PagePair]) -> dict[str, Any]:
    """Find weights for suspects, and give each profile its threshold.

    Args:
        model: A bundle that is complete but for this.
        pages: Pages with their truth.
    Returns:
        The table `dirt` of a bundle's header; see `thresholds.fit`.
    """
    corrector = Corrector(model=model)
    judged = [
        Judged(known, dirty, 1.0, False)
        for page in tqdm(pages, desc="dirt", disable=None)
        for known, dirty in judge(corrector, page)
    ]
    return thresholds.fit(judged, FEATURES, 0, PROMISES)


def judge(corrector: Corrector, page: PagePair) -> Iterator[tuple[list[float], bool]]:
    """Yield the features of each suspect of a page, and whether it is dirt."""
    text = corrector.correct("\n".join(observed for observed, _ in page.lines)).text
    dirty = bytearray()
    for line, (_, intended) in zip(text.split("\n"), page.lines, strict=True):
        dirty += _lost(line, intended) + b"\0"
    for token, known in suspects(text):
        yield known, all(dirty[token.start : token.end])


def _lost(observed: str, intended: str) -> bytes:
    """A byte for each code point of a line: 1 where nothing that was meant stands in its place."""
    lost = bytearray(len(observed))
    for block in Levenshtein.opcodes(observed, intended):
        if block.tag == "delete":
            lost[block.src_start : block.src_end] = b"\1" * (block.src_end - block.src_start)
    return bytes(lost)
