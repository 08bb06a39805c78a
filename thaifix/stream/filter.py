"""Bytes in, bytes out: the filter around a corrector.

Several files make one stream, as `cat` would print them: offsets count the code points of that
whole stream, and a character that is cut in two by a file's end is whole again. Bytes that are not
UTF-8 become lone surrogates (`surrogateescape`), count one code point each, and are never edited.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, Protocol

from thaifix.text.blocks import sections
from thaifix.text.edit import Correction, Edit, apply

NO_FAMILIES: Mapping[str, int] = MappingProxyType({})
"""For documents that do not tell engines apart."""

_BOM = "\ufeff"


class DocumentCorrector(Protocol):
    """One document, whose later sections may profit from the earlier ones."""

    @property
    def adapted(self) -> int:
        """Confusions that it has made cheaper for itself so far."""

    @property
    def families(self) -> Mapping[str, int]:
        """Corrections that each family of engines explains best so far."""

    def correct(self, text: str, /) -> Correction:
        """Correct the next section; spans are relative to it."""


class DocumentSource(Protocol):
    """What the filter needs of a `Corrector`."""

    def document(self) -> DocumentCorrector:
        """Begin a document."""


class Piece(NamedTuple):
    """One corrected section and where it stands.

    Attributes:
        file: Name of the file it came from, as the caller gave it.
        line: Number of the section's first line within that file, from 1.
        start: Offset of the section in the source stream, in code points.
        output_start: Offset of its corrected text in the output stream, in code points.
        correction: The section; its own spans are relative to it.
    """

    file: str
    line: int
    start: int
    output_start: int
    correction: Correction


@dataclass(slots=True)
class Stats:
    """What went through a filter.

    Attributes:
        bytes, code_points, lines: Of the source; a last line without a line end counts.
        edits, flags: How many, by reason.
        invalid_bytes: How many bytes of the source are not UTF-8.
        adapted: How many confusions the documents made cheaper for themselves.
        families: How many corrections each family of engines explains best.
        passed: How many records have no text, by reason.
    """

    bytes: int = 0
    code_points: int = 0
    lines: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    invalid_bytes: int = 0
    adapted: int = 0
    families: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Stats) -> Stats:
        """Add what went through another filter."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


class Filter:
    """Corrects files as they come, with one section in memory at a time.

    Args:
        corrector: Gives a fresh document for each file and after each form feed.
        write: Receives the corrected bytes, section by section.
        by_line: Correct and write every line as soon as its end is read.
        watch: Called with each piece before its bytes are written.
    """

    def __init__(
        self,
        corrector: DocumentSource,
        write: Callable[[bytes], object],
        *,
        by_line: bool = False,
        watch: Callable[[Piece], object] = lambda piece: None,
    ) -> None:
        self.stats = Stats()
        self._corrector = corrector
        self._write = write
        self._by_line = by_line
        self._watch = watch
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._file, self._line = "", 1
        self._start = self._output_start = 0
        self._last = ""  # the last code point of the source so far
        self._unfinished = 0  # bytes of a character that the file before did not finish

    def file(self, name: str, chunks: Iterable[bytes]) -> int:
        """Correct one file: a document of its own, whose byte order mark stays.

        Returns:
            How many of its bytes are not UTF-8.
        """
        self._file, self._line = name, 1
        start, invalid_before = self._start, self.stats.invalid_bytes
        texts = self._decode(chunks)
        opening = next(texts, "")
        if opening.startswith(_BOM):
            self._emit(Correction(source=_BOM, text=_BOM, edits=(), flags=()))
            opening = opening[1:]
        document = None
        for section in sections(chain((opening,), texts), by_line=self._by_line):
            if section.first or document is None:
                self._end(document)
                document = self._corrector.document()
            self._emit(document.correct(section.text))
        self._end(document)
        self.stats.lines += self._start > start and self._last != "\n"
        self._unfinished = len(self._decoder.getstate()[0])
        self.stats.invalid_bytes += self._unfinished
        return self.stats.invalid_bytes - invalid_before

    def close(self) -> None:
        """Write the bytes of a character that the end of the stream cut short."""
        if rest := self._decoder.decode(b"", final=True):
            piece = Piece(
                self._file, self._line, self._start, self._output_start, Correction(rest, rest)
            )
            self._watch(piece)
            self._write(encode(rest))

    def _end(self, document: DocumentCorrector | None) -> None:
        """Count what a document has learned."""
        if document:
            self.stats.adapted += document.adapted
            self.stats.families.update(document.families)

    def _decode(self, chunks: Iterable[bytes]) -> Iterator[str]:
        for chunk in chunks:
            self.stats.bytes += len(chunk)
            if text := self._decoder.decode(chunk):
                yield text

    def _emit(self, correction: Correction) -> None:
        source, stats = correction.source, self.stats
        invalid = count_invalid(source)
        if correction.edits and (invalid or count_invalid(self._last)):
            correction = _without_edits_of_invalid(correction, self._last)
        self._watch(Piece(self._file, self._line, self._start, self._output_start, correction))
        self._write(encode(correction.text))
        if self._unfinished:  # counted for the file before
            invalid -= self._unfinished if count_invalid(source[0]) else 0
            self._unfinished = 0
        breaks = source.count("\n")
        self._line += breaks
        self._start += len(source)
        self._output_start += len(correction.text)
        self._last = source[-1]
        stats.lines += breaks
        stats.code_points += len(source)
        stats.edits.update(edit.reason for edit in correction.edits)
        stats.flags.update(flag.reason for flag in correction.flags)
        stats.invalid_bytes += invalid


def encode(text: str) -> bytes:
    """The bytes of a text that was read as a stream."""
    return text.encode("utf-8", "surrogateescape")


def count_invalid(text: str) -> int:
    """Count the bytes of a text that were not UTF-8. O(n)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return sum("\udc80" <= letter <= "\udcff" for letter in text)
    return 0


def _without_edits_of_invalid(correction: Correction, before: str) -> Correction:
    """Drop the edits that could make a character out of bytes that are not UTF-8.

    Those are edits of such bytes, and deletions right after one: with what stood between gone, it
    and the next could read as one character, and the log would not lead back to the source.
    """
    source = correction.source

    def safe(edit: Edit) -> bool:
        previous = source[edit.start - 1] if edit.start else before
        touched = source[edit.start : edit.end] + (edit.replacement or previous)
        return not count_invalid(touched)

    kept = tuple(filter(safe, correction.edits))
    text = apply(source, kept)
    return Correction(source=source, text=text, edits=kept, flags=correction.flags)
