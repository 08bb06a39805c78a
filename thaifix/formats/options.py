"""What the caller of formats chooses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """How corrected files are written; a format passes over what does not concern it.

    Attributes:
        originals: Keep the original readings where the format has a place for them, and what
            `revert` needs.
        merge_words: Make words of elements that hold single letters, with one box around them
            (hOCR, ALTO). Needs PyThaiNLP.
        field: The fields or columns with the text (JSON, Parquet, Arrow), see
            `thaifix.formats.fields`; None chooses one.
        language: What Tesseract is to read (PDF), such as `tha+eng`; None for Thai and English.
        redo: Read pages, too, that have a text of their own (PDF).
        stamp: Names model, lexicons and options in what is written about the correction.
    """

    originals: bool = True
    merge_words: bool = False
    field: str | None = None
    language: str | None = None
    redo: bool = False
    stamp: str = ""
