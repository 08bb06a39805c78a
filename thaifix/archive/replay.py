"""Correcting as a log says: logged edits go through the writers of formats as new ones do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thaifix.errors import ArchiveError
from thaifix.stream.filter import NO_FAMILIES, Piece
from thaifix.stream.log import LogError, read
from thaifix.text.edit import Correction, Edit, apply, shift


class Replay:
    """A source of documents, in place of a corrector.

    Args:
        log: The lines of one file's log, in their order; read as they are needed.

    Raises:
        ArchiveError: If the first edit of the log is damaged. If a later one is, `take` raises it.
    """

    def __init__(self, log: Iterable[bytes]) -> None:
        self._edits = _edits(log)
        self._next = next(self._edits, None)
        self._at = 0  # where the next section begins, in code points of the original

    def document(self) -> _Document:
        """Begin a document."""
        return _Document(self)

    def watch(self, piece: Piece) -> None:
        """Take note of how far the writer is: it may pass over sections that need no edit."""
        self._at = piece.start + len(piece.correction.source)

    def take(self, text: str) -> Correction:
        """Correct the next section.

        Raises:
            EditError: If it is not what the log observed.
            ArchiveError: If the log is damaged there.
        """
        edits: list[Edit] = []
        end = self._at + len(text)
        # An insertion between two sections belongs to the first: the bytes are the same.
        while (edit := self._next) is not None and (
            edit.start < end or edit.start == edit.end == end
        ):
            edits += shift((edit,), -self._at)
            self._next = next(self._edits, None)
        return Correction(text, apply(text, edits), tuple(edits))

    def left(self) -> bool:
        """Tell whether edits are left that found no place in the text."""
        return self._next is not None


class _Document:
    adapted = 0
    families = NO_FAMILIES

    def __init__(self, replay: Replay) -> None:
        self._replay = replay

    def correct(self, text: str, /) -> Correction:
        return self._replay.take(text)


def _edits(log: Iterable[bytes]) -> Iterator[Edit]:
    try:
        for _, logged in read(log):
            if isinstance(logged.item, Edit):
                yield logged.item
    except LogError as error:
        raise ArchiveError(f"line {error.line} of the log of edits is damaged") from error
