"""Texts that are corrected one by one, as the filter corrects one stream."""

from __future__ import annotations

from collections.abc import Callable

from thaifix.stream.filter import DocumentSource, Filter, Piece, Stats
from thaifix.text.edit import Correction, Edit, Flag, shift

SKIPPED = "skipped_record"
_BETWEEN = "\f"


class Texts:
    """The texts of a file, parted by form feeds in the stream that pieces count.

    Each text begins a document.

    Args:
        source: Gives the documents.
        name: Of the file.
        watch: Called with each piece.
    """

    def __init__(self, source: DocumentSource, name: str, watch: Callable[[Piece], object]) -> None:
        self.stats = Stats()
        self._source = source
        self._name = name
        self._watch = watch
        self._start = self._output_start = self._count = 0

    def correct(self, text: str, line: int | None = None) -> list[Edit]:
        """Correct the next text.

        Args:
            text: The text.
            line: What its pieces say, if they are not to count the text's own lines.
        Returns:
            Its edits, with spans in code points of it.
        Raises:
            UnicodeEncodeError: If it has lone surrogates.
        """
        data = text.encode("utf-8")
        if self._count:
            self._emit(Correction(_BETWEEN, _BETWEEN), line or 1)
            self._start += len(_BETWEEN)
            self._output_start += len(_BETWEEN)
        self._count += 1
        edits: list[Edit] = []

        def watch(piece: Piece) -> None:
            edits.extend(shift(piece.correction.edits, piece.start))
            self._watch(
                piece._replace(
                    line=line or piece.line,
                    start=self._start + piece.start,
                    output_start=self._output_start + piece.output_start,
                )
            )

        filter_ = Filter(self._source, lambda data: None, watch=watch)
        filter_.file(self._name, [data])
        filter_.close()
        self.stats += filter_.stats
        self._start += len(text)
        grown = sum(len(edit.replacement) - len(edit.observed) for edit in edits)
        self._output_start += len(text) + grown
        return edits

    def skip(self, line: int, note: str) -> None:
        """Tell that a record stays as it is.

        Args:
            line: Of the record.
            note: Why.
        """
        self.stats.flags[SKIPPED] += 1
        self._emit(Correction("", "", flags=(Flag(0, 0, SKIPPED, note),)), line)

    def _emit(self, correction: Correction, line: int) -> None:
        self._watch(Piece(self._name, line, self._start, self._output_start, correction))
