"""The text of one file on its way through a corrector."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from thaifix.stream.filter import DocumentSource, Filter, Piece, Stats
from thaifix.text.edit import Correction, Edit, Flag, shift

SKIPPED = "skipped_record"
"""The flag of a record that is not corrected."""
_BETWEEN = "\f"


class TextStream:
    """Corrects the texts of one file, counts what it did, and reports it piece by piece.

    The texts make one stream, with a form feed between two of them: what `thaifix text` prints of
    the file. Each text begins a document.

    Attributes:
        name: The file's name.
        stats: What was corrected so far.
    """

    def __init__(
        self,
        source: DocumentSource,
        name: str,
        watch: Callable[[Piece], object],
        *,
        by_line: bool = False,
    ) -> None:
        """Begin a file.

        Args:
            source: Gives a fresh document for each text.
            name: The file's name.
            watch: Called with each piece, whose offsets count in code points of the stream.
            by_line: Correct each line as soon as its end is there; for `correct_bytes`.
        """
        self.name = name
        self.stats = Stats()
        self._source = source
        self._watch = watch
        self._by_line = by_line
        self._started = False
        self._line = 1
        self._start = self._output_start = 0

    def correct(self, text: str, line: int | None = None) -> list[Edit]:
        """Correct the next text.

        Args:
            text: The text.
            line: The line that its pieces are to name, such as the number of a record; None counts
                the lines of the stream.
        Returns:
            Its edits, with spans in code points of `text`.
        Raises:
            UnicodeEncodeError: If it has lone surrogates; the stream is as it was before then.
        """
        data = text.encode("utf-8")
        if self._started:
            self._emit(Correction(_BETWEEN, _BETWEEN), line or self._line)
            self._start += len(_BETWEEN)
            self._output_start += len(_BETWEEN)
        self._started = True
        edits: list[Edit] = []

        def watch(piece: Piece) -> None:
            edits.extend(shift(piece.correction.edits, piece.start))
            self._watch(
                piece._replace(
                    line=line or self._line + piece.line - 1,
                    start=self._start + piece.start,
                    output_start=self._output_start + piece.output_start,
                )
            )

        self._filter([data], lambda data: None, watch)
        grown = sum(len(edit.replacement) - len(edit.observed) for edit in edits)
        self._line += text.count("\n")
        self._start += len(text)
        self._output_start += len(text) + grown
        return edits

    def correct_bytes(self, chunks: Iterable[bytes], write: Callable[[bytes], object]) -> None:
        """Correct a file that is nothing but text, as it comes; see `thaifix.stream.filter`."""
        self._filter(chunks, write, self._watch, by_line=self._by_line)

    def skip(self, line: int, note: str) -> None:
        """Report that a record stays as it is.

        Args:
            line: Its line in the file.
            note: Why it stays.
        """
        self.stats.flags[SKIPPED] += 1
        self._emit(Correction("", "", flags=(Flag(0, 0, SKIPPED, note),)), line)

    def pass_over(self, reason: str) -> None:
        """Count a record that has no text; see `fields.why_not`."""
        self.stats.passed[reason] += 1

    def _filter(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        watch: Callable[[Piece], object],
        *,
        by_line: bool = False,
    ) -> None:
        filter_ = Filter(self._source, write, by_line=by_line, watch=watch)
        filter_.file(self.name, chunks)
        filter_.close()
        self.stats += filter_.stats

    def _emit(self, correction: Correction, line: int) -> None:
        self._watch(Piece(self.name, line, self._start, self._output_start, correction))
