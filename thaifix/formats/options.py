"""What the caller of formats chooses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """How corrected files are written; every format takes what concerns it.

    Attributes:
        originals: Keep the original readings where the format has a place for them, and what
            `revert` needs.
        merge_words: Make words of elements that hold single letters, with one box (hOCR, ALTO).
        field: Field or column with the text (JSON lines, Parquet, Arrow); None finds it: `text`, or
            the one with the most Thai letters.
        stamp: Identifies model, lexicons and options in what is written about the correction.
    """

    originals: bool = True
    merge_words: bool = False
    field: str | None = None
    stamp: str = ""
